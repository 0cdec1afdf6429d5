"""TIFF in: page by page, and within a page strip by strip or tile by tile, so that memory stays small."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nodes.formats import tiff_tags
from nodes.formats.canvas import STRIP, Canvas
from nodes.formats.decoding import decoding
from nodes.formats.ifd import Tags
from nodes.formats.loaded import Loaded, Request, Size
from nodes.formats.metadata import make_origin
from nodes.formats.orientation import shown_size
from nodes.formats.refusal import damaged
from nodes.formats.source import Source
from nodes.formats.tiff_pixels import Interpretation
from nodes.pixels.ordered import in_order

UNCOMPRESSED = 1


class Piece(NamedTuple):
    """Stored bytes: of one strip or tile (of one per plane), or rows of an uncompressed page."""

    number: int
    """Of the strip or tile; of the first row where the page is read by rows."""
    data: list[bytes]


def measure(source: Source, page: int) -> Size:
    """Height and width of a page, as shown, and how many pages there are. Reads tags only."""
    with decoding(source.name):
        pages, order = tiff_tags.pages(source)
        # A page that is not there is refused by who knows what was asked; its size is then that of the last.
        _, tags = pages[min(max(page, 1), len(pages)) - 1]
        height, width = _stored_size(tags, order)
    if not height or not width:
        raise damaged(source.name, "its header makes no sense")
    return Size(*shown_size(height, width, tiff_tags.first(tags, tiff_tags.ORIENTATION, order, usual=1)), len(pages))


def _stored_size(tags: Tags, order: str) -> tuple[int, int]:
    return tiff_tags.first(tags, tiff_tags.HEIGHT, order), tiff_tags.first(tags, tiff_tags.WIDTH, order)


def read(source: Source, request: Request) -> Loaded:
    """One page. A single strip or tile beyond the end of the file refuses it."""
    import tifffile

    with decoding(source.name):
        pages, order = tiff_tags.pages(source)
        index, tags = pages[request.page - 1]
        notes = tiff_tags.notes(tags, order)
        with source.stream() as file, tifffile.TiffFile(file, name=source.name) as tiff:
            page: Any = tiff.pages[index]
            if (page.imagelength, page.imagewidth) != _stored_size(tags, order):
                # A tag given twice: the size that was checked against the limit is not the one to be decoded.
                raise damaged(source.name, "its header makes no sense")
            meaning = Interpretation(page, notes["profile"], source.name)
            orientation = tiff_tags.first(tags, tiff_tags.ORIENTATION, order, usual=1)
            canvas = Canvas(
                page.imagelength,
                page.imagewidth,
                request,
                orientation=orientation,
                alpha=meaning.alpha is not None,
            )
            _decode(page, meaning, canvas, source, file)
    origin = make_origin(source, mode="L" if meaning.grey else "RGB", bits=meaning.bits, **notes)
    return canvas.loaded(origin, len(pages))


def _decode(page: Any, meaning: Interpretation, canvas: Canvas, source: Source, file: BinaryIO) -> None:
    """Fill the canvas. Pieces are decoded side by side; each has its own place on it."""
    places = list(zip(page.dataoffsets, page.databytecounts, strict=True))
    if not places or any(not count or at + count > source.length for at, count in places):
        raise damaged(source.name)
    if _by_rows(page):
        pieces, work = _rows(page, file, source), lambda piece: _put_rows(page, meaning, canvas, piece)
    else:
        pieces, work = _segments(page, places, file, source), lambda piece: _put_segment(page, meaning, canvas, piece)
    # Strips and tiles that do not cover the page would leave holes.
    if sum(in_order(work, pieces)) != page.imagelength * page.imagewidth:
        raise damaged(source.name)


def _by_rows(page: Any) -> bool:
    """Whether the page's rows lie one behind the other, untouched: many scanners write one huge strip."""
    plain = page.compression == UNCOMPRESSED and page.predictor == UNCOMPRESSED and page.fillorder == 1
    whole = page.bitspersample in (8, 16, 32, 64) and np.dtype(page.dtype).kind in "uf"
    return plain and whole and page.is_contiguous and page.planarconfig == 1


def _rows(page: Any, file: BinaryIO, source: Source) -> Iterator[Piece]:
    row = page.imagewidth * page.samplesperpixel * page.bitspersample // 8
    step = max(1, STRIP // page.imagewidth)
    if row * page.imagelength > sum(page.databytecounts):
        raise damaged(source.name)
    for top in range(0, page.imagelength, step):
        size = row * (min(top + step, page.imagelength) - top)
        yield Piece(top, [_bytes_at(file, page.dataoffsets[0] + top * row, size, source)])


def _put_rows(page: Any, meaning: Interpretation, canvas: Canvas, piece: Piece) -> int:
    dtype = np.dtype(page.dtype).newbyteorder(page.parent.byteorder)
    stored = np.frombuffer(piece.data[0], dtype).astype(dtype.newbyteorder("="), copy=False)
    return canvas.put(meaning.samples(stored.reshape(-1, page.imagewidth, page.samplesperpixel)), piece.number)


def _segments(page: Any, places: list[tuple[int, int]], file: BinaryIO, source: Source) -> Iterator[Piece]:
    """The bytes of each strip or tile; where every channel has its own, those of all channels together."""
    planes = page.samplesperpixel if page.planarconfig == 2 else 1
    count = len(places) // planes
    for index in range(count):
        yield Piece(index, [_bytes_at(file, *places[index + plane * count], source) for plane in range(planes)])


def _bytes_at(file: BinaryIO, at: int, size: int, source: Source) -> bytes:
    file.seek(at)
    found = file.read(size)
    if len(found) < size:
        raise damaged(source.name)
    return found


def _put_segment(page: Any, meaning: Interpretation, canvas: Canvas, piece: Piece) -> int:
    options = {"jpegtables": page.jpegtables, "jpegheader": page.jpegheader} if page.jpegtables else {}
    count = len(page.dataoffsets) // len(piece.data)
    planes: list[NDArray[Any]] = []
    top = left = 0
    for plane, data in enumerate(piece.data):
        decoded, (_, _, top, left, _), _ = page.decode(data, piece.number + plane * count, **options)
        planes.append(decoded[0])
    stored = planes[0] if len(planes) == 1 else np.concatenate(planes, axis=2)
    stored = stored[: page.imagelength - top, : page.imagewidth - left]
    return canvas.put(meaning.samples(stored), top, left)
