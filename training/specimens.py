"""Pictures to learn from: a clean photo, aged, with look-alikes of damage, and in about half of them real damage."""

from __future__ import annotations

import copy
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from nodes.damage.ageing import STRONGEST, Ageing
from nodes.damage.coverage import lightness
from nodes.damage.mark import VISIBLE
from nodes.damage.sheet import Sheet, Window
from nodes.kinds.arrays import Floats
from training.ageing import any_ageing, any_scale, compressed, greyed, resized, scanned
from training.artefacts import Artefacts
from training.damage import Damaged, any_sheet, damage
from training.decoys import PRINTED, Decoy
from training.visibility import drowned

SOUND = 0.45
"""The share without damage: most photos that people bring have little of it, and a sound one must stay untouched."""

AS_IT_IS = 0.35
"""The share that is not aged: modern photos are sharp, coloured and free of grain, and old ones are old already."""

GREY = 0.7
"""The share of the rest that is black and white."""

CUT = (900, 1000)
"""Pixels: what is larger is cut to that, so that a training run takes hours, not days."""


def photo_files(folder: Path) -> list[Path]:
    """All pictures in the folder, by name. ValueError where there are none."""
    known = set(Image.registered_extensions())
    files = sorted(path for path in folder.glob("*") if path.suffix.lower() in known)
    if not files:
        raise ValueError(f"{folder} holds no photos")
    return files


def read_photo(path: Path) -> NDArray[np.uint8]:
    """Upright, uint8 (H, W, 3), RGB. ValueError where it is not a picture."""
    try:
        with Image.open(path) as photo:
            return np.asarray(ImageOps.exif_transpose(photo).convert("RGB"), np.uint8)
    except UnidentifiedImageError as error:
        raise ValueError(f"{path} is not a picture that can be read") from error


def specimen(
    photo: NDArray[np.uint8],
    rng: np.random.Generator,
    artefacts: Artefacts,
    as_it_is: float = AS_IT_IS,
    grey: float = GREY,
) -> Damaged:
    """One picture and where it is damaged; the same photo gives a different one each time.

    `as_it_is` is the share that is not aged, `grey` the share of the rest that is black and white.
    """
    scale = any_scale(photo, rng)
    photo = cut(resized(photo, *(round(scale * side) for side in photo.shape[:2])), CUT, rng)
    sheet = any_sheet(photo.shape[0], photo.shape[1], rng)
    chosen = [decoy for decoy, chance in PRINTED if rng.random() < chance]
    sound = rng.random() < SOUND
    return made(photo, rng, artefacts, sheet, sheet.whole, sound=sound, decoys=chosen, unaged=as_it_is, grey=grey)


def made(
    photo: NDArray[np.uint8],
    rng: np.random.Generator,
    artefacts: Artefacts | None,
    sheet: Sheet,
    window: Window,
    *,
    sound: bool,
    decoys: list[Decoy],
    unaged: float = AS_IT_IS,
    grey: float = GREY,
) -> Damaged:
    """A window of a print, whose sound picture is given: aged, with look-alikes, damaged, scanned and saved."""
    pixels = photo.astype(np.float32) / np.float32(255)
    as_it_is = rng.random() < unaged
    ageing = any_ageing(rng)
    if not as_it_is:
        pixels = ageing.print(greyed(pixels) if rng.random() < grey else pixels, window, sheet)
    for decoy in decoys:
        pixels = decoy(pixels, rng)

    def finished(print_: Floats, rng: np.random.Generator) -> Floats:
        tinted = print_ if as_it_is else ageing.tint(print_, window, sheet)
        return tinted if sound and as_it_is else compressed(scanned(tinted, rng), rng)

    if sound:
        return Damaged(np.asarray(finished(pixels, rng), np.float32), np.zeros(window.shape, np.uint8))
    hurt = damage(pixels, rng, artefacts, sheet=sheet, window=window, visible=_visible(ageing, as_it_is=as_it_is))
    # The same scanner with the same noise: what differs is the damage.
    before, after = finished(pixels, copy.deepcopy(rng)), finished(hurt.pixels, rng)
    hidden = drowned(lightness(before), lightness(after), hurt.mask)
    return Damaged(np.asarray(after, np.float32), hurt.kinds, hidden)


def _visible(ageing: Ageing, *, as_it_is: bool) -> float:
    """What the eye sees in grain: what differs by most of the grain's deviation, over several pixels."""
    return VISIBLE if as_it_is else VISIBLE + 0.7 * STRONGEST * ageing.grain


def cut(photo: NDArray[np.uint8], shape: tuple[int, int], rng: np.random.Generator) -> NDArray[np.uint8]:
    """A random part of at most that height and width."""
    top, left = (int(rng.integers(0, max(1, had - kept + 1))) for had, kept in zip(photo.shape, shape, strict=False))
    return photo[top : top + shape[0], left : left + shape[1]]
