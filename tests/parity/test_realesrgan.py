"""Enlarging against the package realesrgan, from the same weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from graph.context import Context
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.models.network import TorchModel
from nodes.models.official import OfficialEnlarger
from nodes.models.tiling import run_tiled
from nodes.upscale.enlarge import enlarge
from tests.conftest import Lend
from tests.parity.measuring import STEP, TIGHT, apart

MODELS = {"realesrgan-x4plus": 4, "realesrgan-x2plus": 2, "realesr-general-x4v3": 4}


def from_package(
    ctx: Context, pixels: Floats, model: OfficialEnlarger, scale: int, *, tile: int = 0, pad: int = 10
) -> Floats:
    """What RealESRGANer gives. It is fed 16 bits: then its own rounding does not blur the comparison."""
    words = np.rint(pixels[..., ::-1] * 65535).astype(np.uint16)
    with ctx.borrow(model) as enlarger:
        result = enlarger.run(ctx, words, scale, tile, pad)
    assert result.dtype == np.uint16
    return result[..., ::-1].astype(np.float32) / 65535


def crop(image: Image, height: int, width: int) -> Floats:
    """A part with a face, a suit and a flag in it."""
    return image.pixels[40 : 40 + height, 170 : 170 + width]


@pytest.fixture
def lent(lend: Lend, enlargers: Path) -> Context:
    return lend(enlargers)


@pytest.mark.parametrize("size", [(48, 60), (45, 57)], ids=["even", "odd"])
@pytest.mark.parametrize(("model", "scale"), MODELS.items())
def test_whole(lent: Context, astronaut: Image, model: str, scale: int, size: tuple[int, int]):
    image = Image(crop(astronaut, *size))
    theirs = from_package(lent, image.pixels, OfficialEnlarger(model), scale)
    ours = enlarge(lent, image, model=model, scale=float(scale), denoise=1.0)
    assert theirs.std() > 20 * STEP
    assert apart(ours.pixels, theirs) < TIGHT


@pytest.mark.parametrize(("model", "scale"), MODELS.items())
def test_tiled(lent: Context, astronaut: Image, model: str, scale: int):
    """Where tiles overlap by more than a network sees, it does not matter where they are cut, nor how joined."""
    pixels = crop(astronaut, 97, 230)
    theirs = from_package(lent, pixels, OfficialEnlarger(model), scale, tile=32, pad=24)
    with lent.borrow(TorchModel(model)) as network:
        ours = run_tiled(lent, network, pixels, most=192, overlap=64)
        whole = run_tiled(lent, network, pixels)
    assert apart(ours, theirs) < TIGHT
    assert apart(ours, whole) < TIGHT


@pytest.mark.parametrize("strength", [0.0, 0.3, 1.0])
def test_mixed(lent: Context, astronaut: Image, strength: float):
    """The denoise strength: so much of the one network, the rest of its companion."""
    image = Image(crop(astronaut, 40, 50))
    model = OfficialEnlarger("realesr-general-x4v3", "realesr-general-wdn-x4v3", 1 - strength)
    ours = enlarge(lent, image, model="realesr-general-x4v3", scale=4.0, denoise=strength)
    assert apart(ours.pixels, from_package(lent, image.pixels, model, 4)) < TIGHT


@pytest.mark.parametrize("model", ["realesrgan-x4plus", "realesr-general-x4v3"])
def test_with_the_real_weights(lend: Lend, real_weights: Path, astronaut: Image, model: str):
    ctx, image = lend(real_weights), Image(crop(astronaut, 40, 50))
    theirs = from_package(ctx, image.pixels, OfficialEnlarger(model), 4)
    ours = enlarge(ctx, image, model=model, scale=4.0, denoise=1.0)
    assert apart(ours.pixels, theirs) < STEP
