"""Turns a checkpoint in one file into a folder as diffusers keeps them, whose parts can be exchanged."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from graph.errors import StepError
from nodes.models.diffusion.family import Family, plans_of
from nodes.models.diffusion.folder import INDEX
from nodes.models.diffusion.package import package
from nodes.models.diffusion.parts import ENCODERS, build_part, tokenizer_of
from nodes.models.diffusion.single_file import FileWeights

Told = Callable[[str, float], None]
"""Called with a part and how far it is, 0..1. What it raises ends the work."""

ONE_FILE = "1000GB"
"""More than any part has: each is written as one file."""

CLASSES = {"unet": "UNet2DConditionModel", "vae": "AutoencoderKL", "scheduler": "DDIMScheduler"}
"""What diffusers calls its own parts; the others are transformers'."""


def convert(file: Path, into: Path, told: Told) -> Path:
    """Write the checkpoint in `file` as a folder of its name below `into`, and return that.

    The weights stay as they are, in the precision that they have. StepError for what cannot be converted; whatever
    happens, nothing half done stays behind.
    """
    if not file.is_file():
        raise StepError(f"There is no file {file}.", "Check --convert.")
    family, plans = plans_of(file)
    target = into / file.stem
    if target.exists():
        raise StepError(f"{target} is there already.", "Remove it, or give the file another name.")
    with _making(target, file.stat().st_size) as folder:
        weights, tokenizers = FileWeights(file), {part: name for part, name in ENCODERS.items() if part in plans}
        for part in ("unet", "vae", *tokenizers):
            told(part, 0.0)
            state = weights.state(part, plans[part])
            dtype = next(iter(state.values())).dtype
            network = build_part(part, plans[part], state, dtype, file.name)
            told(part, 0.5)
            network.save_pretrained(folder / part, max_shard_size=ONE_FILE)
            told(part, 1.0)
        for part, name in tokenizers.items():
            tokenizer_of(file, family, part).save_pretrained(folder / name)
        package().DDIMScheduler.from_config(plans["scheduler"]).save_pretrained(folder / "scheduler")
        (folder / INDEX).write_text(json.dumps(_index(family, tokenizers), indent=2) + "\n", encoding="utf-8")
        for written in folder.glob("*/*"):  # safetensors lets nobody but the owner read its files
            written.chmod((folder / INDEX).stat().st_mode)
    return target


@contextmanager
def _making(target: Path, needed: int) -> Generator[Path]:
    """A hidden folder that gets its name when the block ends well, and goes when it does not."""
    from safetensors import SafetensorError

    hidden = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if needed > (free := shutil.disk_usage(target.parent).free):
            raise StepError(
                f"The folder takes {needed:,} bytes, and only {free:,} are free in {target.parent}.", "Make room there."
            )
        with FileLock(target.with_name(f".{target.name}.lock"), timeout=0):
            shutil.rmtree(hidden, ignore_errors=True)  # what a killed program left
            hidden.mkdir()
            try:
                yield hidden
                hidden.replace(target)
            finally:
                shutil.rmtree(hidden, ignore_errors=True)
    except Timeout as error:
        raise StepError(f"{target.name} is being converted by another program.", "Wait until it is done.") from error
    except (OSError, SafetensorError) as error:
        raise StepError(
            f"{target} cannot be written: {error}.", "Make room there, or choose another folder."
        ) from error


def _index(family: Family, tokenizers: dict[str, str]) -> dict[str, Any]:
    """model_index.json: which class each part is of, by which diffusers loads the folder by itself."""
    kind = f"StableDiffusion{'XL' * (family.name == 'sdxl')}{'Inpaint' * family.inpaint}Pipeline"
    index: dict[str, Any] = {"_class_name": kind, "_diffusers_version": package().__version__}
    index |= {part: ["diffusers", name] for part, name in CLASSES.items()}
    for part, name in tokenizers.items():
        index |= {
            part: ["transformers", "CLIPTextModelWithProjection" if part == "text_encoder_2" else "CLIPTextModel"]
        }
        index |= {name: ["transformers", "CLIPTokenizer"]}
    if family.name == "sdxl":
        return {**index, "force_zeros_for_empty_prompt": True}
    return {
        **index,
        "safety_checker": [None, None],
        "feature_extractor": [None, None],
        "requires_safety_checker": False,
    }
