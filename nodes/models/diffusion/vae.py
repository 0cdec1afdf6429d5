"""VAEs of one's own: the part that turns pixels into latents and back."""

from __future__ import annotations

import copy
import re
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.errors import StepError
from nodes.models.device import Device
from nodes.models.diffusion.blueprint import blueprint_of_file
from nodes.models.diffusion.building import build_vae
from nodes.models.diffusion.contents import Name, contents_of
from nodes.models.diffusion.fitting import check_family, claimed_family
from nodes.models.diffusion.folder import FolderWeights, part_config
from nodes.models.diffusion.header import Header, read_header
from nodes.models.diffusion.package import package

OLD: tuple[Name, ...] = ("sd1", "sd2")
"""Both use the VAE of the latent diffusion models of 2022, or one that was trained on from it."""

LATENTS = 4
"""Numbers in a latent, in all three families."""

SCALES: dict[float, tuple[Name, ...]] = {0.18215: OLD, 0.13025: ("sdxl",)}
"""What latents are multiplied with, and the families that expect it."""

SPOKEN: dict[str, tuple[Name, ...]] = {r"xl": ("sdxl",), r"sd-?v?[12]|v[12]-|kl-?f8|ft-?(mse|ema)|[58][46]0000": OLD}
"""Parts of file names: those of the VAEs that people have. A single file shows in no other way what it is for: the
weights of both kinds have the same names and shapes."""


@dataclass(frozen=True)
class VaeModel:
    """A VAE to borrow, by the name of its file or folder on the shelf."""

    name: str

    @property
    def weights(self) -> tuple[str, ...]:
        return (self.name,)

    def load(self, files: Mapping[str, Path], device: Device) -> tuple[VaeFile, int]:
        path = files[self.name]
        loaded = _of_folder(path) if path.is_dir() else _of_file(path)
        return loaded, sum(each.nbytes for each in loaded.network.state_dict().values())


@dataclass(frozen=True, eq=False)
class VaeFile:
    """A loaded VAE, in full precision."""

    name: str
    families: tuple[Name, ...]
    """Those it works with; empty where neither file nor name shows it."""
    network: Any
    """diffusers' AutoencoderKL."""


def vae_families(header: Header) -> tuple[Name, ...]:
    """What a single file is for: by its metadata, or else by its name; empty where neither shows it."""
    if told := claimed_family(header.metadata):
        return (told,) if told == "sdxl" else OLD
    return next((found for sign, found in SPOKEN.items() if re.search(sign, header.file.lower())), ())


@contextmanager
def with_vae(pipe: Any, family: Name, vae: VaeFile | None) -> Generator[None]:
    """Give the pipeline another VAE for the length of the block; None leaves its own.

    The pipeline is to be offloaded inside the block. StepError for a VAE that does not fit.
    """
    if vae is None:
        yield
        return
    check_family(vae.name, vae.families, family)
    own = pipe.vae
    # A copy: halved for one model, it would be no longer what its file holds for the next.
    other = copy.deepcopy(vae.network).to(device=own.device, dtype=own.dtype)
    if not vae.families:
        other.register_to_config(scaling_factor=own.config.scaling_factor)
    pipe.register_modules(vae=other)
    try:
        yield
    finally:
        pipe.register_modules(vae=own)


def _of_folder(path: Path) -> VaeFile:
    """A folder as diffusers writes it: of a VAE alone, or of a whole model."""
    import torch

    place = path / "vae" if (path / "vae").is_dir() else path
    config = part_config(place.parent, place.name)
    if config is None or config.get("_class_name") != "AutoencoderKL":
        raise StepError(f"{path.name} holds no VAE of Stable Diffusion.", "Choose another VAE.")
    _check_channels(path, config.get("latent_channels", LATENTS))
    state = FolderWeights(place.parent).state(place.name, config)
    families = SCALES.get(round(config.get("scaling_factor", 0.18215), 5), ())
    return VaeFile(path.name, families, build_vae(config, state, torch.float32, path.name))


def _of_file(path: Path) -> VaeFile:
    import torch

    header = read_header(path)
    found = contents_of(header.shapes)
    if found.kind != "vae":
        raise StepError(f"{path.name} is {found.title or 'a network of an unknown kind'}, no VAE.", "Choose a VAE.")
    entry = next(shape for name, shape in header.shapes.items() if name.endswith("decoder.conv_in.weight"))
    _check_channels(path, entry[1])
    families = vae_families(header)
    settings = blueprint_of_file(families[0] if families else "sd1", path, {})["vae"]
    return VaeFile(path.name, families, build_vae(settings, _state(path, settings), torch.float32, path.name))


def _check_channels(path: Path, channels: int) -> None:
    if channels != LATENTS:
        raise StepError(
            f"{path.name} is a VAE for another kind of model, such as Flux: it makes {channels} numbers of a latent.",
            "Choose a VAE for Stable Diffusion 1, 2 or XL.",
        )


def _state(path: Path, settings: Mapping[str, Any]) -> Mapping[str, Any]:
    """The weights under diffusers' names. Files have the layout of the original code, or already that of diffusers."""
    package()
    from diffusers.loaders.single_file_utils import convert_ldm_vae_checkpoint
    from safetensors.torch import load_file

    state = load_file(path)
    original = any("mid.block_1." in name for name in state)
    return convert_ldm_vae_checkpoint(state, dict(settings)) if original else state
