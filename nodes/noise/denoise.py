"""Remove noise."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from graph.context import Context, Tile
from graph.controls import Number, Slider, Weights
from graph.spec import node
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.models.cleaning import Shares, cleaned
from nodes.models.restoration import RestorationModel
from nodes.noise.monochrome import SPREAD, with_colour_noise
from nodes.noise.shrinkage import COARSE, FINE, REACH, shrink
from nodes.noise.spectrum import level, measure, white
from nodes.pixels.colour import merge, split
from nodes.pixels.extent import require_same_size
from nodes.pixels.ordered import in_order

FLOOR = 2.5 / 255
"""Noise in brightness below this is not seen at full size, and what is measured there is often fine texture."""

CHROMA_FLOOR = 2.0 / 255
"""The same for colour."""

CERTAIN = 2.0
"""Times its floor, measured noise is surely noise. From the floor on it is taken out by and by: of eleven sound photos
two measured more than the floor, 1.1 and 1.8 times as much, the latter for the bare soil of a race track."""

SAMPLE = 1536
"""Chroma is measured on a middle part of at most this many pixels a side, so that no full plane is made."""


MEASURED = "measured"
"""The method that needs no model file."""

LUMA_SHARE = 0.75
"""Deviation of BT.709's luma where the three channels have noise of deviation 1, each its own."""

ALIKE = 0.75
"""Noise in colour over that in brightness, below which the channels have it in common: 1.5 where each has its own."""

WHITE = ("FFDNet", "DnCNN")
"""Architectures that know nothing but white noise, each channel with its own."""

SIDE = 768
"""Pixels a side of the tiles that are worked on side by side: each costs 28 MiB of memory while it lasts."""

OVERLAP = 64
"""Pixels that the networks' tiles share: their attention looks further than a convolution."""


@node(title="Reduce Noise", version=2, scale_free=False)
def denoise(
    ctx: Context,
    image: Image,
    mask: Mask | None = None,
    *,
    method: Annotated[
        str,
        Weights(
            help="Measured takes out what looks like this photo's own noise; the others are networks.",
            task="denoise",
            free=(MEASURED,),
        ),
    ] = MEASURED,
    strength: Annotated[float, Slider(0, 1, 0.05, help="How much of the noise goes: 0 none, 1 all of it.")] = 0.7,
    luminance: Annotated[float, Slider(0, 1, 0.05, help="How much of it in brightness: grain.")] = 1.0,
    chroma: Annotated[float, Slider(0, 1, 0.05, help="How much of it in colour: coloured speckles.")] = 1.0,
    detail: Annotated[
        float, Slider(0, 1, 0.05, help="Higher keeps finer detail, and some noise with it; most networks ignore it.")
    ] = 0.5,
    noise: Annotated[
        float, Number(0, 100, 0.5, help="The noise in steps of 255; 0 measures it in the photo.", advanced=True)
    ] = 0.0,
) -> Image:
    """Take out grain and speckles, keep edges.

    The photo's own noise is measured on its flattest places, in brightness and in colour apart, and only what looks
    like that noise is taken away. A photo with little noise is left as it is.

    Some grain belongs to an old photo: a strength below 1 leaves a little, which looks more natural, above all on
    faces. Fine fabric, hair and foliage suffer first: raise Detail, or brush a mask of where to act.

    The networks need a download. `scunet-psnr` copes with most kinds of noise and with JPEG marks, `scunet-gan` is
    crisper and invents texture; `ffdnet-color` and `dncnn-color-blind` are small, quick, and made for fine even noise,
    so that coarse grain of film stays in part; `nafnet-sidd-w64` is for phone cameras. Detail counts for those two
    small ones alone.
    """
    require_same_size(image, mask, "the mask and the photo")
    factor = 1.6 - 1.2 * detail
    spectra = _Spectra(image, noise / 255, factor)
    shares = Shares(strength * luminance * spectra.noisy, strength * chroma * spectra.speckled)
    if not any(shares):
        ctx.say(f"Hardly any noise ({spectra.level * 255:.1f} of 255): left as it is.")
        return image
    ctx.say(f"Noise of {spectra.level * 255:.1f} of 255 in brightness, {spectra.chroma_level * 255:.1f} in colour.")
    if method != MEASURED:
        return _by_network(ctx, image, mask, method, shares, spectra, factor)
    return _shrunk(ctx, image, mask, shares, spectra)


def _shrunk(ctx: Context, image: Image, mask: Mask | None, shares: Shares, spectra: _Spectra) -> Image:
    """The method that needs no model file."""
    result = ctx.empty(image.pixels.shape)

    def clean(tile: Tile) -> None:
        planes, tints = split(image.pixels[tile.read])
        if shares.light > 0:
            planes = _blend(planes, shrink(planes, spectra.luma, ctx.check, FINE), shares.light)
        if shares.colour > 0:
            tints = _blend(tints, _each(tints, spectra.chroma, ctx), shares.colour)
        done = merge(planes, tints)[tile.core]
        if mask is not None:
            before = image.pixels[tile.write]
            done = before + mask.values[tile.write][..., None] * (done - before)
        np.clip(done, 0.0, 1.0, out=result[tile.write])

    for _ in in_order(clean, ctx.tiles(image, REACH, SIDE)):
        ctx.check()
    return image.like(result)


def _by_network(
    ctx: Context, image: Image, mask: Mask | None, model: str, shares: Shares, spectra: _Spectra, factor: float
) -> Image:
    with ctx.borrow(RestorationModel(model)) as network:
        seen, deviation = None, spectra.apart * factor
        if network.architecture in WHITE and spectra.alike:
            deviation = spectra.level * factor * SPREAD
            seen = with_colour_noise(ctx, image, spectra.level * factor)
        told = min(deviation, 1.0) if network.architecture == "FFDNet" else None
        return cleaned(ctx, image, mask, network, shares, seen=seen, level=told, overlap=OVERLAP)


def _blend(before: Floats, after: Floats, share: float) -> Floats:
    return (before + share * (after - before)).astype(np.float32, copy=False)


class _Spectra:
    """What was measured, or told, of a photo's noise."""

    def __init__(self, image: Image, told: float, factor: float) -> None:
        # Light and colour come from the same few windows, never from whole planes of a large scan.
        part = _sample(image.pixels)
        found, tints = split(part)
        spectra = [measure(found), *(measure(tints[..., side] * 0.5 + 0.5, textured=False) * 2 for side in (0, 1))]
        self.alike = max(level(spectrum) for spectrum in spectra[1:]) <= ALIKE * level(spectra[0])
        """Whether the channels have their noise in common, as black-and-white photos have."""
        self.apart = told if told > 0 else level(spectra[0]) / LUMA_SHARE
        """Its deviation in each channel, where they have not."""
        if told > 0:
            spectra = [white(told), *(white(told * np.sqrt(1.5)) if tints.any() else white(0.0) for _ in (0, 1))]
        self.level = level(spectra[0])
        self.chroma_level = max(level(spectra[1]), level(spectra[2]))
        self.noisy = 1.0 if told > 0 else _certainty(self.level, FLOOR)
        self.speckled = float(self.chroma_level > 0) if told > 0 else _certainty(self.chroma_level, CHROMA_FLOOR)
        self.luma = spectra[0] * np.float32(factor)
        self.chroma = [spectrum * np.float32(factor) for spectrum in spectra[1:]]


def _certainty(level: float, floor: float) -> float:
    """0 where noise of that level is not seen or none at all, 1 where it surely is noise."""
    return float(np.clip((level / floor - 1) / (CERTAIN - 1), 0, 1))


def _sample(pixels: Floats) -> Floats:
    height, width = (min(side, SAMPLE) for side in pixels.shape[:2])
    y, x = (pixels.shape[0] - height) // 2, (pixels.shape[1] - width) // 2
    return pixels[y : y + height, x : x + width]


def _each(tints: Floats, spectra: list[Floats], ctx: Context) -> Floats:
    return np.stack([shrink(tints[..., side], spectra[side], ctx.check, COARSE) for side in (0, 1)], axis=-1)
