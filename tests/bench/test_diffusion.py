"""The benchmark of diffusion, on a tiny model: that it measures, and what it says."""

from __future__ import annotations

import json
import sys

import numpy as np
import pytest
from PIL import Image

from bench import diffusion
from bench.diffusion import Case, ours, plain
from nodes.models.device import Device


@pytest.fixture
def case(tiny_diffusion) -> Case:
    return Case(tiny_diffusion / "tiny-sd1-inpaint", Device("cpu", "full"), 64, 2)


def test_both_ways_fill_the_same_photo(case):
    mine, theirs = ours(case)(), plain(case)().images[0]
    assert mine.shape == theirs.shape == (64, 64, 3)
    assert np.isfinite(mine).all()
    assert np.isfinite(theirs).all()


def test_a_run(tiny_diffusion, tmp_path, monkeypatch, capsys):
    files = {name: tmp_path / name for name in ("figures.json", "chart.png")}
    options = ["--model", tiny_diffusion / "tiny-sd1-inpaint", "--side", "64", "--steps", "1", "--only", "step,call"]
    options += ["--json", files["figures.json"], "--chart", files["chart.png"]]
    monkeypatch.setattr(sys, "argv", ["diffusion.py", *map(str, options)])
    assert diffusion.main() == 0
    found = {each["name"].split(",")[0].strip(): each for each in json.loads(files["figures.json"].read_text())}
    assert set(found) == {"A step", "A fill of 1 steps", "difference", diffusion.FASTER.strip()}
    assert found["difference"]["value"] <= found["difference"]["target"]
    with Image.open(files["chart.png"]) as drawn:
        assert drawn.width > 1000
    said = capsys.readouterr().out
    assert "There is no CUDA device here" in said or "on NVIDIA" in said
    assert "times as fast" in said


def test_memory_is_that_of_a_process_of_its_own(case):
    (found,) = diffusion.memory(case)
    assert 0.1 < found.value < 8
    assert "GiB for the plain call" in found.other
