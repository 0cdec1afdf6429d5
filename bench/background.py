"""Measures the background swap: mattes and colour spill against rendered hair, time and memory at 12 megapixels.

python bench/background.py [--check] [--json FILE] [--only quality,large]

The first import of pymatting compiles for up to a minute on a fresh machine; it is not counted.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from numpy.typing import NDArray

from bench.measuring import Figure, Peak, memory, report
from graph.context import Context
from nodes.background.composite import over
from nodes.background.decontaminate import decontaminate
from nodes.background.harmonise import harmonise
from nodes.background.matte import GRABCUT, matte
from nodes.background.refine import refine
from nodes.background.replace import KINDS, replace
from nodes.background.shadow import shadow
from nodes.kinds.arrays import Floats, allocator
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from tests.nodes.background.hair import Hair, hair

MIB = 2**20
LARGE = (4000, 3000)
SIZE = (600, 540)

SECONDS = {"matte": 10.0, "refine": 25.0, "decontaminate": 8.0, "replace": 8.0, "shadow": 8.0, "harmonise": 10.0}
"""Each on two idle cores."""
BEYOND = 256.0
"""MiB beyond inputs and results; matting takes a kilobyte for each pixel of its small copy."""
MATTING = 600.0


def quality(ctx: Context) -> list[Figure]:
    """Rendered hair before a wall: what each step adds."""
    figures: list[Figure] = []
    for grey in (False, True):
        given, kind = hair(*SIZE, grey=grey), "grey" if grey else "colour"
        image = Image(given.picture)
        before = _squares(given.rough, given.alpha)
        for method in ("closed-form", "knn"):
            found = refine(ctx, image, Mask(given.rough), method=method, inside=1.5, outside=6.0)
            after = _squares(found.values, given.alpha)
            sums = f"SAD {_sum(given.rough, given):.2f}k → {_sum(found.values, given):.2f}k"
            other = f"MSE {before:.5f} → {after:.5f}, {sums}"
            figures.append(Figure(f"{method}, {kind}: squared error left", after / before, "×", 0.5, other))
        figures.append(_spill(ctx, given, f"spill, {kind}: ΔE2000 left along the edge"))
    return figures


def _squares(values: Floats, alpha: Floats) -> float:
    return float(np.mean((values - alpha) ** 2))


def _sum(values: Floats, given: Hair) -> float:
    return float(np.abs(values - given.alpha).sum() / 1000)


def _spill(ctx: Context, given: Hair, name: str) -> Figure:
    """On a dark new background, where a light rim would show, against the subject's true colours there."""
    image, mask = Image(given.picture), Mask(given.alpha)
    edge, dark = (given.alpha > 0.05) & (given.alpha < 0.95), np.full_like(given.picture, 0.1)
    truth = over(given.subject, dark, given.alpha)
    cleaned = decontaminate(ctx, image, mask).pixels
    before, after = (_apart(over(each, dark, given.alpha), truth, edge) for each in (given.picture, cleaned))
    return Figure(name, after / before, "×", 0.3, f"{before:.2f} → {after:.2f}")


def _apart(one: Floats, two: Floats, where: NDArray[np.bool_]) -> float:
    """Mean ΔE2000."""
    import cv2
    from skimage.color import deltaE_ciede2000

    first, second = (np.asarray(cv2.cvtColor(each, cv2.COLOR_RGB2Lab)) for each in (one, two))
    return float(deltaE_ciede2000(first, second)[where].mean())


def large(ctx: Context) -> list[Figure]:
    """Every node on 12 megapixels."""
    from nodes.models.foreground import foreground

    foreground(np.zeros((8, 8, 3), np.float32), np.zeros((8, 8), np.float32))
    given = hair(*LARGE)
    rng = np.random.default_rng(1)
    pixels = given.picture + rng.normal(0, 0.01, (*LARGE, 1)).astype(np.float32)
    image, rough = Image(pixels.clip(0, 1)), Mask(given.rough)
    fine = Mask(given.alpha)
    made = replace(ctx, image, fine)
    steps = {
        "matte": lambda: matte(ctx, image, model=GRABCUT),
        "refine": lambda: refine(ctx, image, rough),
        "decontaminate": lambda: decontaminate(ctx, image, fine),
        **{f"replace, {kind}": lambda kind=kind: replace(ctx, image, fine, image, kind=kind) for kind in KINDS},
        "shadow": lambda: shadow(ctx, made.image, fine, made.backdrop),
        "harmonise": lambda: harmonise(ctx, made.image, fine, made.backdrop),
    }
    figures: list[Figure] = []
    for name, step in steps.items():
        before, started, busy = memory(os.getpid()), time.perf_counter(), time.process_time()
        with Peak(os.getpid()) as peak:
            result = step()
        seconds, busy = time.perf_counter() - started, time.process_time() - busy
        arrays = result if isinstance(result, tuple) else (result,)
        kept = sum(each.values.nbytes if isinstance(each, Mask) else each.pixels.nbytes for each in arrays)
        beyond = (peak.bytes - before - kept) / MIB
        node = name.split(",")[0]
        figures.append(Figure(f"{name}, 12 MP", seconds, "s", SECONDS[node], f"{busy:.1f} s of a processor"))
        figures.append(
            Figure("  peak beyond inputs and results", beyond, "MiB", MATTING if node == "refine" else BEYOND)
        )
    return figures


PARTS = {"quality": quality, "large": large}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", default=",".join(PARTS), help=f"some of {','.join(PARTS)}")
    wanted = parser.parse_known_args()[0].only.split(",")
    with tempfile.TemporaryDirectory() as folder:
        ctx = Context(allocate=allocator(Path(folder)))
        figures = [figure for name in wanted for figure in PARTS[name](ctx)]
    return report("Background swap", figures)


if __name__ == "__main__":
    sys.exit(main())
