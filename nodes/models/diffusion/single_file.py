"""A checkpoint in one file, in the layout of the original code (latent diffusion models, LDM)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from graph.errors import StepError
from nodes.models.diffusion.contents import LDM
from nodes.models.diffusion.package import package

CLIP = {"text_encoder": ("cond_stage_model.transformer.", "conditioner.embedders.0.transformer.")}
"""What the names of the weights of OpenAI's CLIP begin with, in Stable Diffusion 1 and in XL."""

OPEN_CLIP = {"text_encoder": "cond_stage_model.model.", "text_encoder_2": "conditioner.embedders.1.model."}
"""The same for OpenCLIP, which lays out its weights in another way: in Stable Diffusion 2, and the second one of XL."""

VAE = ("first_stage_model.", "vae.")

MISSING = {
    "vae": "the VAE, which turns pixels into latents and back",
    "text_encoder": "the text encoder, which reads the words",
    "text_encoder_2": "the second text encoder, which reads the words as well",
}


@dataclass(frozen=True, slots=True)
class FileWeights:
    """The weights of the parts in one file; each is read when it is asked for."""

    file: Path

    def state(self, part: str, settings: Mapping[str, Any]) -> Mapping[str, Any]:
        """The tensors of a part under diffusers' names. StepError where they are missing."""
        try:
            return self._converted(part, settings)
        except (KeyError, AttributeError, IndexError) as error:  # how diffusers answers to weights that are not there
            raise self._lacking(part) from error

    def _converted(self, part: str, settings: Mapping[str, Any]) -> Mapping[str, Any]:
        package()
        from diffusers.loaders import single_file_utils as diffusers

        if part == "unet":
            return diffusers.convert_ldm_unet_checkpoint(self._read(part, LDM), dict(settings))
        if part == "vae":
            return diffusers.convert_ldm_vae_checkpoint(self._read(part, *VAE), dict(settings))
        if self._holds(OPEN_CLIP[part]):
            # diffusers asks the network for nothing but its width.
            network = SimpleNamespace(config=SimpleNamespace(hidden_size=settings["hidden_size"]))
            found = self._read(part, OPEN_CLIP[part])
            return diffusers.convert_open_clip_checkpoint(network, found, prefix=OPEN_CLIP[part])
        return diffusers.convert_ldm_clip_checkpoint(self._read(part, *CLIP.get(part, ())))

    def _holds(self, prefix: str) -> bool:
        return any(name.startswith(prefix) for name in self._names())

    def _names(self) -> list[str]:
        from safetensors import safe_open

        with safe_open(self.file, framework="pt") as opened:
            return list(opened.keys())

    def _read(self, part: str, *prefixes: str) -> dict[str, Any]:
        """The tensors whose names begin so. StepError where there are none."""
        from safetensors import safe_open

        with safe_open(self.file, framework="pt") as opened:
            found = {name: opened.get_tensor(name) for name in opened.keys() if name.startswith(prefixes)}  # noqa: SIM118 - it is no mapping
        if not found:
            raise self._lacking(part)
        return found

    def _lacking(self, part: str) -> StepError:
        return StepError(
            f"{self.file.name} lacks {MISSING.get(part, 'weights of the network itself')}.",
            "Get the complete checkpoint: files without these parts are made for merging with others.",
        )
