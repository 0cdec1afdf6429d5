"""Checkpoints are loaded from folders and from single files, to the very weights."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from graph.errors import StepError
from nodes.models.diffusion.package import package
from nodes.models.diffusion.parts import Parts, load_parts
from tests.nodes.models.diffusion.original_layout import original_unet, original_vae, single_file

MODELS = ("tiny-sd1", "tiny-sd1-inpaint", "tiny-sd2", "tiny-sdxl", "tiny-sdxl-inpaint")


def load(path: Path) -> Parts:
    package()
    import torch

    return load_parts(path, torch.float32)


def weights(parts: Parts) -> dict[str, Any]:
    networks = {"unet": parts.unet, "vae": parts.vae}
    networks |= {f"encoder {number}": each for number, each in enumerate(parts.encoders)}
    return {f"{part} {name}": value for part, each in networks.items() for name, value in each.state_dict().items()}


def same(one: Parts, other: Parts) -> bool:
    import torch

    mine, others = weights(one), weights(other)
    return mine.keys() == others.keys() and all(torch.equal(mine[name], others[name]) for name in mine)


@pytest.mark.parametrize("model", MODELS)
def test_a_folder_is_loaded_as_diffusers_loads_it(tiny_diffusion: Path, model: str):
    parts, pipe = load(tiny_diffusion / model), package().DiffusionPipeline.from_pretrained(tiny_diffusion / model)
    encoders = [pipe.text_encoder, *([pipe.text_encoder_2] if model.startswith("tiny-sdxl") else [])]
    others = Parts(parts.family, pipe.unet, pipe.vae, tuple(encoders), (), {})
    assert same(parts, others)
    assert not any(each.training for each in (parts.unet, parts.vae, *parts.encoders))
    assert len(parts.tokenizers) == len(parts.encoders) == len(encoders)
    assert parts.schedule["prediction_type"] == pipe.scheduler.config.prediction_type
    for mine, other in ((parts.unet, pipe.unet), (parts.vae, pipe.vae)):
        assert {**mine.config, "_name_or_path": ""} == {**other.config, "_name_or_path": ""}


@pytest.mark.parametrize("model", MODELS)
def test_a_single_file_gives_the_same_weights(tiny_diffusion: Path, tmp_path: Path, model: str):
    file = single_file(tiny_diffusion / model, tmp_path / "any.safetensors")
    assert same(load(file), load(tiny_diffusion / model))


def test_the_file_may_go_once_it_is_loaded(tiny_diffusion: Path, tmp_path: Path):
    file = single_file(tiny_diffusion / "tiny-sd1", tmp_path / "any.safetensors")
    parts = load(file)
    file.write_bytes(b"\0" * file.stat().st_size)
    assert same(parts, load(tiny_diffusion / "tiny-sd1"))


def test_half_precision(tiny_diffusion: Path, tmp_path: Path):
    import torch

    def halved(weights: dict[str, Any]) -> None:
        weights.update({name: value.half() for name, value in weights.items()})

    whole = load(tiny_diffusion / "tiny-sd1")
    half = load_parts(single_file(tiny_diffusion / "tiny-sd1", tmp_path / "half.safetensors", halved), torch.float16)
    assert half.unet.dtype == half.encoders[0].dtype == torch.float16
    assert half.vae.dtype == torch.float32  # half of its range is too little for the VAE of XL
    assert torch.equal(half.vae.decoder.conv_in.weight, whole.vae.decoder.conv_in.weight.half().float())
    assert torch.equal(half.unet.conv_in.weight, whole.unet.conv_in.weight.half())
    assert load(tmp_path / "half.safetensors").unet.dtype == torch.float32


def test_of_two_copies_the_one_in_the_precision_asked_for_is_read(tiny_diffusion: Path, tmp_path: Path):
    import torch
    from safetensors.torch import load_file, save_file

    folder = shutil.copytree(tiny_diffusion / "tiny-sd1", tmp_path / "both")
    for path in list(folder.glob("*/*.safetensors")):
        copy = {name: value.half() + 1 for name, value in load_file(path).items()}
        save_file(copy, path.with_name(f"{path.stem}.fp16.safetensors"))
    whole, half = load(folder), load_parts(folder, torch.float16)
    assert same(whole, load(tiny_diffusion / "tiny-sd1"))
    assert torch.equal(half.unet.conv_in.weight, whole.unet.conv_in.weight.half() + 1)
    assert torch.equal(half.vae.decoder.conv_in.weight, whole.vae.decoder.conv_in.weight)
    for path in folder.glob("*/*.safetensors"):
        if ".fp16" not in path.name:
            path.unlink()
    assert torch.equal(load(folder).unet.conv_in.weight, half.unet.conv_in.weight.float())


def test_shards_are_put_together(tiny_diffusion: Path, tmp_path: Path):
    folder = shutil.copytree(tiny_diffusion / "tiny-sd1", tmp_path / "sharded")
    shutil.rmtree(folder / "unet")
    load(tiny_diffusion / "tiny-sd1").unet.save_pretrained(folder / "unet", max_shard_size="2MB")
    assert len(list((folder / "unet").glob("*-of-*.safetensors"))) > 1
    assert same(load(folder), load(tiny_diffusion / "tiny-sd1"))


def test_the_attention_of_old_vaes_has_other_names(tiny_diffusion: Path, tmp_path: Path):
    from safetensors.torch import load_file, save_file

    folder = shutil.copytree(tiny_diffusion / "tiny-sd1", tmp_path / "old")
    path = folder / "vae" / "diffusion_pytorch_model.safetensors"
    former = {".to_q.": ".query.", ".to_k.": ".key.", ".to_v.": ".value.", ".to_out.0.": ".proj_attn."}

    def old(name: str) -> str:
        return next((name.replace(new, was) for new, was in former.items() if new in name), name)

    save_file({old(name): value for name, value in load_file(path).items()}, path)
    assert same(load(folder), load(tiny_diffusion / "tiny-sd1"))


def test_text_encoders_have_other_names_in_other_releases_of_transformers(tiny_diffusion: Path, tmp_path: Path):
    import torch
    from safetensors.torch import load_file, save_file

    folder = shutil.copytree(tiny_diffusion / "tiny-sdxl", tmp_path / "old")
    for part in ("text_encoder", "text_encoder_2"):
        path = folder / part / "model.safetensors"
        bare = {name.removeprefix("text_model."): value for name, value in load_file(path).items()}
        wrapped = {name if name == "text_projection.weight" else f"text_model.{name}": bare[name] for name in bare}
        positions = {"text_model.embeddings.position_ids": torch.arange(77)[None]}
        save_file({**wrapped, **positions} if part == "text_encoder" else bare, path)
    assert same(load(folder), load(tiny_diffusion / "tiny-sdxl"))


@pytest.mark.parametrize(
    ("model", "prefix", "words"),
    [
        ("tiny-sd1", "first_stage_model.", "lacks the VAE, which turns pixels"),
        ("tiny-sd1", "cond_stage_model.", "lacks the text encoder, which reads"),
        ("tiny-sd2", "cond_stage_model.", "lacks the text encoder, which reads"),
        ("tiny-sdxl", "conditioner.embedders.0.", "lacks the text encoder, which reads"),
        ("tiny-sdxl", "conditioner.embedders.1.", "lacks the second text encoder"),
        ("tiny-sd1", "model.diffusion_model.middle_block.", "mid_block.* does not fit"),
        ("tiny-sd1", "first_stage_model.decoder.mid.", "decoder.mid_block.* does not fit"),
        ("tiny-sd1", "cond_stage_model.transformer.text_model.final", "final_layer_norm.* does not fit"),
    ],
)
def test_what_a_file_lacks_is_named(tiny_diffusion: Path, tmp_path: Path, model: str, prefix: str, words: str):
    def cut(weights: dict[str, Any]) -> None:
        for name in [name for name in weights if name.startswith(prefix)]:
            del weights[name]

    with pytest.raises(StepError, match=f"part.safetensors.*{words}"):
        load(single_file(tiny_diffusion / model, tmp_path / "part.safetensors", cut))


def test_a_folder_without_a_part_is_named(tiny_diffusion: Path, tmp_path: Path):
    folder = shutil.copytree(tiny_diffusion / "tiny-sdxl", tmp_path / "partial")
    shutil.rmtree(folder / "text_encoder_2")
    with pytest.raises(StepError, match="no weights in partial/text_encoder_2"):
        load(folder)


@pytest.mark.parametrize(
    "settings", [{"block_out_channels": 3}, {"norm_num_groups": 7}, {"down_block_types": ["Magic"]}]
)
def test_settings_that_make_no_network_are_named(tiny_diffusion: Path, tmp_path: Path, settings: dict[str, Any]):
    folder = shutil.copytree(tiny_diffusion / "tiny-sd1", tmp_path / "odd")
    path = folder / "unet" / "config.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **settings}))
    with pytest.raises(StepError, match="The settings of odd make no network"):
        load(folder)


PUBLISHED = {
    "sd1": (859_520_964, 686, {"text_encoder": 123_060_480}),
    "sd2": (865_910_724, 686, {"text_encoder": 340_387_840}),
    "sdxl": (2_567_463_684, 1680, {"text_encoder": 123_060_480, "text_encoder_2": 694_659_840}),
}
"""Of the published checkpoints: numbers in the UNet and its tensors, numbers in the text encoders."""


def full_size(family: str) -> dict[str, Any]:
    """The networks of our own settings, without memory for their weights."""
    diffusers = package()
    from accelerate import init_empty_weights
    from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

    from nodes.models.diffusion.blueprint import CONFIGS

    settings = json.loads((CONFIGS / f"{family}.json").read_text())
    with init_empty_weights():
        networks: dict[str, Any] = {"unet": diffusers.UNet2DConditionModel.from_config(settings["unet"])}
        networks["vae"] = diffusers.AutoencoderKL.from_config(settings["vae"])
        networks["text_encoder"] = CLIPTextModel(CLIPTextConfig(**settings["text_encoder"]))
        if family == "sdxl":
            networks["text_encoder_2"] = CLIPTextModelWithProjection(CLIPTextConfig(**settings["text_encoder_2"]))
    return networks


@pytest.mark.parametrize("family", PUBLISHED)
def test_our_settings_are_those_of_the_published_checkpoints(family: str):
    numbers, tensors, encoders = PUBLISHED[family]
    networks = full_size(family)
    counted = {part: sum(each.numel() for each in network.parameters()) for part, network in networks.items()}
    assert counted == {"unet": numbers, "vae": 83_653_863, **encoders}
    assert [len(networks[part].state_dict()) for part in ("unet", "vae")] == [tensors, 248]


SIGNS = {
    # Names and shapes from the published files, as diffusers and others tell them apart by.
    "sd1": {
        "output_blocks.11.0.skip_connection.weight": (320, 640, 1, 1),
        "input_blocks.2.1.transformer_blocks.0.attn2.to_k.weight": (320, 768),
        "output_blocks.2.1.conv.weight": (1280, 1280, 3, 3),
    },
    "sd2": {"input_blocks.2.1.transformer_blocks.0.attn2.to_k.weight": (320, 1024)},
    "sdxl": {
        "label_emb.0.0.weight": (1280, 2816),
        "output_blocks.2.2.conv.weight": (1280, 1280, 3, 3),
        "middle_block.1.transformer_blocks.9.attn2.to_v.weight": (1280, 2048),
    },
}


@pytest.mark.parametrize("family", PUBLISHED)
def test_full_size_names_go_there_and_back(family: str):
    from diffusers.loaders.single_file_utils import convert_ldm_unet_checkpoint, convert_ldm_vae_checkpoint

    networks = full_size(family)
    unet, vae = networks["unet"].state_dict(), networks["vae"].state_dict()
    written = original_unet(unet, 2)
    found = {name: tuple(written[f"model.diffusion_model.{name}"].shape) for name in SIGNS[family]}
    assert found == SIGNS[family]
    back = convert_ldm_unet_checkpoint(written, networks["unet"].config)
    assert {name: value.shape for name, value in back.items()} == {name: value.shape for name, value in unet.items()}
    back = convert_ldm_vae_checkpoint(original_vae(vae, 4), networks["vae"].config)
    assert {name: value.shape for name, value in back.items()} == {name: value.shape for name, value in vae.items()}
