"""LoRA files: what they change, that they leave nothing behind, and which are refused."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from graph.errors import StepError
from nodes.models.device import Device
from nodes.models.diffusion.contents import contents_of
from nodes.models.diffusion.header import read_header
from nodes.models.diffusion.lora import LoraModel, with_loras
from nodes.models.diffusion.lora_file import LoraFile, read_lora
from nodes.models.diffusion.package import package
from tests.nodes.models.tiny_addons import Layout, tiny_lora
from tests.nodes.models.tiny_diffusion import Family

NETWORKS = ("unet", "text_encoder", "text_encoder_2")

LAYOUTS: tuple[Layout, ...] = ("diffusers", "peft", "kohya")

Load = Callable[[Family], Any]


@pytest.fixture
def load(tiny_diffusion: Path) -> Load:
    def loaded(family: Family) -> Any:
        pipe = package().DiffusionPipeline.from_pretrained(tiny_diffusion / f"tiny-{family}", local_files_only=True)
        pipe.set_progress_bar_config(disable=True)
        return pipe

    return loaded


def drawn(pipe: Any) -> np.ndarray:
    chance = torch.Generator().manual_seed(1)
    made = pipe("a boat", num_inference_steps=2, height=64, width=64, output_type="np", generator=chance)
    return made.images[0]


def weights(pipe: Any) -> dict[str, torch.Tensor]:
    """Of all its networks, by name; copies."""
    there = {network: module for network in NETWORKS if (module := getattr(pipe, network, None)) is not None}
    return {
        f"{net}.{name}": each.clone() for net, module in there.items() for name, each in module.state_dict().items()
    }


def alike(some: Mapping[str, torch.Tensor], others: Mapping[str, torch.Tensor]) -> bool:
    return some.keys() == others.keys() and all(torch.equal(some[name], others[name]) for name in some)


def worn_in(pipe: Any, lora: LoraFile, strength: float) -> None:
    """Change the weights themselves, as the paper has it: W + strength · alpha / rank · B A."""
    for network, change in lora.changes.items():
        module = getattr(pipe, network)
        prefix = "" if network == "unet" or hasattr(module, "text_model") else "text_model."
        for name, down in change.matrices.items():
            if layer := re.fullmatch(r"(.*)\.lora_A\.weight", name):
                up, weight = change.matrices[f"{layer[1]}.lora_B.weight"], None
                weight = module.get_submodule(layer[1].removeprefix(prefix)).weight
                share = change.alphas.get(layer[1], len(down)) / len(down)
                weight.data += strength * share * (up.flatten(1) @ down.flatten(1)).reshape(weight.shape)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("family", ["sd1", "sd2", "sdxl"])
def test_it_adds_the_product_of_its_matrices(tmp_path: Path, load: Load, family: Family, layout: Layout):
    lora = read_lora(tiny_lora(tmp_path, family, layout))
    assert lora.changes.keys() == set(NETWORKS[: 3 if family == "sdxl" else 2])
    pipe, other = load(family), load(family)
    plain = drawn(pipe)
    with with_loras(pipe, family, [(lora, 0.7)]):
        changed = drawn(pipe)
    worn_in(other, lora, 0.7)
    assert np.abs(changed - plain).max() > 0.1
    assert np.abs(changed - drawn(other)).max() < 1e-4


def test_kohyas_alphas_count_layer_by_layer(tmp_path: Path):
    """As diffusers 0.42 does not: it knows the layers of mixed alphas by other names, and passes over them."""
    file = tiny_lora(tmp_path, "sd1", "kohya")
    stored, change = load_file(file), read_lora(file).changes["unet"]
    assert len(set(change.alphas.values())) == 3
    assert change.alphas["mid_block.attentions.0.proj_in"] == stored["lora_unet_mid_block_attentions_0_proj_in.alpha"]


@pytest.mark.parametrize("family", ["sd1", "sdxl"])
def test_two_at_once_are_what_diffusers_makes_of_them(tmp_path: Path, load: Load, family: Family):
    files = [tiny_lora(tmp_path, family, name="one"), tiny_lora(tmp_path, family, name="two", seed=2, words=False)]
    strengths, pipe = [0.8, -0.4], load(family)
    with with_loras(pipe, family, list(zip(map(read_lora, files), strengths, strict=True))):
        ours = drawn(pipe)
    other = load(family)
    other.load_lora_weights(files[0], adapter_name="one")
    with pytest.warns(UserWarning, match="multiple adapters"):
        other.load_lora_weights(files[1], adapter_name="two")
    other.set_adapters([file.stem for file in files], strengths)
    assert np.array_equal(ours, drawn(other))


@pytest.mark.parametrize("family", ["sd1", "sdxl"])
def test_taken_off_it_leaves_nothing(tmp_path: Path, load: Load, family: Family):
    loras = [(read_lora(tiny_lora(tmp_path, family, layout)), 1.0) for layout in LAYOUTS]
    pipe = load(family)
    plain, before = drawn(pipe), weights(pipe)
    for _ in range(2):
        with with_loras(pipe, family, loras):
            assert not np.array_equal(drawn(pipe), plain)
        assert alike(weights(pipe), before)
        assert np.array_equal(drawn(pipe), plain)


def test_strength_0_changes_no_bit(tmp_path: Path, load: Load):
    pipe, lora = load("sd1"), read_lora(tiny_lora(tmp_path))
    plain = drawn(pipe)
    with with_loras(pipe, "sd1", [(lora, 0.0)]):
        assert np.array_equal(drawn(pipe), plain)


def test_it_comes_off_after_an_error(tmp_path: Path, load: Load):
    pipe, lora = load("sd1"), read_lora(tiny_lora(tmp_path))
    before = weights(pipe)
    with pytest.raises(ZeroDivisionError), with_loras(pipe, "sd1", [(lora, 1.0)]):
        raise ZeroDivisionError
    assert alike(weights(pipe), before)


@pytest.mark.parametrize(("made_for", "model"), [("sdxl", "sd1"), ("sd1", "sdxl"), ("sd1", "sd2")])
def test_another_family_is_refused_before_anything_changes(tmp_path: Path, load: Load, made_for: Family, model: Family):
    pipe, lora = load(model), read_lora(tiny_lora(tmp_path, made_for))
    fine = read_lora(tiny_lora(tmp_path, model, name="fine"))
    before = weights(pipe)
    titles = {"sd1": "Stable Diffusion 1", "sd2": "Stable Diffusion 2", "sdxl": "Stable Diffusion XL"}
    with pytest.raises(StepError) as refused, with_loras(pipe, model, [(fine, 1.0), (lora, 1.0)]):
        pytest.fail("it was put on")
    assert f"made for {titles[made_for]}, but the model is {titles[model]}" in refused.value.message
    assert titles[model] in refused.value.remedy
    assert alike(weights(pipe), before)


def test_one_for_a_wider_model_of_the_family_does_not_fit(tmp_path: Path, load: Load):
    path = tmp_path / "wide.safetensors"
    layer = "unet.mid_block.attentions.0.transformer_blocks.0.attn1.to_q"
    save_file({f"{layer}.lora.down.weight": torch.zeros(4, 640), f"{layer}.lora.up.weight": torch.zeros(640, 4)}, path)
    with pytest.raises(StepError, match="has no layer like"), with_loras(load("sd1"), "sd1", [(read_lora(path), 1.0)]):
        pytest.fail("it was put on")


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("family", "width"), [("sd1", 768), ("sd2", 1024), ("sdxl", 2048)])
def test_the_family_shows_in_the_width_of_a_word(tmp_path: Path, family: str, width: int, layout: Layout):
    bare = "mid_block.attentions.0.transformer_blocks.0.attn2.to_k"
    stem, ends = {
        "diffusers": (f"unet.{bare}.lora", ("down", "up")),
        "peft": (f"unet.{bare}", ("lora_A", "lora_B")),
        "kohya": (f"lora_unet_{bare.replace('.', '_')}", ("lora_down", "lora_up")),
    }[layout]
    path = tmp_path / "lora.safetensors"
    matrices = torch.zeros(4, width), torch.zeros(640, 4)
    save_file({f"{stem}.{end}.weight": matrix for end, matrix in zip(ends, matrices, strict=True)}, path)
    found = contents_of(read_header(path).shapes)
    assert (found.kind, found.family) == ("lora", family)
    assert read_lora(path).family == family


def test_where_weights_say_nothing_the_metadata_does(tmp_path: Path):
    stem, path = "lora_te_text_model_encoder_layers_0_mlp_fc1", tmp_path / "words.safetensors"
    state = {f"{stem}.lora_down.weight": torch.zeros(4, 32), f"{stem}.lora_up.weight": torch.zeros(64, 4)}
    for metadata, family in (
        ({}, None),
        ({"ss_base_model_version": "sd_v1"}, "sd1"),
        ({"ss_base_model_version": "sdxl_base_v1-0"}, "sdxl"),
        ({"modelspec.architecture": "stable-diffusion-v2-768-v/lora"}, "sd2"),
    ):
        save_file(state, path, metadata)
        assert read_lora(path).family == family


def test_pefts_own_settings_are_followed(tmp_path: Path):
    file = tiny_lora(tmp_path, "sd1", "peft", words=False)
    layer = "mid_block.attentions.0.proj_in"
    told = {"unet.lora_alpha": 8, "unet.alpha_pattern": {layer: 3}}
    save_file(load_file(file), file, {"lora_adapter_metadata": json.dumps(told)})
    alphas = dict(read_lora(file).changes["unet"].alphas)
    assert alphas.pop(layer) == 3
    assert set(alphas.values()) == {8}


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["lora_unet_mid_block_attentions_0_proj_in.hada_w1_a"], "a LoHa"),
        (["lora_unet_mid_block_attentions_0_proj_in.lokr_w1"], "a LoKr"),
        (["lora_unet_x.lora_down.weight", "lora_unet_x.lora_up.weight", "lora_unet_x.dora_scale"], "a DoRA"),
        (["lora_unet_double_blocks_0_img_attn_proj.lora_down.weight"], "another kind of model, such as Flux"),
        (["transformer.single_transformer_blocks.0.attn.to_k.lora_A.weight"], "another kind of model, such as Flux"),
        (["lora_unet_mid_block_attentions_0_proj_in.lora_down.weight"], "lacks half of one"),
        (["unet.nowhere.lora.down.weight", "other.nowhere.lora.up.weight"], "layers that no Stable Diffusion has"),
        (["weight"], "a network of an unknown kind"),
    ],
)
def test_what_is_no_plain_lora_is_refused(tmp_path: Path, names: list[str], said: str):
    path = tmp_path / "odd.safetensors"
    save_file({name: torch.zeros(4, 4) for name in names}, path)
    with pytest.raises(StepError, match=said) as refused:
        read_lora(path)
    assert refused.value.message.startswith("odd.safetensors")
    assert refused.value.remedy


def test_a_model_is_no_lora(tiny_diffusion: Path):
    with pytest.raises(StepError, match="cannot be used as a LoRA"):
        read_lora(tiny_diffusion / "tiny-sd1" / "unet" / "diffusion_pytorch_model.safetensors")


def test_damaged_and_pickled_files_are_refused(tmp_path: Path):
    whole = tiny_lora(tmp_path)
    torn = tmp_path / "torn.safetensors"
    torn.write_bytes(whole.read_bytes()[:-100])
    with pytest.raises(StepError, match=r"torn\.safetensors is damaged or not complete"):
        read_lora(torn)
    with pytest.raises(StepError, match="pickled"):
        read_lora(tmp_path / "lora.pt")


def test_it_is_borrowed_with_its_size(tmp_path: Path):
    file = tiny_lora(tmp_path)
    loaded, size = LoraModel(file.name).load({file.name: file}, Device("cpu", "full"))
    assert loaded.name == file.name
    assert size == sum(each.nbytes for each in load_file(file).values())
