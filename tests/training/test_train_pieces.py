"""The trees that doubt: trained in a moment on small photos, and used."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

import nodes.repair.finding.trees
from nodes.kinds.image import Image
from nodes.models.catalog import SHIPPED
from nodes.repair.finding.damage_map import damage_map
from nodes.repair.finding.doubt import FIRST, SECOND
from nodes.repair.finding.trees import trees
from tests.conftest import Lend
from training.train_pieces import main

FILES = {f"{FIRST}.npz", f"{SECOND}.npz"}


@pytest.fixture(scope="module")
def arguments(photos: Path, artefact_folder: Path) -> list[str]:
    return ["--photos", str(photos), "--artefacts", str(artefact_folder), "--rounds", "20", "--later", "20"]


@pytest.fixture(scope="module")
def trained(arguments: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that a very short training leaves its trees in; a photo marked by hand takes part."""
    folder, marked = tmp_path_factory.mktemp("trees"), tmp_path_factory.mktemp("marked")
    pixels = np.full((120, 160, 3), 90, np.uint8)
    pixels[40:43, 20:140] = 240
    Pillow.fromarray(pixels).save(marked / "scan.png")
    Pillow.fromarray(np.where(pixels[..., 0] > 200, 255, 0).astype(np.uint8)).save(marked / "mask.png")
    (marked / "index.csv").write_text("file,mask\nscan.png,mask.png\n", "utf-8")
    own = ["--marked", str(marked / "index.csv"), "--old", str(marked)]
    assert main([*arguments, *own, "--passes", "2", "--out", str(folder)]) == 0
    return folder


@pytest.fixture
def doubting(trained: Path, monkeypatch: pytest.MonkeyPatch):
    """The trees just trained doubt."""
    trees.cache_clear()
    monkeypatch.setattr(nodes.repair.finding.trees, "__file__", str(trained / "trees.py"))
    yield
    trees.cache_clear()


@pytest.fixture
def say_no() -> Callable[[list[str]], None]:
    def run(arguments: list[str]) -> None:
        with pytest.raises(SystemExit) as refused:
            main(arguments)
        assert refused.value.code == 2

    return run


@pytest.mark.usefixtures("doubting")
def test_both_looks_are_saved_and_ask_about_known_measures(trained: Path):
    assert {path.name for path in trained.iterdir()} == FILES
    assert set(trees(FIRST).names) < set(trees(SECOND).names)


@pytest.mark.usefixtures("doubting")
def test_what_they_say_only_lowers_the_map(lend: Lend, rng: np.random.Generator):
    pixels = rng.normal(0.4, 0.02, (90, 120, 3)).astype(np.float32).clip(0, 1)
    pixels[30:33, 10:110] = 0.95
    plain, doubted = (damage_map(lend(SHIPPED), Image(pixels), doubt=doubt) for doubt in (False, True))
    assert (plain > 0.5).any()
    assert (doubted <= plain).all()
    assert (doubted < plain).any()


def test_time_that_is_up_and_nothing_to_learn_from_are_said(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], say_no: Callable[[list[str]], None]
):
    say_no([*arguments, "--minutes", "0", "--out", str(tmp_path)])
    assert "too little was found" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_folder_without_photos_is_said(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], say_no: Callable[[list[str]], None]
):
    say_no([*arguments, "--photos", str(tmp_path)])
    assert "holds no photos" in capsys.readouterr().err
