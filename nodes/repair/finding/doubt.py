"""A second thought about a map of damage: which of its pieces belong to the picture.

A network sees a place and some hundred pixels around it; the rim of a cup or a mast then looks like a scratch. Here
each piece of the map is judged as a whole, by trees (trees.py): first by itself, then again in the light of what else
was found in the photo. Damage comes in company; what is found on a sound photo mostly stands alone.

At the workflows' threshold of 0.8, on photos that neither network nor trees had seen: of sound ones with drawn ageing
90 of 100 stayed untouched, 36 without this; 80 % of the drawn damage that had been found was kept. On photos marked by
hand, by trees that had not seen them: four tenths were kept, and an eighth of what was wrong. What it still gets wrong
are light crumbs of the scene on a plain ground, and few glints on glossy things.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from graph.context import Context, tiles
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.repair.finding.components import SURE, Components
from nodes.repair.finding.pieces import Numbers, Pieces
from nodes.repair.finding.trees import trees

LEAST = 0.5
"""Likelihood from which pixels are pieces: what is below is not repaired at the usual settings."""

FIRST, SECOND = "pieces", "pieces_in_company"
"""The files of the trees."""


def doubted(ctx: Context, image: Image, likely: Floats) -> Floats:
    """The map (H, W), changed in place: nothing is likelier than that the piece it belongs to is damage at all."""
    pieces = found(ctx, image, likely)
    if pieces is None:
        return likely
    most = np.concatenate([[1], judged(pieces)]).astype(np.float32)
    for tile in tiles(*likely.shape):
        ctx.check()
        np.minimum(likely[tile.write], most[pieces.components.labels[tile.write]], out=likely[tile.write])
    return likely


def found(ctx: Context, image: Image, likely: Floats) -> Pieces | None:
    """The pieces of a map; None where there is none."""
    marks = np.zeros(likely.shape, np.uint8)
    for tile in tiles(*likely.shape):
        ctx.check()
        marks[tile.write] = np.where(likely[tile.write] >= LEAST, SURE, 0)
    return Pieces(ctx, Components(ctx, marks), image, likely) if marks.any() else None


def judged(pieces: Pieces) -> Floats:
    """How likely each piece is damage."""
    alone = trees(FIRST).probability(dict(pieces.measures))
    return trees(SECOND).probability({**pieces.measures, **company(pieces, alone)})


def company(pieces: Pieces, probability: Floats) -> Mapping[str, Floats]:
    """What the other pieces tell of each: how much else of the same kind was found, light or dark, and how credible.

    `probability` is what the first look said to each.
    """
    light, area = pieces.contrast[1:] > 0, pieces.components.area[1:]
    credible = area * probability
    alike, unlike = _both(light, credible)
    found = {
        "alike": np.log1p(alike - credible),
        "unlike": np.log1p(unlike),
        "count": np.log1p(np.maximum(_both(light, probability)[0] - probability, 0)),
        "credible": np.log((credible.sum() - credible + 1) / (area.sum() - area + 1)),
        "odds": np.log(probability + 1e-4) - np.log1p(1e-4 - probability),
    }
    return {name: values.astype(np.float32) for name, values in found.items()}


def _both(light: NDArray[np.bool_], values: NDArray[np.floating]) -> tuple[Numbers, Numbers]:
    """For each piece the sum over those that are light or dark as it is, and over the others."""
    lighter, darker = values[light].sum(), values[~light].sum()
    return np.where(light, lighter, darker), np.where(light, darker, lighter)
