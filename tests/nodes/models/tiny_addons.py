"""Add-ons for the tiny diffusion models, with random weights, in the layouts that people have."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from nodes.models.bundle import settings_beside
from nodes.models.compatibility import mend_torchvision
from tests.nodes.models.diffusion.original_layout import original_unet, original_vae
from tests.nodes.models.tiny_diffusion import Family, _text_encoder, _unet, _vae

Layout = Literal["diffusers", "peft", "kohya"]

CHANGED = ("to_q", "to_k", "to_v", "to_out.0", "ff.net.0.proj", "ff.net.2", "proj_in", "proj_out")
"""Layers of the UNet that the usual trainers change."""

SPOKEN = ("q_proj", "k_proj", "v_proj", "out_proj", "fc1", "fc2")
"""The same of text encoders."""

ROOM = 0.3
"""Size of the random weights: large enough to change a picture, small enough to leave one."""

SCALES: dict[Family, float] = {"sd1": 0.18215, "sd2": 0.18215, "sdxl": 0.13025}
"""What each family multiplies its latents with, as published."""

SGM = {"down_blocks": "input_blocks", "mid_block": "middle_block", "up_blocks": "output_blocks"}
"""Blocks of the UNet in the code of Stable Diffusion XL, whose names kohya's trainer keeps."""


def tiny_lora(
    folder: Path,
    family: Family = "sd1",
    layout: Layout = "diffusers",
    *,
    name: str = "",
    seed: int = 1,
    words: bool = True,
) -> Path:
    """A LoRA as people have it, whose ranks differ from layer to layer; kohya's also have alphas.

    `words` says whether it changes the text encoders too. Layouts: that of diffusers since 2023, its later one with
    PEFT's names, and that of kohya's trainer, which for XL counts the blocks of the UNet in another way.
    """
    import torch
    from safetensors.torch import save_file

    draw = torch.Generator().manual_seed(seed)
    state: dict[str, torch.Tensor] = {}
    for number, (network, layer, weight) in enumerate(_layers(family, words=words)):
        rank = 2 + 2 * (number % 2)
        outside, inside = weight.shape[:2]
        tail = (1,) * (weight.ndim - 2)
        down = torch.randn((rank, inside, *tail), generator=draw) * ROOM
        up = torch.randn((outside, rank, *tail), generator=draw) * ROOM
        alpha = torch.tensor(1.0 + number % 3)
        state |= _spelled(family, layout, network, layer, {"down": down, "up": up, "alpha": alpha})
    path = folder / f"{name or f'tiny-{family}-{layout}-lora'}.safetensors"
    save_file(state, path)
    return path


def _layers(family: Family, *, words: bool) -> Iterator[tuple[str, str, Any]]:
    """The network, the layer and the weights of all that is changed."""
    mend_torchvision()
    networks: dict[str, Any] = {"unet": _unet(family, 4)}
    if words:
        networks["text_encoder"] = _text_encoder(projected=False)
    if words and family == "sdxl":
        networks["text_encoder_2"] = _text_encoder(projected=True)
    for network, module in networks.items():
        for layer, part in module.named_modules():
            if layer.endswith(CHANGED if network == "unet" else SPOKEN):
                yield network, layer, part.weight


def _spelled(family: Family, layout: Layout, network: str, layer: str, tensors: dict[str, Any]) -> dict[str, Any]:
    down, up = tensors["down"], tensors["up"]
    whole = layer if network == "unet" else f"text_model.{layer.removeprefix('text_model.')}"
    if layout == "kohya":
        prefix = {"unet": "lora_unet", "text_encoder": "lora_te1" if family == "sdxl" else "lora_te"}
        counted = _counted(whole) if family == "sdxl" and network == "unet" else whole
        stem = f"{prefix.get(network, 'lora_te2')}_{counted.replace('.', '_')}"
        return {f"{stem}.lora_down.weight": down, f"{stem}.lora_up.weight": up, f"{stem}.alpha": tensors["alpha"]}
    if layout == "peft":
        return {f"{network}.{whole}.lora_A.weight": down, f"{network}.{whole}.lora_B.weight": up}
    stem = f"{network}.{whole}.lora" if network == "unet" else f"{network}.{whole}.lora_linear_layer"
    return {f"{stem}.down.weight": down, f"{stem}.up.weight": up}


def _counted(layer: str) -> str:
    """down_blocks.1.attentions.0 is the fifth of the input blocks, whose part 1 is attention."""
    block, rest = layer.split(".", 1)
    if block == "mid_block":
        return f"{SGM[block]}.1.{rest.split('.', 2)[2]}"
    number, _, at, tail = rest.split(".", 3)
    each = 3
    first = 1 if block == "down_blocks" else 0
    return f"{SGM[block]}.{int(number) * each + int(at) + first}.1.{tail}"


def tiny_vae_folder(folder: Path, family: Family = "sd1") -> Path:
    """A VAE of its own in a folder as diffusers writes it."""
    vae = _another_vae()
    vae.register_to_config(scaling_factor=SCALES[family])
    vae.save_pretrained(place := folder / f"tiny-{family}-vae")
    return place


def tiny_vae_file(folder: Path, name: str = "tiny-vae.safetensors", *, original: bool = True, prefix: str = "") -> Path:
    """The same VAE in a file: in the layout of the original code or of diffusers, with its small settings beside it."""
    vae = _another_vae()
    state = vae.state_dict()
    if original:
        state = {
            prefix + each.removeprefix("first_stage_model."): weight.contiguous()
            for each, weight in original_vae(state, len(vae.config.block_out_channels)).items()
        }
    return _written(state, folder / name, "vae", vae.config)


def tiny_control_folder(folder: Path, family: Family = "sd1", name: str = "") -> Path:
    """A ControlNet in a folder as diffusers writes it."""
    _control(family).save_pretrained(place := folder / (name or f"tiny-{family}-control"))
    return place


def tiny_control_file(
    folder: Path, family: Family = "sd1", *, original: bool = True, prefix: str = "control_model."
) -> Path:
    """The same in a file: in the layout of the original code or of diffusers, with its small settings beside it."""
    control = _control(family)
    state = control.state_dict()
    if original:
        state = {prefix + each: weight.contiguous() for each, weight in original_control(state).items()}
    return _written(state, folder / f"control_tiny_{family}.safetensors", "controlnet", control.config)


def _another_vae() -> Any:
    import torch

    mend_torchvision()
    torch.manual_seed(3)
    return _vae()


def _control(family: Family) -> Any:
    """Its last layers begin as zeros and would change nothing."""
    import torch

    mend_torchvision()
    from diffusers.models.controlnets.controlnet import ControlNetModel

    torch.manual_seed(4)
    control: Any = ControlNetModel.from_unet(_unet(family, 4))
    for each in (
        *control.controlnet_down_blocks,
        control.controlnet_mid_block,
        control.controlnet_cond_embedding.conv_out,
    ):
        torch.nn.init.normal_(each.weight, std=ROOM)
    return control


def original_control(state: Mapping[str, Any]) -> dict[str, Any]:
    copied = {name: weight for name, weight in state.items() if not name.startswith("controlnet_")}
    named = {name.removeprefix("model.diffusion_model."): weight for name, weight in original_unet(copied, 2).items()}
    for name, weight in state.items():
        if found := re.match(r"controlnet_down_blocks\.(\d+)\.(.*)", name):
            named[f"zero_convs.{found[1]}.0.{found[2]}"] = weight
        elif found := re.match(r"controlnet_cond_embedding\.blocks\.(\d+)\.(.*)", name):
            named[f"input_hint_block.{2 * (int(found[1]) + 1)}.{found[2]}"] = weight
    ends = {"mid_block": "middle_block_out.0", "cond_embedding.conv_in": "input_hint_block.0",
        "cond_embedding.conv_out": "input_hint_block.14"}  # fmt: skip
    for new, old in ends.items():
        named |= {f"{old}.{end}": state[f"controlnet_{new}.{end}"] for end in ("weight", "bias")}
    return named


def _written(state: Mapping[str, Any], path: Path, part: str, config: Mapping[str, Any]) -> Path:
    from safetensors.torch import save_file

    save_file(dict(state), path)
    settings_beside(path).write_text(json.dumps({part: dict(config)}))
    return path
