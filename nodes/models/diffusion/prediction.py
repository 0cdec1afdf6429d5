"""What a single-file checkpoint shows of how it was trained, where its author did not write it down."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nodes.models.diffusion.contents import LDM, PLAIN, Contents
from nodes.models.diffusion.header import Header

VELOCITY: Mapping[str, Any] = {"prediction_type": "v_prediction"}

ZERO_SNR: Mapping[str, Any] = {"rescale_betas_zero_snr": True, "timestep_spacing": "trailing"}
"""A schedule that ends in pure noise (Lin et al., 2024)."""

TELLING = f"{LDM}output_blocks.11.1.transformer_blocks.0.norm1.bias"
"""A weight of Stable Diffusion 2 that spreads further after training on the velocity than on the noise."""

SPREAD = 0.09
"""Standard deviation of that weight; where ComfyUI draws the line, too."""

LARGE = 96
"""Latents a side: the networks of Stable Diffusion 2 for the velocity were trained on 768 pixels."""


def hints_of(file: Path, header: Header, found: Contents) -> dict[str, dict[str, Any]]:
    """Settings that differ from the family's usual ones, by part.

    Fine-tuned checkpoints tell by an empty weight v_pred or by modelspec metadata; those of Stable Diffusion 2 do not.
    """
    hints: dict[str, dict[str, Any]] = {"unet": {"in_channels": found.channels}, "scheduler": {}}
    if _velocity(file, header, found):
        hints["scheduler"] |= VELOCITY
        if found.family == "sd2":
            hints["unet"]["sample_size"] = LARGE
    if "ztsnr" in header.shapes:
        hints["scheduler"] |= ZERO_SNR
    return hints


def _velocity(file: Path, header: Header, found: Contents) -> bool:
    if "v_pred" in header.shapes:
        return True
    if told := header.metadata.get("modelspec.prediction_type", ""):
        return told.lower().startswith("v")
    return found.family == "sd2" and found.channels == PLAIN and TELLING in header.shapes and _spread(file) > SPREAD


def _spread(file: Path) -> float:
    from safetensors import safe_open

    with safe_open(file, framework="pt") as opened:
        return float(opened.get_tensor(TELLING).float().std(unbiased=False))
