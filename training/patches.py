"""Patches to train the network on: half of them damaged, some of them hard to tell from damage, all by their number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nodes.damage.coverage import lightness
from nodes.damage.sheet import Sheet, Window
from nodes.kinds.arrays import Floats
from nodes.models.scratch_network import channels
from training.ageing import any_scale, resized
from training.artefacts import Artefacts
from training.damage import Damaged, any_sheet
from training.decoys import DECOYS, LINES, Decoy
from training.real import Label, Marked, damaged
from training.specimens import made, read_photo

ROUND = 8
"""Patches of each round, by their place in it: damaged ones, any, and one in HARD that is hard."""

HARD = (3, 7)
"""Sound, busy and full of look-alikes: two in eight."""

REAL = (0, 1, 4, 5)
"""Taken from real photos where there are any: the even ones around damage, the others anywhere."""

TRIES = 4
"""A damaged patch is drawn anew so often if chance has left it sound."""

FINER, FINEST = 0.5, 1.7
"""The share of real patches that are enlarged, and by how much at most: few photos stand for scans of any size."""

BEYOND = 1.6
"""The print is so much larger than the patch, each way: its damage comes from outside and goes on beyond."""


@dataclass(frozen=True)
class Patches:
    """As many patches as asked for, each the same whenever it is asked for: a data set for torch's DataLoader.

    An item is what the network sees, float32 (2, side, side), and the label, uint8 (side, side): 255 damage, 0 sound,
    128 teaches nothing.
    """

    photos: tuple[Path, ...]
    artefacts: Artefacts | None
    real: tuple[Marked, ...]
    side: int
    seed: int
    first: int
    """The number of the first one: a training that goes on does not start over."""
    count: int

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, index: int) -> tuple[Floats, Label]:
        if index >= self.count:
            raise IndexError(index)
        light, label = self.patch(self.first + index)
        return np.ascontiguousarray(channels(light).transpose(2, 0, 1)), label

    def patch(self, number: int) -> tuple[Floats, Label]:
        """Brightness and label of one."""
        rng = np.random.default_rng([self.seed, number])
        place = number % ROUND
        if self.real and place in REAL:
            return _real(self.real, self.side, rng, around=place % 2 == 0)
        made_up = self._drawn(rng, place)
        return lightness(made_up.pixels), made_up.label

    def _drawn(self, rng: np.random.Generator, place: int) -> Damaged:
        hard, wanted = place in HARD, place % 2 == 0
        chosen = [decoy for decoy, chance in DECOYS if rng.random() < chance * (0.5 if wanted else 1)]
        if hard and rng.random() < 0.6:
            chosen.append(LINES[rng.integers(len(LINES))])
        sound = hard or (not wanted and rng.random() < 0.5)
        drawn = self._once(rng, hard=hard, sound=sound, decoys=chosen)
        for _ in range(TRIES if wanted else 0):
            if (drawn.label == 255).any():
                break
            drawn = self._once(rng, hard=hard, sound=sound, decoys=chosen)
        return drawn

    def _once(self, rng: np.random.Generator, *, hard: bool, sound: bool, decoys: list[Decoy]) -> Damaged:
        photo = _photo(self.photos[int(rng.integers(len(self.photos)))])
        picture = _busiest(photo, self.side, rng) if hard else _part(photo, self.side, rng)
        sheet, window = _place(self.side, rng)
        return made(picture, rng, self.artefacts, sheet, window, sound=sound, decoys=decoys)


def _place(side: int, rng: np.random.Generator) -> tuple[Sheet, Window]:
    """Of a patch on a print."""
    long = round(side * BEYOND)
    top, left = (int(each) for each in rng.integers(0, long - side + 1, 2))
    return any_sheet(long, long, rng), Window(top, left, side, side)


@lru_cache(maxsize=600)
def _photo(path: Path) -> NDArray[np.uint8]:
    return read_photo(path)


def _part(photo: NDArray[np.uint8], side: int, rng: np.random.Generator) -> NDArray[np.uint8]:
    """A random square at a random scale, turned and mirrored at random."""
    taken = min(max(1, round(side / any_scale(photo, rng))), *photo.shape[:2])
    top, left = (int(rng.integers(0, length - taken + 1)) for length in photo.shape[:2])
    return _flipped(resized(photo[top : top + taken, left : left + taken], side, side), rng)


def _busiest(photo: NDArray[np.uint8], side: int, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Of some random squares the one with the most thin bright and dark lines of its own."""
    return max((_part(photo, side, rng) for _ in range(4)), key=_thin)


def _thin(picture: NDArray[np.uint8]) -> float:
    import cv2

    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    square = np.ones((7, 7), np.uint8)
    light = cv2.morphologyEx(grey, cv2.MORPH_TOPHAT, square)
    dark = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, square)
    return float(light.mean() + dark.mean())


def _real(photos: Sequence[Marked], side: int, rng: np.random.Generator, *, around: bool) -> tuple[Floats, Label]:
    """A patch of a real photo, `around` some damage or anywhere."""
    photo = photos[int(rng.integers(len(photos)))]
    if around and (hurt := damaged(photos)):
        photo = hurt[int(rng.integers(len(hurt)))]
    centre, taken = _centre(photo, rng, around=around), side
    if rng.random() < FINER:
        taken = round(side / rng.uniform(1, FINEST))
    light, label = _large(photo, taken)
    top, left = (
        int(np.clip(at + rng.integers(-taken // 3, taken // 3 + 1) - taken // 2, 0, length - taken))
        for at, length in zip(centre, label.shape, strict=True)
    )
    here = np.s_[top : top + taken, left : left + taken]
    both = np.stack([resized(light[here], side, side), _nearest(label[here], side)], axis=2)
    both = _flipped(both, rng)
    bright = (both[..., 0] / np.float32(255)) ** np.float32(rng.uniform(0.7, 1.4))
    low, high = rng.uniform(0, 0.2), rng.uniform(0.75, 1)
    return np.asarray(low + (high - low) * bright, np.float32), np.ascontiguousarray(both[..., 1])


def _nearest(label: Label, side: int) -> Label:
    import cv2

    return np.asarray(cv2.resize(label, (side, side), interpolation=cv2.INTER_NEAREST), np.uint8)


def _large(photo: Marked, side: int) -> tuple[NDArray[np.uint8], Label]:
    """Photo and label, mirrored beyond their rims where they are smaller than a patch."""
    short = [(0, max(0, side - length)) for length in photo.label.shape]
    if not any(after for _, after in short):
        return photo.light, photo.label
    return np.pad(photo.light, short, "symmetric"), np.pad(photo.label, short, "symmetric")


def _centre(photo: Marked, rng: np.random.Generator, *, around: bool) -> tuple[int, int]:
    height, width = photo.label.shape
    if around and photo.places.size:
        y, x = divmod(int(photo.places[int(rng.integers(photo.places.size))]), width)
        return y, x
    return int(rng.integers(height)), int(rng.integers(width))


def _flipped(values: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    turned = np.rot90(values, int(rng.integers(4)))
    return np.ascontiguousarray(turned[:, ::-1] if rng.random() < 0.5 else turned)
