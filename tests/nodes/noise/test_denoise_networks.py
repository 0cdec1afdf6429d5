"""Noise removal by networks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import imagecodecs
import numpy as np
import pytest

from graph.context import Context
from graph.errors import Cancelled, StepError
from nodes.kinds.image import Image, Origin
from nodes.kinds.mask import Mask
from nodes.noise.denoise import denoise
from nodes.pixels.colour import is_grey, luma
from tests.conftest import Lend
from tests.nodes.models.tiny_restoration import tiny_dncnn, tiny_ffdnet, tiny_nafnet, tiny_scunet

METHODS = ("scunet-psnr", "dncnn-color-blind", "ffdnet-color", "nafnet-sidd-w64")
every = pytest.mark.parametrize("method", METHODS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("weights")
    tiny_scunet(found)
    tiny_dncnn(found)
    tiny_ffdnet(found)
    tiny_nafnet(found, "NAFNet-SIDD-width64.pth")
    return found


@pytest.fixture
def lent(folder: Path, lend: Lend) -> Context:
    return lend(folder)


def picture(rng: Any, height: int = 60, width: int = 90, *, grey: bool = False) -> np.ndarray:
    y, x = np.mgrid[:height, :width].astype(np.float32)
    smooth = np.stack([0.3 + 0.4 * x / width, 0.3 + 0.4 * y / height, np.full_like(x, 0.5)], axis=-1)
    pixels = (smooth + rng.normal(0, 0.05, smooth.shape)).clip(0, 1).astype(np.float32)
    return luma(pixels)[..., None].repeat(3, axis=2) if grey else pixels


@every
def test_the_photo_changes_and_keeps_its_size(lent: Context, rng: Any, method: str):
    image = Image(picture(rng), Origin(bits=16))
    result = denoise(lent, image, method=method, strength=1.0)
    assert result.pixels.shape == image.pixels.shape
    assert result.origin is image.origin
    assert np.abs(result.pixels - image.pixels).mean() > 0.02
    assert np.unique(result.pixels).size > 3000


@every
@pytest.mark.parametrize("shape", [(1, 1), (1, 3000), (7, 5)])
def test_any_size(lent: Context, rng: Any, method: str, shape: tuple[int, int]):
    result = denoise(lent, Image(picture(rng, *shape)), method=method, noise=20.0)
    assert result.pixels.shape == (*shape, 3)


@every
@pytest.mark.parametrize("level", [0.0, 1.0])
def test_black_and_white_stay_pictures(lent: Context, method: str, level: float):
    image = Image(np.full((40, 40, 3), level, np.float32))
    assert denoise(lent, image, method=method) is image
    assert np.isfinite(denoise(lent, image, method=method, noise=20.0).pixels).all()


@every
def test_grey_stays_grey_in_any_profile(lent: Context, rng: Any, method: str):
    for profile in (None, imagecodecs.cms_profile("adobergb")):
        image = Image(picture(rng, grey=True), Origin(profile=profile))
        assert is_grey(denoise(lent, image, method=method, luminance=0.5).pixels)


def test_a_clean_photo_is_left_as_it_is(lent: Context):
    image = Image(np.full((60, 60, 3), 0.5, np.float32))
    assert denoise(lent, image, method="ffdnet-color") is image
    assert "left as it is" in lent.notes[0]


def test_strength_and_mask_blend(lent: Context, rng: Any):
    image, values = Image(picture(rng)), np.zeros((60, 90), np.float32)
    values[:, 30:60], values[:, 60:] = 0.5, 1.0
    whole = denoise(lent, image, method="dncnn-color-blind", strength=1.0).pixels
    half = denoise(lent, image, method="dncnn-color-blind", strength=0.5).pixels
    masked = denoise(lent, image, Mask(values), method="dncnn-color-blind", strength=1.0).pixels
    assert np.allclose(half, (whole + image.pixels) / 2, atol=1e-6)
    assert np.array_equal(masked[:, :30], image.pixels[:, :30])
    assert np.allclose(masked[:, 30:60], half[:, 30:60], atol=1e-6)
    assert np.allclose(masked[:, 60:], whole[:, 60:], atol=1e-6)


def test_light_and_colour_are_apart(lent: Context, rng: Any):
    image = Image(picture(rng))
    light = denoise(lent, image, method="dncnn-color-blind", strength=1.0, chroma=0.0).pixels
    colour = denoise(lent, image, method="dncnn-color-blind", strength=1.0, luminance=0.0).pixels
    assert np.abs(luma(colour) - luma(image.pixels)).max() < 0.01
    assert np.abs((light - luma(light)[..., None]) - (image.pixels - luma(image.pixels)[..., None])).mean() < 0.005
    assert np.abs(luma(light) - luma(image.pixels)).mean() > 0.01


@pytest.mark.parametrize("setting", [{"noise": 60.0}, {"detail": 0.0}])
def test_ffdnet_hears_how_strong_the_noise_is(lent: Context, rng: Any, setting: dict[str, Any]):
    image = Image(picture(rng))
    one = denoise(lent, image, method="ffdnet-color").pixels
    assert np.abs(denoise(lent, image, method="ffdnet-color", **setting).pixels - one).max() > 0.001


@pytest.mark.parametrize("method", ["scunet-psnr", "dncnn-color-blind", "ffdnet-color"])
def test_tiles_are_as_the_whole(lent: Context, rng: Any, monkeypatch: pytest.MonkeyPatch, method: str):
    """What the networks do not see as in the whole they do not show: 50 dB."""
    image = Image(picture(rng, 300, 200))
    tiled = denoise(lent, image, method=method, strength=1.0).pixels
    monkeypatch.setattr("nodes.models.tiling.SIDES", {"cpu": 1024})
    whole = denoise(lent, image, method=method, strength=1.0).pixels
    assert not np.array_equal(tiled, np.zeros_like(tiled))
    assert np.mean((tiled - whole) ** 2) < 1e-5


def test_a_network_for_something_else_is_refused(tmp_path: Path, lend: Lend, rng: Any):
    (tmp_path / "wrong.pth").write_bytes(b"no network")
    with pytest.raises(StepError, match=r"wrong\.pth"):
        denoise(lend(tmp_path), Image(picture(rng)), method="wrong.pth")


def test_a_missing_file_is_named(tmp_path: Path, lend: Lend, rng: Any):
    with pytest.raises(StepError, match="scunet-psnr"):
        denoise(lend(tmp_path), Image(picture(rng)), method="scunet-psnr")


def test_it_can_be_cancelled(lent: Context, rng: Any):
    ctx = replace(lent, on_progress=lambda *_: lent.cancelled.set())
    with pytest.raises(Cancelled):
        denoise(ctx, Image(picture(rng)), method="scunet-psnr")


def test_the_real_networks_take_noise_out(real_weights: Path, lend: Lend, rng: Any):
    from skimage import data

    clean = (0.1 + 0.8 * data.astronaut()[:160, 100:260] / 255).astype(np.float32)
    noisy = (clean + rng.normal(0, 20 / 255, clean.shape)).clip(0, 1).astype(np.float32)
    error = np.mean((noisy - clean) ** 2)
    for method in ("ffdnet-color", "dncnn-color-blind"):
        made = denoise(lend(real_weights), Image(noisy), method=method, strength=1.0).pixels
        assert np.mean((made - clean) ** 2) < error / 8
