"""Photographed dust, hairs, scratches and stains, read from a folder."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from nodes.damage.mark import Kind

KINDS = {
    "scratches": Kind.SCRATCH,
    "hair": Kind.HAIR,
    "hair-short": Kind.HAIR,
    "lint": Kind.FIBRE,
    "dots": Kind.DUST,
    "spots": Kind.DUST,
    "dirt": Kind.DIRT,
    "smut": Kind.DIRT,
    "sprinkles": Kind.DUST,
    "stain": Kind.STAIN,
}
"""The folders, as FilmDamageSimulator ships them, and what they show."""

LINES = ("scratches", "hair", "hair-short", "lint")
SPECKS = ("dots", "spots", "dirt", "smut", "sprinkles")
STAINS = ("stain",)

EMPTY = 25
"""Coverage, of 255, below which the margin of an artefact's picture is cut off."""

TESTED = 5
"""Every fifth picture of a kind is kept for the test."""

Part = Literal["all", "training", "test"]


class Artefacts:
    """PNG files sorted into folders by kind; alpha, or grey, is their coverage. No picture is in two parts."""

    def __init__(self, folder: Path, part: Part = "all") -> None:
        """Raises ValueError where a kind has no picture."""
        self._files = {kind: _part(sorted((folder / kind).glob("*.png")), part) for kind in KINDS}
        missing = [kind for kind, files in self._files.items() if not files]
        if missing:
            raise ValueError(f"{folder} holds no PNG files in {', '.join(missing)}")

    def any(self, kinds: Sequence[str], rng: np.random.Generator) -> tuple[Kind, NDArray[np.uint8]]:
        """What one of them shows, and its coverage 0..255, cut to what it covers.

        All kinds are equally likely, then all pictures of it.
        """
        kind = str(rng.choice(kinds))
        files = self._files[kind]
        return KINDS[kind], _cover(files[rng.integers(len(files))])


def _part(files: list[Path], part: Part) -> list[Path]:
    if part == "all" or len(files) < TESTED:
        return files
    return [file for number, file in enumerate(files) if (number % TESTED == 0) == (part == "test")]


@lru_cache(maxsize=4096)
def _cover(file: Path) -> NDArray[np.uint8]:
    """Unpacking a picture takes longer than all else that is done with it; together they are some 50 MB."""
    with Image.open(file) as picture:
        band = picture.getchannel("A") if "A" in picture.getbands() else picture.convert("L")
        cover = np.asarray(band, np.uint8)
    rows, columns = np.nonzero(cover > EMPTY)
    if not rows.size:
        return cover
    return cover[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1].copy()
