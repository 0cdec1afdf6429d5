"""Filling damage by diffusion with the real program, and what it says of bad input."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image as Pillow
from safetensors.torch import save_file

from tests.cli.conftest import Answer, Heirloom, make_photo, write_workflow
from tests.nodes.models.tiny_addons import tiny_lora

ROOT = Path(__file__).resolve().parents[2]

HOLE = (slice(10, 30), slice(20, 40))

Filling = Callable[..., Answer]


def workflow(folder: Path, *, lora: str = "none", **settings: Any) -> Path:
    """A photo and its mask from files, and the fill."""
    chosen = {"model": "tiny-sd1-inpaint", "steps": 2, "prompt": "a wall", **settings}
    inputs = {"image": ["photo", "image"], "mask": ["mask", "mask"], "addons": ["style", "addons"]}
    steps = {
        "photo": {"type": "files/load"},
        "mask": {"type": "masks/load", "settings": {"file": str(folder / "mask.png"), "sign": "white"}},
        "style": {"type": "generate/lora", "settings": {"model": lora}},
        "fill": {"type": "repair/inpaint_diffusion", "inputs": inputs, "settings": chosen},
    }
    whole = {"version": 1, "nodes": steps, "input": ["photo", "photo"], "result": ["fill", "image"]}
    return write_workflow(folder / "fill.json", whole)


def with_mask(folder: Path, height: int, width: int, place: tuple[slice, slice] | None) -> None:
    marks = np.zeros((height, width), np.uint8)
    if place:
        marks[place] = 255
    Pillow.fromarray(marks).save(folder / "mask.png")


@pytest.fixture
def models(tmp_path: Path) -> Path:
    (folder := tmp_path / "models").mkdir()
    return folder


@pytest.fixture
def fill(heirloom: Heirloom, tmp_path: Path, rng: np.random.Generator, tiny_diffusion: Path, models: Path) -> Filling:
    """Runs the workflow on a photo of that size, damaged there, with those settings."""

    def run(height: int = 40, width: int = 60, place: tuple[slice, slice] | None = HOLE, **settings: Any) -> Answer:
        photo = make_photo(tmp_path / "photo.png", rng, height, width)
        with_mask(tmp_path, height, width, place)
        order = ["--run", workflow(tmp_path, **settings), "--input", photo, "--output", tmp_path / "out.png"]
        return heirloom(*order, "--weights-dir", tiny_diffusion, "--weights-dir", models, "--precision", "full")

    return run


def pixels(path: Path) -> np.ndarray:
    with Pillow.open(path) as picture:
        return np.asarray(picture)


def test_it_fills_and_says_so(fill: Filling, tmp_path: Path):
    answer = fill(feather=0)
    assert answer.code == 0
    assert "Filled 1 place" in answer.err
    assert "with tiny-sd1-inpaint, seed 1" in answer.err
    changed = (pixels(tmp_path / "out.png") != pixels(tmp_path / "photo.png")).any(axis=2)
    assert changed[HOLE].mean() > 0.9
    changed[HOLE] = False
    assert not changed.any()


def test_an_empty_mask_leaves_the_photo_as_it_is(fill: Filling, tmp_path: Path):
    answer = fill(place=None)
    assert answer.code == 0
    assert "Nothing to fill" in answer.err
    assert np.array_equal(pixels(tmp_path / "out.png"), pixels(tmp_path / "photo.png"))


def test_a_full_mask_is_refused(fill: Filling, tmp_path: Path):
    answer = fill(place=(slice(None), slice(None)))
    assert answer.code == 1
    assert "covers the whole photo" in answer.err
    assert not (tmp_path / "out.png").exists()


@pytest.mark.parametrize("size", [(1, 2), (8, 8), (30, 40), (100, 1400)], ids=str)
def test_photos_of_odd_sizes_are_filled(fill: Filling, tmp_path: Path, size: tuple[int, int]):
    assert fill(*size, place=(slice(0, size[0] // 2 + 1), slice(0, size[1] // 2))).code == 0
    assert pixels(tmp_path / "out.png").shape == (*size, 3)


def test_a_photo_of_one_pixel_that_is_damaged_is_refused(fill: Filling):
    answer = fill(1, 1, place=(slice(None), slice(None)))
    assert answer.code == 1
    assert "covers the whole photo" in answer.err


def test_ten_thousand_letters_work_and_more_are_refused(fill: Filling):
    assert fill(prompt="a wall, " * 1250).code == 0
    answer = fill(prompt="a wall, " * 1251)
    assert answer.code == 2
    assert "at most 10000 characters" in answer.err


def test_a_lora_of_another_family_is_named_and_the_next_run_works(fill: Filling, models: Path, tmp_path: Path):
    tiny_lora(models, "sdxl", name="grand")
    answer = fill(lora="grand.safetensors")
    assert answer.code == 1
    assert "grand" in answer.err
    assert not (tmp_path / "out.png").exists()
    assert fill().code == 0


def test_a_truncated_checkpoint_is_refused(fill: Filling, models: Path, tiny_diffusion: Path):
    whole = next((tiny_diffusion / "tiny-sd1-inpaint" / "unet").glob("*.safetensors")).read_bytes()
    (models / "cut.safetensors").write_bytes(whole[: len(whole) // 2])
    answer = fill(model="cut.safetensors")
    assert answer.code == 2
    assert "cut.safetensors is damaged or not complete" in answer.err


def test_a_checkpoint_of_an_unknown_kind_is_refused(fill: Filling, models: Path):
    save_file({"double_blocks.0.img_attn.qkv.weight": torch.zeros(4, 4)}, models / "other.safetensors")
    answer = fill(model="other.safetensors")
    assert answer.code == 2
    assert "other.safetensors is for something else: Flux" in answer.err


def test_a_pickled_checkpoint_is_refused(fill: Filling, models: Path):
    torch.save({"state_dict": {"model.diffusion_model.out.2.bias": torch.zeros(4)}}, models / "old.ckpt")
    answer = fill(model="old.ckpt")
    assert answer.code == 2
    assert "old.ckpt is a pickled checkpoint" in answer.err


def test_a_missing_model_is_named(fill: Filling):
    answer = fill(model="nowhere.safetensors")
    assert answer.code == 2
    assert "nowhere.safetensors" in answer.err


def test_out_of_memory_is_told_and_the_next_run_works(fill: Filling, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from diffusers.models.unets.unet_2d_condition import UNet2DConditionModel

    def full(*_: object, **__: object) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory")

    with monkeypatch.context() as patch:
        patch.setattr(UNet2DConditionModel, "forward", full)
        answer = fill()
    assert answer.code == 1
    assert "memory" in answer.err
    assert not (tmp_path / "out.png").exists()
    assert fill().code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for a single process")
def test_cancelled_in_the_middle_nothing_is_lost(
    fill: Filling, tmp_path: Path, rng: np.random.Generator, tiny_diffusion: Path
):
    photo = make_photo(tmp_path / "photo.png", rng, 600, 900)
    with_mask(tmp_path, 600, 900, (slice(None), slice(400, 500)))
    order = ["--run", workflow(tmp_path, steps=150), "--input", photo, "--output", tmp_path / "out.png"]
    places = ["--data", tmp_path / "data", "--cache-dir", tmp_path / "cache", "--weights-dir", tiny_diffusion]
    command = [sys.executable, ROOT / "server.py", *order, *places, "--json"]
    running = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert running.stdout is not None
    while b'"fill"' not in (line := running.stdout.readline()) or b"StepProgress" not in line:
        assert line
    running.send_signal(signal.SIGINT)
    output = running.communicate(timeout=60)[0]
    assert running.returncode == 130
    assert b"Cancelled" in output
    assert not (tmp_path / "out.png").exists()
    assert not list(tmp_path.rglob("*.scratch"))
    assert fill().code == 0
