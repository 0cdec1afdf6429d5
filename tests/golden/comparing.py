"""Compares what a node makes with the picture that was looked at and kept, and shows where they differ."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image as Pillow

from nodes.kinds.image import Image
from nodes.kinds.mask import Mask

Bytes = NDArray[np.uint8]

MEAN, MOST = 0.1, 4.0
"""Tolerated difference in steps of 255, over all and at one pixel. OpenCV's builds round differently, depending on the
processor and on the libraries they were made with. That was measured by switching its vector code off, and by shifting
every input by a millionth: single pixels move by a step, 0.01 on average at most. Most settings change more than
that when moved by a twentieth of their range."""

GAIN = 20
"""How much a difference is amplified to be seen: a thirteenth of the range becomes white."""
ENLARGED = 4
"""How much larger than the small pictures themselves a failure is shown."""
GAP = 8
"""Pixels of grey between the panels."""


class Golden:
    """The folders of what is expected and of what failed."""

    def __init__(self, expected: Path, failed: Path, update: bool = False) -> None:
        self.expected, self.failed, self.update = expected, failed, update

    def check(self, name: str, found: Image | Mask, mean: float = MEAN, most: float = MOST) -> None:
        """Fail with a picture of the difference if what was found is not what is kept under that name."""
        __tracebackhide__ = True
        picture, path = _bytes(found), self.expected / f"{name}.png"
        if self.update:
            path.parent.mkdir(parents=True, exist_ok=True)
            Pillow.fromarray(picture).save(path, optimize=True)
            return
        if not path.is_file():
            pytest.fail(
                f"Nothing is kept for {name}. Write it with `pytest tests/golden --update-golden`, and look at it."
            )
        with Pillow.open(path) as kept:
            expected = np.asarray(kept)
        if wrong := _difference(picture, expected, mean, most):
            shown = self._show(name, picture, expected)
            pytest.fail(f"{name}: {wrong} Found, expected and {GAIN} times the difference: {shown}")

    def _show(self, name: str, found: Bytes, expected: Bytes) -> Path:
        panels = [found, expected]
        if found.shape == expected.shape:
            panels.append(np.clip(_apart(found, expected) * GAIN, 0, 255).astype(np.uint8))
        self.failed.mkdir(parents=True, exist_ok=True)
        path = self.failed / f"{name}.png"
        beside(panels).save(path)
        return path


def beside(panels: list[Bytes]) -> Pillow.Image:
    """Several pictures in a row, enlarged so that single pixels can be seen."""
    shown = [Pillow.fromarray(panel).convert("RGB") for panel in panels]
    shown = [one.resize((one.width * ENLARGED, one.height * ENLARGED), Pillow.Resampling.NEAREST) for one in shown]
    width = sum(one.width for one in shown) + GAP * (len(shown) - 1)
    canvas = Pillow.new("RGB", (width, max(one.height for one in shown)), "grey")
    left = 0
    for one in shown:
        canvas.paste(one, (left, 0))
        left += one.width + GAP
    return canvas


def _bytes(value: Image | Mask) -> Bytes:
    return np.round((value.pixels if isinstance(value, Image) else value.values) * 255).astype(np.uint8)


def _apart(found: Bytes, expected: Bytes) -> NDArray[np.int16]:
    return np.abs(found.astype(np.int16) - expected)


def _difference(found: Bytes, expected: Bytes, mean: float, most: float) -> str:
    """What differs more than is tolerated, in words; empty if nothing does."""
    if found.shape != expected.shape:
        return f"its shape is {found.shape}, not {expected.shape}."
    apart = _apart(found, expected)
    if apart.mean() <= mean and apart.max() <= most:
        return ""
    return f"it differs by {apart.mean():.2f} of 255 on average ({mean:g} allowed), {apart.max()} at most ({most:g})."
