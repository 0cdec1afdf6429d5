"""Between pixels and the latents that diffusion models draw on: through their VAE."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

from graph.errors import StepError
from nodes.kinds.arrays import Floats
from nodes.models.cancelling import Check, looking
from nodes.models.tensors import arrays_from_tensor, tensor_from_arrays

if TYPE_CHECKING:
    import torch

SCALE = 8
"""Pixels of the picture to one latent: all families' VAEs halve it three times."""


def latents_from_pixels(vae: Any, pixels: Floats, check: Check) -> torch.Tensor:
    """Latents (1, 4, H/8, W/8) in fp32 of sRGB pixels (H, W, 3), 0..1, whose sides are multiples of 8.

    The middle of what the encoder holds possible: drawing from it, as in training, would add noise to a photo.
    """
    with looking(vae, check):
        found = vae.encode(tensor_from_arrays([pixels * 2 - 1], vae.device, vae.dtype)).latent_dist.mode()
    return (found.float() - _shift(vae)) * vae.config.scaling_factor


def pixels_from_latents(vae: Any, latents: torch.Tensor, check: Check) -> Floats:
    """Pixels (H, W, 3) in sRGB, 0..1, of latents (1, 4, H/8, W/8) in fp32.

    What overflows in half precision is computed once more in full.
    """
    import torch

    plain = latents / vae.config.scaling_factor + _shift(vae)
    with looking(vae, check):
        found = vae.decode(plain.to(vae.dtype)).sample
        if vae.dtype is torch.float16 and not bool(torch.isfinite(found).all()):
            with _in_full(vae):
                found = vae.decode(plain).sample
    pixels = arrays_from_tensor(found)[0] / 2 + np.float32(0.5)
    if not np.isfinite(pixels).all():
        raise StepError("The VAE's numbers are not finite: there is no picture.", "Choose another model or VAE.")
    return np.clip(pixels, 0.0, 1.0)


def _shift(vae: Any) -> float:
    """What newer VAEs have their latents moved by."""
    return vae.config.shift_factor or 0.0


@contextmanager
def _in_full(vae: Any) -> Generator[None]:
    import torch

    vae.to(torch.float32)
    try:
        yield
    finally:
        vae.to(torch.float16)
