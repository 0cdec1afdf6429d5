"""How long pairs take: python -m training.speed --photos FOLDER --artefacts FOLDER."""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console

from nodes.damage.sheet import Window
from training.artefacts import Artefacts
from training.damage import any_sheet
from training.specimens import made, photo_files, read_photo

SIDE, LONG = 512, 768
"""Pixels a side of a pair, and of the print that it is part of."""


def seconds(photo: NDArray[np.uint8], artefacts: Artefacts | None, number: int) -> float:
    """Of processor time for one damaged pair; the same number makes the same pair."""
    import cv2

    cv2.setNumThreads(1)
    rng = np.random.default_rng(number)
    picture = np.asarray(cv2.resize(photo, (SIDE, SIDE), interpolation=cv2.INTER_AREA), np.uint8)
    top, left = (int(each) for each in rng.integers(0, LONG - SIDE, 2))
    window, began = Window(top, left, SIDE, SIDE), time.process_time()
    made(picture, rng, artefacts, any_sheet(LONG, LONG, rng), window, sound=False, decoys=[])
    return time.process_time() - began


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures. Set OPENBLAS_NUM_THREADS=1 for those of one core."""
    parser = argparse.ArgumentParser(prog="python -m training.speed", description=__doc__)
    parser.add_argument("--photos", type=Path, required=True, help="a folder of sound photos")
    parser.add_argument("--artefacts", type=Path, help="a folder of photographed damage")
    parser.add_argument("--pairs", type=int, default=60, help="how many (60)")
    options = parser.parse_args(arguments)
    artefacts = Artefacts(options.artefacts) if options.artefacts else None
    files = photo_files(options.photos)
    took = 1000 * np.array(
        [seconds(read_photo(files[number % len(files)]), artefacts, number) for number in range(options.pairs)]
    )
    middle, slow = np.quantile(took, (0.5, 0.9))
    Console().print(f"{SIDE} × {SIDE}: {took.mean():.0f} ms a pair, median {middle:.0f}, one in ten over {slow:.0f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
