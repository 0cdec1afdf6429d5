"""A photo out."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Annotated

from graph.context import Context
from graph.controls import Choice, Slider, Text, Toggle
from graph.errors import StepError
from graph.spec import node
from nodes.formats.write import write
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask

SUFFIXES = {"png": ".png", "jpeg": ".jpg", "tiff": ".tif", "webp": ".webp", "bmp": ".bmp"}
DEPTHS = {"as loaded": None, "8": 8, "16": 16}

LONGEST_NAME = 200
"""Bytes; most file systems take 255, and the temporary name and the suffix need some."""

FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Names that Windows keeps for devices, whatever their suffix."""


@node(title="Save Photo", effect=True)
def save(
    ctx: Context,
    image: Image,
    alpha: Mask | None = None,
    *,
    name: Annotated[
        str, Text(200, help="The file's name without its ending; {photo} stands for the name of the photo.")
    ] = "{photo}-restored",
    format: Annotated[
        str, Choice(tuple(SUFFIXES), help="PNG and TIFF lose nothing; JPEG and WebP are smaller.")
    ] = "png",
    quality: Annotated[
        int, Slider(1, 100, 1, help="For JPEG and WebP: higher looks better and takes more space.")
    ] = 92,
    depth: Annotated[
        str, Choice(tuple(DEPTHS), help="Bits per colour; 16 keeps finer shades and needs PNG or TIFF.", advanced=True)
    ] = "as loaded",
    metadata: Annotated[
        bool, Toggle(help="Keep camera data, captions and keywords of the photo.", advanced=True)
    ] = True,
) -> None:
    """Write the photo to the results folder.

    The file keeps the colour profile, the resolution and the bit depth of the photo it came from; a grey photo that is
    still grey stays grey. PNG, JPEG and TIFF files also carry the workflow that made them.

    A result of the same name is replaced, but never the photo that was loaded. Connect the transparency that loading
    gave if the photo has one; JPEG and BMP cannot hold it.
    """
    path = ctx.outputs / (_file_name(name, ctx.stem, SUFFIXES[format]) + SUFFIXES[format])
    _spare_original(path, image.origin.sha256)
    lost = write(
        path,
        image,
        alpha,
        format=format,
        quality=quality,
        bits=DEPTHS[depth],
        workflow=ctx.workflow,
        keep_metadata=metadata,
        check=ctx.check,
    )
    ctx.wrote(path)
    for sentence in lost:
        ctx.say(sentence)


def _file_name(name: str, stem: str, suffix: str) -> str:
    """The name with the photo's filled in. StepError for one that would leave the folder or fails on some system."""
    found = name.replace("{photo}", stem).strip()
    found = found[: -len(suffix)] if found.lower().endswith(suffix) else found
    if not found:
        raise StepError("The file to save has no name.", "Write one, such as {photo}-restored.")
    if wrong := FORBIDDEN.search(found):
        remedy = "Leave it out; results are always saved in the results folder."
        raise StepError(f"A file's name cannot hold {wrong.group()!r}: {found!r}.", remedy)
    if RESERVED.fullmatch(found) or found.startswith(".") or found.endswith("."):
        raise StepError(f"A file cannot be called {found!r} on every computer.", "Choose another name.")
    if len(found.encode()) > LONGEST_NAME:
        raise StepError(f"The name {found[:40]!r}… is too long.", "Choose a shorter one.")
    return found


def _spare_original(path: Path, sha256: str | None) -> None:
    """StepError if the file is the very photo that was loaded."""
    if sha256 is None or not path.is_file():
        return
    with path.open("rb") as file:
        same = hashlib.file_digest(file, "sha256").hexdigest() == sha256
    if same:
        raise StepError(f"{path.name} is the photo that was loaded; it is not written over.", "Choose another name.")
