"""Makes the small photos in inputs/ that the golden tests start from.

    python tests/golden/make_inputs.py

They are kept as files, so that the tests depend neither on how a JPEG is decoded nor on how the sample is aged. Run it
only to have other photos; what is expected of them is then made anew with `pytest tests/golden --update-golden`.
"""

from __future__ import annotations

import runpy
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from skimage import data

Floats = NDArray[np.float32]


FOLDER = Path(__file__).parent / "inputs"
MAKE_SAMPLE = Path(__file__).parents[2] / "workflows" / "make_sample.py"

FACE = np.s_[0:128, 64:160]
"""Of the portrait at half its size."""
SCRATCHED = np.s_[424:552, 690:786]
"""Of the sample: light and dark scratches cross here, beside an ear and over plain ground."""
VISIBLE = 0.06
"""Damage that covers less of a pixel drowns in the grain."""

FADED_BLACK, FADED_WHITE = np.array([[0.38, 0.22, 0.25], [0.93, 0.86, 0.74]], np.float32)
"""What became of black and white in a print whose dyes have lost depth, cyan most."""


def smaller(pixels: Floats, times: int) -> Floats:
    """Each pixel the mean of times × times."""
    height, width = (side // times for side in pixels.shape[:2])
    blocks = pixels[: height * times, : width * times].reshape(height, times, width, times, -1)
    return blocks.mean(axis=(1, 3))


def pictures() -> Iterator[tuple[str, Floats]]:
    """Every input by its name."""
    portrait = smaller(data.astronaut().astype(np.float32) / 255, 2)[FACE]
    yield "portrait", portrait
    yield "faded", FADED_BLACK + (FADED_WHITE - FADED_BLACK) * portrait
    sample = runpy.run_path(str(MAKE_SAMPLE))
    aged = sample["aged"]()
    yield "sepia", smaller(aged, 10)
    yield "scratched", aged[SCRATCHED]
    # The same draws in the same order as in `aged`: the damage lies where it lies there.
    rng = np.random.default_rng(sample["SEED"])
    sample["faded"](rng, sample["clean"]())
    covers = [layer.cover for layer in sample["damage"](rng, aged.shape[:2])]
    yield "damage", (np.max(covers, axis=0)[SCRATCHED] > VISIBLE).astype(np.float32)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, pixels in pictures():
        Image.fromarray(np.round(pixels * 255).astype(np.uint8)).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
