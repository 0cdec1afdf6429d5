"""How likely each pixel of a photo is damaged: slow to make, and all that follows is quick."""

from __future__ import annotations

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


def likelihood(ctx: Context, network: ScratchNetwork, light: Floats, wide: bool = True) -> Floats:
    """The same by a network that is at hand, for the brightness (H, W) in sRGB."""
    looks = [Look(ctx, light)]
    if wide and min(light.shape) >= 2 * BLOCK:
        looks.append(Look(ctx, halved(ctx, light)))
    work = [(look, places) for look in looks for places in look.places(network.batch)]
    for look, places in ctx.track(work):
        look.at(places, network, ctx.check)
    fine, *coarse = (look.result(ctx) for look in looks)
    return broadened(ctx, fine, coarse[0]) if coarse else fine


def _brightness(ctx: Context, image: Image) -> Floats:
    light = ctx.empty((image.height, image.width))
    for tile in tiles(image.height, image.width):
        ctx.check()
        light[tile.write] = luma(convert(image.pixels[tile.read], image.origin.profile, None))
    return light
