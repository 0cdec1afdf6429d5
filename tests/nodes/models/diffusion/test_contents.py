"""What a .safetensors file is, by the names and shapes of its weights."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graph.errors import StepError
from nodes.models.architecture import describe, tasks, title
from nodes.models.diffusion.contents import contents_of
from nodes.models.diffusion.header import read_header
from tests.nodes.models.diffusion.original_layout import single_file
from tests.nodes.models.tiny_colour import tiny_ddcolor

SAMPLES: dict[str, tuple[dict[str, tuple[int, ...]], str, str]] = {
    "LoRA of kohya": (
        {"lora_unet_down_blocks_1_attentions_0_transformer_blocks_0_attn2_to_k.lora_down.weight": (8, 768)},
        "lora", "LoRA for Stable Diffusion 1",
    ),
    "LoRA of peft": (
        {"unet.down_blocks.1.attentions.0.transformer_blocks.0.attn2.to_k.lora_A.weight": (8, 2048)},
        "lora", "LoRA for Stable Diffusion XL",
    ),
    "LoRA for words alone": (
        {"lora_te_text_model_encoder_layers_0_mlp_fc1.lora_down.weight": (8, 768)}, "lora", "LoRA",
    ),
    "ControlNet": (
        {"control_model.input_hint_block.0.weight": (16, 3, 3, 3),
         "control_model.input_blocks.1.1.proj_in.weight": (320, 320, 1, 1)},
        "controlnet", "ControlNet for Stable Diffusion 1",
    ),
    "ControlNet of diffusers": (
        {"controlnet_cond_embedding.conv_in.weight": (16, 3, 3, 3), "add_embedding.linear_1.weight": (1280, 2816),
         "down_blocks.1.attentions.0.proj_in.weight": (640, 640)},
        "controlnet", "ControlNet for Stable Diffusion XL",
    ),
    "VAE": ({"decoder.conv_in.weight": (512, 4, 3, 3), "encoder.conv_in.weight": (128, 3, 3, 3)}, "vae", "VAE"),
    "Flux": ({"model.diffusion_model.double_blocks.0.img_attn.qkv.weight": (9216, 3072)}, "other", "Flux"),
    "Stable Diffusion 3": (
        {"model.diffusion_model.joint_blocks.0.context_block.attn.qkv.weight": (4608, 1536)},
        "other", "Stable Diffusion 3",
    ),
    "textual inversion": ({"emb_params": (4, 768)}, "embedding", "textual inversion"),
    "refiner": (
        {"conditioner.embedders.0.model.transformer.resblocks.9.mlp.c_proj.bias": (1280,),
         "model.diffusion_model.input_blocks.0.0.weight": (384, 4, 3, 3)},
        "other", "Stable Diffusion XL Refiner",
    ),
    "something else": ({"layer.weight": (3, 3)}, "other", ""),
    "nothing": ({}, "other", ""),
}  # fmt: skip


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_kind_is_known_by_its_weights(sample: str):
    shapes, kind, name = SAMPLES[sample]
    found = contents_of(shapes)
    assert (found.kind, found.title) == (kind, name)


@pytest.mark.parametrize(
    ("model", "name"),
    [
        ("tiny-sd1", "Stable Diffusion 1"),
        ("tiny-sd1-inpaint", "Stable Diffusion 1 inpainting"),
        ("tiny-sd2", "Stable Diffusion 2"),
        ("tiny-sdxl", "Stable Diffusion XL"),
        ("tiny-sdxl-inpaint", "Stable Diffusion XL inpainting"),
    ],
)
def test_checkpoints_fit_their_tasks_in_both_layouts(tiny_diffusion: Path, tmp_path: Path, model: str, name: str):
    found = [
        describe(tiny_diffusion / model),
        describe(single_file(tiny_diffusion / model, tmp_path / "x.safetensors")),
    ]
    assert [title(each) for each in found] == [name, name]
    fits = ("diffusion-inpaint",) if "inpaint" in model else ("diffusion", "diffusion-inpaint")
    assert [tasks(each) for each in found] == [fits, fits]


def test_the_parts_of_a_folder_alone_are_no_checkpoints(tiny_diffusion: Path):
    found = {
        part: describe(tiny_diffusion / "tiny-sd1" / part / f"{stem}.safetensors")
        for part, stem in (
            ("unet", "diffusion_pytorch_model"),
            ("vae", "diffusion_pytorch_model"),
            ("text_encoder", "model"),
        )
    }
    assert [tasks(each) for each in found.values()] == [(), ("vae",), ()]
    assert title(found["unet"]) == "Stable Diffusion 1, without its other parts"
    assert tasks(describe(tiny_diffusion / "tiny-sd1" / "vae")) == ("vae",)


def test_other_networks_are_left_to_others(tmp_path: Path):
    coded = {"decoder.conv_in.weight": (512, 256, 3, 3), "quantize.embedding.weight": (1024, 256)}
    assert contents_of(coded).title == ""
    assert tasks(describe(tiny_ddcolor(tmp_path))) == ("colorize",)


def test_a_pickled_checkpoint_is_refused_with_the_reason(tmp_path: Path):
    import torch

    path = tmp_path / "old.ckpt"
    torch.save({"state_dict": {"model.diffusion_model.out.0.bias": torch.zeros(3)}}, path)
    assert "pickled checkpoint: opening one can run any program code" in title(describe(path))
    with pytest.raises(StepError, match=r"pickled.*Get the same model as a \.safetensors file"):
        read_header(path)


def test_a_pickled_checkpoint_is_known_without_opening_it(tmp_path: Path):
    import pickle
    import zipfile

    class Evil:
        def __reduce__(self):
            return (Path.touch, (tmp_path / "it ran",))

    with zipfile.ZipFile(tmp_path / "evil.ckpt", "w") as file:
        file.writestr("archive/data.pkl", pickle.dumps({"model.diffusion_model.out.0.bias": Evil()}))
    assert "pickled checkpoint" in title(describe(tmp_path / "evil.ckpt"))
    assert not (tmp_path / "it ran").exists()


def lying(header: dict[str, Any] | bytes, body: bytes = b"", length: int | None = None) -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return (len(text) if length is None else length).to_bytes(8, "little") + text + body


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 8,
        b"\xff" * 1000,
        b"PK\x03\x04 a zip",
        lying(b"{}", length=10 * 2**30),
        lying(b"{" + b" " * 100),
        lying(b"[]"),
        lying({"a": {"dtype": "F32", "shape": [1000], "data_offsets": [0, 4000]}}, b"short"),
        lying({"a": {"dtype": "F32", "shape": [1000], "data_offsets": [0, 4]}}, b"four"),
        lying({"a": {"dtype": "F32", "shape": [1], "data_offsets": [-4, 0]}}, b"four"),
        lying({"a": {"dtype": "F32", "shape": [2**62, 2**62], "data_offsets": [0, 4]}}, b"four"),
    ],
)
def test_a_damaged_or_lying_file_is_refused(tmp_path: Path, content: bytes):
    path = tmp_path / "damaged.safetensors"
    path.write_bytes(content)
    with pytest.raises(StepError, match=r"damaged\.safetensors is damaged or not complete"):
        read_header(path)
    assert tasks(describe(path)) == ()


def test_a_truncated_checkpoint_is_refused(tiny_diffusion: Path, tmp_path: Path):
    path = single_file(tiny_diffusion / "tiny-sd1", tmp_path / "cut.safetensors")
    whole = path.read_bytes()
    for length in (len(whole) - 1, len(whole) // 2, 1000, 7):
        path.write_bytes(whole[:length])
        with pytest.raises(StepError, match="damaged or not complete"):
            read_header(path)


def test_a_file_that_is_not_there(tmp_path: Path):
    with pytest.raises(StepError, match=r"gone\.safetensors"):
        read_header(tmp_path / "gone.safetensors")
