"""Between pixels and latents."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from graph.context import Context
from graph.errors import StepError
from nodes.models.diffusion.latents import latents_from_pixels, pixels_from_latents
from tests.nodes.models.tiny_diffusion import _vae


@pytest.fixture
def vae() -> Any:
    torch.manual_seed(0)
    return _vae().eval().requires_grad_(requires_grad=False)


def test_there_and_back_as_the_vae_itself_does(ctx: Context, vae: Any, rng: np.random.Generator):
    pixels = rng.random((64, 48, 3), np.float32)
    latents = latents_from_pixels(vae, pixels, ctx.check)
    assert latents.shape == (1, 4, 8, 6)
    assert latents.dtype == torch.float32
    same = vae(torch.from_numpy(pixels.transpose(2, 0, 1)[None]) * 2 - 1).sample[0].permute(1, 2, 0).numpy() / 2 + 0.5
    assert np.abs(pixels_from_latents(vae, latents, ctx.check) - same.clip(0, 1)).max() < 1e-5


def test_latents_have_the_spread_that_the_unet_knows(ctx: Context, vae: Any, rng: np.random.Generator):
    pixels = rng.random((64, 64, 3), np.float32)
    plain = latents_from_pixels(vae, pixels, ctx.check)
    vae.register_to_config(scaling_factor=2 * vae.config.scaling_factor)
    assert torch.allclose(latents_from_pixels(vae, pixels, ctx.check), 2 * plain)


def test_what_overflows_in_half_precision_is_computed_in_full(ctx: Context, vae: Any):
    # Larger than any number of fp16.
    latents = torch.full((1, 4, 8, 8), 1e5)
    full = pixels_from_latents(vae, latents, ctx.check)
    vae.to(torch.float16)
    assert np.isfinite(found := pixels_from_latents(vae, latents, ctx.check)).all()
    assert np.abs(found - full).mean() < 0.05
    assert vae.dtype is torch.float16


def test_no_picture_is_an_error(ctx: Context, vae: Any):
    with pytest.raises(StepError, match="not finite"):
        pixels_from_latents(vae, torch.full((1, 4, 8, 8), torch.nan), ctx.check)
