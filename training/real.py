"""Real photos with masks, to learn from: those marked by hand here, and people's own."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow

from graph.context import Context
from graph.errors import StepError
from nodes.formats.read import read
from nodes.kinds.arrays import Floats
from nodes.masks.load import load as load_mask
from nodes.pixels.colour import luma

Label = NDArray[np.uint8]

SURE, FAINT = 0.75, 0.25
"""Strengths of a mask above which it means damage, and below which it means none; what lies between teaches nothing."""

PHOTOS, MASKS = "photos", "masks"
"""The folders inside a data set."""


@dataclass(frozen=True, eq=False)
class Marked:
    """A photo's brightness and what is known of its damage."""

    name: str
    light: NDArray[np.uint8]
    """(H, W)."""
    label: Label
    """(H, W): 255 damage, 128 cannot tell, 0 sound."""

    @cached_property
    def places(self) -> NDArray[np.intp]:
        """Of the damaged pixels, counted row by row."""
        return np.flatnonzero(self.label == 255)


def own(folder: Path) -> list[Marked]:
    """A person's photos, in FOLDER/photos, with masks of the same names in FOLDER/masks; any format, any kind of mask.

    ValueError where a photo has no mask, or where one cannot be read.
    """
    masks = {path.stem: path for path in sorted((folder / MASKS).glob("*")) if path.is_file()}
    photos = [path for path in sorted((folder / PHOTOS).glob("*")) if path.is_file()]
    if not photos:
        raise ValueError(f"{folder} holds no photos in {PHOTOS}/")
    missing = [path.name for path in photos if path.stem not in masks]
    if missing:
        raise ValueError(f"{folder / MASKS} holds no mask for {', '.join(missing[:5])}")
    try:
        return [_pair(path, masks[path.stem]) for path in photos]
    except StepError as error:
        raise ValueError(str(error)) from error


def marked(index: Path, photos: Path, fold: int | None, *, later: bool = False) -> list[Marked]:
    """The photos marked by hand that an index.csv lists, without those of one fold, which is kept for the test.

    `later` brings those that are in no fold as well: they were marked later, to learn from alone.
    """
    with index.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if (row["fold"] != str(fold) if row["fold"] else later)]
    return [_row(index.parent, photos, row) for row in rows]


def damaged(photos: Sequence[Marked]) -> list[Marked]:
    return [photo for photo in photos if photo.places.size]


def _row(folder: Path, photos: Path, row: dict[str, str]) -> Marked:
    path = photos / row["file"]
    if not path.is_file():
        raise ValueError(f"{photos} holds no {row['file']}")
    label = np.asarray(Pillow.open(folder / row["mask"]).convert("L"), np.uint8)
    light = _bytes(luma(read(path, _empty).image.pixels))
    if light.shape != label.shape:
        raise ValueError(f"{row['file']} has another size than its mask: it is another file of that name")
    return Marked(row["file"], light, label)


def _pair(photo: Path, mask: Path) -> Marked:
    image = read(photo, _empty).image
    strength = load_mask(Context(allocate=_empty), image, file=str(mask)).values
    label = np.where(strength > SURE, 255, np.where(strength < FAINT, 0, 128)).astype(np.uint8)
    return Marked(photo.name, _bytes(luma(image.pixels)), label)


def _bytes(light: Floats) -> NDArray[np.uint8]:
    return (light * 255 + 0.5).astype(np.uint8)


def _empty(shape: tuple[int, ...]) -> Floats:
    return np.empty(shape, np.float32)
