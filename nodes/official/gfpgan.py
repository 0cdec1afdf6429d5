"""GFPGAN's own package."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Annotated

import numpy as np

from graph.context import Context
from graph.controls import Number, Seed, Toggle, Weights
from graph.errors import StepError
from graph.spec import node
from nodes.kinds.image import Image
from nodes.models.official import OfficialEnlarger, OfficialFaces
from nodes.official.eight_bit import bgr_from_image, image_from_bgr, is_grey

LARGEST = 36_000_000
"""Pixels of the result. The package holds it several times over, partly in 64-bit numbers: 0.9 GB each."""

LANCZOS = "lanczos"


@node(title="GFPGAN (Official)", scale_free=False)
def gfpgan(
    ctx: Context,
    image: Image,
    *,
    model: Annotated[
        str, Weights(task="faces", help="Which network restores the faces: GFPGAN 1.3, 1.4 or RestoreFormer.")
    ] = "gfpgan-1.4",
    upscale: Annotated[float, Number(1, 8, 0.5, help="How many times as wide and high the result is.")] = 2.0,
    background: Annotated[
        str,
        Weights(task="upscale", free=(LANCZOS,), help="What enlarges everything around the faces."),
    ] = LANCZOS,
    only_center_face: Annotated[bool, Toggle(help="Restore only the face nearest to the middle.")] = False,
    detector: Annotated[
        str, Weights(task="face-detect", help="Which RetinaFace finds the faces.", advanced=True)
    ] = "retinaface-resnet50",
    parser: Annotated[
        str, Weights(task="parsing", help="Which network outlines each face for pasting it back.", advanced=True)
    ] = "parsenet",
    seed: Annotated[
        int, Seed(help="The network adds a little chance to every face; the same seed gives the same.", advanced=True)
    ] = 0,
) -> Image:
    """Restore faces with GFPGAN's own package.

    This gives what the package itself gives, for comparing with results made elsewhere: every face is replaced fully,
    and the photo is enlarged along. It works in 8 bits, so a 16-bit scan loses its finer steps. Restore Faces uses the
    same networks, keeps 16 bits, and lets you set the strength and choose the faces.

    The package is installed by `make official`.
    """
    if image.width * image.height * upscale**2 > LARGEST:
        raise StepError(
            f"The result would have more than {LARGEST // 1_000_000} million pixels, and the package holds all of it.",
            "Use Restore Faces, a smaller scale or a smaller photo.",
        )
    pixels = bgr_from_image(ctx, image)
    with ExitStack() as loans:
        restorer = loans.enter_context(ctx.borrow(OfficialFaces(model, detector, parser)))
        around = None if background == LANCZOS else loans.enter_context(ctx.borrow(OfficialEnlarger(background)))
        result, faces = restorer.run(ctx, pixels, upscale, seed, only_center_face=only_center_face, background=around)
    ctx.say(f"Faces restored: {faces}." if faces else "No face was found.")
    if not faces and upscale == 1 and around is None:
        return image
    # The network tints a grey face; a grey photo stays grey.
    return image_from_bgr(ctx, _grey(result) if is_grey(pixels) else result, image)


def _grey(bgr: np.ndarray) -> np.ndarray:
    import cv2

    return cv2.cvtColor(bgr, cv2.COLOR_BGR2GRAY)
