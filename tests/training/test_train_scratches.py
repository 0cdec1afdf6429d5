"""The training loop, with patches of 64 pixels and a handful of steps."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from rich.progress import Progress

from nodes.models.scratch_network import channels, read
from training import lessons as module
from training.artefacts import Artefacts
from training.lessons import Budget, Lessons, Recipe
from training.patches import Patches
from training.specimens import photo_files
from training.train_scratches import main

RECIPE = Recipe("mobilenetv3", 64, 4, 2e-3, 1)


@pytest.fixture
def course(photos, artefact_folder) -> Callable[..., Lessons]:
    """A training into a folder, ready to run."""
    patches = Patches(tuple(photo_files(photos)), Artefacts(artefact_folder), (), 64, 1, 0, 0)

    def begun(out: Path, **options) -> Lessons:
        found = Lessons(RECIPE, patches, replace(patches, seed=99, count=6), out, **{"every": 2, **options})
        found.begin()
        return found

    return begun


def _run(lessons: Lessons, budget: Budget) -> Lessons:
    with Progress(disable=True) as progress:
        lessons.run(budget, progress)
    return lessons


def _same(one: torch.nn.Module, other: torch.nn.Module) -> bool:
    return all(torch.equal(a, b) for a, b in zip(one.state_dict().values(), other.state_dict().values(), strict=True))


def test_one_command_trains_and_leaves_everything_behind(photos, artefact_folder, tmp_path):
    out = tmp_path / "out"
    arguments = ["--photos", photos, "--artefacts", artefact_folder, "--encoder", "mobilenetv3", "--side", 64]
    arguments += ["--batch", 4, "--steps", 2, "--every", 1, "--validation", 4, "--workers", 0, "--out", out]
    assert main([str(each) for each in arguments]) == 0
    assert {path.name for path in out.iterdir()} == {
        "checkpoint.pt", "curves.png", "samples-000001.png", "samples-000002.png", "scratches.json",
        "scratches.safetensors",
    }  # fmt: skip
    card = json.loads((out / "scratches.json").read_text())
    assert card["recipe"]["encoder"] == "mobilenetv3"
    assert card["pictures"]["photos"]
    assert 0 <= card["validation"]["f1"] <= 1
    # The sheet: picture, label and answer of four patches of 64 pixels.
    for name, size in (("curves.png", (900, 420)), ("samples-000001.png", (4 * 64, 3 * 64))):
        with Image.open(out / name) as picture:
            assert picture.size == size
    seen = torch.from_numpy(channels(np.full((64, 64), 0.5, np.float32)).transpose(2, 0, 1)[None])
    assert read(out / "scratches.safetensors").eval()(seen).shape == (1, 1, 64, 64)


def test_a_training_that_was_killed_goes_on_to_the_same_weights(course, tmp_path, monkeypatch):
    budget = Budget(steps=4)
    whole = _run(course(tmp_path / "whole"), budget)
    monkeypatch.setattr(module, "SAVED", 0.0)
    cut = course(tmp_path / "cut")
    monkeypatch.setattr(Lessons, "_tell", lambda lessons, *_: _stop_at(lessons, 2))
    with pytest.raises(KeyboardInterrupt):
        _run(cut, budget)
    monkeypatch.undo()
    resumed = course(tmp_path / "cut")
    assert resumed.standing.step == 2
    assert len(resumed.standing.rows) == 1
    assert _same(_run(resumed, budget).mean, whole.mean)
    assert resumed.standing.best == whole.standing.best
    # What is done is done.
    done = course(tmp_path / "cut")
    before = [each.clone() for each in done.mean.state_dict().values()]
    _run(done, budget)
    assert all(torch.equal(a, b) for a, b in zip(before, done.mean.state_dict().values(), strict=True))


def _stop_at(lessons: Lessons, step: int) -> None:
    if lessons.standing.step == step:
        raise KeyboardInterrupt


def test_it_stops_in_time_and_keeps_the_best(course, tmp_path):
    began = time.monotonic()
    lessons = _run(course(tmp_path, every=10**6), Budget(minutes=0.01))
    assert lessons.standing.step >= 1
    assert time.monotonic() - began < 60
    assert (tmp_path / "scratches.safetensors").is_file()


def test_it_learns(course, tmp_path):
    """The loss on one batch, seen again and again, falls."""
    lessons = course(tmp_path)
    items = [lessons.looking[number] for number in range(4)]
    patches, label = (torch.from_numpy(np.stack(each)) for each in zip(*items, strict=True))
    losses = []
    for step in range(8):
        lessons.standing.step = 100 + step
        losses.append(lessons._step(patches, label, 0.0))
    assert np.mean(losses[-2:]) < 0.9 * np.mean(losses[:2])


def test_own_weights_are_a_start(course, tmp_path):
    first = _run(course(tmp_path / "first"), Budget(steps=1))
    again = course(tmp_path / "again", start=tmp_path / "first" / "scratches.safetensors")
    for name, value in first.mean.state_dict().items():
        assert torch.allclose(again.module.state_dict()[name].float(), value.float(), atol=2e-3, rtol=2e-3), name


def test_another_training_in_the_folder_is_left_alone(course, tmp_path):
    _run(course(tmp_path), Budget(steps=1))
    with pytest.raises(ValueError, match="other settings"):
        Lessons(replace(RECIPE, seed=2), *_patches(course, tmp_path), tmp_path).begin()


def _patches(course, tmp_path) -> tuple[Patches, Patches]:
    lessons = course(tmp_path)
    return lessons.teaching, lessons.looking


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["--side", "50"], "multiple of 32"), (["--without", "*"], "too few"), (["--data", "nowhere"], "no photos")],
)
def test_wrong_arguments_are_named(photos, tmp_path, capsys, arguments, said):
    with pytest.raises(SystemExit) as stopped:
        main(["--photos", str(photos), "--out", str(tmp_path), *arguments])
    assert stopped.value.code == 2
    assert said in capsys.readouterr().err


def test_workers_make_the_same_patches(course, tmp_path):
    here, there = course(tmp_path / "here"), course(tmp_path / "there", workers=1)
    for one, other in zip(here._batches(1), there._batches(1), strict=True):
        assert torch.equal(one[0], other[0])
        assert torch.equal(one[1], other[1])
