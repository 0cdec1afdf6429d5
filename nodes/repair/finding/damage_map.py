"""How likely each pixel of a photo is damaged: slow to make, and all that follows is quick."""

from __future__ import annotations

import numpy as np

from graph.context import Context, tiles
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.models.scratch_network import BLOCK, ScratchModel, ScratchNetwork
from nodes.pixels.colour import luma
from nodes.pixels.profile import convert
from nodes.repair.finding.broad import broadened
from nodes.repair.finding.classical import classical_map
from nodes.repair.finding.doubt import doubted
from nodes.repair.finding.look import Look
from nodes.repair.finding.pyramid import halved

SMALL, CLOSER = 1_500_000, 1.5
"""Pixels up to which a photo is looked at enlarged as well, and by how much: in a small copy of a print the specks and
scratches are a pixel wide."""

LONGEST = 20_000
"""Pixels: OpenCV enlarges no side beyond 32,767."""

FINDER, CLASSICAL = "scratches", "classical"
"""The network that Heirloom comes with, by its name in the catalogue, and the way that needs none."""


def damage_map(ctx: Context, image: Image, finder: str = FINDER, wide: bool = True, doubt: bool = False) -> Floats:
    """How likely each pixel is damaged, 0..1 (H, W), says a network of the task "scratches", or the classical way.

    `wide` has the network look at the photo in half its size too; with `doubt` each of its finds is judged once more as
    a whole. StepError where its file is not there or no network of this kind.
    """
    if finder == CLASSICAL:
        return classical_map(ctx, image)
    light = _brightness(ctx, image)
    with ctx.borrow(ScratchModel(finder)) as network:
        likely = likelihood(ctx, network, light, wide)
    return doubted(ctx, image, likely) if doubt else likely


def likelihood(ctx: Context, network: ScratchNetwork, light: Floats, wide: bool = True, close: bool = True) -> Floats:
    """The same by a network that is at hand, for the brightness (H, W) in sRGB.

    With `close` it looks at a small photo enlarged as well.
    """
    look = Look(ctx, light)
    half = Look(ctx, halved(ctx, light)) if wide and min(light.shape) >= 2 * BLOCK else None
    small = light.size <= SMALL and max(light.shape) <= LONGEST
    large = Look(ctx, _enlarged(light)) if close and small else None
    looks = [each for each in (look, half, large) if each is not None]
    work = [(each, places) for each in looks for places in each.places(network.batch)]
    for looking, places in ctx.track(work):
        looking.at(places, network, ctx.check)
    likely = look.result(ctx)
    if half is not None:
        likely = broadened(ctx, likely, half.result(ctx))
    return likely if large is None else np.maximum(likely, _shrunk(large.result(ctx), likely.shape))


def _enlarged(light: Floats) -> Floats:
    import cv2

    height, width = (round(CLOSER * length) for length in light.shape)
    return np.asarray(cv2.resize(light, (width, height), interpolation=cv2.INTER_CUBIC), np.float32)


def _shrunk(likely: Floats, shape: tuple[int, ...]) -> Floats:
    import cv2

    return np.asarray(cv2.resize(likely, (shape[1], shape[0]), interpolation=cv2.INTER_AREA), np.float32)


def _brightness(ctx: Context, image: Image) -> Floats:
    light = ctx.empty((image.height, image.width))
    for tile in tiles(image.height, image.width):
        ctx.check()
        light[tile.write] = luma(convert(image.pixels[tile.read], image.origin.profile, None))
    return light
