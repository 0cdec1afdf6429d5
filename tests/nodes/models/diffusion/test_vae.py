"""VAEs of one's own: read in all layouts, lent for one picture, refused where they do not fit."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from graph.errors import StepError
from nodes.models.bundle import settings_beside
from nodes.models.device import Device
from nodes.models.diffusion.package import package
from nodes.models.diffusion.vae import VaeFile, VaeModel, with_vae
from tests.nodes.models.tiny_addons import tiny_vae_file, tiny_vae_folder

OLD = ("sd1", "sd2")

FORMER = {".to_q.": ".query.", ".to_k.": ".key.", ".to_v.": ".value.", ".to_out.0.": ".proj_attn."}
"""Names that published VAEs in diffusers' layout still have."""


def loaded(path: Path) -> VaeFile:
    return VaeModel(path.name).load({path.name: path}, Device("cpu", "full"))[0]


@pytest.fixture
def pipe(tiny_diffusion: Path) -> Any:
    made = package().DiffusionPipeline.from_pretrained(tiny_diffusion / "tiny-sd1", local_files_only=True)
    made.set_progress_bar_config(disable=True)
    return made


def drawn(pipe: Any) -> np.ndarray:
    chance = torch.Generator().manual_seed(1)
    return pipe("a boat", num_inference_steps=1, height=64, width=64, output_type="np", generator=chance).images[0]


def renamed(path: Path) -> Path:
    """The VAE in diffusers' layout with the names of its attention before 2023."""
    tiny_vae_file(path.parent, path.name, original=False)
    state = load_file(path)
    for new, former in FORMER.items():
        state = {name.replace(new, former): weight for name, weight in state.items()}
    save_file(state, path)
    return path


@pytest.mark.parametrize(
    "make",
    [
        tiny_vae_file,
        lambda folder: tiny_vae_file(folder, prefix="first_stage_model."),
        lambda folder: tiny_vae_file(folder, original=False),
        lambda folder: renamed(folder / "former.safetensors"),
    ],
    ids=["original", "cut out of a checkpoint", "diffusers", "diffusers before 2023"],
)
def test_every_layout_gives_the_same_network(tmp_path: Path, make: Callable[[Path], Path]):
    wanted = loaded(tiny_vae_folder(tmp_path)).network.state_dict()
    found = loaded(make(tmp_path)).network.state_dict()
    assert found.keys() == wanted.keys()
    assert all(torch.equal(found[name], wanted[name]) for name in wanted)


def test_what_training_left_in_a_file_does_not_count(tmp_path: Path):
    """As in vae-ft-mse-840000-ema-pruned."""
    path = tiny_vae_file(tmp_path)
    save_file(load_file(path) | {"model_ema.decay": torch.zeros(()), "loss.logvar": torch.zeros(())}, path)
    assert loaded(path).network.state_dict().keys() == loaded(tiny_vae_folder(tmp_path)).network.state_dict().keys()


def test_it_is_the_pipelines_for_the_length_of_the_block(tmp_path: Path, pipe: Any):
    vae = loaded(tiny_vae_folder(tmp_path))
    own, plain = pipe.vae, drawn(pipe)
    with with_vae(pipe, "sd1", vae):
        changed = drawn(pipe)
    assert pipe.vae is own
    assert np.abs(changed - plain).max() > 0.01
    assert np.array_equal(drawn(pipe), plain)
    with pytest.raises(ZeroDivisionError), with_vae(pipe, "sd1", vae):
        raise ZeroDivisionError
    assert pipe.vae is own


def test_none_leaves_the_pipelines_own(pipe: Any):
    own = pipe.vae
    with with_vae(pipe, "sd1", None):
        assert pipe.vae is own


def test_it_takes_the_pipelines_precision_and_keeps_its_own(tmp_path: Path, pipe: Any):
    vae = loaded(tiny_vae_folder(tmp_path))
    pipe.vae.to(torch.bfloat16)
    with with_vae(pipe, "sd1", vae):
        assert pipe.vae.dtype is torch.bfloat16
    assert vae.network.dtype is torch.float32


@pytest.mark.parametrize(("made_for", "model"), [("sdxl", "sd1"), ("sdxl", "sd2"), ("sd1", "sdxl")])
def test_another_familys_is_refused_by_its_scale(tmp_path: Path, pipe: Any, made_for: Any, model: Any):
    vae, own = loaded(tiny_vae_folder(tmp_path, made_for)), pipe.vae
    with pytest.raises(StepError, match="was made for Stable Diffusion") as refused, with_vae(pipe, model, vae):
        pytest.fail("it was taken")
    assert "XL" in refused.value.message
    assert pipe.vae is own


@pytest.mark.parametrize(
    ("name", "families"),
    [
        ("sdxl_vae.safetensors", ("sdxl",)),
        ("sdxl-vae-fp16-fix.safetensors", ("sdxl",)),
        ("xlVAEC_c1.safetensors", ("sdxl",)),
        ("vae-ft-mse-840000-ema-pruned.safetensors", OLD),
        ("kl-f8-anime2.safetensors", OLD),
        ("sd-v1-vae.safetensors", OLD),
        ("grandmother.safetensors", ()),
    ],
)
def test_a_single_file_shows_its_family_by_its_name_alone(tmp_path: Path, name: str, families: tuple[str, ...]):
    assert loaded(tiny_vae_file(tmp_path, name)).families == families


def test_or_by_its_metadata(tmp_path: Path):
    path = tiny_vae_file(tmp_path, "any.safetensors")
    save_file(load_file(path), path, {"modelspec.architecture": "stable-diffusion-xl-v1-base/vae"})
    assert loaded(path).families == ("sdxl",)


def test_one_that_does_not_show_it_takes_the_models_scale(tmp_path: Path, pipe: Any):
    vae = loaded(tiny_vae_file(tmp_path, "grandmother.safetensors"))
    pipe.vae.register_to_config(scaling_factor=0.13025)
    with with_vae(pipe, "sdxl", vae):
        assert pipe.vae.config.scaling_factor == 0.13025


def test_one_of_sixteen_channels_is_for_another_kind_of_model(tmp_path: Path):
    path = tiny_vae_file(tmp_path, original=False)
    state = load_file(path)
    state["decoder.conv_in.weight"] = torch.zeros(16, 16, 3, 3)
    save_file(state, path)
    with pytest.raises(StepError, match="another kind of model, such as Flux"):
        loaded(path)


def test_what_is_no_vae_is_refused(tmp_path: Path, tiny_diffusion: Path):
    with pytest.raises(StepError, match="is Stable Diffusion 1, no VAE"):
        loaded(tiny_diffusion / "tiny-sd1" / "unet" / "diffusion_pytorch_model.safetensors")
    with pytest.raises(StepError, match="holds no VAE"):
        loaded(tiny_diffusion / "tiny-sd1" / "unet")
    torn = tmp_path / "torn.safetensors"
    torn.write_bytes(tiny_vae_file(tmp_path).read_bytes()[:1000])
    with pytest.raises(StepError, match="damaged or not complete"):
        loaded(torn)
    with pytest.raises(StepError, match="pickled"):
        loaded(tmp_path / "vae-ft-mse-840000-ema-pruned.ckpt")


def test_the_vae_of_a_whole_model_can_be_taken(tiny_diffusion: Path):
    vae = loaded(tiny_diffusion / "tiny-sd1")
    assert vae.families == OLD
    assert vae.network.state_dict().keys()


def test_one_of_another_build_needs_settings_beside_it(tmp_path: Path):
    path = tiny_vae_file(tmp_path)
    assert json.loads(settings_beside(path).read_text())["vae"]["block_out_channels"] == [8, 8, 8, 16]
    settings_beside(path).unlink()
    with pytest.raises(StepError, match="not those of the network"):
        loaded(path)
