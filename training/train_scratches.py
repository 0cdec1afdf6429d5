"""Train the network that finds scratches: python -m training.train_scratches --photos FOLDER --artefacts FOLDER."""

from __future__ import annotations

import argparse
import fnmatch
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from graph.errors import StepError
from nodes.models.scratch_network import FORMS
from training.artefacts import Artefacts
from training.lessons import Budget, Lessons, Recipe
from training.marking import MARKED, sheets
from training.patches import Patches
from training.real import Marked, marked, own
from training.specimens import photo_files

TESTED = 0.06
"""Share of the photos that only the validation sees."""

VALIDATION = 1_000_000_007
"""Added to the seed for the validation's patches."""

SHUFFLE = 1
"""The seed of the split of the photos: the same ones are always held out."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, or go on where the last training into that folder stopped. 0 done, 2 when an argument is wrong."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        lessons = _lessons(options)
        lessons.begin()
    except (ValueError, StepError) as error:
        parser.error(str(error))
    with _bars() as progress:
        lessons.run(Budget(options.steps, options.minutes), progress)
    best = lessons.standing.best
    Console(stderr=True).print(f"Best F1 {best:.3f}; weights, card, curves and samples lie in {options.out}.")
    return 0


def _lessons(options: argparse.Namespace) -> Lessons:
    recipe = Recipe(options.encoder, options.side, options.batch, options.rate, options.seed)
    photos, tested = _split(_kept(options.photos, options.without))
    real = _real(options)
    teaching = Patches(tuple(photos), _artefacts(options, "training"), tuple(real), recipe.side, recipe.seed, 0, 0)
    looking = Patches(
        tuple(tested),
        _artefacts(options, "test"),
        (),
        recipe.side,
        recipe.seed + VALIDATION,
        0,
        options.validation,
    )
    return Lessons(
        recipe,
        teaching,
        looking,
        options.out,
        device=options.device,
        workers=options.workers,
        every=options.every,
        start=options.start,
        shift=options.shift,
        sources=_sources(options, photos, real),
    )


def _kept(folders: Sequence[Path], without: Sequence[str]) -> list[Path]:
    photos = [path for folder in folders for path in photo_files(folder)]
    left_out = (*without, *_marked_by_hand())
    kept = [path for path in photos if not any(fnmatch.fnmatch(path.name, pattern) for pattern in left_out)]
    if len(kept) < 2:
        raise ValueError(f"{len(kept)} photos are too few to hold some out; it takes two")
    return kept


def _marked_by_hand() -> list[str]:
    """Those of the test are never sound ones. Of those marked later most have little damage: they pass for sound."""
    return [f"{sheet.stem}.*" for sheet in sheets() if sheet.tested]


def _split(photos: list[Path]) -> tuple[list[Path], list[Path]]:
    """Those to learn from, and those that only the validation sees."""
    order = np.random.default_rng(SHUFFLE).permutation(len(photos))
    held = max(1, round(TESTED * len(photos)))
    return [photos[each] for each in order[held:]], [photos[each] for each in order[:held]]


def _artefacts(options: argparse.Namespace, part: Any) -> Artefacts | None:
    return None if options.artefacts is None else Artefacts(options.artefacts, part)


def _real(options: argparse.Namespace) -> list[Marked]:
    found = [photo for folder in options.data for photo in own(folder)]
    if options.marked is not None:
        found += marked(MARKED / "index.csv", options.marked, options.fold, later=options.later)
    return found


def _sources(options: argparse.Namespace, photos: list[Path], real: list[Marked]) -> dict[str, Any]:
    """What the card says of the pictures: kinds of photos by the first word of their names, and each real one."""
    kinds = sorted({path.name.partition("-")[0] for path in photos})
    return {
        "photos": {kind: sum(path.name.partition("-")[0] == kind for path in photos) for kind in kinds},
        "artefacts": options.artefacts is not None,
        "real": [photo.name for photo in real],
        "fold held out": options.fold,
        "begun from": options.start.name if options.start else None,
        "command": ["python", "-m", "training.train_scratches", *sys.argv[1:]],
    }


def _bars() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[note]}"),
        console=Console(stderr=True),
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training.train_scratches", description=__doc__)
    add = parser.add_argument
    add("--photos", type=Path, action="append", required=True, help="a folder of sound photos; may be said again")
    add("--without", action="append", default=[], metavar="PATTERN", help="photos to leave out, such as 'kodak-*'")
    add("--artefacts", type=Path, help="a folder of photographed damage, sorted into scratches, hair, ...")
    add("--data", type=Path, action="append", default=[], help="a folder with photos/ and masks/ of your own")
    add("--marked", type=Path, help="the folder of the photos whose masks lie in training/marked")
    add("--fold", type=int, help="the fold of those that is held out for the test")
    add("--later", action="store_true", help="learn from the photos that were marked later too")
    add("--encoder", choices=sorted(FORMS), default="resnet10t", help="the first half of the network")
    add("--start", type=Path, help="begin from these weights (.safetensors), to learn from your own photos")
    add("--side", type=int, default=256, help="pixels a side of a patch (256)")
    add("--batch", type=int, default=16, help="patches a step (16)")
    add("--rate", type=float, default=3e-3, help="of learning, at its highest (0.003)")
    add("--shift", type=float, default=0.0, help="make what is written so much more careful, in logits (0)")
    add("--steps", type=int, help="stop after that many; without --minutes 6000")
    add("--minutes", type=float, help="stop in time, wherever it stands, and keep the best")
    add("--every", type=int, default=250, help="steps between looks at the validation (250)")
    add("--validation", type=int, default=96, help="patches looked at (96)")
    add("--workers", type=int, default=2, help="processes that make patches (2)")
    add("--device", choices=("cpu", "cuda", "mps"), default="cpu", help="where the network computes (cpu)")
    add("--seed", type=int, default=0, help="of all chance (0)")
    add("--out", type=Path, default=Path("output/scratches"), help="where everything goes (output/scratches)")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
