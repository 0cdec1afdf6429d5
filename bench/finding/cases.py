"""Photos whose damage is known: made, marked by hand, and sound ones."""

from __future__ import annotations

import copy
import csv
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow

from bench.finding.scoring import Bytes
from bench.measuring import SHARED
from nodes.damage.ageing import STRONGEST, Ageing
from nodes.damage.coverage import lightness
from nodes.damage.mark import VISIBLE, Kind
from nodes.kinds.arrays import Floats
from training.ageing import any_ageing, compressed, greyed, scanned
from training.artefacts import Artefacts
from training.damage import Damaged, any_sheet, damage
from training.marking import DAMAGE, KINDS, MARKED, grey, mask, read
from training.visibility import drowned

PHOTOS = SHARED / "photos"

SEED = 4_000_000
"""Far from any seed of a training."""

LEAST = 300
"""Visibly damaged pixels of a pair: less damage says nothing of a detector."""

GREY, GRAIN = 0.7, 0.7
"""The share of aged prints that are black and white; deviations of the grain in which a change is not seen."""


@dataclass(frozen=True, eq=False)
class Case:
    """A photo and what is known of it."""

    name: str
    picture: Bytes
    """(H, W, 3)."""
    label: Bytes
    """(H, W): 255 damage, 128 cannot tell, 0 sound."""
    kinds: Bytes
    """(H, W): which of `names` damaged a pixel, counted from 1; 0 none."""
    names: tuple[str, ...] = ()
    truth: Bytes | None = field(default=None, repr=False)
    """The same photo without the damage, where that exists."""
    fold: int | None = None
    """Which quarter of the marked photos it belongs to."""

    @property
    def pixels(self) -> Floats:
        return as_floats(self.picture)

    @property
    def damaged(self) -> bool:
        return bool((self.label == DAMAGE).any())


def as_floats(picture: Bytes) -> Floats:
    return picture.astype(np.float32) / np.float32(255)


def kodak(most: int | None = None) -> list[Case]:
    """Modern photos without any damage; no network here was trained on them."""
    files = sorted((PHOTOS / "clean").glob("kodak-*.png"))[:most]
    return [_sound(path.stem, _picture(path)) for path in files]


def synthetic(pairs: int) -> list[Case]:
    """Damage drawn on Kodak's photos, with artefacts that training never shows.

    In turn each photo as an old print first, and as it is the next time. With more pairs the first stay the same.
    """
    files = sorted((PHOTOS / "clean").glob("kodak-*.png"))
    artefacts = Artefacts(PHOTOS / "damage", "test") if (PHOTOS / "damage").is_dir() else None
    turns = [(number, *divmod(number, len(files))) for number in range(pairs if files else 0)]
    return [pair(_picture(files[file]), number, artefacts, aged=turn % 2 == 0) for number, turn, file in turns]


def pair(photo: Bytes, number: int, artefacts: Artefacts | None, *, aged: bool) -> Case:
    """A damaged print, and the same print sound. It is drawn anew until enough of the damage can be seen."""
    for attempt in count():
        made = _pair(photo, np.random.default_rng([SEED, number, attempt]), artefacts, aged=aged)
        if np.count_nonzero(made.label == DAMAGE) >= LEAST:
            return replace(made, name=f"synthetic-{number:02}")
    raise AssertionError


def _pair(photo: Bytes, rng: np.random.Generator, artefacts: Artefacts | None, *, aged: bool) -> Case:
    """Both are scanned by the same scanner, with the same noise, and saved as the same kind of file."""
    sheet = any_sheet(photo.shape[0], photo.shape[1], rng)
    ageing = any_ageing(rng) if aged else Ageing()
    sound = as_floats(photo)
    sound = ageing.print(greyed(sound) if aged and rng.random() < GREY else sound, sheet.whole, sheet)
    hurt = damage(sound, rng, artefacts, sheet=sheet, visible=VISIBLE + GRAIN * STRONGEST * ageing.grain)

    def scan(pixels: Floats, chance: np.random.Generator) -> Floats:
        return compressed(scanned(ageing.tint(pixels, sheet.whole, sheet), chance), chance)

    before, after = scan(sound, copy.deepcopy(rng)), scan(hurt.pixels, rng)
    hidden = drowned(lightness(before), lightness(after), hurt.mask)
    names = tuple(kind.name.lower() for kind in Kind)
    label = Damaged(after, hurt.kinds, hidden).label
    kinds = np.where(label == DAMAGE, hurt.kinds, 0).astype(np.uint8)
    return Case("", _bytes(after), label, kinds, names, _bytes(before))


def real(most: int | None = None) -> list[Case]:
    """Photos marked by hand for the test. With a bound, as many damaged and half as many sound ones."""
    if not (PHOTOS / "old").is_dir():
        print("The photos that were marked by hand are not here: nothing measured on them.")
        return []
    with (MARKED / "index.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["fold"]]
    hurt, sound = ([row for row in rows if (row["damaged"] != "0") is wanted] for wanted in (True, False))
    if most is not None:
        hurt, sound = hurt[:most], sound[: (most + 1) // 2]
    return [_marked(row) for row in (*hurt, *sound)]


def _marked(row: dict[str, str]) -> Case:
    path = PHOTOS / "old" / row["file"]
    label = np.asarray(Pillow.open(MARKED / row["mask"]).convert("L"), np.uint8)
    levels, sheet = grey(path), read(MARKED / "strokes" / f"{path.stem}.json")
    kinds = np.zeros(label.shape, np.uint8)
    for number, kind in enumerate(KINDS, 1):
        if strokes := [each for each in sheet.strokes if each.kind == kind and each.value == DAMAGE]:
            kinds[(mask(levels, strokes) == DAMAGE) & (label == DAMAGE)] = number
    return Case(path.stem, _picture(path), label, kinds, KINDS, fold=int(row["fold"]))


def _sound(name: str, picture: Bytes) -> Case:
    nothing = np.zeros(picture.shape[:2], np.uint8)
    return Case(name, picture, nothing, nothing, truth=picture)


def _picture(path: Path) -> Bytes:
    """As it lies in its file, as the marks on it were read."""
    with Pillow.open(path) as photo:
        return np.asarray(photo.convert("RGB"), np.uint8)


def _bytes(pixels: Floats) -> NDArray[np.uint8]:
    return (np.clip(pixels, 0, 1) * 255 + 0.5).astype(np.uint8)
