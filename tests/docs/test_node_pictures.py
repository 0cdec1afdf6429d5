"""Every node shows what it does."""

from __future__ import annotations

import runpy
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image as Pillow

import nodes
from graph.registry import Registry

DOCS = Path(__file__).parents[2] / "docs"
NODES = Registry.collect(nodes)

OF_FILES = {"files/load", "files/save", "files/save_steps", "masks/load", "masks/save"}
"""What they do is not seen in a picture."""
OF_PACKAGES = {"official/gfpgan", "official/realesrgan"}
"""They make the pictures of faces/restore and upscale/enlarge again."""
OF_ADDONS = {"generate/clip_skip", "generate/lora", "generate/vae"}
"""They give no picture, but change what another node draws."""


@pytest.fixture(scope="module")
def maker() -> SimpleNamespace:
    return SimpleNamespace(**runpy.run_path(str(DOCS / "make_node_pictures.py")))


def test_every_node_has_a_scene(maker: SimpleNamespace):
    ids = [scene.id for scene in maker.SCENES]
    assert len(ids) == len(set(ids))
    assert set(ids) == set(NODES) - OF_FILES - OF_PACKAGES - OF_ADDONS


def test_scenes_are_wired_and_set_rightly(maker: SimpleNamespace):
    for scene in maker.SCENES:
        spec = NODES[scene.id]
        assert scene.wires.keys() <= spec.sockets.keys(), scene.id
        assert {name for name, socket in spec.sockets.items() if not socket.optional} <= scene.wires.keys(), scene.id
        for name, value in scene.settings.items():
            spec.settings[name].control.validate(value, spec.settings[name].whole)


def test_every_picture_belongs_to_a_node_and_is_small(maker: SimpleNamespace):
    files = sorted((DOCS / "nodes").iterdir())
    assert {file.name for file in files} <= {f"{scene.id.replace('/', '-')}.webp" for scene in maker.SCENES}
    for file in files:
        assert file.stat().st_size <= maker.MOST
        with Pillow.open(file) as picture:
            assert picture.height <= maker.HEIGHT


def test_before_stands_left_and_after_right(maker: SimpleNamespace, tmp_path: Path):
    assert maker.main(["upscale/resize", "--output", str(tmp_path)]) == 0
    with Pillow.open(tmp_path / "upscale-resize.webp") as picture:
        width = (picture.width - maker.GAP) // 2
        halves = [
            np.asarray(picture.crop((left, 0, left + width, picture.height)).convert("RGB"), np.float32)
            for left in (0, picture.width - width)
        ]
    assert np.abs(halves[0] - halves[1]).mean() < 8


def test_a_node_whose_network_is_missing_keeps_its_picture(
    maker: SimpleNamespace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    (tmp_path / "colour-colorize.webp").write_bytes(b"as it was")
    assert maker.main(["colour/colorize", "--output", str(tmp_path)]) == 1
    assert "no picture" in capsys.readouterr().err
    assert (tmp_path / "colour-colorize.webp").read_bytes() == b"as it was"
