from __future__ import annotations

import numpy as np
import pytest

from graph.errors import StepError
from nodes.kinds.image import Image, Origin
from nodes.pixels.resample import METHODS
from nodes.upscale.resize import resize


@pytest.fixture
def photo(rng) -> Image:
    return Image(rng.random((40, 60, 3), dtype=np.float32), Origin(bits=16, dpi=(300, 300)))


@pytest.mark.parametrize(
    ("settings", "size"),
    [
        ({"by": "factor", "factor": 1.5}, (60, 90)),
        ({"by": "longer side", "length": 30}, (20, 30)),
        ({"by": "width", "length": 120}, (80, 120)),
        ({"by": "height", "length": 10}, (10, 15)),
        ({"by": "factor", "factor": 0.01}, (1, 1)),
    ],
)
@pytest.mark.parametrize("method", METHODS)
def test_sizes(ctx, photo, settings, size, method):
    result = resize(ctx, photo, method=method, **settings)
    assert (result.height, result.width) == size
    assert result.origin == photo.origin


def test_the_longer_side_of_an_upright_photo_is_its_height(ctx, rng):
    upright = Image(rng.random((60, 40, 3), dtype=np.float32))
    assert resize(ctx, upright, by="longer side", length=30).height == 30


def test_the_same_size_is_nothing(ctx, photo):
    assert resize(ctx, photo, factor=1) is photo
    assert "60 × 40" in ctx.notes[0]


def test_too_large_is_refused_before_any_work(ctx):
    thin = Image(np.zeros((3, 4000, 3), np.float32))
    with pytest.raises(StepError, match="more than 400 million"):
        resize(ctx, thin, by="height", length=2000)


@pytest.mark.parametrize("method", METHODS)
def test_grey_stays_grey(ctx, rng, method):
    grey = Image(np.repeat(rng.random((33, 21, 1), dtype=np.float32), 3, axis=2))
    for factor in (0.6, 1.8):
        pixels = resize(ctx, grey, factor=factor, method=method).pixels
        assert np.array_equal(pixels[..., 0], pixels[..., 2])
        assert np.array_equal(pixels[..., 0], pixels[..., 1])
