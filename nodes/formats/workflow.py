"""The workflow that a saved picture carries, read back.

PNG: an iTXt chunk "workflow". JPEG: numbered APP10 segments labelled "Heirloom". TIFF: private tag 65111.
"""

from __future__ import annotations

from pathlib import Path

from nodes.formats import jpeg_segments, png_chunks, tiff_tags
from nodes.formats.decoding import decoding
from nodes.formats.ifd import Tag
from nodes.formats.source import Source, bytes_source, file_source

KEYWORD = "workflow"


def read_workflow(picture: Path | bytes) -> str | None:
    """The text of the workflow in a PNG, JPEG or TIFF; None where there is none. StepError if it is damaged."""
    source = bytes_source(picture) if isinstance(picture, bytes) else file_source(picture)
    with decoding(source.name):
        found = _found(source)
        return None if found is None else found.decode()


def _found(source: Source) -> bytes | None:
    if source.head.startswith(png_chunks.MAGIC):
        return _in_png(source)
    if source.head.startswith(b"\xff\xd8\xff"):
        return jpeg_segments.joined_workflow(source.data)
    if source.head[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"):
        tag = tiff_tags.pages(source)[0][0][1].get(tiff_tags.WORKFLOW)
        return tag.data if isinstance(tag, Tag) else None
    return None


def _in_png(source: Source) -> bytes | None:
    for kind, content in png_chunks.chunks(source.data, source.name):
        if kind in png_chunks.TEXTS:
            keyword, text = png_chunks.text(kind, content)
            if keyword == KEYWORD:
                return text
    return None
