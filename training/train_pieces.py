"""Train the trees that doubt the network's finds.

python -m training.train_pieces --photos FOLDER --artefacts FOLDER [--marked INDEX.csv --old FOLDER]

The photos are sound ones that the network has not learnt from: its mistakes on them are what is taught. Photos marked
by hand come on top. The trees that are shipped are what this makes of 490 photos, three pictures of each, and the 90
that are marked.
"""

from __future__ import annotations

import argparse
import csv
import time
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow
from rich.console import Console
from rich.progress import Progress

from graph.context import Context
from graph.pool import Pool
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.models.catalog import SHIPPED
from nodes.models.device import Device
from nodes.models.lending import Lending
from nodes.models.shelf import Shelf
from nodes.repair.finding.damage_map import damage_map
from nodes.repair.finding.doubt import FIRST, SECOND, company, found
from nodes.repair.finding.pieces import Pieces
from nodes.repair.finding.trees import Trees
from training.artefacts import Artefacts
from training.boosting import Boosting, fit, save
from training.damage import Bools, Damaged
from training.specimens import photo_files, read_photo, specimen

DAMAGED, SOUND = 0.6, 0.2
"""A piece with that share of damaged pixels is damage, or sound; what lies between teaches nothing."""

NEAR = 5
"""Pixels a side: a pixel counts as damaged up to two pixels beside the damage."""

SIDE = 640
"""Pixels: what is larger is cut to that."""

LARGEST = 400
"""Pixels: a piece counts by the root of its area, but none for more than that."""

HELD = 3
"""Every third photo is kept for the report."""

THRESHOLDS = (0.5, 0.6, 0.7, 0.8, 0.9)

DEPTH, RATE = 6, 0.06
"""Of the trees of both looks."""

COLOUR = 4
"""Every so manieth picture is most likely an aged one in colour: the glints of colour photos are mistaken most."""

AS_IT_IS, GREY = 0.2, 0.25
"""The shares of those that are not aged, and of the rest that are black and white."""

TWICE = 2
"""How often a photo marked by hand counts."""


class Lesson(NamedTuple):
    """The pieces that were found in one picture."""

    photo: str
    sound: bool
    """Whether nothing is damaged in it."""
    pieces: Pieces | None
    """None where nothing was found."""
    damaged: Bools
    """Which pieces are damage."""
    taught: Bools
    """Which pieces are clearly damage or clearly not."""

    def table(self, names: Sequence[str], more: dict[str, Floats]) -> Floats:
        """(pieces, measures)."""
        if self.pieces is None:
            return np.zeros((0, len(names)), np.float32)
        return np.stack([{**self.pieces.measures, **more}[name] for name in names], axis=1)


def lesson(ctx: Context, name: str, picture: Damaged) -> Lesson:
    """What is found in a picture, and whether it is damage."""
    image, label = Image(np.ascontiguousarray(picture.pixels[:SIDE, :SIDE])), picture.label[:SIDE, :SIDE]
    return _lesson(ctx, name, image, label, sound=not (picture.kinds > 0).any())


def marked(ctx: Context, index: Path, photos: Path) -> Iterator[Lesson]:
    """The photos marked by hand."""
    for row in csv.DictReader(index.read_text("utf-8").splitlines()):
        label = np.asarray(Pillow.open(index.parent / row["mask"]).convert("L"), np.uint8)
        pixels = read_photo(photos / row["file"]).astype(np.float32) / np.float32(255)
        yield _lesson(ctx, row["file"], Image(pixels), label, sound=not (label == 255).any())


def _lesson(ctx: Context, name: str, image: Image, label: NDArray[np.uint8], *, sound: bool) -> Lesson:
    import cv2

    pieces = found(ctx, image, damage_map(ctx, image))
    if pieces is None:
        return Lesson(name, sound, None, np.zeros(0, bool), np.zeros(0, bool))
    labels, count = pieces.components.labels.ravel(), len(pieces.components.area)
    near = cv2.dilate((label == 255).astype(np.uint8), np.ones((NEAR, NEAR), np.uint8)) > 0
    unknown = (label == 128) & ~near
    hurt, unsure = (np.bincount(labels, each.ravel(), count)[1:] for each in (near, unknown))
    area = pieces.components.area[1:]
    share = hurt / np.maximum(area - unsure, 1)
    taught = (unsure < area / 2) & ((share > DAMAGED) | (share < SOUND))
    return Lesson(name, sound, pieces, share > DAMAGED, taught)


class Looks(NamedTuple):
    """The trees of both looks."""

    first: Trees
    second: Trees

    def judge(self, lesson: Lesson) -> Floats:
        if lesson.pieces is None:
            return np.zeros(0, np.float32)
        alone = self.first.probability(dict(lesson.pieces.measures))
        return self.second.probability({**lesson.pieces.measures, **company(lesson.pieces, alone)})


def learned(lessons: Sequence[Lesson], rounds: int = 500, later: int = 350) -> Looks:
    """The second look, of `later` trees, learns from what the first says of photos that it has not seen.

    ValueError where all that was found is damage, or none of it, or hardly anything was found.
    """
    once, again = (Boosting(rounds=number, depth=DEPTH, rate=RATE) for number in (rounds, later))
    lessons = [each for each in lessons if each.pieces is not None]
    halves = [[each for each in lessons if _number(each.photo + "half") % 2 == half] for half in (0, 1)]
    if not all(halves):
        raise ValueError("too little was found in these photos to learn from; it takes more of them")
    others: list[dict[str, Floats]] = []
    taught: list[Lesson] = []
    for seen, unseen in (halves, halves[::-1]):
        trees = _fitted(seen, [{} for _ in seen], once)
        for each in unseen:
            if each.pieces is not None:
                taught.append(each)
                others.append(dict(company(each.pieces, trees.probability(dict(each.pieces.measures)))))
    return Looks(_fitted(lessons, [{} for _ in lessons], once), _fitted(taught, others, again))


def _fitted(lessons: Sequence[Lesson], more: Sequence[dict[str, Floats]], boosting: Boosting) -> Trees:
    pieces = next(each.pieces for each in lessons if each.pieces is not None)
    names = [*pieces.measures, *more[0]]
    rows = [each.table(names, other)[each.taught] for each, other in zip(lessons, more, strict=True)]
    truth = np.concatenate([each.damaged[each.taught] for each in lessons])
    areas = [each.pieces.components.area[1:][each.taught] for each in lessons if each.pieces is not None]
    weights = np.sqrt(np.minimum(np.concatenate(areas), LARGEST))
    return fit(names, np.concatenate(rows), truth, (weights / weights.mean()).astype(np.float32), boosting)


def report(looks: Looks, lessons: Sequence[Lesson]) -> None:
    """Of photos that were kept: how many sound ones stay untouched, and how much of what was rightly found is kept."""
    judged = [(each, looks.judge(each)) for each in lessons]
    for threshold in (0.0, *THRESHOLDS):
        empty: list[bool] = []
        right, wrong, lost = 0.0, 0.0, 0.0
        for each, likely in judged:
            sure = each.pieces.measures["likeliest"] >= 0.8 if each.pieces is not None else np.zeros(0, bool)
            kept = sure & (likely >= threshold)
            if each.sound:
                empty.append(not kept.any())
            if each.pieces is not None:
                area = each.pieces.components.area[1:]
                right += area[kept & each.damaged].sum()
                lost += area[sure & ~kept & each.damaged].sum()
                wrong += area[kept & ~each.damaged & each.taught].sum()
        Console().print(
            f"from {threshold:.1f}: {_share(sum(empty), len(empty))} of {len(empty)} sound photos stay untouched, "
            f"{_share(right, right + lost)} of the damage found is kept, precision {_share(right, right + wrong)}"
        )


def _share(part: float, whole: float) -> str:
    return f"{part / whole:.1%}" if whole else "–"


def _number(name: str) -> int:
    return zlib.crc32(name.encode())


def main(arguments: Sequence[str] | None = None) -> int:
    """Train both looks, save them and report. 0 done, 2 when an argument is wrong."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        artefacts, photos = Artefacts(options.artefacts, "training"), photo_files(options.photos)
    except ValueError as error:
        parser.error(str(error))
    photos = [path for path in photos if not path.match(options.without)]
    ctx = Context(
        allocate=lambda shape: np.empty(shape, np.float32),
        lender=Lending(Pool(2**30), Shelf((SHIPPED,)), Device()),
    )
    lessons = list(_drawn(ctx, photos, artefacts, options))
    kept = [each for each in lessons if _number(each.photo) % HELD == 0]
    real = list(marked(ctx, options.marked, options.old)) if options.marked else []
    try:
        taught = [each for each in lessons if _number(each.photo) % HELD]
        looks = learned([*taught, *TWICE * real], options.rounds, options.later)
    except ValueError as error:
        parser.error(str(error))
    report(looks, kept)
    options.out.mkdir(parents=True, exist_ok=True)
    save(looks.first, options.out / f"{FIRST}.npz")
    save(looks.second, options.out / f"{SECOND}.npz")
    return 0


def _drawn(ctx: Context, photos: list[Path], artefacts: Artefacts, options: argparse.Namespace) -> Iterator[Lesson]:
    """Damage drawn on the photos, until the time is up."""
    order = np.random.default_rng(options.seed).permutation(len(photos))
    end = time.monotonic() + 60 * options.minutes
    with Progress(console=Console(stderr=True)) as progress:
        for number in progress.track(range(options.passes * len(photos)), description="pictures"):
            if time.monotonic() > end:
                break
            path, rng = photos[order[number % len(photos)]], np.random.default_rng([options.seed, number])
            shares = (AS_IT_IS, GREY) if number % COLOUR == 0 else ()
            yield lesson(ctx, path.name, specimen(read_photo(path), rng, artefacts, *shares))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training.train_pieces", description=__doc__)
    parser.add_argument("--photos", type=Path, required=True, help="a folder of sound photos")
    parser.add_argument("--without", default="kodak-*", help="names of photos to leave out: those of the benchmarks")
    parser.add_argument("--artefacts", type=Path, required=True, help="a folder of damage, sorted into scratches, ...")
    parser.add_argument("--marked", type=Path, help="the index.csv of photos marked by hand")
    parser.add_argument("--old", type=Path, help="the folder of those photos")
    parser.add_argument("--passes", type=int, default=3, help="pictures made of each photo (3)")
    parser.add_argument("--rounds", type=int, default=500, help="trees of the first look (500)")
    parser.add_argument("--later", type=int, default=350, help="trees of the second look (350)")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="stop making pictures after that long")
    parser.add_argument("--seed", type=int, default=0, help="of all chance (0)")
    parser.add_argument(
        "--out", type=Path, default=Path("nodes/repair/finding"), help="where the .npz files go (nodes/repair/finding)"
    )
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
