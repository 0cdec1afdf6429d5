"""ControlNets: networks that hold a diffusion model to the lines of a picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from graph.errors import StepError
from nodes.kinds.arrays import Floats
from nodes.models.bundle import settings_beside
from nodes.models.device import Device
from nodes.models.diffusion.blueprint import blueprint_of_file
from nodes.models.diffusion.building import build_controlnet
from nodes.models.diffusion.contents import Contents, Name, contents_of
from nodes.models.diffusion.folder import FolderWeights, part_config, part_header, read_json
from nodes.models.diffusion.header import Header, read_header
from nodes.models.diffusion.package import package

if TYPE_CHECKING:
    import torch

SHARED = (
    "addition_embed_type",
    "addition_time_embed_dim",
    "attention_head_dim",
    "block_out_channels",
    "cross_attention_dim",
    "down_block_types",
    "layers_per_block",
    "norm_num_groups",
    "projection_class_embeddings_input_dim",
    "transformer_layers_per_block",
    "upcast_attention",
    "use_linear_projection",
)
"""Settings that a ControlNet has from the UNet whose first half it copies."""

KIN = {
    "lora_controlnet": "a Control-LoRA, half a ControlNet",
    "control_add_embedding.": "a ControlNet for many kinds of pictures at once (Union)",
    "adapter.body.": "a T2I adapter",
}
"""What does the same in another way, by a part of a weight's name."""

LDM = "control_model."
"""What the names of weights begin with in most files of the original layout."""

OF_SIZE = {"label_emb.0.0": "add_embedding.linear_1", "label_emb.0.2": "add_embedding.linear_2"}
"""What XL learns of the size of the picture, in the original layout and in diffusers': its conversion forgets it."""

ENDS = (".weight", ".bias")


@dataclass(frozen=True)
class ControlModel:
    """A ControlNet to borrow, by the name of its file or folder on the shelf."""

    name: str

    @property
    def weights(self) -> tuple[str, ...]:
        return (self.name,)

    def load(self, files: Mapping[str, Path], device: Device) -> tuple[ControlFile, int]:
        import torch

        path = files[self.name]
        dtype = device.dtype((torch.float16, torch.bfloat16))
        loaded = _of_folder(path, dtype) if path.is_dir() else _of_file(path, dtype)
        return loaded, sum(each.nbytes for each in loaded.network.state_dict().values())


@dataclass(frozen=True, eq=False)
class ControlFile:
    """A loaded ControlNet, on the processor."""

    name: str
    family: Name
    network: Any
    """diffusers' ControlNetModel."""

    @property
    def inpaints(self) -> bool:
        """Whether it was trained to see the photo with its holes instead of lines. Nothing but the name shows it."""
        return "inpaint" in self.name.lower()


@dataclass(frozen=True, eq=False)
class Hold:
    """A ControlNet, the picture it holds a model to, and how much."""

    control: ControlFile
    picture: Floats
    """(H, W, 3), of the size of what is drawn: lines as `edges` finds them, or a photo as `holed` shows it."""
    strength: float = 1.0
    until: float = 1.0
    """The share of the steps it watches, from the first."""


def holed(pixels: Floats, hole: NDArray[np.bool_]) -> Floats:
    """A photo (H, W, 3) as ControlNets for inpainting see it: the hole (H, W) is -1, which no colour is."""
    return np.where(hole[..., None], np.float32(-1), pixels)


def _of_folder(path: Path, dtype: torch.dtype) -> ControlFile:
    """A folder as diffusers writes it, with its JSON or without."""
    config = part_config(path.parent, path.name)
    if config is not None and config.get("_class_name") != "ControlNetModel":
        raise StepError(f"{path.name} holds no ControlNet of Stable Diffusion.", "Choose another ControlNet.")
    family = _family(part_header(path.parent, path.name))
    state = FolderWeights(path.parent, half=dtype.itemsize < 4).state(path.name, {})
    return ControlFile(path.name, family, build_controlnet(config or _settings(family, path), state, dtype, path.name))


def _of_file(path: Path, dtype: torch.dtype) -> ControlFile:
    from safetensors.torch import load_file

    family = _family(read_header(path))
    beside = read_json(settings_beside(path)) or {}
    settings = _settings(family, path) | beside.get("controlnet", {})
    state = under_diffusers_names(load_file(path), settings)
    return ControlFile(path.name, family, build_controlnet(settings, state, dtype, path.name))


def _settings(family: Name, path: Path) -> dict[str, Any]:
    """As published, for the UNet of that family."""
    unet = blueprint_of_file(family, path, {})["unet"]
    return {name: unet[name] for name in SHARED if name in unet}


def _family(header: Header) -> Name:
    """StepError for what is no ControlNet, or one that works in another way."""
    kin = next((words for sign, words in KIN.items() if any(sign in name for name in header.shapes)), "")
    found: Contents = contents_of(header.shapes)
    if kin or found.kind != "controlnet" or found.family is None:
        what = kin or found.title or "a network of an unknown kind"
        raise StepError(
            f"{header.file} is {what}. It cannot be used as a ControlNet.",
            "Choose a ControlNet of Stable Diffusion 1, 2 or XL.",
        )
    return found.family


def under_diffusers_names(state: Mapping[str, Any], settings: Mapping[str, Any]) -> dict[str, Any]:
    """The weights of a file, which has the layout of the original code, or already that of diffusers."""
    package()
    from diffusers.loaders.single_file_utils import convert_controlnet_checkpoint

    left = {name.removeprefix(LDM): weight for name, weight in state.items()}
    size = {new + end: left.pop(old + end) for old, new in OF_SIZE.items() for end in ENDS if old + end in left}
    return convert_controlnet_checkpoint(left, dict(settings)) | size
