"""What a picture that is being drawn looks like so far: small, and without asking the VAE."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import numpy as np

from nodes.kinds.arrays import Floats
from nodes.models.diffusion.family import Name

SIDE = 128
"""Pixels of the longer side at most."""

QUALITY = 60
"""Of the WebP: 2 to 4 KB a sketch."""

_COLOURS: Mapping[Name, Sequence[Sequence[float]]] = {
    "sd1": ((0.298, 0.207, 0.208), (0.187, 0.286, 0.173), (-0.158, 0.189, 0.264), (-0.184, -0.271, -0.473)),
    "sdxl": ((60, 60, 60), (-60, -5, 10), (25, 15, -5), (-70, -50, -35)),
}
"""What each of the four latents adds to red, green and blue: fitted by others to what the VAEs give.

SD 1, whose VAE SD 2 shares, for -1..1: K. Turner, "Decoding latents to RGB without upscaling" (Hugging Face's forum,
2022). SDXL for 0..255, beginning at (150, 140, 130): T. A. Vass, "Explaining the SDXL latent space" (2023).
"""

_OLD = np.array(_COLOURS["sd1"], np.float32) / np.float32(2), np.full(3, 0.5, np.float32)
_XL = np.array(_COLOURS["sdxl"], np.float32) / np.float32(255), np.array((150, 140, 130), np.float32) / np.float32(255)

MAPS: Mapping[Name, tuple[Floats, Floats]] = {"sd1": _OLD, "sd2": _OLD, "sdxl": _XL}
"""Colours of the latents, and of nothing, in 0..1."""


def sketch(latents: Floats, family: Name) -> bytes:
    """A WebP of at most 128 pixels a side of latents (h, w, 4)."""
    from PIL import Image

    colours, bias = MAPS[family]
    values = np.rint(np.clip(latents @ colours + bias, 0, 1) * 255).astype(np.uint8)
    height, width = values.shape[:2]
    scale = SIDE / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    file = io.BytesIO()
    Image.fromarray(values).resize(size, Image.Resampling.BICUBIC).save(file, "WEBP", quality=QUALITY)
    return file.getvalue()
