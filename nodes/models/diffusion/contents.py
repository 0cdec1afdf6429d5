"""What kind of network a .safetensors file holds, by the names and shapes of its weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from nodes.models.diffusion.header import Shapes
from nodes.models.diffusion.lora_signs import is_lora, lora_family, lora_trouble

Kind = Literal["checkpoint", "unet", "vae", "lora", "controlnet", "embedding", "other"]
Name = Literal["sd1", "sd2", "sdxl"]

TITLES: dict[Name, str] = {"sd1": "Stable Diffusion 1", "sd2": "Stable Diffusion 2", "sdxl": "Stable Diffusion XL"}

LDM = "model.diffusion_model."
"""What the names of the UNet's weights begin with in a checkpoint of the original layout (latent diffusion models)."""

INVERSIONS = {"emb_params", "clip_l", "clip_g"}
"""The only names in a file of new words for a text encoder."""

INPAINT, PLAIN = 9, 4
"""Channels that a UNet takes: the latents alone, or besides them the mask and the latents of the masked picture."""

OTHERS = {
    "Flux": ("double_blocks.0.img_attn", "single_transformer_blocks.0.attn"),
    "Stable Diffusion 3": ("joint_blocks.0.context_block",),
    "Stable Cascade": ("clip_txt_mapper.weight", "down_blocks.1.0.channelwise"),
    "Stable Diffusion XL Refiner": ("conditioner.embedders.0.model.transformer.resblocks.9",),
    "PixArt": ("adaln_single.linear",),
    "AuraFlow": ("double_layers.0.attn",),
    "Playground 2.5": ("edm_mean",),
    "CosXL": ("edm_vpred.",),
    "Wan": ("head.modulation",),
    "Hunyuan": ("txt_in.individual_token_refiner",),
    "AnimateDiff": ("motion_modules.0.temporal_transformer",),
}
"""Networks that people also keep as .safetensors, and a part of a name that no other one has."""

PARTS = {
    "moving averages alone": ("model_ema.diffusion_model",),
    "a CLIP text encoder": ("text_model.embeddings.token_embedding", "transformer.resblocks.0.attn.in_proj_weight"),
}
"""The same for what whole checkpoints hold, too."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What was found."""

    kind: Kind
    family: Name | None = None
    channels: int = 0
    """That a UNet takes."""
    title: str = ""
    """In a few words; empty for what is not known."""

    @property
    def purpose(self) -> str:
        """What it is for: nodes.models.architecture knows the tasks that this fits."""
        if self.kind in {"checkpoint", "unet"}:
            return "diffusion-inpaint" if self.channels == INPAINT else "diffusion"
        return self.kind


def contents_of(shapes: Shapes) -> Contents:
    """What a file with these weights is. Names of files and metadata are not asked: both may lie."""
    looks = (_lora, _controlnet, _stranger, _checkpoint, _unet, _part, _vae, _inversion)
    return next((found for look in looks if (found := look(shapes))), Contents("other"))


def unet_family(shapes: Shapes) -> Name | None:
    """The family of a UNet in either layout, whatever its width; None for one of another kind.

    Stable Diffusion 1 projects into its attention by a convolution, the later ones by a matrix; only XL is also told
    the size of the picture.
    """
    project = next((shape for name, shape in shapes.items() if name.endswith(".proj_in.weight")), None)
    if project is None:
        return None
    if len(project) == 4:
        return "sd1"
    return "sdxl" if any("label_emb.0." in name or "add_embedding." in name for name in shapes) else "sd2"


def _lora(shapes: Shapes) -> Contents | None:
    if not is_lora(shapes):
        return None
    trouble = lora_trouble(shapes)
    return Contents("other", title=trouble) if trouble else _with_family("lora", "LoRA", lora_family(shapes))


def _controlnet(shapes: Shapes) -> Contents | None:
    signs = ("control_model.", "controlnet_cond_embedding.", "input_hint_block.")
    found = any(name.startswith(signs) for name in shapes)
    return _with_family("controlnet", "ControlNet", unet_family(shapes)) if found else None


def _stranger(shapes: Shapes) -> Contents | None:
    return _one_of(OTHERS, shapes)


def _checkpoint(shapes: Shapes) -> Contents | None:
    first = f"{LDM}input_blocks.0.0.weight"
    return _drawing("checkpoint", shapes, first) if first in shapes else None


def _unet(shapes: Shapes) -> Contents | None:
    alone = {"conv_in.weight", "time_embedding.linear_1.weight"} <= shapes.keys()
    return _drawing("unet", shapes, "conv_in.weight") if alone else None


def _part(shapes: Shapes) -> Contents | None:
    return _one_of(PARTS, shapes)


def _vae(shapes: Shapes) -> Contents | None:
    # Networks for faces are also made of an encoder and a decoder, but with a code book between them.
    decodes = any(name.endswith("decoder.conv_in.weight") for name in shapes)
    coded = any("quantize.embedding" in name for name in shapes)
    return Contents("vae", title="VAE") if decodes and not coded else None


def _inversion(shapes: Shapes) -> Contents | None:
    return Contents("embedding", title="textual inversion") if shapes and shapes.keys() <= INVERSIONS else None


def _one_of(kinds: Mapping[str, tuple[str, ...]], shapes: Shapes) -> Contents | None:
    """The first kind that has its sign in a name."""
    titles = (title for title, signs in kinds.items() if any(sign in name for name in shapes for sign in signs))
    return next((Contents("other", title=title) for title in titles), None)


def _drawing(kind: Kind, shapes: Shapes, first: str) -> Contents:
    """A UNet, alone or with its other parts; `first` is its first layer."""
    family, channels = unet_family(shapes), shapes[first][1]
    if family is None or channels not in {INPAINT, PLAIN}:
        return Contents("other", channels=channels, title=f"a network with {channels} input channels")
    return Contents(kind, family, channels, TITLES[family] + (" inpainting" if channels == INPAINT else ""))


def _with_family(kind: Kind, title: str, family: Name | None) -> Contents:
    return Contents(kind, family, title=f"{title} for {TITLES[family]}" if family else title)
