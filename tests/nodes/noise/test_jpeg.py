"""Removal of JPEG marks."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image as Pillow

from graph.context import Context
from graph.errors import Cancelled, StepError
from nodes.kinds.image import Image, Origin
from nodes.kinds.mask import Mask
from nodes.noise.jpeg import jpeg
from nodes.pixels.colour import is_grey, luma
from tests.conftest import Lend
from tests.nodes.models.tiny_restoration import tiny_dncnn, tiny_fbcnn

FBCNN = "fbcnn-color"
both = pytest.mark.parametrize("method", ["fbcnn-color", "fbcnn-gray-double"])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("weights")
    tiny_fbcnn(found)
    tiny_fbcnn(found, 1)
    tiny_dncnn(found)
    return found


@pytest.fixture
def lent(folder: Path, lend: Lend) -> Context:
    return lend(folder)


def picture(rng: Any, height: int = 50, width: int = 70, *, grey: bool = False) -> np.ndarray:
    return rng.random((height, width, 1 if grey else 3), np.float32) * np.ones(3, np.float32)


@both
def test_the_photo_changes_and_keeps_its_size(lent: Context, rng: Any, method: str):
    image = Image(picture(rng), Origin(bits=16))
    result = jpeg(lent, image, method=method)
    assert result.pixels.shape == image.pixels.shape
    assert result.origin is image.origin
    assert np.abs(result.pixels - image.pixels).mean() > 0.02
    assert "JPEG of quality" in lent.notes[0]


@both
@pytest.mark.parametrize("shape", [(1, 1), (1, 3000), (7, 5)])
def test_any_size(lent: Context, rng: Any, method: str, shape: tuple[int, int]):
    assert jpeg(lent, Image(picture(rng, *shape)), method=method).pixels.shape == (*shape, 3)


@both
@pytest.mark.parametrize("level", [0.0, 1.0])
def test_black_and_white_are_pictures_too(lent: Context, method: str, level: float):
    assert np.isfinite(jpeg(lent, Image(np.full((30, 40, 3), level, np.float32)), method=method).pixels).all()


@both
def test_grey_stays_grey(lent: Context, rng: Any, method: str):
    assert is_grey(jpeg(lent, Image(picture(rng, grey=True)), method=method, strength=0.7).pixels)


def test_a_told_quality_counts(lent: Context, rng: Any):
    image = Image(picture(rng))
    low, high = (jpeg(lent, image, method=FBCNN, quality=quality).pixels for quality in (5, 95))
    assert np.abs(low - high).max() > 1e-4
    assert lent.notes == []


def test_strength_and_mask_blend(lent: Context, rng: Any):
    image, values = Image(picture(rng)), np.zeros((50, 70), np.float32)
    values[:, 40:] = 1.0
    whole = jpeg(lent, image, method=FBCNN).pixels
    assert np.allclose(jpeg(lent, image, method=FBCNN, strength=0.5).pixels, (whole + image.pixels) / 2, atol=1e-6)
    masked = jpeg(lent, image, Mask(values), method=FBCNN).pixels
    assert np.array_equal(masked[:, :40], image.pixels[:, :40])
    assert np.allclose(masked[:, 40:], whole[:, 40:])


def test_nothing_wanted_is_nothing_done(lent: Context, rng: Any):
    image = Image(picture(rng))
    assert jpeg(lent, image, strength=0.0) is image
    assert jpeg(lent, image, Mask(np.zeros((50, 70), np.float32))) is image


def test_a_mask_of_another_size_is_refused(lent: Context, rng: Any):
    with pytest.raises(StepError, match="sizes of the mask and the photo differ"):
        jpeg(lent, Image(picture(rng)), Mask(np.ones((3, 3), np.float32)))


@both
def test_tiles_are_as_the_whole(lent: Context, rng: Any, monkeypatch: pytest.MonkeyPatch, method: str):
    image = Image(picture(rng, 330, 250))
    tiled = jpeg(lent, image, method=method, quality=30).pixels
    monkeypatch.setattr("nodes.models.tiling.SIDES", {"cpu": 1024})
    assert np.mean((tiled - jpeg(lent, image, method=method, quality=30).pixels) ** 2) < 1e-5


def test_another_network_for_it_may_be_used(lent: Context, rng: Any):
    image = Image(picture(rng))
    assert not np.array_equal(jpeg(lent, image, method="dncnn_color_blind.pth").pixels, image.pixels)


def test_it_can_be_cancelled(lent: Context, rng: Any):
    ctx = replace(lent, on_progress=lambda *_: lent.cancelled.set())
    with pytest.raises(Cancelled):
        jpeg(ctx, Image(picture(rng)), method=FBCNN)


def compressed(quality: int, *, grey: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """A portrait, and what is read back of it from a JPEG file."""
    from skimage import data

    truth = (data.astronaut()[:320, :320] / 255).astype(np.float32)
    truth = luma(truth)[..., None].repeat(3, axis=2) if grey else truth
    file = io.BytesIO()
    pillow = Pillow.fromarray((truth * 255).round().astype(np.uint8))
    (pillow.convert("L") if grey else pillow).save(file, "JPEG", quality=quality)
    return truth, np.asarray(Pillow.open(file).convert("RGB"), np.float32) / np.float32(255)


@pytest.mark.parametrize("grey", [False, True])
@pytest.mark.parametrize(("quality", "least"), [(10, 0.6), (30, 0.4), (60, 0.1)])
def test_without_a_network_the_photo_comes_nearer_to_the_truth(ctx: Context, quality: int, least: float, grey: bool):
    truth, photo = compressed(quality, grey=grey)
    made = jpeg(ctx, Image(photo)).pixels
    gain = 10 * np.log10(np.mean((photo - truth) ** 2) / np.mean((made - truth) ** 2))
    assert gain > least
    assert is_grey(made) == grey
    assert f"quality {quality}" in ctx.notes[0] or f"quality {quality - 1}" in ctx.notes[0]


def test_blocks_vanish(ctx: Context):
    """A smooth ramp: between blocks it jumps, and within them it does not move."""
    ramp = np.linspace(0.3, 0.5, 256, dtype=np.float32)[None, :, None].repeat(256, axis=0).repeat(3, axis=2)
    file = io.BytesIO()
    Pillow.fromarray((ramp * 255).round().astype(np.uint8)).save(file, "JPEG", quality=8)
    photo = np.asarray(Pillow.open(file), np.float32) / np.float32(255)
    made = jpeg(ctx, Image(photo), quality=8).pixels
    assert np.abs(np.diff(made, axis=1)).max() < 0.6 * np.abs(np.diff(photo, axis=1)).max()


def test_without_traces_it_is_left_as_it_is(ctx: Context, rng: Any):
    image = Image(picture(rng))
    assert jpeg(ctx, image) is image
    assert "no traces of JPEG" in ctx.notes[0]


@pytest.mark.parametrize("shape", [(1, 1), (1, 3000), (7, 5)])
@pytest.mark.parametrize("level", [None, 0.0, 1.0])
def test_deblocking_any_size_and_level(ctx: Context, rng: Any, shape: tuple[int, int], level: float | None):
    pixels = picture(rng, *shape) if level is None else np.full((*shape, 3), level, np.float32)
    made = jpeg(ctx, Image(pixels), quality=30).pixels
    assert made.shape == pixels.shape
    assert level is None or np.abs(made - level).max() < 1e-5


def test_deblocking_by_tiles_is_as_the_whole(ctx: Context, monkeypatch: pytest.MonkeyPatch):
    photo = compressed(30)[1][3:, 5:]
    whole = jpeg(ctx, Image(photo)).pixels
    cut = Context.tiles
    monkeypatch.setattr(Context, "tiles", lambda self, image, overlap: cut(self, image, overlap, 96))
    assert np.abs(jpeg(ctx, Image(photo)).pixels - whole).max() < 1e-5
