"""How large a turned photo is: it grows, or it is cropped to what has no empty corners."""

from __future__ import annotations

import math

import numpy as np

from nodes.geometry.warp import Warp

CANVASES = ("crop", "grow", "keep")
"""Cut off the empty corners, make room for all of the photo, or keep its size."""


def turned(height: int, width: int, angle: float, canvas: str) -> Warp:
    """Turning about the middle by degrees clockwise."""
    sizes = {"crop": _within, "grow": _around, "keep": lambda *size: size[:2]}
    new_height, new_width = sizes[canvas](height, width, math.radians(angle))
    turn = math.radians(-angle)
    cos, sin = math.cos(turn), math.sin(turn)
    to_middle = np.array([[1, 0, -(new_width - 1) / 2], [0, 1, -(new_height - 1) / 2], [0, 0, 1]])
    back = np.array([[cos, -sin, (width - 1) / 2], [sin, cos, (height - 1) / 2], [0, 0, 1]])
    return Warp(back @ to_middle, new_height, new_width)


def _around(height: int, width: int, turn: float) -> tuple[int, int]:
    """All of the photo. A millionth is no pixel of its own."""
    cos, sin = abs(math.cos(turn)), abs(math.sin(turn))
    return math.ceil(height * cos + width * sin - 1e-6), math.ceil(height * sin + width * cos - 1e-6)


def _within(height: int, width: int, turn: float) -> tuple[int, int]:
    """The largest upright rectangle within the turned one: it touches either two of its sides or all four."""
    cos, sin = abs(math.cos(turn)), abs(math.sin(turn))
    long, short = max(height, width), min(height, width)
    if short <= 2 * sin * cos * long or abs(cos - sin) < 1e-9:
        half = short / 2
        across, down = (half / sin, half / cos) if width >= height else (half / cos, half / sin)
    else:
        double = cos * cos - sin * sin
        across, down = (width * cos - height * sin) / double, (height * cos - width * sin) / double
    return max(1, math.floor(down + 1e-6)), max(1, math.floor(across + 1e-6))
