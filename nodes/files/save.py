"""A photo out."""

from __future__ import annotations

from typing import Annotated

from graph.context import Context
from graph.controls import Choice, Slider, Text, Toggle
from graph.spec import node
from nodes.formats.names import file_name, spare_original
from nodes.formats.write import write
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask

SUFFIXES = {"png": ".png", "jpeg": ".jpg", "tiff": ".tif", "webp": ".webp", "bmp": ".bmp"}
DEPTHS = {"as loaded": None, "8": 8, "16": 16}


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
    path = ctx.outputs / file_name(name, ctx.stem, SUFFIXES[format])
    spare_original(path, image.origin.sha256)
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
