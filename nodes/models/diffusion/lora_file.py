"""What a LoRA file holds, in any of the spellings that trainers have written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from graph.errors import StepError
from nodes.models.diffusion.contents import Name, contents_of
from nodes.models.diffusion.fitting import claimed_family
from nodes.models.diffusion.header import read_header
from nodes.models.diffusion.package import package

if TYPE_CHECKING:
    import torch

METADATA = "lora_adapter_metadata"
"""Where diffusers writes down PEFT's settings."""

LAYERS = SimpleNamespace(layers_per_block=2)
"""All that diffusers asks of a UNet's configuration in order to find out which block a numbered one is. The same in
every family."""

NETWORKS = ("unet", "text_encoder", "text_encoder_2")
"""What a LoRA may change, as diffusers' pipelines call it."""

BLOCKS = ("down_blocks.", "mid_block.", "up_blocks.")
"""How names begin in the first files of diffusers, which knew LoRAs for the UNet alone."""

DOWN, UP = ".lora_A.weight", ".lora_B.weight"

State = Mapping[str, "torch.Tensor"]


@dataclass(frozen=True, eq=False)
class Change:
    """What a LoRA does to one network."""

    matrices: State
    """Named as PEFT does: the layer's name, then lora_A.weight or lora_B.weight."""
    alphas: Mapping[str, float]
    """Of layers: their change counts alpha / rank times. Once where a layer has none."""


@dataclass(frozen=True, eq=False)
class LoraFile:
    """A loaded LoRA."""

    name: str
    family: Name | None
    """None where the file does not show it."""
    changes: Mapping[str, Change]
    """By the name that diffusers' pipelines have for the network: unet, text_encoder, text_encoder_2."""


def read_lora(path: Path) -> LoraFile:
    """The LoRA in a file, in any of the usual spellings. StepError for one that cannot be used."""
    header = read_header(path)
    found = contents_of(header.shapes)
    if found.kind != "lora":
        what = found.title or "a network of an unknown kind"
        raise StepError(f"{path.name} is {what}. It cannot be used as a LoRA.", "Choose a plain LoRA.")
    package()
    from safetensors.torch import load_file

    # Copies, so that the file may change while they are in use: what safetensors gives is the file in memory.
    state = {name: matrix.clone() for name, matrix in load_file(path).items()}
    alphas = _taken_alphas(state)
    try:
        told = json.loads(header.metadata.get(METADATA, "{}"))
        renamed = _renamed(state)
    except (ValueError, KeyError, IndexError) as error:
        raise _torn(path) from error
    if any(_halves(matrices, DOWN) != _halves(matrices, UP) for matrices in renamed.values()):
        raise _torn(path)
    changes = {
        network: Change(matrices, _alphas_of(matrices, alphas) or _told_alphas(matrices, network, told))
        for network, matrices in renamed.items()
    }
    return LoraFile(path.name, found.family or claimed_family(header.metadata), changes)


def _torn(path: Path) -> StepError:
    return StepError(
        f"{path.name} holds changes for layers that no Stable Diffusion has, or lacks half of one.",
        "Get the file again, or choose another LoRA.",
    )


def _halves(matrices: State, which: str) -> set[str]:
    return {name.removesuffix(which) for name in matrices if name.endswith(which)}


def _taken_alphas(state: dict[str, torch.Tensor]) -> dict[int, float]:
    """The alphas that kohya's spelling gives each layer: out of the state, and by the `id` of the layer's matrix.

    What follows gives the matrices new names, but leaves them the very tensors they are.
    """
    found: dict[int, float] = {}
    for name in [name for name in state if name.endswith(".alpha")]:
        alpha = float(state.pop(name))
        if (matrix := state.get(f"{name.removesuffix('.alpha')}.lora_up.weight")) is not None:
            found[id(matrix)] = alpha
    return found


def _renamed(state: dict[str, torch.Tensor]) -> dict[str, dict[str, torch.Tensor]]:
    """The matrices of each network under PEFT's names. ValueError or KeyError where names make no sense."""
    from diffusers.utils.state_dict_utils import (
        DIFFUSERS_OLD_TO_PEFT,
        DIFFUSERS_TO_PEFT,
        UNET_TO_DIFFUSERS,
        convert_state_dict,
    )

    named, _ = package().StableDiffusionXLPipeline.lora_state_dict(state, unet_config=LAYERS)
    found: dict[str, dict[str, torch.Tensor]] = {}
    for name, matrix in named.items():
        network, _, rest = (f"unet.{name}" if name.startswith(BLOCKS) else name).partition(".")
        if network not in NETWORKS:
            raise ValueError(name)
        found.setdefault(network, {})[rest] = matrix
    words = DIFFUSERS_OLD_TO_PEFT | DIFFUSERS_TO_PEFT
    return {
        network: convert_state_dict(own, UNET_TO_DIFFUSERS if network == "unet" else words)
        for network, own in found.items()
    }


def _alphas_of(matrices: State, alphas: Mapping[int, float]) -> dict[str, float]:
    ups = {name.removesuffix(UP): matrix for name, matrix in matrices.items() if name.endswith(UP)}
    return {layer: alphas[id(matrix)] for layer, matrix in ups.items() if id(matrix) in alphas}


def _told_alphas(matrices: State, network: str, told: Mapping[str, Any]) -> dict[str, float]:
    """The alphas in PEFT's settings, which diffusers writes down instead."""
    general, special = told.get(f"{network}.lora_alpha"), told.get(f"{network}.alpha_pattern") or {}
    if general is None:
        return {}
    return {layer: float(special.get(layer, general)) for layer in _halves(matrices, UP)}
