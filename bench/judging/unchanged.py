"""What should not change, and by how much it does: brightness when colouring, a subject before a new background, a
photo that was enlarged and is shrunk back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from bench.judging.damages import Photo
from bench.judging.engine import Engine, Made
from bench.judging.metrics import lightness_change, psnr
from bench.measuring import Figure
from cli.opening import read_workflow
from nodes.kinds.arrays import Floats
from nodes.pixels.colour import luma

CORE = 0.999
"""Opacity from which a pixel belongs to the subject alone."""

RIM = 5
"""Pixels from the subject's rim that count as rim."""

REPLACE, COLORIZE = "background/replace", "colour/colorize"

FEW = 3
"""Photos: each of these takes a network's time."""

Usable = Callable[[Sequence[str]], dict[str, Path]]
"""Names of workflows to the files of those that can run."""


def on_unchanged(engine: Engine, usable: Usable, photos: Sequence[Photo]) -> list[Figure]:
    workflows = usable(tuple(CHECKS))
    return [CHECKS[name](engine, path, photos[:FEW]) for name, path in workflows.items()]


def coloured(engine: Engine, workflow: Path, photos: Sequence[Photo]) -> Figure:
    """L* of what goes into the colouring step, and of the result."""
    found: list[float] = []
    for photo in photos:
        made = engine.run(workflow, np.repeat(luma(photo.truth)[..., None], 3, axis=2))
        found.append(lightness_change(made.pixels, _into(workflow, made, COLORIZE, "image").pixels))
    return Figure("colourise: change of L* by colouring", max(found), "", 1.0, "worst photo")


def enlarged(engine: Engine, workflow: Path, photos: Sequence[Photo]) -> Figure:
    found = [psnr(_shrunk(engine.run(workflow, photo.truth).pixels, photo.truth), photo.truth) for photo in photos]
    cubic = [psnr(_shrunk(_cubic(photo.truth), photo.truth), photo.truth) for photo in photos]
    other = f"INTER_CUBIC: {min(cubic):.1f} dB"
    return Figure("upscale: enlarged and shrunk back", min(found), "dB", 40.0, other, at_least=True)


def on_new_background(engine: Engine, workflow: Path, photos: Sequence[Photo]) -> Figure:
    """The largest change of a pixel in the core of the subject."""
    found: list[float] = []
    for photo in photos:
        made = engine.run(workflow, photo.truth)
        core = _core(workflow, made)
        if core.any():
            found.append(float(np.abs(made.pixels - photo.truth)[core].max()) * 255)
    name = "portrait-new-background: change of the subject's core"
    if not found:
        return Figure(f"{name}: photos with a subject", 0, "", 1, at_least=True)
    return Figure(name, max(found), "of 255", 0.0, f"worst pixel of {len(found)} photos")


def _core(workflow: Path, made: Made) -> NDArray[np.bool_]:
    """Where the matte that the background is replaced by is wholly opaque, its rim aside."""
    opaque = _into(workflow, made, REPLACE, "mask").values >= CORE
    return cv2.erode(opaque.astype(np.uint8), np.ones((2 * RIM + 1, 2 * RIM + 1), np.uint8)) > 0


def _into(workflow: Path, made: Made, type: str, socket: str) -> Any:
    """What came into that socket of the workflow's only node of that type."""
    step, output = next(node.inputs[socket] for node in read_workflow(workflow).nodes.values() if node.type == type)
    return made.steps[step].outputs[output]


def _cubic(pixels: Floats) -> Floats:
    return np.asarray(cv2.resize(pixels, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC), np.float32)


def _shrunk(pixels: Floats, like: Floats) -> Floats:
    size = (like.shape[1], like.shape[0])
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.float32)


CHECKS: dict[str, Callable[[Engine, Path, Sequence[Photo]], Figure]] = {
    "colourise": coloured,
    "upscale": enlarged,
    "portrait-new-background": on_new_background,
}
