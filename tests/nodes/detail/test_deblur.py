"""Removal of blur."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from graph.context import Context
from graph.errors import Cancelled, StepError
from nodes.detail.deblur import deblur
from nodes.kinds.image import Image, Origin
from nodes.kinds.mask import Mask
from nodes.pixels.colour import is_grey
from tests.conftest import Lend
from tests.nodes.models.tiny_inpaint import tiny_lama
from tests.nodes.models.tiny_restoration import tiny_nafnet


@pytest.fixture
def lent(tmp_path: Path, lend: Lend) -> Context:
    tiny_nafnet(tmp_path)
    tiny_lama(tmp_path)
    return lend(tmp_path)


def picture(rng: Any, height: int = 50, width: int = 70, *, grey: bool = False) -> np.ndarray:
    return rng.random((height, width, 1 if grey else 3), np.float32) * np.ones(3, np.float32)


def test_the_photo_changes_and_keeps_its_size(lent: Context, rng: Any):
    image = Image(picture(rng), Origin(bits=16))
    result = deblur(lent, image)
    assert result.pixels.shape == image.pixels.shape
    assert result.origin is image.origin
    assert np.abs(result.pixels - image.pixels).mean() > 0.02


@pytest.mark.parametrize("shape", [(1, 1), (1, 3000), (7, 5), (401, 33)])
@pytest.mark.parametrize("level", [None, 0.0, 1.0])
def test_any_size_and_level(lent: Context, rng: Any, shape: tuple[int, int], level: float | None):
    pixels = picture(rng, *shape) if level is None else np.full((*shape, 3), level, np.float32)
    assert deblur(lent, Image(pixels)).pixels.shape == (*shape, 3)


def test_grey_stays_grey(lent: Context, rng: Any):
    assert is_grey(deblur(lent, Image(picture(rng, grey=True)), strength=0.7).pixels)


def test_strength_and_mask_blend(lent: Context, rng: Any):
    image, values = Image(picture(rng)), np.zeros((50, 70), np.float32)
    values[:, 40:] = 1.0
    whole = deblur(lent, image).pixels
    assert np.allclose(deblur(lent, image, strength=0.5).pixels, (whole + image.pixels) / 2, atol=1e-6)
    masked = deblur(lent, image, Mask(values)).pixels
    assert np.array_equal(masked[:, :40], image.pixels[:, :40])
    assert np.allclose(masked[:, 40:], whole[:, 40:])


def test_nothing_wanted_is_nothing_done(lent: Context, rng: Any):
    image = Image(picture(rng))
    assert deblur(lent, image, strength=0.0) is image
    assert deblur(lent, image, Mask(np.zeros((50, 70), np.float32))) is image


def test_a_mask_of_another_size_is_refused(lent: Context, rng: Any):
    with pytest.raises(StepError, match="sizes of the mask and the photo differ"):
        deblur(lent, Image(picture(rng)), Mask(np.ones((3, 3), np.float32)))


def test_pieces_meet_without_a_step(lent: Context):
    """An even picture with something in one corner: the pieces' means differ, their border must not show."""
    pixels = np.full((500, 700, 3), 0.5, np.float32)
    pixels[:100, :100] = np.indices((100, 100)).sum(axis=0)[..., None] % 2
    result = deblur(lent, Image(pixels)).pixels[160:-60, 60:-60]
    # The random network lays a pattern of 16 pixels over an even picture.
    assert np.abs(result[:, 16:] - result[:, :-16]).max() < 2 / 255
    assert np.abs(result[16:] - result[:-16]).max() < 2 / 255


def test_a_network_for_something_else_is_refused(lent: Context, rng: Any):
    with pytest.raises(StepError, match="no network that cleans"):
        deblur(lent, Image(picture(rng)), model="lama_fp32.onnx")


def test_it_can_be_cancelled(lent: Context, rng: Any):
    ctx = replace(lent, on_progress=lambda *_: lent.cancelled.set())
    with pytest.raises(Cancelled):
        deblur(ctx, Image(picture(rng)))
