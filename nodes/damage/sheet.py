"""The print that is damaged, and the part of it that is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

SCAN = (3584, 5120)
"""Pixels of the ten film scans on which damage was counted and measured by hand (FilmDamageSimulator, MIT licence)."""

ENLARGED = 2560
"""Longer side, in pixels, at which a mark is drawn as large as it was measured; FilmDamageSimulator scales so too."""


class Window(NamedTuple):
    """A rectangle of the print, in its pixels; it may reach beyond the print."""

    top: int
    left: int
    height: int
    width: int

    @property
    def shape(self) -> tuple[int, int]:
        return self.height, self.width

    def common(self, other: Window) -> Window:
        """What both cover; its height or width is 0 or less where that is nothing."""
        top, left = max(self.top, other.top), max(self.left, other.left)
        bottom = min(self.top + self.height, other.top + other.height)
        right = min(self.left + self.width, other.left + other.width)
        return Window(top, left, bottom - top, right - left)

    def grown(self, margin: int) -> Window:
        return Window(self.top - margin, self.left - margin, self.height + 2 * margin, self.width + 2 * margin)

    def within(self, other: Window) -> tuple[slice, slice]:
        """Where it lies in an array that holds `other`."""
        top, left = self.top - other.top, self.left - other.left
        return slice(top, top + self.height), slice(left, left + self.width)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What has to be known of a print to damage it."""

    height: int
    width: int
    scale: float
    """Its pixels for one pixel of the measured scans."""
    light: float = 0.85
    """Probability that a mark is lighter than the picture: most damage bares the paper, dust on a negative prints
    white."""

    @property
    def whole(self) -> Window:
        return Window(0, 0, self.height, self.width)

    @property
    def share(self) -> float:
        """How much of a measured scan it is, by area: counts are in proportion."""
        return self.height * self.width / (SCAN[0] * SCAN[1] * self.scale**2)


def sheet_of(height: int, width: int) -> Sheet:
    """A whole photo, whatever its size: damage is as large in proportion."""
    return Sheet(height, width, max(height, width) / ENLARGED)
