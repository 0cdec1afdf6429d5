"""The pictures on the recipe cards."""

from __future__ import annotations

import runpy
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image as Pillow

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "workflows" / "pictures"


@pytest.fixture(scope="module")
def maker() -> SimpleNamespace:
    return SimpleNamespace(**runpy.run_path(str(ROOT / "docs" / "make_recipe_pictures.py")))


def test_every_one_is_there_and_small(maker: SimpleNamespace):
    wanted = {f"{name}-{side}.webp" for name in maker.RECIPES for side in ("before", "after")}
    assert {file.name for file in PICTURES.iterdir()} == wanted
    for file in PICTURES.iterdir():
        assert file.stat().st_size <= maker.MOST
        with Pillow.open(file) as picture:
            assert max(picture.size) == maker.SIDE


def test_each_belongs_to_a_shipped_workflow(maker: SimpleNamespace):
    assert all((ROOT / "workflows" / f"{name}.json").is_file() for name in maker.RECIPES)


def test_before_and_after_lie_over_each_other(maker: SimpleNamespace, tmp_path: Path, tiny_weights: Path):
    """With a small random network."""
    maker.main(["upscale", "--weights-dir", str(tiny_weights), "--output", str(tmp_path)])
    with Pillow.open(tmp_path / "upscale-before.webp") as before, Pillow.open(tmp_path / "upscale-after.webp") as after:
        assert before.size == after.size
        assert max(before.size) == maker.SIDE


def test_it_is_never_too_large(maker: SimpleNamespace, rng: np.random.Generator):
    noise = Pillow.fromarray(rng.integers(0, 256, (200, 160, 3), np.uint8))
    assert len(maker.encoded(noise)) <= maker.MOST
    with pytest.raises(SystemExit, match="bytes"):
        maker.encoded(noise.resize((320, 400), Pillow.Resampling.NEAREST))


def test_a_recipe_without_pictures_is_told(maker: SimpleNamespace, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        maker.main(["colourise"])
    assert "no pictures of colourise" in capsys.readouterr().err


def test_a_workflow_that_fails_leaves_no_picture(maker: SimpleNamespace, tmp_path: Path):
    with pytest.raises(SystemExit, match="did not run"):
        maker.main(["upscale", "--weights-dir", str(tmp_path), "--output", str(tmp_path / "pictures")])
    assert not list((tmp_path / "pictures").iterdir())
