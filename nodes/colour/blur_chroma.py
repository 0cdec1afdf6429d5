"""Even out colours without touching brightness."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from graph.context import Context
from graph.controls import Pixels, Slider
from graph.spec import node
from nodes.colour.chroma import without_blotches
from nodes.colour.evening import BLEED, copy_size, evened
from nodes.colour.lab import lab_from_srgb
from nodes.colour.patches import spared
from nodes.colour.recolour import SIGMAS, lab_of, recoloured
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.pixels.colour import is_grey
from nodes.pixels.enlarging import enlarged
from nodes.pixels.extent import require_same_size
from nodes.pixels.gaussian import Gaussian
from nodes.pixels.profile import convert
from nodes.pixels.resample import resampled


@node(title="Even Out Colour", version=2)
def blur_chroma(
    ctx: Context,
    image: Image,
    mask: Mask | None = None,
    *,
    blur: Annotated[
        float,
        Slider(0, 5, 0.1, unit="%", help="How far colours are evened out, in percent of the photo's longer side."),
    ] = 1.0,
    edges: Annotated[
        float, Slider(0, 1, 0.05, help="1 stops colours at every outline; 0 lets them run over, as a plain blur does.")
    ] = 1.0,
    blotches: Annotated[
        float, Slider(0, 1, 0.05, help="How firmly small spots of colour that nothing explains are taken out.")
    ] = 0.7,
    strength: Annotated[float, Slider(0, 1, 0.05, help="0 keeps the colours, 1 takes the even ones.")] = 1.0,
    mask_blur: Annotated[float, Pixels(0, 500, 1, help="How softly the effect fades at the edge of the mask.")] = 10.0,
) -> Image:
    """Smooth patchy colour and draw colour that has run over an outline back; brightness stays sharp.

    For photos that a network has coloured, for colour noise of old film and of scanners, and for stains that have a
    colour but no darkness. Where colours are not patchy, only those beside outlines change. With a mask only what it
    marks is changed: paint over a cheek or a coat that came out in patches. Among patches, very fine
    coloured detail, such as a flowered dress, gets paler; then lower Blur or use a mask.
    """
    require_same_size(image, mask, "the mask and the photo")
    if strength == 0 or (blur == 0 and blotches == 0) or (mask is not None and not mask.values.any()):
        ctx.say("Nothing is to be evened out: left as it is.")
        return image
    if is_grey(image.pixels):
        ctx.say("The photo is grey, without colours to even out: left as it is.")
        return image
    tint = _even(ctx, image, blur, edges, blotches)
    weight = None if mask is None else Gaussian(ctx, mask.values, mask_blur / SIGMAS)
    result = ctx.empty(image.pixels.shape)
    for tile in ctx.tiles(image, weight.overlap if weight else 0):
        share = np.float32(strength) if weight is None else np.float32(strength) * weight.of(tile)[..., None]
        light, own = lab_of(image, tile)
        even = enlarged(tint, (image.height, image.width), tile)
        result[tile.write] = recoloured(image, tile, light, own + share * (even - own), share)
    return image.like(result)


def _even(ctx: Context, image: Image, blur: float, edges: float, blotches: float) -> Floats:
    """The even a*, b* on a small copy."""
    import cv2

    pixels = resampled(ctx, image.pixels, *copy_size(image.height, image.width), "area")
    light, own = lab_from_srgb(convert(pixels, image.origin.profile, None))
    clean = without_blotches(own, light, blotches)
    plain = clean
    if edges < 1 and (sigma := blur / 100 * max(light.shape)) > 0:
        plain = np.asarray(cv2.GaussianBlur(clean, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE), np.float32)
    along = evened(ctx, clean, light, 1.0, blur)
    if blur > 0:
        along = spared(ctx, clean, along, light, max(1, round(BLEED * max(light.shape))))
    return np.asarray(plain + np.float32(edges) * (along - plain), np.float32)
