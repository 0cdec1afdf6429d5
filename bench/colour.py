"""Measures colouring by strokes and evening out colour: seconds, memory, and how near they come to the true colours.

python bench/colour.py [--check] [--json FILE] [--only speed,solver,strokes,chroma]

The photos are in the public domain and ship inside Python packages; strokes and bad colours are made from their own.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import cv2
import numpy as np
from PIL import Image as Pillow
from skimage.color import deltaE_ciede2000

from bench.measuring import Figure, best_of, process, python, report
from graph.context import Context
from nodes.colour.blur_chroma import blur_chroma
from nodes.colour.diffusion import diffused, equations
from nodes.colour.hints import hints
from nodes.colour.lab import lab_from_srgb, srgb_from_lab
from nodes.kinds.arrays import Floats, allocator
from nodes.kinds.image import Image

MIB = 2**20
STROKES = 20
LARGE = (3000, 4000)
HALF = (612, 816)
"""Half a megapixel: what strokes are spread on."""

CELLS = 96
"""A colouring network's chroma is as fine as a picture of that longer side."""


def photos() -> dict[str, Floats]:
    """Two portraits, sRGB in 0..1."""
    from matplotlib.cbook import get_sample_data
    from skimage.data import astronaut

    with Pillow.open(str(get_sample_data("grace_hopper.jpg", asfileobj=False))) as file:
        hopper = np.asarray(file.convert("RGB"), np.float32) / 255
    portrait = np.asarray(astronaut(), np.float32) / 255
    return {"astronaut": portrait.astype(np.float32), "grace hopper": hopper.astype(np.float32)}


def context(folder: str) -> Context:
    return Context(allocate=allocator(Path(folder)))


def distance(one: Floats, two: Floats) -> Floats:
    """ΔE2000 of each pixel."""
    first, second = (np.dstack(lab_from_srgb(each)) for each in (one, two))
    return np.asarray(deltaE_ciede2000(first, second), np.float32)


def grey_of(pixels: Floats) -> Floats:
    light, tint = lab_from_srgb(pixels)
    return np.repeat(srgb_from_lab(light, np.zeros_like(tint))[..., 1:2], 3, axis=2)


def painted(pixels: Floats, seed: int = 3) -> list[dict[str, Any]]:
    """Strokes as somebody who knows the colours would paint them: each inside one thing, far from the others."""
    rng, (height, width) = np.random.default_rng(seed), pixels.shape[:2]
    tint, longer = lab_from_srgb(pixels)[1], max(pixels.shape)
    reach = 0.02 * longer * np.array([[1, 1]])
    middles = rng.uniform(0.05, 0.95, (300, 2)) * (width, height)
    angles = rng.uniform(0, np.pi, 300)
    ways = reach * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    found: list[tuple[Floats, dict[str, Any]]] = []
    for middle, way in zip(middles, ways, strict=True):
        places = (middle + np.linspace(-1, 1, 15)[:, None] * way).round().astype(int).clip(0, (width - 1, height - 1))
        seen = pixels[places[:, 1], places[:, 0]]
        if np.linalg.norm(tint[places[:, 1], places[:, 0]].std(axis=0)) < 6:
            colour = "#" + "".join(f"{round(255 * float(value)):02x}" for value in np.median(seen, axis=0))
            points = [(middle - way).tolist(), (middle + way).tolist()]
            found.append((middle, {"points": points, "size": 0.008 * longer, "colour": colour}))
    chosen = [0]
    while len(chosen) < min(STROKES, len(found)):
        away = [min(float(np.hypot(*(one[0] - found[k][0]))) for k in chosen) for one in found]
        chosen.append(int(np.argmax(away)))
    return [found[each][1] for each in chosen]


def speed(folder: str) -> list[Figure]:  # noqa: ARG001 - all parts are called alike
    """A 12-megapixel photo in a process of its own."""
    idle = process([python(), __file__, "--colour", "0"])
    before = os.times()
    seconds, peak = process([python(), __file__, "--colour", "1"])
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    arrays = 2 * LARGE[0] * LARGE[1] * 3 * 4
    return [
        Figure("12 MP by strokes", seconds - idle[0], "s", 10, f"seconds of one processor: {cpu:.1f}"),
        Figure("  peak beyond photo and result", (peak - idle[1] - arrays) / MIB, "MiB", 256),
    ]


def colour_alone(work: int) -> None:
    """What `speed` starts; 0 only makes the photo."""
    pixels = photos()["astronaut"]
    strokes = painted(pixels)
    scale = LARGE[1] / pixels.shape[1], LARGE[0] / pixels.shape[0]
    for each in strokes:
        each["points"] = [[x * scale[0], y * scale[1]] for x, y in each["points"]]
        each["size"] *= scale[1]
    size = LARGE if work else (64, 64)
    grey = cv2.resize(grey_of(pixels), (size[1], size[0]), interpolation=cv2.INTER_LINEAR)
    with tempfile.TemporaryDirectory() as folder:
        assert hints(context(folder), Image(grey.clip(0, 1)), strokes=strokes if work else []).height == size[0]


def solver(folder: str) -> list[Figure]:
    """Against scipy's direct solver on the same equations."""
    from scipy.sparse.linalg import spsolve

    pixels = cv2.resize(photos()["astronaut"], HALF[::-1], interpolation=cv2.INTER_CUBIC).clip(0, 1)
    light, tint = lab_from_srgb(pixels)
    certain = np.zeros(HALF, np.float32)
    for stroke in painted(pixels):
        first, last = (tuple(round(value) for value in point) for point in stroke["points"])
        cv2.line(certain, first, last, (1.0,), round(stroke["size"]))
    guide, ctx = light[..., None], context(folder)
    ours = best_of(2, lambda: diffused(ctx, guide, tint, certain, 0.0))
    matrix, right = equations(guide, tint, certain, 0.0)
    started = time.perf_counter()
    exact = spsolve(matrix.tocsc().astype(np.float64), right.astype(np.float64)).reshape(tint.shape)
    theirs = time.perf_counter() - started
    off = np.linalg.norm(diffused(ctx, guide, tint, certain, 0.0) - exact, axis=-1)
    return [
        Figure(f"half a megapixel, {HALF[1]} × {HALF[0]}, two colours", ours, "s"),
        Figure("  as fast as scipy's spsolve", theirs / ours, "×", 3, f"{theirs:.1f} s", at_least=True),
        Figure("  distance from its solution, mean", float(off.mean()), "CIE", 0.2, f"at most {off.max():.2f}"),
    ]


def strokes(folder: str) -> list[Figure]:
    """Twenty strokes of the true colours on the photo made grey, against leaving it grey."""
    figures: list[Figure] = []
    for name, pixels in photos().items():
        grey = grey_of(pixels)
        made = hints(context(folder), Image(grey), strokes=painted(pixels)).pixels
        before, after = (float(distance(each, pixels).mean()) for each in (grey, made))
        figures.append(Figure(f"{name}, {STROKES} strokes: ΔE2000", after, "", 0.7 * before, f"grey: {before:.2f}"))
        light = np.abs(lab_from_srgb(made)[0] - lab_from_srgb(grey)[0]).max()
        figures.append(Figure("  lightness changed by at most", float(light), "ΔL", 1))
    return figures


def guessed(pixels: Floats, seed: int = 5) -> Floats:
    """The photo with chroma as a colouring network's: coarse, run over edges, patchy, with spots."""
    rng, (light, tint) = np.random.default_rng(seed), lab_from_srgb(pixels)
    height, width = light.shape
    scale = CELLS / max(height, width)
    coarse = cv2.resize(tint, (round(width * scale), round(height * scale)), interpolation=cv2.INTER_AREA)
    poor = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    patches = cv2.GaussianBlur(rng.normal(0, 1, tint.shape).astype(np.float32), (0, 0), 0.004 * max(height, width))
    poor += 2.5 * patches / patches.std()
    y, x = np.mgrid[:height, :width]
    for _ in range(12):
        down, across, angle = rng.uniform(0, height), rng.uniform(0, width), rng.uniform(0, 2 * np.pi)
        size = rng.uniform(0.005, 0.01) * max(height, width)
        spot = np.exp(-((y - down) ** 2 + (x - across) ** 2) / (2 * size**2))[..., None]
        poor += (25 * spot * (np.cos(angle), np.sin(angle))).astype(np.float32)
    return srgb_from_lab(light, poor)


def outlines(pixels: Floats) -> Any:
    """Where the true colours change the most, and as far around as a network's run over."""
    tint = cv2.GaussianBlur(lab_from_srgb(pixels)[1], (0, 0), 1.5)
    slope = np.sum([np.hypot(*np.gradient(tint[..., side])) for side in (0, 1)], axis=0)
    side = 2 * max(1, max(pixels.shape) // 256) + 1
    steep = np.asarray(slope > np.quantile(slope, 0.95), np.uint8)
    return cv2.dilate(steep, np.ones((side, side), np.uint8)) > 0


def chroma(folder: str) -> list[Figure]:
    """Even Out Colour on and off, and a plain blur as far, on all of the photo and beside the outlines of colours."""
    figures: list[Figure] = []
    for name, pixels in photos().items():
        poor, near = guessed(pixels), outlines(pixels)
        ctx, image = context(folder), Image(poor)
        plain = distance(blur_chroma(ctx, image, edges=0.0, blotches=0.0).pixels, pixels)
        off, on = distance(poor, pixels), distance(blur_chroma(ctx, image).pixels, pixels)
        for where, kept in (("all", np.ones_like(near)), ("beside outlines", near)):
            other = f"off: {off[kept].mean():.2f}, plain blur: {plain[kept].mean():.2f}"
            value = float(on[kept].mean())
            figures.append(Figure(f"{name}, chroma evened, {where}: ΔE2000", value, "", float(off[kept].mean()), other))
    return figures


PARTS: dict[str, Callable[[str], list[Figure]]] = {
    "speed": speed, "solver": solver, "strokes": strokes, "chroma": chroma,
}  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default=",".join(PARTS), help="parts to measure, separated by commas")
    parser.add_argument("--colour", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_known_args()[0]
    if arguments.colour is not None:
        colour_alone(arguments.colour)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        figures = [figure for part in arguments.only.split(",") for figure in PARTS[part](folder)]
    found = {figure.name.strip(): figure.value for figure in figures}
    ratio = found.get("as fast as scipy's spsolve")
    return report("Colour", figures, "" if ratio is None else f"Spread {ratio:.1f} times as fast as by spsolve.")


if __name__ == "__main__":
    sys.exit(main())
