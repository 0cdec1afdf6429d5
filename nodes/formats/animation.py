"""Before and after in one animated picture: a line wipes over the photo, and what it has passed is restored."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from PIL import Image as Pillow

from nodes.formats.replacing import replaced
from nodes.kinds.arrays import Floats

SIDE = {".webp": 1280, ".gif": 720}
"""Pixels of the longer side, at most. GIF compresses photographs badly: a larger one would be tens of megabytes."""

STEPS = 20
"""Pictures of the wipe between the first and the last."""

HELD, WIPED, KEPT = 1000, 50, 2000
"""Milliseconds that the photo before, each picture of the wipe, and the photo after are shown."""

LINE = 1 / 320
"""Width of the white line, of the picture's width."""

GROUND = 0.18
"""What surrounds a photo that is of another shape, in sRGB."""

QUALITY, EFFORT = 88, 1
"""Of the WebP: the point is to see what changed, not what the compression did. More effort takes seconds, and a quarter
off the size."""


def write(path: Path, before: Floats, after: Floats) -> None:
    """Write .webp or .gif, whichever the suffix names. The first picture is the photo before, the last the one after.

    Both are (H, W, 3) in sRGB; the photo before is fitted into the frame of the one after. A wipe rather than a
    cross-fade: nothing is ever a mixture of both, so every pixel that is shown exists.
    """
    box = _box(after, SIDE[path.suffix])
    first, last = _framed(before, box), _framed(after, box)
    with replaced(path) as file:
        if path.suffix == ".gif":
            _save(file, "GIF", _indexed(first, last), optimize=False)
        else:
            frames = [Pillow.fromarray(frame) for frame in _wipe(first, last, 255)]
            _save(file, "WEBP", frames, quality=QUALITY, method=EFFORT, kmax=len(frames))


def _save(file: BinaryIO, format: str, frames: list[Pillow.Image], **options: Any) -> None:
    durations = [HELD, *[WIPED] * STEPS, KEPT]
    frames[0].save(file, format, save_all=True, append_images=frames[1:], duration=durations, loop=0, **options)


def _box(pixels: Floats, side: int) -> tuple[int, int]:
    height, width = pixels.shape[:2]
    scale = min(1.0, side / max(height, width))
    return max(1, round(height * scale)), max(1, round(width * scale))


def _framed(pixels: Floats, box: tuple[int, int]) -> Any:
    """The photo as 8-bit samples, as large as fits into a frame of that height and width, on a neutral ground."""
    import cv2

    height, width = pixels.shape[:2]
    scale = min(box[0] / height, box[1] / width)
    size = min(box[1], max(1, round(width * scale))), min(box[0], max(1, round(height * scale)))
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    fitted = pixels if size == (width, height) else cv2.resize(pixels, size, interpolation=method)
    frame = np.full((*box, 3), GROUND, np.float32)
    top, left = (box[0] - size[1]) // 2, (box[1] - size[0]) // 2
    frame[top : top + size[1], left : left + size[0]] = fitted
    return (np.clip(frame, 0, 1) * 255 + 0.5).astype(np.uint8)


def _wipe(first: Any, last: Any, white: int) -> Iterator[Any]:
    """The pictures in turn; `white` is the sample that the line is drawn with."""
    width = first.shape[1]
    line = max(1, round(width * LINE))
    yield first
    for step in range(1, STEPS + 1):
        # The line slows down at both ends, where the eye arrives and leaves.
        at = round(width * (1 - math.cos(math.pi * step / (STEPS + 1))) / 2)
        frame = first.copy()
        frame[:, :at] = last[:, :at]
        frame[:, max(0, at - line // 2) : at - line // 2 + line] = white
        yield frame
    yield last


def _indexed(first: Any, last: Any) -> list[Pillow.Image]:
    """The pictures in 256 colours, those of both photos, each photo dithered but once, so that nothing flickers."""
    both = Pillow.fromarray(np.concatenate([first, last]))
    palette = both.quantize(256, dither=Pillow.Dither.NONE)
    found = np.asarray(both.quantize(palette=palette, dither=Pillow.Dither.FLOYDSTEINBERG))
    colours = palette.getpalette() or []
    lightest = int(np.argmax(np.reshape(colours, (-1, 3)).sum(axis=1)))
    frames = [Pillow.fromarray(frame) for frame in _wipe(found[: len(first)], found[len(first) :], lightest)]
    for frame in frames:
        frame.putpalette(colours)
    return frames
