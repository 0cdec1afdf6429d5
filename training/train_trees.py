"""Train the trees that tell damage from picture: python -m training.train_trees --photos FOLDER --artefacts FOLDER."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from rich.console import Console
from rich.progress import Progress
from rich.table import Table as Printed

from nodes.kinds.arrays import Floats
from nodes.repair.finding.trees import Trees
from training.artefacts import Artefacts
from training.boosting import Boosting, fit, save
from training.damage import Bools, Damaged
from training.measure import KINDS, Table, tables
from training.specimens import photo_files, read_photo, specimen

DAMAGED, SOUND = 0.6, 0.2
"""A candidate with that share of damaged pixels is damage, or sound; what lies between teaches nothing."""

LARGE, LARGEST = 150, 400
"""Pixels. Of the sound candidates smaller than LARGE only some teach, KEPT, and count the more for it; a candidate
counts by the root of its extent, but none for more than LARGEST."""

KEPT = 0.4

TESTED = 110
"""Photos of the half that is held out on which the report is made, or half of that half if that is fewer."""

SHUFFLE = 1
"""The seed of the split: the same photos are always held out."""

THRESHOLDS = (0.3, 0.5, 0.7, 0.9)


class Split(NamedTuple):
    """No photo is in two parts."""

    first: list[Path]
    """For the first look: half of the photos."""
    second: list[Path]
    """For the second look, which has to know the first one's mistakes on photos that it did not learn from."""
    test: list[Path]


class Look(NamedTuple):
    """One of the two times that each candidate is judged."""

    name: str
    photos: list[Path]
    passes: int
    """Pictures made of each photo."""
    rounds: int
    """Trees for each kind."""
    depth: int
    """Of each tree."""
    stream: int
    """Keeps its chance apart from the other's and from TEST."""


TEST = 2
"""The stream of the held-out pictures: both looks are reported on the same ones."""


@dataclass(frozen=True)
class Work:
    """What both looks need.

    Responsibilities:
    - pictures made from photos, until the time is up
    - trees fitted to what was measured in them
    - the bars that show how far it is
    """

    artefacts: Artefacts
    minutes: float
    seed: int
    progress: Progress

    def specimens(self, what: str, photos: list[Path], passes: int, stream: int) -> Iterator[Damaged]:
        """Each photo `passes` times, until the time is up; every picture has its own seed."""
        end = time.monotonic() + 60 * self.minutes
        bar = self.progress.add_task(what, total=passes * len(photos))
        for number, path in enumerate(passes * photos):
            if time.monotonic() > end:
                self.progress.console.print(f"{what}: time is up after {number} of {passes * len(photos)} pictures")
                break
            rng = np.random.default_rng([self.seed, stream, number])
            yield specimen(read_photo(path), rng, self.artefacts)
            self.progress.advance(bar)

    def learn(self, look: Look, test: list[Path], first: dict[str, Trees] | None = None) -> dict[str, Trees]:
        """The trees of one look by kind, and a report on them; `first` are those of the look before it."""
        name = look.name
        taught = tables(self.specimens(f"{name}: photos", look.photos, look.passes, look.stream), first)
        trees = {kind: self.trees(f"{name}: {kind}", taught[kind], look) for kind in KINDS}
        unseen = tables(self.specimens(f"{name}: held-out photos", test, 1, TEST), first)
        for kind in KINDS:
            Console().print(_report(f"{name}, {kind}", trees[kind], taught[kind], unseen[kind]))
        return trees

    def trees(self, what: str, table: Table, look: Look) -> Trees:
        """Fitted to the table."""
        bar = self.progress.add_task(what, total=look.rounds)
        rows, truth, weights = lessons(table, np.random.default_rng(self.seed))
        boosting = Boosting(rounds=look.rounds, depth=look.depth, seed=self.seed)
        return fit(table.names, table.values[rows], truth, weights, boosting, lambda: self.progress.advance(bar))


def main(arguments: Sequence[str] | None = None) -> int:
    """Train both looks, save them and report. 0 done, 2 when an argument is wrong."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        artefacts, split = Artefacts(options.artefacts), split_photos(photo_files(options.photos))
    except ValueError as error:
        parser.error(str(error))
    with Progress(console=Console(stderr=True)) as progress:
        work = Work(artefacts, options.minutes, options.seed, progress)
        first = work.learn(Look("first look", split.first, options.passes, options.rounds, 5, 0), split.test)
        second = work.learn(Look("second look", split.second, options.passes, options.later, 4, 1), split.test, first)
    options.out.mkdir(parents=True, exist_ok=True)
    for kind in KINDS:
        save(first[kind], options.out / f"{kind}.npz")
        save(second[kind], options.out / f"{kind}_in_company.npz")
    return 0


def split_photos(photos: list[Path]) -> Split:
    """Half of the photos for the first look, the rest for the second look and for the report."""
    if len(photos) < 4:
        raise ValueError(f"{len(photos)} photos are too few to hold some out; it takes four")
    order = np.random.default_rng(SHUFFLE).permutation(len(photos))
    shuffled = [photos[each] for each in order]
    held = shuffled[1::2]
    tested = min(TESTED, len(held) // 2)
    return Split(shuffled[::2], held[tested:], held[:tested])


def lessons(table: Table, rng: np.random.Generator) -> tuple[Bools, Bools, Floats]:
    """Which rows teach, whether each of those is damage, and how much it counts (1 on average)."""
    damaged, sound, large = table.share > DAMAGED, table.share < SOUND, table.extent > LARGE
    rows = damaged | (sound & (large | (rng.random(len(table.share)) < KEPT)))
    weights = np.sqrt(np.minimum(table.extent, LARGEST)) * np.where(damaged | large, 1, 1 / KEPT)
    return rows, damaged[rows], (weights[rows] / weights[rows].mean()).astype(np.float32)


def precision_recall(likely: Floats, table: Table, threshold: float) -> tuple[float, float]:
    """Over candidates, each counted by its extent; 0 where there is nothing to divide by."""
    found, damaged = likely > threshold, table.share > DAMAGED
    right = float(table.extent[found & damaged].sum())
    wrong = float(table.extent[found & (table.share < SOUND)].sum())
    return right / max(right + wrong, 1e-9), right / max(float(table.extent[damaged].sum()), 1e-9)


def _report(title: str, trees: Trees, taught: Table, unseen: Table) -> Printed:
    printed = Printed(title=title)
    for heading in ("threshold", "precision", "recall", "precision on held-out photos", "recall on held-out photos"):
        printed.add_column(heading, justify="right")
    judged = [(table, table.probability(trees)) for table in (taught, unseen)]
    for threshold in THRESHOLDS:
        figures = [each for table, likely in judged for each in precision_recall(likely, table, threshold)]
        printed.add_row(f"{threshold:.1f}", *(f"{each:.3f}" for each in figures))
    return printed


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training.train_trees", description=__doc__)
    parser.add_argument("--photos", type=Path, required=True, help="a folder of sound photos")
    parser.add_argument("--artefacts", type=Path, required=True, help="a folder of damage, sorted into scratches, ...")
    parser.add_argument("--passes", type=int, default=7, help="pictures made of each photo (7)")
    parser.add_argument("--rounds", type=int, default=130, help="trees for each kind at the first look (130)")
    parser.add_argument("--later", type=int, default=80, help="trees for each kind at the second look (80)")
    parser.add_argument(
        "--minutes", type=float, default=float("inf"), help="stop looking at photos after that long in each part"
    )
    parser.add_argument("--seed", type=int, default=0, help="of all chance but the split of the photos (0)")
    parser.add_argument(
        "--out", type=Path, default=Path("nodes/repair/finding"), help="where the .npz files go (nodes/repair/finding)"
    )
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
