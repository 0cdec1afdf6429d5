"""Sketches of what is becoming."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from graph.context import LARGEST_SKETCH
from nodes.models.diffusion.family import Name
from nodes.models.diffusion.sketch import sketch

FAMILIES: tuple[Name, ...] = ("sd1", "sd2", "sdxl")


def shown(latents: np.ndarray, family: Name) -> np.ndarray:
    file = sketch(latents.astype(np.float32), family)
    assert len(file) <= LARGEST_SKETCH
    picture = Image.open(io.BytesIO(file))
    assert picture.format == "WEBP"
    return np.asarray(picture.convert("RGB"), np.float32) / 255


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(
    ("shape", "size"), [((64, 64), (128, 128)), ((8, 8), (128, 128)), ((62, 375), (21, 128)), ((1, 200), (1, 128))]
)
def test_is_a_small_webp_of_the_same_shape(family: Name, shape: tuple[int, int], size: tuple[int, int]):
    noise = np.random.default_rng(1).standard_normal((*shape, 4))
    assert shown(noise, family).shape == (*size, 3)


@pytest.mark.parametrize("family", FAMILIES)
def test_light_is_light_and_dark_is_dark(family: Name):
    # The first latent is brightness in all families.
    latents = np.zeros((16, 32, 4))
    latents[:, :16, 0], latents[:, 16:, 0] = -2, 2
    picture = shown(latents, family)
    assert picture[:, :56].mean() < 0.4
    assert picture[:, 72:].mean() > 0.6


@pytest.mark.parametrize("family", FAMILIES)
def test_nothing_is_a_medium_grey(family: Name):
    picture = shown(np.zeros((16, 16, 4)), family)
    assert np.abs(picture - 0.55).max() < 0.06


@pytest.mark.parametrize("family", FAMILIES)
def test_what_is_out_of_range_stays_a_picture(family: Name):
    assert np.isfinite(shown(np.full((16, 16, 4), 1e6), family)).all()
