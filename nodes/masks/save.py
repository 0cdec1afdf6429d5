"""A mask as a file."""

from __future__ import annotations

from typing import Annotated

from graph.context import Context
from graph.controls import Choice, Text
from graph.spec import node
from nodes.formats.names import file_name
from nodes.formats.write import write
from nodes.kinds.image_codec import image_from_mask
from nodes.kinds.mask import Mask

SUFFIXES = {"png": ".png", "tiff": ".tif"}


@node(title="Save Mask", effect=True)
def save(
    ctx: Context,
    mask: Mask,
    *,
    name: Annotated[
        str, Text(200, help="The file's name without its ending; {photo} stands for the name of the photo.")
    ] = "{photo}-mask",
    format: Annotated[str, Choice(tuple(SUFFIXES), help="Both lose nothing; any picture editor opens PNG.")] = "png",
) -> None:
    """Write the mask to the results folder, as a grey picture: white is marked.

    Correct it in any picture editor and bring it back with Load Mask. Soft edges are kept as greys.
    """
    path = ctx.outputs / file_name(name, ctx.stem, SUFFIXES[format])
    write(path, image_from_mask(mask), format=format, bits=8, workflow=ctx.workflow, check=ctx.check)
    ctx.wrote(path)
