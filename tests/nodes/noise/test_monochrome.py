"""Noise that lets networks for colour noise work on black-and-white photos."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from graph.context import Context
from nodes.kinds.image import Image
from nodes.noise.denoise import denoise
from nodes.noise.monochrome import with_colour_noise
from nodes.pixels.colour import is_grey
from tests.conftest import Lend


def grey_noise(rng: np.random.Generator, sigma: float) -> Image:
    noise = rng.normal(0.5, sigma, (400, 300, 1)).astype(np.float32)
    return Image(noise.clip(0, 1).repeat(3, axis=2))


def test_together_the_channels_have_noise_of_their_own(ctx: Context, rng: np.random.Generator):
    seen = with_colour_noise(ctx, grey_noise(rng, 0.05), 0.05)
    covariance = np.cov(seen.reshape(-1, 3).T)
    assert np.allclose(covariance, np.eye(3) * 3 * 0.05**2, atol=2e-4)


def test_the_brightness_stays(ctx: Context, rng: np.random.Generator):
    image = grey_noise(rng, 0.05)
    assert np.abs(with_colour_noise(ctx, image, 0.1).mean(axis=2) - image.pixels[..., 0]).max() < 1e-5


def test_the_same_comes_out_every_time(ctx: Context, rng: np.random.Generator):
    image = grey_noise(rng, 0.05)
    assert np.array_equal(with_colour_noise(ctx, image, 0.1), with_colour_noise(ctx, image, 0.1))


@pytest.mark.parametrize("tint", [(1.0, 1.0, 1.0), (1.0, 0.85, 0.65)], ids=["grey", "sepia"])
@pytest.mark.parametrize("method", ["ffdnet-color", "dncnn-color-blind"])
def test_the_real_networks_clean_black_and_white(real_weights: Path, lend: Lend, method: str, tint: tuple[float, ...]):
    from skimage import data

    rng = np.random.default_rng(5)
    grey = (0.1 + 0.8 * data.astronaut()[:160, 100:260].mean(axis=2, keepdims=True) / 255).astype(np.float32)
    clean = grey * np.array(tint, np.float32)
    noise = rng.normal(0, 20 / 255, grey.shape) * np.array(tint)
    noisy = (clean + noise).clip(0, 1).astype(np.float32)
    made = denoise(lend(real_weights), Image(noisy), method=method, strength=1.0).pixels
    assert np.mean((made - clean) ** 2) < np.mean((noisy - clean) ** 2) / 8
    assert is_grey(made) == (tint[2] == 1.0)
