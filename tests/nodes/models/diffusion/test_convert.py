"""A single file becomes a folder that diffusers draws the same picture with, or nothing at all."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from filelock import FileLock

from graph.errors import StepError
from nodes.kinds.arrays import Floats
from nodes.models.bundle import is_bundle, settings_beside
from nodes.models.diffusion.convert import convert
from nodes.models.diffusion.diffuser import DiffusionModel
from nodes.models.diffusion.family import family_of
from nodes.models.diffusion.package import package
from nodes.models.diffusion.wish import Wish
from tests.conftest import Lend
from tests.nodes.models.diffusion.original_layout import single_file
from tests.nodes.models.diffusion.published import with_clip_words

MODELS = ("tiny-sd1", "tiny-sd1-inpaint", "tiny-sd2", "tiny-sdxl", "tiny-sdxl-inpaint")


def unheard(part: str, fraction: float) -> None:
    pass


@pytest.fixture
def into(tmp_path: Path) -> Path:
    (folder := tmp_path / "weights").mkdir()
    return folder


def draw(pipe: Any) -> Floats:
    """A small picture with a fixed seed; inpainting checkpoints fill the middle of a grey one."""
    import torch

    pipe.set_progress_bar_config(disable=True)
    given: dict[str, Any] = {}
    if "Inpaint" in type(pipe).__name__:
        (mask := np.zeros((64, 64, 1), np.float32))[16:48, 16:48] = 1
        given = {"image": np.full((64, 64, 3), 0.5, np.float32), "mask_image": mask, "strength": 1.0}
    made = pipe(
        "an old house by the sea", num_inference_steps=3, height=64, width=64, output_type="np",
        generator=torch.Generator().manual_seed(5), **given,
    )  # fmt: skip
    return made.images[0]


@pytest.mark.parametrize("model", MODELS)
def test_the_folder_draws_what_the_file_draws(tiny_diffusion: Path, tmp_path: Path, into: Path, model: str):
    folder = with_clip_words(tiny_diffusion / model, tmp_path / "published")
    file = single_file(folder, tmp_path / "mine.safetensors")
    diffusers = package()
    made = diffusers.DiffusionPipeline.from_pretrained(convert(file, into, unheard), local_files_only=True)
    kind = type(made)
    published = kind.from_pretrained(folder, local_files_only=True)
    # diffusers' own way: the file, and the settings of a folder that it would else ask a hub for. It tells the two text
    # encoders of XL apart by their widths, which are the same here.
    given: dict[str, Any] = {"safety_checker": None}
    if "sdxl" in model:
        given = {"text_encoder_2": published.text_encoder_2}
    theirs = kind.from_single_file(file, config=str(folder), local_files_only=True, **given)
    pictures = [draw(pipe) for pipe in (made, theirs, published)]
    assert np.array_equal(pictures[0], pictures[1])
    assert np.array_equal(pictures[0], pictures[2])
    assert float(np.std(pictures[0])) > 0.01
    assert family_of(into / "mine") == family_of(file) == family_of(folder)


def test_file_and_folder_are_the_same_to_a_node(tiny_diffusion: Path, tmp_path: Path, into: Path, lend: Lend):
    folder = with_clip_words(tiny_diffusion / "tiny-sdxl", tmp_path / "published")
    convert(single_file(folder, into / "mine.safetensors"), into, unheard)
    ctx, pictures = lend(into), []
    for name in ("mine.safetensors", "mine"):
        with ctx.borrow(DiffusionModel(name)) as model:
            pictures.append(model.draw(ctx, Wish("an old house", steps=2, seed=3), 64, 64))
    assert np.array_equal(*pictures)


def test_weights_keep_their_precision(tiny_diffusion: Path, tmp_path: Path, into: Path):
    from safetensors.torch import load_file

    def halved(weights: dict[str, Any]) -> None:
        weights.update({name: value.half() for name, value in weights.items() if "first_stage" not in name})

    folder = convert(single_file(tiny_diffusion / "tiny-sd1", tmp_path / "half.safetensors", halved), into, unheard)
    kinds = {
        path.parent.name: {str(each.dtype) for each in load_file(path).values()}
        for path in folder.glob("*/*.safetensors")
    }
    assert kinds == {"unet": {"torch.float16"}, "text_encoder": {"torch.float16"}, "vae": {"torch.float32"}}


def test_whoever_may_read_the_folder_may_read_its_weights(tiny_diffusion: Path, tmp_path: Path, into: Path):
    folder = convert(single_file(tiny_diffusion / "tiny-sd1", tmp_path / "mine.safetensors"), into, unheard)
    (tmp_path / "any file").touch()
    assert {path.stat().st_mode for path in folder.rglob("*.*")} == {(tmp_path / "any file").stat().st_mode}


def test_each_part_is_told_of(tiny_diffusion: Path, tmp_path: Path, into: Path):
    told: list[tuple[str, float]] = []
    file = single_file(tiny_diffusion / "tiny-sdxl", tmp_path / "xl.safetensors")
    convert(file, into, lambda *heard: told.append(heard))
    parts = ("unet", "vae", "text_encoder", "text_encoder_2")
    assert told == [(part, fraction) for part in parts for fraction in (0.0, 0.5, 1.0)]


class Stopped(BaseException):
    """What Ctrl-C raises is no Exception either."""


@pytest.mark.parametrize("stop", [("unet", 0.0), ("vae", 0.5), ("text_encoder", 1.0)])
def test_nothing_stays_when_it_is_stopped(tiny_diffusion: Path, tmp_path: Path, into: Path, stop: tuple[str, float]):
    def told(part: str, fraction: float) -> None:
        if (part, fraction) == stop:
            raise Stopped

    file = single_file(tiny_diffusion / "tiny-sd1", tmp_path / "mine.safetensors")
    with pytest.raises(Stopped):
        convert(file, into, told)
    assert [path.name for path in into.iterdir() if path.is_dir()] == []
    assert is_bundle(convert(file, into, unheard))  # and the next attempt works


def test_what_a_killed_program_left_is_no_model_and_goes(tiny_diffusion: Path, tmp_path: Path, into: Path):
    left = shutil.copytree(tiny_diffusion / "tiny-sd1", into / ".mine.part")
    (left / "rubbish.txt").write_text("half")
    assert not is_bundle(left)
    folder = convert(single_file(tiny_diffusion / "tiny-sd1", tmp_path / "mine.safetensors"), into, unheard)
    assert not (folder / "rubbish.txt").exists()
    assert not left.exists()


def test_nothing_stays_on_a_full_disk(tiny_diffusion: Path, tmp_path: Path, into: Path):
    def told(_: str, fraction: float) -> None:
        if fraction == 1.0:
            raise OSError(28, "No space left on device")

    file = single_file(tiny_diffusion / "tiny-sd1", tmp_path / "mine.safetensors")
    with pytest.raises(StepError, match=r"mine cannot be written: .*No space left.*Make room there"):
        convert(file, into, told)
    assert [path.name for path in into.iterdir() if path.is_dir()] == []


def test_too_little_room_is_known_beforehand(
    tiny_diffusion: Path, tmp_path: Path, into: Path, monkeypatch: pytest.MonkeyPatch
):
    file = single_file(tiny_diffusion / "tiny-sd1", tmp_path / "mine.safetensors")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10, 9, 1))  # pyright: ignore[reportAttributeAccessIssue] - the type of what it returns
    with pytest.raises(StepError, match="only 1 are free"):
        convert(file, into, unheard)
    assert list(into.iterdir()) == []


def test_what_is_there_stays(tiny_diffusion: Path, tmp_path: Path, into: Path):
    file = single_file(tiny_diffusion / "tiny-sd1", tmp_path / "mine.safetensors")
    (into / "mine").mkdir()
    with pytest.raises(StepError, match="is there already"):
        convert(file, into, unheard)
    assert list((into / "mine").iterdir()) == []


def test_two_at_once_do_not_mix(tiny_diffusion: Path, tmp_path: Path, into: Path):
    file = single_file(tiny_diffusion / "tiny-sd1", tmp_path / "mine.safetensors")
    with FileLock(into / ".mine.lock"), pytest.raises(StepError, match="converted by another program"):
        convert(file, into, unheard)


def test_settings_beside_the_file_go_into_the_folder(tiny_diffusion: Path, tmp_path: Path, into: Path):
    file = single_file(tiny_diffusion / "tiny-sd1", tmp_path / "mine.safetensors")
    told = json.loads(settings_beside(file).read_text())
    told["scheduler"]["prediction_type"] = "v_prediction"
    settings_beside(file).write_text(json.dumps(told))
    assert family_of(convert(file, into, unheard)).prediction == "v_prediction"


def test_what_cannot_be_converted_is_named(tmp_path: Path, into: Path):
    (tmp_path / "old.ckpt").write_bytes(b"pickle")
    (tmp_path / "cut.safetensors").write_bytes(b"\xff\xff")
    for name, words in (
        ("old.ckpt", "pickled"),
        ("cut.safetensors", "not complete"),
        ("gone.safetensors", "There is no file"),
    ):
        with pytest.raises(StepError, match=words):
            convert(tmp_path / name, into, unheard)
    with pytest.raises(StepError, match="There is no file"):
        convert(into, into, unheard)
    assert list(into.iterdir()) == []
