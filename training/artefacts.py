"""Photographed dust, hairs and scratches, read from a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from nodes.kinds.arrays import Floats

LINES = ("scratches", "hair", "hair-short", "lint")
SPECKS = ("dots", "spots", "dirt", "smut", "sprinkles")

EMPTY = 0.1
"""Coverage below which the margin of an artefact's picture is cut off."""


class Artefacts:
    """PNG files sorted into folders by kind, as FilmDamageSimulator ships them; alpha, or grey, is their coverage."""

    def __init__(self, folder: Path) -> None:
        """Raises ValueError where a kind has no picture."""
        self._files = {kind: sorted((folder / kind).glob("*.png")) for kind in (*LINES, *SPECKS)}
        missing = [kind for kind, files in self._files.items() if not files]
        if missing:
            raise ValueError(f"{folder} holds no PNG files in {', '.join(missing)}")

    def any(self, kinds: Sequence[str], rng: np.random.Generator) -> Floats:
        """The coverage of one of them, cut to what it covers: all kinds equally likely, then all pictures of it."""
        files = self._files[str(rng.choice(kinds))]
        with Image.open(files[rng.integers(len(files))]) as picture:
            band = picture.getchannel("A") if "A" in picture.getbands() else picture.convert("L")
            cover = np.asarray(band, np.float32) / np.float32(255)
        rows, columns = np.nonzero(cover > EMPTY)
        return cover[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
