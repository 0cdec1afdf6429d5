"""Larger, with a network, or plainly where there is none."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from graph.context import Context
from graph.controls import Slider, Weights
from graph.errors import StepError
from graph.spec import node
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.models.network import Network, TorchModel
from nodes.models.tiling import run_tiled
from nodes.pixels.colour import is_grey
from nodes.pixels.profile import convert
from nodes.pixels.resample import resampled

LARGEST = 400_000_000
"""Pixels, of the result and of what the network makes: above this the array alone takes 5 GB."""

GENERAL, WEAK = "realesr-general-x4v3", "realesr-general-wdn-x4v3"
"""The network with an adjustable strength, and the one that it is mixed with. X. Wang et al., "Deep Network
Interpolation for Continuous Imagery Effect Transition" (2019)."""


PLAIN = "lanczos"
"""The way that needs no network, and draws nothing."""


@node(title="Enlarge with a Network", scale_free=False)
def enlarge(
    ctx: Context,
    image: Image,
    *,
    model: Annotated[
        str,
        Weights(
            help="The network that draws the larger photo; lanczos needs no download and draws nothing.",
            task="upscale",
            free=(PLAIN,),
        ),
    ] = GENERAL,
    scale: Annotated[
        float, Slider(1, 8, 0.5, help="How many times as wide and high; 1 only cleans the photo at its own size.")
    ] = 2.0,
    denoise: Annotated[
        float,
        Slider(0, 1, 0.05, help="Lower keeps more grain; only realesr-general-x4v3 has this choice."),
    ] = 0.5,
) -> Image:
    """Make the photo larger, with sharp edges and drawn detail.

    A network that has seen many photographs draws what a blurred or small one may have looked like, and takes out
    noise and the marks of compression on the way. It helps most with small, soft scans and pictures from the web.

    It invents: skin turns smooth, fine patterns and small faces may come out wrong. Compare with the photo, and use
    Resize where it must stay as it is. realesr-general-x4v3 is quick everywhere; realesrgan-x4plus draws more, and
    takes minutes per megapixel without a graphics card.
    """
    grey = is_grey(image.pixels)
    width, height = (max(1, round(side * scale)) for side in (image.width, image.height))
    if model == PLAIN:
        _require_size(width * height)
        ctx.say(f"Enlarged to {width} × {height} pixels without a network: no detail is drawn.")
        return image.like(_brought(ctx, image.pixels, height, width, grey))
    with ctx.borrow(_borrowed(model, denoise)) as network:
        _require(network, model, image)
        large = _drawn(ctx, network, image, grey)
    ctx.say(f"Drawn {network.scale} times as large by {model}; the result has {width} × {height} pixels.")
    if (height, width) != large.shape[:2]:
        large = _brought(ctx, large, height, width, grey)
    return image.like(large)


def _borrowed(model: str, denoise: float) -> TorchModel:
    """At full strength the network is taken as it is: the second file is then not needed."""
    for suffix in ("", ".pth"):
        if model == GENERAL + suffix and denoise < 1:
            return TorchModel(model, WEAK + suffix, 1 - denoise)
    return TorchModel(model)


def _require(network: Network, model: str, image: Image) -> None:
    if network.scale < 2 or network.inputs not in (1, 3) or network.outputs not in (1, 3):
        raise StepError(f"{model} is not a network that enlarges photos.", "Choose another model.")
    _require_size(image.width * image.height * network.scale**2)


def _require_size(pixels: int) -> None:
    if pixels > LARGEST:
        raise StepError(
            f"It would draw {pixels // 1_000_000} million pixels, more than {LARGEST // 1_000_000} million.",
            "Make the photo smaller first, or choose a smaller factor.",
        )


def _drawn(ctx: Context, network: Network, image: Image, grey: bool) -> Floats:
    """What the network makes of the photo, in the photo's own colour profile."""
    profile = image.origin.profile

    def back(rows: Floats, _: slice) -> Floats:
        rows = convert(rows, None, profile)
        # Colour management may part equal channels by its last bit.
        return np.repeat(rows[..., :1], 3, axis=2) if grey else rows

    return run_tiled(
        ctx, network, image.pixels, before=lambda piece: convert(piece, profile, None), after=back, grey=grey
    )


def _brought(ctx: Context, pixels: Floats, height: int, width: int, grey: bool) -> Floats:
    """The pixels at another size; one plane of a grey photo, whose channels would otherwise part by their last bits."""
    if not grey:
        return resampled(ctx, pixels, height, width)
    out = ctx.empty((height, width, 3))
    out[:] = resampled(ctx, pixels[..., 0], height, width)[..., None]
    return out
