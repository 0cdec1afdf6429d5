"""Real-ESRGAN's own package."""

from __future__ import annotations

from typing import Annotated

from graph.context import Context
from graph.controls import Number, Pixels, Slider, Weights
from graph.errors import StepError
from graph.spec import node
from nodes.kinds.image import Image
from nodes.models.official import OfficialEnlarger
from nodes.official.eight_bit import bgr_from_image, image_from_bgr, is_grey

LARGEST = 100_000_000
"""Pixels that the network makes. The package holds them in memory, several times over: 1.2 GB each."""

MIXED = {"realesr-general-x4v3": "realesr-general-wdn-x4v3"}
"""The model with an adjustable strength, and the one it is mixed with: it leaves the noise."""


@node(title="Real-ESRGAN (Official)", scale_free=False)
def realesrgan(
    ctx: Context,
    image: Image,
    *,
    model: Annotated[
        str, Weights(task="upscale", help="Which of the Real-ESRGAN networks enlarges the photo.")
    ] = "realesrgan-x4plus",
    outscale: Annotated[float, Number(1, 8, 0.5, help="How many times as wide and high the result is.")] = 4.0,
    denoise: Annotated[
        float, Slider(0, 1, 0.05, help="With realesr-general-x4v3: 0 keeps the noise, 1 takes most of it.")
    ] = 0.5,
    tile: Annotated[int, Pixels(0, 4096, 1, help="The side of the tiles it works in; 0 takes the photo whole.")] = 400,
    tile_pad: Annotated[
        int, Pixels(0, 256, 1, help="How far it looks beyond each tile; too little shows seams.", advanced=True)
    ] = 10,
) -> Image:
    """Enlarge with Real-ESRGAN's own package.

    This gives what the package itself gives, for comparing with results made elsewhere. It works in 8 bits, so a
    16-bit scan loses its finer steps, and tiles may show seams. Enlarge uses the same networks, is faster, keeps
    16 bits and blends its tiles.

    The package is installed by `make official`.
    """
    other = MIXED.get(model, "") if denoise < 1 else ""
    pixels = bgr_from_image(ctx, image)
    with ctx.borrow(OfficialEnlarger(model, other, 1 - denoise if other else 0.0)) as enlarger:
        _require_room(image, max(enlarger.scale, outscale))
        # A grey picture goes in as one plane: then the package gives one back.
        bgr = enlarger.run(ctx, pixels[..., 0] if is_grey(pixels) else pixels, outscale, tile, tile_pad)
    return image_from_bgr(ctx, bgr, image)


def _require_room(image: Image, scale: float) -> None:
    if image.width * image.height * scale**2 > LARGEST:
        raise StepError(
            f"The package would have to hold more than {LARGEST // 1_000_000} million pixels at once.",
            "Use Enlarge, which works through any size, or a smaller photo.",
        )
