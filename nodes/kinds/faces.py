"""The faces in a photo: where they are, not whose they are."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

Point = tuple[float, float]
"""x to the right and y down, in pixels of the photo; 0, 0 is the middle of its top left pixel."""

LANDMARKS = 5
"""Left eye, right eye (as seen: the left one stands left in the picture), nose tip, left and right mouth corner."""


@dataclass(frozen=True, slots=True)
class Face:
    """One face, in pixels of the photo. It may reach beyond the photo's border."""

    box: tuple[float, float, float, float]
    """Left, top, right, bottom."""
    landmarks: tuple[Point, ...]
    """Five points; see LANDMARKS."""
    score: float = 1.0
    """How sure the detector was, 0..1."""

    def __post_init__(self) -> None:
        if len(self.box) != 4 or len(self.landmarks) != LANDMARKS or any(len(point) != 2 for point in self.landmarks):
            raise ValueError(f"a Face has a box of 4 numbers and {LANDMARKS} points")
        numbers = (*self.box, *(part for point in self.landmarks for part in point), self.score)
        if not all(math.isfinite(number) for number in numbers):
            raise ValueError("a Face holds finite numbers only")
        left, top, right, bottom = self.box
        if right < left or bottom < top:
            raise ValueError(f"a Face's box runs from its top left to its bottom right, not {self.box}")

    @property
    def width(self) -> float:
        return self.box[2] - self.box[0]

    @property
    def height(self) -> float:
        return self.box[3] - self.box[1]

    def mapped(self, across: float, down: float, right: float = 0.0, below: float = 0.0) -> Face:
        """The face on a photo stretched by `across` and `down`, then moved by `right` and `below` pixels.

        Pixels have their coordinates in their middle, so stretching keeps the picture's corners, not its 0, 0.
        """

        def moved(x: float, y: float) -> Point:
            return (x + 0.5) * across - 0.5 + right, (y + 0.5) * down - 0.5 + below

        box = (*moved(*self.box[:2]), *moved(*self.box[2:]))
        return Face(box, tuple(moved(*point) for point in self.landmarks), self.score)


@dataclass(frozen=True, slots=True)
class Faces:
    """The faces of a photo of `height` × `width` pixels, numbered from left to right, from 0."""

    found: tuple[Face, ...] = field(default=())
    height: int = field(kw_only=True)
    width: int = field(kw_only=True)

    def __post_init__(self) -> None:
        if self.height < 1 or self.width < 1:
            raise ValueError(f"Faces belong to a photo of at least one pixel, not {self.height} × {self.width}")
        ordered = sorted(self.found, key=lambda face: (face.box[0] + face.box[2], face.box))
        object.__setattr__(self, "found", tuple(ordered))

    def __iter__(self) -> Iterator[Face]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)

    def resized(self, height: int, width: int) -> Faces:
        """The same faces on the photo resized to height × width."""
        if (height, width) == (self.height, self.width):
            return self
        across, down = width / self.width, height / self.height
        return Faces(tuple(face.mapped(across, down) for face in self), height=height, width=width)
