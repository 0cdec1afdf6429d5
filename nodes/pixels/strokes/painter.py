"""From what the `Strokes` control holds to shapes on a photo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from graph.context import Context
from graph.controls import Strokes
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.pixels.strokes.brush import Brush
from nodes.pixels.strokes.flood import flood
from nodes.pixels.strokes.lasso import Lasso
from nodes.pixels.strokes.stroke import Shape, Stroke
from nodes.pixels.strokes.tracing import along, grey_from_image

FARTHEST = 1e7
"""Pixels from the photo at which points are cut: float32 still has whole pixels there."""

THINNEST, THICKEST = 1.0, 50.0
"""Pixels that a line is looked for with; a preview on a small photo asks for less."""

CORRIDOR = 8.0
"""Pixels that a line may leave the straight way between two points, or its own width."""

Settings = Mapping[str, Any]


class Painter:
    """Makes the strokes of a list on one photo.

    Brush and lasso need no pixels. A flood looks at the photo cell by cell. The line tracer looks at all of it in grey,
    which takes four bytes a pixel while it works: 96 MB at 24 megapixels.
    """

    def __init__(self, ctx: Context, image: Image) -> None:
        self.ctx = ctx
        self.image = image

    def strokes(self, settings: Sequence[Settings]) -> list[Stroke]:
        """In the order of painting. A flood makes one for each of its points, a line one for each of its pieces."""
        made: list[Stroke] = []
        for each in Strokes().validate(settings):
            self.ctx.check()
            made += [Stroke(shape, each["erase"]) for shape in self._shapes(each)]
        return made

    def _shapes(self, each: Settings) -> Sequence[Shape]:
        points = np.array(each["points"]).clip(-FARTHEST, FARTHEST).astype(np.float32)
        match each["tool"]:
            case "lasso":
                return [Lasso(points)]
            case "flood":
                return [flood(self.ctx, self.image, x, y, each["tolerance"]) for x, y in self._inside(points)]
            case "line":
                return self._lines(self._inside(points), each["size"])
            case _:
                pressure = np.array(each["widths"], np.float32) if each["widths"] else None
                return [Brush(points, each["size"] / 2, each["hardness"], pressure)]

    def _inside(self, points: Floats) -> list[tuple[float, float]]:
        return [(x, y) for x, y in points.tolist() if 0 <= x <= self.image.width and 0 <= y <= self.image.height]

    def _lines(self, clicks: list[tuple[float, float]], size: float) -> list[Brush]:
        if not clicks:
            return []
        width = min(max(size, THINNEST), THICKEST)
        traces = along(self.ctx, self._grey, clicks, width, 0, max(CORRIDOR, width))
        if not traces:
            self.ctx.say("No line stands out where a line was asked for. Give it a second point along the scratch.")
        return [Brush(each.points, size / 2 + 0.5) for each in traces]

    @cached_property
    def _grey(self) -> Floats:
        return grey_from_image(self.ctx, self.image)
