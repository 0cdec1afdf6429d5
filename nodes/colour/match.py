"""Give a photo the colours of another one."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from graph.context import Context
from graph.controls import Slider, Toggle
from graph.spec import node
from nodes.colour.recolour import lab_of, recoloured
from nodes.colour.statistics import Colours, Doubles, colours, sample
from nodes.kinds.image import Image

LEAST = 1.0
"""CIE units of deviation that every photo is taken to have in each direction: what has no colour cannot be spread."""

GAIN = 1.8
"""How many times contrast or vividness may grow or shrink, at most: beyond, grain and JPEG blocks come out."""

UNSEEN = 0.1
"""CIE units below which nothing changes."""


@node(title="Match Colours")
def match(
    ctx: Context,
    image: Image,
    reference: Image,
    *,
    strength: Annotated[float, Slider(0, 1, 0.05, help="0 keeps the photo, 1 matches it fully.")] = 1.0,
    keep_light: Annotated[
        bool, Toggle(help="Take over only the colours; off, brightness and contrast are matched too.")
    ] = True,
) -> Image:
    """Give a photo the colours of a reference photo, so that both look like one series.

    For photos of one album or one day that have faded differently, or to bring a colourised photo nearer to one in
    real colours. The photos need not show the same, but something alike: two portraits, two landscapes. A toned or
    black-and-white reference gives its tone.
    """
    have, want = colours(sample(ctx, image)), colours(sample(ctx, reference))
    matrix = _transport(have, want)
    change = np.abs(matrix - np.eye(3)) @ np.sqrt(np.diag(have.covariance)) + np.abs(want.mean - have.mean)
    if strength == 0 or change.max() < UNSEEN:
        ctx.say("No match is wanted: left as it is." if strength == 0 else "The colours match: left as it is.")
        return image
    result = ctx.empty(image.pixels.shape)
    for tile in ctx.tiles(image):
        light, own = lab_of(image, tile)
        lab = np.concatenate([light[..., None], own], axis=-1)
        moved = (lab - have.mean.astype(np.float32)) @ matrix.T.astype(np.float32) + want.mean.astype(np.float32)
        made = lab + np.float32(strength) * (moved - lab)
        bright = light if keep_light else made[..., 0].clip(0, 100)
        result[tile.write] = recoloured(image, tile, bright, made[..., 1:], np.float32(1))
    return image.like(result)


def _transport(have: Colours, want: Colours) -> Doubles:
    """The (3, 3) that takes one distribution to the other and moves colours the least.

    Monge and Kantorovich's linear solution: F. Pitié and A. Kokaram, "The Linear Monge-Kantorovitch Linear Colour
    Mapping for Example-Based Colour Transfer" (2007).
    """
    floor = LEAST**2 * np.eye(3)
    root, inverse = _power(have.covariance + floor, 0.5), _power(have.covariance + floor, -0.5)
    between = _power(root @ (want.covariance + floor) @ root, 0.5)
    values, vectors = np.linalg.eigh(inverse @ between @ inverse)
    return (vectors * values.clip(1 / GAIN, GAIN)) @ vectors.T


def _power(matrix: Doubles, exponent: float) -> Doubles:
    """Of a symmetric positive definite matrix."""
    values, vectors = np.linalg.eigh(matrix)
    return (vectors * values**exponent) @ vectors.T
