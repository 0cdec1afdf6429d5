"""How much damage there is: counts by the laws measured on real scans."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from nodes.damage.cracks import cracks, creases
from nodes.damage.dust import dirt, dust
from nodes.damage.fingerprints import fingerprints
from nodes.damage.foxing import foxing, spots
from nodes.damage.hairs import fibres, long_hairs, short_hairs
from nodes.damage.mark import Mark
from nodes.damage.scratches import scratches
from nodes.damage.sheet import Sheet
from nodes.damage.stains import stains
from nodes.damage.tape import tapes
from nodes.damage.tears import tears, wear

Draw = Callable[[Sheet, np.random.Generator, int], list[Mark]]

MEASURED: dict[Draw, tuple[float, float]] = {
    dust: (1.85, 412.0),
    dirt: (2.17, 124.0),
    short_hairs: (1.05, 128.0),
    long_hairs: (0.57, 77.0),
    scratches: (1.51, 5.5),
}
"""Gamma laws (shape, scale) of the counts on one scan of SCAN pixels, fitted to the marks that FilmDamageSimulator's
authors outlined on ten of them: 7631 specks of dust, 2700 of dirt, 1341 short and 398 long hairs, 65 scratches."""

MOST = 4000
"""Marks of one kind: a print with more is no picture any more."""

SHARPEST = 6.0
"""Scratches on prints, which are handled, for one on the measured films, which lay in sleeves."""


@dataclass(frozen=True, slots=True)
class Amounts:
    """Strength of each group of damage, 0..1; at 1 as much as on the worst of the measured scans, or a ruined print."""

    scratches: float = 0.0
    creases: float = 0.0
    dust: float = 0.0
    hairs: float = 0.0
    stains: float = 0.0
    torn: float = 0.0

    def marks(self, sheet: Sheet, rng: np.random.Generator) -> list[Mark]:
        """In the order in which they came upon the print: stained, folded, scratched, torn, and dusty when scanned."""
        return [mark for part in self._parts(sheet, rng) for mark in part]

    def _parts(self, sheet: Sheet, rng: np.random.Generator) -> Iterator[list[Mark]]:
        if self.stains:
            yield self._stains(sheet, rng)
        if self.creases:
            yield creases(sheet, rng, few(3 * self.creases, rng))
            yield cracks(sheet, rng, few(7 * self.creases * min(1.0, sheet.share * 2), rng))
        if self.scratches:
            yield scratches(sheet, rng, measured(scratches, sheet, SHARPEST * self.scratches, rng))
        if self.torn:
            yield wear(sheet, rng, self.torn)
            yield tears(sheet, rng, few(3 * self.torn, rng))
        if self.dust:
            yield dust(sheet, rng, measured(dust, sheet, self.dust, rng))
            yield dirt(sheet, rng, measured(dirt, sheet, self.dust, rng))
        if self.hairs:
            for draw in (short_hairs, long_hairs):
                yield draw(sheet, rng, measured(draw, sheet, 0.5 * self.hairs, rng))
            yield fibres(sheet, rng, few(4 * self.hairs, rng))

    def _stains(self, sheet: Sheet, rng: np.random.Generator) -> list[Mark]:
        kinds: dict[Draw, float] = {stains: 3, foxing: 45, spots: 9, tapes: 0.8, fingerprints: 1.2}
        # A print has some of these, not all.
        return [
            mark
            for draw, most in kinds.items()
            if rng.random() < 0.65
            for mark in draw(sheet, rng, few(most * self.stains, rng))
        ]


def measured(draw: Draw, sheet: Sheet, strength: float, rng: np.random.Generator) -> int:
    """How many there are on this print, by the law of its kind."""
    shape, scale = MEASURED[draw]
    return few(2 * strength * rng.gamma(shape, scale) * sheet.share, rng)


def few(mean: float, rng: np.random.Generator) -> int:
    """A whole number near the mean."""
    return min(MOST, int(rng.poisson(min(mean, MOST))))
