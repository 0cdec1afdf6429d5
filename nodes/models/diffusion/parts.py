"""The parts of a Stable Diffusion checkpoint, loaded: from a single file or from a folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from nodes.models.diffusion.building import State, build_encoder, build_unet, build_vae
from nodes.models.diffusion.family import Family, plans_of
from nodes.models.diffusion.folder import FolderWeights
from nodes.models.diffusion.package import package
from nodes.models.diffusion.single_file import FileWeights
from nodes.models.diffusion.vocabulary import CLIP_PAD, OPEN_CLIP_PAD, tokenizer

if TYPE_CHECKING:
    import torch

ENCODERS = {"text_encoder": "tokenizer", "text_encoder_2": "tokenizer_2"}
"""The parts that read a prompt, in their order, and the folder of the tokenizer of each; only XL has the second."""


@dataclass
class Parts:
    """What a pipeline of diffusers is made of. Everything lies on the processor."""

    family: Family
    unet: Any
    """UNet2DConditionModel."""
    vae: Any
    """AutoencoderKL."""
    encoders: tuple[Any, ...]
    """CLIPTextModel; for XL also CLIPTextModelWithProjection."""
    tokenizers: tuple[Any, ...]
    """CLIPTokenizer, one for each encoder."""
    schedule: Mapping[str, Any]
    """The settings of the schedule of noise that it was trained with."""


class Weights(Protocol):
    """Where the weights of the parts come from."""

    def state(self, part: str, settings: Mapping[str, Any]) -> State:
        """The tensors of a part, under diffusers' names. StepError where they are missing."""
        ...


def load_parts(path: Path, dtype: torch.dtype) -> Parts:
    """The parts of the checkpoint at `path`, a file or a folder, in that precision; the VAE always in full.

    StepError for what is damaged, of an unknown kind or not complete.
    """
    package()
    import torch

    family, plans = plans_of(path)
    half = dtype in {torch.float16, torch.bfloat16}
    weights: Weights = FolderWeights(path, half=half) if path.is_dir() else FileWeights(path)
    readers = [part for part in ENCODERS if part in plans]

    def built(part: str, precision: torch.dtype = dtype) -> Any:
        return build_part(part, plans[part], weights.state(part, plans[part]), precision, path.name)

    return Parts(
        family,
        built("unet"),
        built("vae", torch.float32),
        tuple(map(built, readers)),
        tuple(tokenizer_of(path, family, part) for part in readers),
        plans["scheduler"],
    )


def build_part(part: str, settings: Mapping[str, Any], state: State, dtype: torch.dtype, file: str) -> Any:
    """One of the networks. StepError where weights and settings do not fit together."""
    if part in ENCODERS:
        return build_encoder(settings, state, dtype, file, projected=part == "text_encoder_2")
    return (build_unet if part == "unet" else build_vae)(settings, state, dtype, file)


def tokenizer_of(path: Path, family: Family, part: str) -> Any:
    """The tokenizer of a text encoder."""
    by_open_clip = family.name == "sd2" or part == "text_encoder_2"
    return tokenizer(path / ENCODERS[part], OPEN_CLIP_PAD if by_open_clip else CLIP_PAD)
