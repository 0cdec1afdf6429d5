from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import imagecodecs
import numpy as np
import pytest
import torch

from graph.errors import Cancelled, StepError
from nodes.kinds.image import Image, Origin
from nodes.models.device import Device
from nodes.models.network import TorchModel
from nodes.upscale.enlarge import GENERAL, LARGEST, PLAIN, WEAK, enlarge
from nodes.upscale.resize import resize
from tests.nodes.models.tiny_restoration import tiny_dncnn
from tests.nodes.models.tiny_upscale import tiny_general, tiny_weak, tiny_x2plus, tiny_x4plus

SIZES = {1: (24, 36), 2: (48, 72), 3.5: (84, 126), 4: (96, 144), 8: (192, 288)}
X4, X2 = "realesrgan-x4plus", "realesrgan-x2plus"


@pytest.fixture(scope="module")
def weights(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("weights")
    for tiny in (tiny_general, tiny_weak, tiny_x4plus, tiny_x2plus, tiny_dncnn):
        tiny(folder)
    return folder


@pytest.fixture
def models(lend, weights):
    return lend(weights)


@pytest.fixture
def photo(rng) -> Image:
    return Image(rng.random((24, 36, 3), dtype=np.float32), Origin(bits=16, dpi=(300, 300)))


def through(path: Path, pixels: np.ndarray) -> np.ndarray:
    """What the network itself makes of a picture."""
    network = TorchModel("x").load({"x": path}, Device("cpu", "full"))[0]
    result = network.run(lambda: None, torch.from_numpy(pixels.copy()).permute(2, 0, 1)[None])
    return result[0].permute(1, 2, 0).clamp(0, 1).numpy()


@pytest.mark.parametrize("model", [GENERAL, X4, X2])
@pytest.mark.parametrize(("scale", "size"), SIZES.items())
def test_sizes(models, photo, model, scale, size):
    result = enlarge(models, photo, model=model, scale=scale)
    assert (result.height, result.width) == size
    assert result.origin == photo.origin
    assert model in models.notes[-1]
    assert f"{size[1]} × {size[0]} pixels" in models.notes[-1]


def test_the_network_alone_decides_at_its_own_factor(models, weights, photo):
    result = enlarge(models, photo, scale=4, denoise=1)
    assert np.abs(result.pixels - through(weights / "realesr-general-x4v3.pth", photo.pixels)).max() < 1e-4
    # More than 8 bits come through.
    assert len(np.unique(np.round(result.pixels * 65535))) > 5000


def test_denoise_mixes_two_networks(models, weights, photo):
    weak = enlarge(models, photo, scale=4, denoise=0).pixels
    assert np.abs(weak - through(weights / "realesr-general-wdn-x4v3.pth", photo.pixels)).max() < 1e-4
    middle, strong = (enlarge(models, photo, scale=4, denoise=value).pixels for value in (0.5, 1))
    assert np.abs(middle - weak).max() > 0.01
    assert np.abs(middle - strong).max() > 0.01
    assert enlarge(models, photo, model=X4, denoise=0).pixels is not None


def test_full_strength_needs_one_file_only(lend, tmp_path, photo):
    tiny_general(tmp_path)
    enlarge(lend(tmp_path), photo, denoise=1)
    with pytest.raises(StepError, match=f"{WEAK}.*--fetch"):
        enlarge(lend(tmp_path), photo, denoise=0.5)


def test_a_file_by_its_own_name(models, photo):
    result = enlarge(models, photo, model="RealESRGAN_x4plus.pth", scale=4)
    assert np.array_equal(result.pixels, enlarge(models, photo, model=X4, scale=4).pixels)


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (7, 5), (400, 3)])
@pytest.mark.parametrize("value", [0, 1])
def test_awkward_photos(models, size, value):
    result = enlarge(models, Image(np.full((*size, 3), value, np.float32)), model=X2, scale=2)
    assert result.pixels.shape == (size[0] * 2, size[1] * 2, 3)


@pytest.mark.parametrize("profile", [None, "adobergb", "gray"])
def test_grey_stays_grey(models, rng, profile):
    grey = np.repeat(rng.random((20, 20, 1), dtype=np.float32), 3, axis=2)
    found = None if profile is None else imagecodecs.cms_profile(profile)
    result = enlarge(models, Image(grey, Origin("L", 16, found)), scale=3)
    assert np.ptp(result.pixels, axis=2).max() == 0
    assert result.pixels.std() > 20 / 255


def test_the_network_sees_srgb(models, photo):
    from nodes.pixels.profile import convert

    adobe = imagecodecs.cms_profile("adobergb")
    inner = replace(photo, pixels=convert(photo.pixels, None, adobe), origin=replace(photo.origin, profile=adobe))
    found = convert(enlarge(models, inner, scale=4).pixels, adobe, None)
    assert np.abs(found - enlarge(models, photo, scale=4).pixels).mean() < 2 / 255


def test_a_network_that_does_not_enlarge(models, photo):
    with pytest.raises(StepError, match="not a network that enlarges"):
        enlarge(models, photo, model="dncnn_color_blind.pth")


def test_too_large(models):
    side = int((LARGEST / 16) ** 0.5) + 1
    with pytest.raises(StepError, match="Make the photo smaller first"):
        enlarge(models, Image(np.broadcast_to(np.float32(0.5), (side, side, 3))))


def test_cancelled(models, photo):
    models.cancelled.set()
    with pytest.raises(Cancelled):
        enlarge(models, photo)


@pytest.mark.parametrize("scale", SIZES)
def test_without_a_network_it_is_enlarged_as_resize_does(ctx, photo, scale):
    plain = enlarge(ctx, photo, model=PLAIN, scale=scale)
    assert np.array_equal(plain.pixels, resize(ctx, photo, factor=scale).pixels)
    assert plain.origin == photo.origin
    assert "no detail" in ctx.notes[0]
