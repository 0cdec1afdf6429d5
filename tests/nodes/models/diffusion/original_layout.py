"""Checkpoints in one file as the original code wrote them: the names of diffusers turned back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from nodes.models.bundle import settings_beside

Renaming = Iterable[tuple[str, str]]

RESNET = (
    ("norm1", "in_layers.0"), ("conv1", "in_layers.2"), ("time_emb_proj", "emb_layers.1"), ("norm2", "out_layers.0"),
    ("conv2", "out_layers.3"), ("conv_shortcut", "skip_connection"),
)  # fmt: skip

ENDS = (
    ("time_embedding.linear_1", "time_embed.0"), ("time_embedding.linear_2", "time_embed.2"),
    ("add_embedding.linear_1", "label_emb.0.0"), ("add_embedding.linear_2", "label_emb.0.2"),
    ("conv_in", "input_blocks.0.0"), ("conv_norm_out", "out.0"), ("conv_out", "out.2"),
)  # fmt: skip

ATTENTION = (("group_norm", "norm"), ("to_q", "q"), ("to_k", "k"), ("to_v", "v"), ("to_out.0", "proj_out"))

OPEN_CLIP = (
    ("embeddings.token_embedding", "token_embedding"), ("embeddings.position_embedding.weight", "positional_embedding"),
    ("encoder.layers", "transformer.resblocks"), ("layer_norm1", "ln_1"), ("layer_norm2", "ln_2"),
    ("mlp.fc1", "mlp.c_fc"), ("mlp.fc2", "mlp.c_proj"), ("self_attn", "attn"), ("final_layer_norm", "ln_final"),
)  # fmt: skip


def single_file(folder: Path, file: Path, change: Callable[[dict[str, Any]], None] | None = None) -> Path:
    """Write the checkpoint in a folder of diffusers as one file, with the settings of its small parts beside it.

    `change` may change the weights first.
    """
    from safetensors.torch import load_file, save_file

    parts = {path.parent.name: load_file(path) for path in folder.glob("*/*.safetensors")}
    settings = {path.parent.name: json.loads(path.read_text()) for path in folder.glob("*/*config.json")}
    weights = original(parts, settings)
    if change:
        change(weights)
    save_file({name: tensor.contiguous() for name, tensor in weights.items()}, file)
    settings_beside(file).write_text(json.dumps({part: settings[part] for part in (*parts, "scheduler")}))
    return file


def original(parts: Mapping[str, Mapping[str, Any]], settings: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The weights of all parts under the names of the original code."""
    weights = {
        **original_unet(parts["unet"], settings["unet"]["layers_per_block"]),
        **original_vae(parts["vae"], len(settings["vae"]["block_out_channels"])),
    }
    if "text_encoder_2" in parts:
        weights |= {
            f"conditioner.embedders.0.transformer.{name}": value for name, value in _clip(parts["text_encoder"])
        }
        return weights | original_open_clip(parts["text_encoder_2"], "conditioner.embedders.1.model.")
    if settings["unet"].get("use_linear_projection"):
        return weights | original_open_clip(parts["text_encoder"], "cond_stage_model.model.")
    return weights | {f"cond_stage_model.transformer.{name}": value for name, value in _clip(parts["text_encoder"])}


def original_unet(state: Mapping[str, Any], layers: int) -> dict[str, Any]:
    """A UNet's weights, of so many layers a block: the original numbers the layers of all blocks through."""
    attended = {int(found[1]) for name in state if (found := re.match(r"up_blocks\.(\d+)\.attentions", name))}
    return {f"model.diffusion_model.{_of_unet(name, layers, attended)}": value for name, value in state.items()}


def original_vae(state: Mapping[str, Any], levels: int) -> dict[str, Any]:
    """A VAE's weights: the original counts the blocks of the decoder from the other end."""
    return {f"first_stage_model.{_of_vae(name, levels)}": _convolved(name, value) for name, value in state.items()}


def original_open_clip(state: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    """The weights of a text encoder as OpenCLIP writes them: query, key and value are one matrix."""
    import torch

    made: dict[str, Any] = {}
    for name, value in state.items():
        bare = _renamed(name.removeprefix("text_model."), OPEN_CLIP)
        if ".q_proj." in bare:
            others = [state[name.replace("q_proj", each)] for each in ("k_proj", "v_proj")]
            made[bare.replace("q_proj.", "in_proj_")] = torch.cat([value, *others])
        elif name == "text_projection.weight":
            made["text_projection"] = value.T.contiguous()
        elif ".k_proj." not in bare and ".v_proj." not in bare:
            made[bare] = value
    return {f"{prefix}{name}": value for name, value in made.items()}


def _clip(state: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    return ((f"text_model.{name.removeprefix('text_model.')}", value) for name, value in state.items())


def _renamed(name: str, renaming: Renaming) -> str:
    for new, old in renaming:
        name = re.sub(rf"(^|\.){re.escape(new)}(\.|$)", rf"\g<1>{old}\g<2>", name)
    return name


def _of_unet(name: str, layers: int, attended: Collection[int]) -> str:
    if found := re.match(r"mid_block\.attentions\.0\.(.*)", name):
        return f"middle_block.1.{found[1]}"
    if found := re.match(r"mid_block\.resnets\.(\d+)\.(.*)", name):
        return f"middle_block.{2 * int(found[1])}.{_renamed(found[2], RESNET)}"
    found = re.match(r"(down|up)_blocks\.(\d+)\.(resnets|attentions|downsamplers|upsamplers)\.(\d+)\.(.*)", name)
    if not found:
        return _renamed(name, ENDS)
    block, kind, layer, rest = int(found[2]), found[3], int(found[4]), found[5]
    first = block * (layers + 1) + (found[1] == "down")
    place = {
        "resnets": f"{first + layer}.0.{_renamed(rest, RESNET)}",
        "attentions": f"{first + layer}.1.{rest}",
        "downsamplers": f"{first + layers}.0.op.{rest.removeprefix('conv.')}",
        "upsamplers": f"{first + layers}.{1 + (block in attended)}.{rest}",
    }
    return f"{'input' if found[1] == 'down' else 'output'}_blocks.{place[kind]}"


def _of_vae(name: str, levels: int) -> str:
    name = _renamed(name, (("conv_shortcut", "nin_shortcut"), ("conv_norm_out", "norm_out")))
    name = re.sub(r"mid_block\.resnets\.(\d)", lambda found: f"mid.block_{int(found[1]) + 1}", name)
    if "mid_block.attentions.0." in name:
        return _renamed(name.replace("mid_block.attentions.0", "mid.attn_1"), ATTENTION)
    name = re.sub(r"up_blocks\.(\d)", lambda found: f"up.{levels - 1 - int(found[1])}", name)
    name = re.sub(r"down_blocks\.(\d)", r"down.\1", name)
    return re.sub(r"(down|up)samplers\.0", r"\1sample", name.replace("resnets", "block"))


def _convolved(name: str, value: Any) -> Any:
    """The attention's matrices were convolutions of one pixel."""
    return value[..., None, None] if "attentions" in name and value.ndim == 2 else value
