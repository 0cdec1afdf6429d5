"""A step that shows what is becoming, for the tests of the editor."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Annotated

from graph.context import Context
from graph.controls import Text
from graph.spec import node
from nodes.kinds.image import Image


@node(title="Draw Slowly")
def draw(ctx: Context, image: Image, *, sketch: Annotated[str, Text(1000, help="A WebP file.")] = "") -> Image:
    """Show the picture in a file as a sketch, until there is no such file any more."""
    with suppress(FileNotFoundError):
        while True:
            ctx.progress(0.5, Path(sketch).read_bytes())
            ctx.cancelled.wait(0.02)
    return image
