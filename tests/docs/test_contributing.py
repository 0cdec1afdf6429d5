"""The network that CONTRIBUTING.md adds in one file can be added like that, and works."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest
import skimage.data
import torch
from PIL import Image as Pillow
from scipy.ndimage import uniform_filter

import nodes
import server
from graph.registry import Registry
from nodes.models.catalog import SHIPPED, catalog
from nodes.models.shelf import Shelf
from nodes.pixels.colour import luma

CONTRIBUTING = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text(encoding="utf-8")
SIDE = 5
"""Of the box that the tiny network averages over."""

WORKFLOW = {
    "version": 1,
    "nodes": {
        "photo": {"type": "files/load", "settings": {"photo": "photo.png"}},
        "smooth": {"type": "jpeg/deblock", "inputs": {"image": ["photo", "image"]}},
    },
    "result": ["smooth", "image"],
}


def block(language: str) -> str:
    (found,) = re.findall(rf"^```{language}\n(.*?)^```", CONTRIBUTING, re.DOTALL | re.MULTILINE)
    return found


def tiny_arcnn(path: Path) -> None:
    """An AR-CNN that means well: each pixel becomes the mean of those around it."""
    state = {
        "0.0.weight": torch.zeros(64, 1, 9, 9), "1.0.weight": torch.zeros(32, 64, 7, 7),
        "2.0.weight": torch.zeros(16, 32, 1, 1), "3.weight": torch.zeros(1, 16, 5, 5),
    }  # fmt: skip
    for name, middle in (("0.0", 4), ("1.0", 3), ("2.0", 0)):
        state[f"{name}.weight"][0, 0, middle, middle] = 1
        state[f"{name}.bias"] = torch.zeros(len(state[f"{name}.weight"]))
        state[f"{name[0]}.1.weight"] = torch.full((1,), 0.25)
    state["3.weight"][0, 0] = 1 / SIDE**2
    state["3.bias"] = torch.zeros(1)
    torch.save(state, path)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The node in a folder of its own, the table in the catalogue, a photo larger than a tile, a workflow."""
    (tmp_path / "own" / "jpeg").mkdir(parents=True)
    (tmp_path / "own" / "jpeg" / "deblock.py").write_text(block("py"), encoding="utf-8")
    (tmp_path / "weights").mkdir()
    (tmp_path / "catalog.toml").write_text(
        (SHIPPED / "catalog.toml").read_text(encoding="utf-8") + block("toml"), encoding="utf-8"
    )
    monkeypatch.setattr("nodes.models.shelf.catalog", lambda: catalog(tmp_path / "catalog.toml"))
    Pillow.fromarray(np.tile(skimage.data.astronaut()[40:140], (1, 2, 1))[:, :600]).save(tmp_path / "photo.png")
    (tmp_path / "workflow.json").write_text(json.dumps(WORKFLOW), encoding="utf-8")
    return tmp_path


def run(place: Path) -> int:
    words = f"--run {place}/workflow.json --output {place}/out.png --add-nodes {place}/own"
    folders = f"--weights-dir {place}/weights --data {place}/data --cache-dir {place}/cache"
    return server.main([*words.split(), *folders.split()])


def pixels(path: Path) -> np.ndarray:
    with Pillow.open(path) as file:
        return np.asarray(file, np.float32) / 255


def test_it_is_accepted(place: Path):
    registry = Registry.collect(nodes).with_folder(place / "own")
    assert registry.problems == ()
    assert registry["jpeg/deblock"].summary == "Smooth the blocks of strong JPEG compression."


def test_it_smooths_light_and_keeps_colour(place: Path):
    tiny_arcnn(place / "weights" / "arcnn_q10.pth")
    assert run(place) == 0
    before, after = pixels(place / "photo.png"), pixels(place / "out.png")
    light, smooth = luma(before), luma(after)
    inside = (slice(SIDE, -SIDE), slice(SIDE, -SIDE))
    clipped = ((after == 0) | (after == 1)).any(axis=2)
    wrong = np.abs(smooth - uniform_filter(light, SIDE))[inside]
    assert wrong[~clipped[inside]].max() < 1.5 / 255
    shift = (after - smooth[..., None]) - (before - light[..., None])
    assert np.abs(shift[~clipped]).max() < 1.5 / 255


def test_its_file_can_be_chosen_and_fetched(place: Path):
    shelf = Shelf([place / "weights"])
    assert shelf.knows("deblock", "arcnn")
    assert shelf.names("deblock") == ["arcnn"]
    assert [(missing.url, missing.licence) for missing in shelf.missing("arcnn")] == [
        ("https://example.org/arcnn_q10.pth", "MIT")
    ]


def test_a_file_of_another_kind_is_refused(place: Path, capsys: pytest.CaptureFixture[str]):
    torch.save({"weight": torch.zeros(3)}, place / "weights" / "arcnn_q10.pth")
    assert run(place) == 1
    assert "arcnn is no AR-CNN. Choose another model." in capsys.readouterr().err
