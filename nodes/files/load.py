"""A photo in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NamedTuple

from graph.context import Context
from graph.controls import Number, PhotoFile
from graph.errors import StepError
from graph.given import Given
from graph.spec import node
from nodes.formats.read import read
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask


class Photo(NamedTuple):
    """What a file holds."""

    image: Image
    alpha: Mask


@node(title="Load Photo")
def load(
    ctx: Context,
    *,
    photo: Annotated[str | Path | Given, PhotoFile(help="The picture file to start from.")] = "",
    page: Annotated[int, Number(1, 100_000, 1, help="Which page of a TIFF with several; 1 is the first.")] = 1,
) -> Photo:
    """Open a photo from disk.

    Reads PNG, JPEG, TIFF, WebP, BMP, HEIC and JPEG 2000, with 8 or 16 bits, in colour or grey. The photo is turned
    upright, and everything its file says about it (colour profile, camera data, captions, resolution) stays with it
    until it is saved. Pictures made for printing in four inks become ordinary colour pictures.

    `alpha` is the transparency of the photo: 1 where it can be seen, 0 where it cannot. Most photos have none and are
    1 everywhere. A file that is damaged or cut off is refused rather than opened in part.
    """
    if not str(photo).strip():
        raise StepError("No photo is chosen.", "Choose one: --input PHOTO on the command line.")
    found = read(photo, ctx.empty, page=page, check=ctx.check)
    if found.pages > 1:
        ctx.say(f"This file has {found.pages} pages; this is page {page}.")
    return Photo(found.image, found.alpha)
