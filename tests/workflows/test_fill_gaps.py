"""The workflow fill-gaps draws in torn corners, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageDraw
from skimage import data

from server import main

WORKFLOW = Path(__file__).resolve().parents[2] / "workflows" / "fill-gaps.json"

CORNER = [(0, 0), (90, 0), (70, 18), (35, 40), (0, 75)]


@pytest.fixture
def torn(tmp_path: Path) -> Path:
    photo = Pillow.fromarray(np.asarray(data.astronaut()[:300, :400]))
    ImageDraw.Draw(photo).polygon(CORNER, fill="white")
    photo.save(tmp_path / "torn.png")
    return tmp_path / "torn.png"


def filled(torn: Path, weights: Path, *more: str) -> np.ndarray:
    folder = torn.parent
    order = ["--run", str(WORKFLOW), "--input", str(torn), "--output", str(folder / "out.png"), "--quiet"]
    order += ["--data", str(folder / "data"), "--cache-dir", str(folder / "cache"), "--weights-dir", str(weights)]
    assert main([*order, "--precision", "full", *more]) == 0
    with Pillow.open(folder / "out.png") as made:
        return np.asarray(made.convert("RGB"), np.float32) / 255


def test_a_torn_corner_is_drawn(torn: Path, tiny_weights: Path):
    drawn = filled(torn, tiny_weights, "--set", "draw.model=tiny-sd1-inpaint", "--set", "draw.steps=2")
    plain = filled(torn, tiny_weights, "--set", "Draw what is missing=false")
    assert np.abs(drawn - plain)[:30, :30].mean() > 0.01
    assert np.abs(drawn - plain)[150:, 150:].max() == 0


def test_without_the_model_the_corner_is_filled_from_around(torn: Path, tiny_weights: Path):
    made = filled(torn, tiny_weights, "--no-download")
    assert made[:20, :20].min() < 0.8
