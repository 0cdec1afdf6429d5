"""Pictures of a training: its curves, and what the network sees and says, as PNG."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from nodes.kinds.arrays import Floats
from training.checkpoint import Row

WIDTH, HEIGHT, MARGIN = 900, 420, 46

CURVES = {"loss": (200, 60, 50), "F1": (30, 110, 200), "precision": (120, 170, 60), "recall": (220, 150, 30)}
"""Their colours. The loss is drawn in its own scale, from 0 to its largest."""


def write_curves(path: Path, rows: Sequence[Row]) -> None:
    """Loss, F1, precision and recall over the steps."""
    canvas = Image.new("RGB", (WIDTH, HEIGHT), "white")
    pen = ImageDraw.Draw(canvas)
    pen.rectangle((MARGIN, MARGIN, WIDTH - MARGIN, HEIGHT - MARGIN), outline="silver")
    largest = max((row.loss for row in rows), default=1.0) or 1.0
    values = {
        "loss": [row.loss / largest for row in rows],
        "F1": [row.score.f1 for row in rows],
        "precision": [row.score.precision for row in rows],
        "recall": [row.score.recall for row in rows],
    }
    steps = [row.step for row in rows]
    for number, (name, heights) in enumerate(values.items()):
        last = f"{rows[-1].loss if name == 'loss' else heights[-1]:.3f}" if rows else ""
        pen.text((MARGIN + 170 * number, 14), f"{name} {last}", fill=CURVES[name])
        pen.line([_place(step, height, steps) for step, height in zip(steps, heights, strict=True)], CURVES[name], 2)
    for level in (0, 0.5, 1):
        pen.text((12, _place(0, level, [0, 1])[1] - 6), f"{level:g}", fill="grey")
    pen.text((WIDTH - MARGIN - 90, HEIGHT - 30), f"step {steps[-1] if steps else 0}", fill="grey")
    canvas.save(path)


def write_sheet(path: Path, rows: Sequence[tuple[Floats, NDArray[np.uint8], Floats]]) -> None:
    """A column for each sample: the picture, what is known of it, and what the network says."""
    if not rows:
        return
    columns = [
        np.concatenate([(light.clip(0, 1) * 255).astype(np.uint8), label, (likely * 255).astype(np.uint8)])
        for light, label, likely in rows
    ]
    Image.fromarray(np.concatenate(columns, axis=1)).save(path)


def _place(step: int, height: float, steps: Sequence[int]) -> tuple[float, float]:
    along = step / max(1, steps[-1])
    inner = HEIGHT - 2 * MARGIN
    return MARGIN + along * (WIDTH - 2 * MARGIN), MARGIN + (1 - height) * inner
