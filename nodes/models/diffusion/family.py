"""Which Stable Diffusion a file or a folder holds, by its header and its JSON alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from graph.errors import StepError
from nodes.models.diffusion.blueprint import Blueprint, blueprint_of_file, blueprint_of_folder
from nodes.models.diffusion.contents import INPAINT, Contents, Name, contents_of
from nodes.models.diffusion.folder import main_header
from nodes.models.diffusion.header import read_header
from nodes.models.diffusion.latents import SCALE
from nodes.models.diffusion.prediction import hints_of

Prediction = Literal["epsilon", "v_prediction"]

PREDICTIONS: dict[str, Prediction] = {"epsilon": "epsilon", "v_prediction": "v_prediction"}

USES = {
    "lora": "Use it in the node Add a LoRA, on top of a checkpoint.",
    "vae": "Use it in the node Choose a VAE, on top of a checkpoint.",
    "controlnet": "Use it in the node Follow Lines (ControlNet), on top of a checkpoint.",
    "unet": "Put it into a folder as unet/diffusion_pytorch_model.safetensors, beside the other parts of the model.",
}
"""What to do with what is no checkpoint."""


@dataclass(frozen=True, slots=True)
class Family:
    """What matters to those who use a checkpoint."""

    name: Name
    inpaint: bool
    """Whether its network also takes the mask and the picture around it."""
    prediction: Prediction
    """What the network answers: the noise, or the velocity (Salimans and Ho, 2022)."""
    side: int
    """Pixels a side of the pictures it was trained on."""

    @property
    def reads_to(self) -> int:
        """The layer of the text encoder that it was trained on, 1 being the last: what "clip skip" is counted from."""
        return 1 if self.name == "sd1" else 2


def family_of(path: Path) -> Family:
    """The family of a checkpoint. StepError with the reason for what is none that can be used."""
    return plans_of(path)[0]


def plans_of(path: Path) -> tuple[Family, Blueprint]:
    """The family, and how its parts are built. StepError as `family_of`."""
    header = main_header(path) if path.is_dir() else read_header(path)
    found = contents_of(header.shapes)
    if found.family is None or found.kind != ("unet" if path.is_dir() else "checkpoint"):
        raise _unfit(path, found)
    if path.is_dir():
        plans = blueprint_of_folder(found.family, path)
    else:
        plans = blueprint_of_file(found.family, path, hints_of(path, header, found))
    plans["unet"]["in_channels"] = found.channels
    return _family(path, found, plans), plans


def _family(path: Path, found: Contents, plans: Blueprint) -> Family:
    told = plans["scheduler"].get("prediction_type", "epsilon")
    prediction = PREDICTIONS.get(told)
    if prediction is None or found.family is None:
        raise StepError(f"{path.name} predicts {told}, which is not supported.", "Choose another checkpoint.")
    side = SCALE * int(plans["unet"].get("sample_size") or 64)
    return Family(found.family, found.channels == INPAINT, prediction, side)


def _unfit(path: Path, found: Contents) -> StepError:
    what = f"is a {found.title}" if found.kind in USES else f"holds {found.title or 'a network of an unknown kind'}"
    remedy = USES.get(found.kind, "Choose a checkpoint of Stable Diffusion 1, 2 or XL.")
    return StepError(f"{path.name} {what}, no checkpoint of Stable Diffusion.", remedy)
