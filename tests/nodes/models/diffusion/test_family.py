"""Which Stable Diffusion a checkpoint is, and what is said of those that are none."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.errors import StepError
from nodes.models.bundle import settings_beside
from nodes.models.diffusion.family import Family, family_of, plans_of
from tests.nodes.models.diffusion.original_layout import single_file

FAMILIES = {
    "tiny-sd1": Family("sd1", inpaint=False, prediction="epsilon", side=64),
    "tiny-sd1-inpaint": Family("sd1", inpaint=True, prediction="epsilon", side=64),
    "tiny-sd2": Family("sd2", inpaint=False, prediction="v_prediction", side=64),
    "tiny-sdxl": Family("sdxl", inpaint=False, prediction="epsilon", side=64),
    "tiny-sdxl-inpaint": Family("sdxl", inpaint=True, prediction="epsilon", side=64),
}
"""Of the tiny folders, whose JSON says that they draw 64 pixels a side."""

TELLING = "model.diffusion_model.output_blocks.11.1.transformer_blocks.0.norm1.bias"

Change = Callable[[dict[str, Any]], None]


def bare(folder: Path, file: Path, change: Change | None = None) -> Path:
    """A checkpoint in one file with nothing beside it."""
    single_file(folder, file, change)
    settings_beside(file).unlink()
    return file


@pytest.mark.parametrize("model", FAMILIES)
def test_a_folder(tiny_diffusion: Path, model: str):
    assert family_of(tiny_diffusion / model) == FAMILIES[model]


@pytest.mark.parametrize("model", FAMILIES)
def test_a_file_with_its_settings_beside_it(tiny_diffusion: Path, tmp_path: Path, model: str):
    assert family_of(single_file(tiny_diffusion / model, tmp_path / "any name.safetensors")) == FAMILIES[model]


@pytest.mark.parametrize(("model", "side"), [("tiny-sd1", 512), ("tiny-sd1-inpaint", 512), ("tiny-sdxl", 1024)])
def test_without_settings_the_published_side_counts(tiny_diffusion: Path, tmp_path: Path, model: str, side: int):
    found = family_of(bare(tiny_diffusion / model, tmp_path / "x.safetensors"))
    assert (found.name, found.inpaint, found.side) == (FAMILIES[model].name, FAMILIES[model].inpaint, side)
    folder = shutil.copytree(tiny_diffusion / model, tmp_path / "x")
    for path in folder.glob("**/*.json"):
        path.unlink()
    assert family_of(folder) == found


def spread(value: float) -> Change:
    import torch

    return lambda weights: weights.update({TELLING: torch.tensor([-value, value])})


def test_stable_diffusion_2_shows_by_a_weight_what_it_predicts(tiny_diffusion: Path, tmp_path: Path):
    noise = family_of(bare(tiny_diffusion / "tiny-sd2", tmp_path / "512.safetensors", spread(0.04)))
    speed = family_of(bare(tiny_diffusion / "tiny-sd2", tmp_path / "768.safetensors", spread(0.13)))
    assert (noise.prediction, noise.side) == ("epsilon", 512)
    assert (speed.prediction, speed.side) == ("v_prediction", 768)
    other = family_of(bare(tiny_diffusion / "tiny-sd1", tmp_path / "1.safetensors", spread(0.13)))
    assert other.prediction == "epsilon"


def test_what_somebody_says_beside_the_file_counts_most(tiny_diffusion: Path, tmp_path: Path):
    file = bare(tiny_diffusion / "tiny-sd2", tmp_path / "512.safetensors", spread(0.04))
    settings_beside(file).write_text(json.dumps({"scheduler": {"prediction_type": "v_prediction"}}))
    assert family_of(file).prediction == "v_prediction"
    assert plans_of(file)[1]["scheduler"]["beta_end"] == 0.012


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"schedular": {}}', r"names the part 'schedular'\. Did you mean 'scheduler'"),
        ('{"unet": 3}', "has no settings for unet"),
        ("[1]", "holds no settings"),
    ],
)
def test_what_is_said_wrongly_beside_the_file_is_named(tiny_diffusion: Path, tmp_path: Path, text: str, words: str):
    file = bare(tiny_diffusion / "tiny-sd1", tmp_path / "mine.safetensors")
    settings_beside(file).write_text(text)
    with pytest.raises(StepError, match=rf"mine\.config\.json {words}"):
        family_of(file)


def test_fine_tuned_files_tell_by_a_weight_or_in_their_metadata(tiny_diffusion: Path, tmp_path: Path):
    import torch
    from safetensors.torch import load_file, save_file

    def marks(weights: dict[str, Any]) -> None:
        weights.update({"v_pred": torch.tensor([]), "ztsnr": torch.tensor([])})

    family, plans = plans_of(bare(tiny_diffusion / "tiny-sdxl", tmp_path / "marked.safetensors", marks))
    assert family.prediction == "v_prediction"
    assert plans["scheduler"]["rescale_betas_zero_snr"] is True
    file = bare(tiny_diffusion / "tiny-sdxl", tmp_path / "told.safetensors")
    for told, prediction in (("v", "v_prediction"), ("epsilon", "epsilon")):
        save_file(load_file(file), file, {"modelspec.prediction_type": told})
        assert family_of(file).prediction == prediction


def without(*prefixes: str) -> Change:
    def remove(weights: dict[str, Any]) -> None:
        for name in [name for name in weights if name.startswith(prefixes)]:
            del weights[name]

    return remove


def test_averages_beside_the_weights_are_passed_over(tiny_diffusion: Path, tmp_path: Path):
    def averaged(weights: dict[str, Any]) -> None:
        own = {name: value for name, value in weights.items() if name.startswith("model.")}
        weights.update({f"model_ema.{name[6:].replace('.', '')}": value * 0 for name, value in own.items()})

    assert family_of(bare(tiny_diffusion / "tiny-sd1", tmp_path / "both.safetensors", averaged)).name == "sd1"

    def only(weights: dict[str, Any]) -> None:
        averaged(weights)
        without("model.")(weights)

    with pytest.raises(StepError, match=r"alone\.safetensors holds moving averages alone"):
        family_of(bare(tiny_diffusion / "tiny-sd1", tmp_path / "alone.safetensors", only))


@pytest.mark.parametrize(
    ("kept", "words"),
    [
        ("first_stage_model.", r"is a VAE, no checkpoint.*Use it in the node Choose a VAE"),
        ("cond_stage_model.", r"holds a CLIP text encoder, no checkpoint.*Choose a checkpoint of Stable Diffusion"),
    ],
)
def test_parts_alone_are_named(tiny_diffusion: Path, tmp_path: Path, kept: str, words: str):
    prefixes = {"model.", "first_stage_model.", "cond_stage_model."} - {kept}
    with pytest.raises(StepError, match=words):
        family_of(bare(tiny_diffusion / "tiny-sd1", tmp_path / "part.safetensors", without(*prefixes)))


def test_a_lora_is_sent_to_its_node(tmp_path: Path):
    import torch
    from safetensors.torch import save_file

    name = "lora_unet_down_blocks_1_attentions_0_transformer_blocks_0_attn2_to_k.lora_down.weight"
    save_file({name: torch.zeros(4, 768)}, tmp_path / "style.safetensors")
    with pytest.raises(StepError, match=r"style.safetensors is a LoRA for Stable Diffusion 1.*node Add a LoRA"):
        family_of(tmp_path / "style.safetensors")


def test_another_number_of_channels_is_refused(tiny_diffusion: Path, tmp_path: Path):
    def widened(weights: dict[str, Any]) -> None:
        first = "model.diffusion_model.input_blocks.0.0.weight"
        weights[first] = weights[first].repeat(1, 2, 1, 1)

    with pytest.raises(StepError, match="a network with 8 input channels"):
        family_of(bare(tiny_diffusion / "tiny-sd1", tmp_path / "pix2pix.safetensors", widened))


def test_a_folder_of_another_pipeline_is_named(tmp_path: Path):
    (folder := tmp_path / "flux").mkdir()
    (folder / "model_index.json").write_text('{"_class_name": "FluxPipeline"}')
    with pytest.raises(StepError, match="flux is a Flux, no Stable Diffusion"):
        family_of(folder)


def test_a_folder_of_pickles_is_refused(tiny_diffusion: Path, tmp_path: Path):
    folder = shutil.copytree(tiny_diffusion / "tiny-sd1", tmp_path / "old")
    weights = folder / "unet" / "diffusion_pytorch_model.safetensors"
    weights.rename(weights.with_suffix(".bin"))
    with pytest.raises(StepError, match="old/unet is a pickled checkpoint"):
        family_of(folder)
    weights.with_suffix(".bin").unlink()
    with pytest.raises(StepError, match="no weights in old/unet"):
        family_of(folder)


@pytest.mark.parametrize("text", ["{", "[]", "[" * 100_000, '{"prediction_type": "sample"}'])
def test_damaged_or_unknown_settings_are_named(tiny_diffusion: Path, tmp_path: Path, text: str):
    folder = shutil.copytree(tiny_diffusion / "tiny-sd1", tmp_path / "odd")
    (folder / "scheduler" / "scheduler_config.json").write_text(text)
    with pytest.raises(StepError, match=r"scheduler_config\.json|predicts sample"):
        family_of(folder)
