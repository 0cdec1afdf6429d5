"""A checkpoint as a folder, the way diffusers lays it out: a subfolder per part, JSON beside the weights or not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.errors import StepError
from nodes.models.diffusion.header import PICKLES, Header, pickled, read_headers

INDEX = "model_index.json"

STEMS = ("diffusion_pytorch_model", "model")
"""What files of weights are called: diffusers' own, and those of transformers."""

Config = Mapping[str, Any]


def read_json(path: Path) -> Config | None:
    """What a JSON file holds; None where there is none. StepError where it is damaged."""
    if not path.is_file():
        return None
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise StepError(f"{path.parent.name}/{path.name} cannot be read: {error}.", "Get the file again.") from error
    if not isinstance(found, dict):
        raise StepError(f"{path.parent.name}/{path.name} holds no settings.", "Get the file again.")
    return found


def part_config(folder: Path, part: str) -> Config | None:
    """How a part is built, as its folder says; None where it does not."""
    return read_json(folder / part / ("scheduler_config.json" if part == "scheduler" else "config.json"))


def weight_files(folder: Path, part: str, *, half: bool = False) -> list[Path]:
    """The files with a part's weights: one, or its shards. Of copies in both precisions the one that is asked for.

    StepError where there are none.
    """
    place = folder / part
    found = {path.name: path for path in sorted(place.glob("*.safetensors"))} if place.is_dir() else {}
    for variant in (".fp16", "") if half else ("", ".fp16"):
        for stem in STEMS:
            whole = f"{stem}{variant}.safetensors"
            shards = [path for name, path in found.items() if _is_shard(name, stem, variant)]
            if whole in found or shards:
                return [found[whole]] if whole in found else shards
    raise _absent(folder, part)


def part_header(folder: Path, part: str) -> Header:
    """What a part's weights are called and how large they are."""
    return read_headers(weight_files(folder, part))


def main_header(folder: Path) -> Header:
    """Of the network that a folder is about: the one that draws, or the only one. StepError where there is neither."""
    index = read_json(folder / INDEX)
    if index and not (folder / "unet").is_dir():
        kind = str(index.get("_class_name", "model of an unknown kind")).removesuffix("Pipeline")
        raise StepError(
            f"{folder.name} is a {kind}, no Stable Diffusion.", "Choose a checkpoint of Stable Diffusion 1, 2 or XL."
        )
    return part_header(folder, "unet" if (folder / "unet").is_dir() else "")


def _is_shard(name: str, stem: str, variant: str) -> bool:
    # diffusers writes model.fp16-00001-of-00002, and once wrote model-00001-of-00002.fp16.
    stands = name.startswith(f"{stem}{variant}-") or (name.startswith(f"{stem}-") and f"{variant}.safetensors" in name)
    return "-of-" in name and stands and (bool(variant) or ".fp16" not in name)


def _absent(folder: Path, part: str) -> StepError:
    place = folder / part
    name = f"{folder.name}/{part}" if part else folder.name
    if place.is_dir() and any(path.suffix in PICKLES for path in place.iterdir()):
        return pickled(name)
    return StepError(f"There are no weights in {name}.", "Get the missing part of the model.")


@dataclass(frozen=True, slots=True)
class FolderWeights:
    """The weights of the parts in a folder."""

    folder: Path
    half: bool = False
    """Whether half-precision copies are preferred, where there are two; the VAE needs the other one."""

    def state(self, part: str, settings: Config) -> Mapping[str, Any]:
        """The tensors of a part; `settings` are for single files. StepError where they are missing or damaged."""
        from safetensors.torch import load_file

        files = weight_files(self.folder, part, half=self.half and part != "vae")
        read_headers(files)  # which says it where one is damaged
        return {name: tensor for file in files for name, tensor in load_file(file).items()}
