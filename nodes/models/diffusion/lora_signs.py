"""How LoRA files are recognised, and those that only look like one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nodes.models.diffusion.header import Shapes

if TYPE_CHECKING:
    from nodes.models.diffusion.contents import Name

MATRICES = (
    "lora_down.",
    "lora_up.",
    "lora_A.",
    "lora_B.",
    "_lora.down.",
    "_lora.up.",
    ".lora.down.",
    ".lora.up.",
    "lora_linear_layer.",
    ".hada_w",
    ".lokr_w",
)
"""Parts of names in a LoRA: two narrow matrices for a wide one of the model, in the spellings of 2023 to 2026, and
those of its kin in LyCORIS."""

KIN = {
    "hada_w": "a LoHa, whose matrices are multiplied in another way",
    "lokr_w": "a LoKr, whose matrices are multiplied in another way",
    "dora_scale": "a DoRA, which also changes how long the model's weights are",
    "lora_magnitude_vector": "a DoRA, which also changes how long the model's weights are",
    "lora_mid.": "a LoCon of three matrices a layer",
    "lora_controlnet": "a Control-LoRA, half a ControlNet",
}
"""What looks like a LoRA and would be applied wrongly, by a part of a name."""

STRANGERS = re.compile(
    r"(lora_unet_|lycoris_)?(double_blocks|single_blocks|joint_blocks|final_layer)"
    r"|(base_model\.model\.)?(transformer|diffusion_model)\.|lora_(transformer|prior_unet|te3)_"
)
"""How names begin in LoRAs for Flux, Stable Diffusion 3, Wan and other models without a UNet."""

WIDTHS: dict[int, Name] = {768: "sd1", 1024: "sd2", 2048: "sdxl"}
"""How many numbers stand for a word of the prompt."""

LOOKED_AT = re.compile(r"attn2[._](processor\.)?to_[kv].*(down|lora_A)\.weight$")
"""What a LoRA does to the cross-attention's view of the words."""

SECOND = re.compile(r"lora_te2_|text_encoder_2\.|transformer_blocks[._][1-9]")
"""A second text encoder, or a second transformer in one block: only XL has them."""


def is_lora(shapes: Shapes) -> bool:
    """Whether these are the weights of a LoRA or of something like it, for whatever model."""
    return any(sign in name for name in shapes for sign in MATRICES)


def lora_trouble(shapes: Shapes) -> str:
    """What it is instead of a plain LoRA for Stable Diffusion; empty for one."""
    if any(STRANGERS.match(name) for name in shapes):
        return "a LoRA for another kind of model, such as Flux or Stable Diffusion 3"
    return next((words for sign, words in KIN.items() if any(sign in name for name in shapes)), "")


def lora_family(shapes: Shapes) -> Name | None:
    """None where the weights do not show it."""
    widths = (shape[1] for name, shape in shapes.items() if len(shape) > 1 and LOOKED_AT.search(name))
    family: Name | None = next((WIDTHS[width] for width in widths if width in WIDTHS), None)
    if family:
        return family
    if any(map(SECOND.search, shapes)):
        return "sdxl"
    # The only one whose transformers begin with a convolution.
    return "sd1" if any("proj_in" in name and len(shape) == 4 for name, shape in shapes.items()) else None
