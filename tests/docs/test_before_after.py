"""The picture at the top of the README."""

from __future__ import annotations

import runpy
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image as Pillow

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def maker() -> SimpleNamespace:
    return SimpleNamespace(**runpy.run_path(str(DOCS / "make_before_after.py")))


def photo(path: Path, colour: str, size: tuple[int, int]) -> Path:
    Pillow.new("RGB", size, colour).save(path)
    return path


def test_both_stand_side_by_side_at_the_same_size(maker: SimpleNamespace, tmp_path: Path):
    before = photo(tmp_path / "before.png", "#804020", (200, 240))
    after = photo(tmp_path / "after.png", "#406080", (400, 480))
    output = tmp_path / "both.jpg"
    maker.main([str(after), "--before", str(before), "--output", str(output)])
    with Pillow.open(output) as file:
        shown = np.asarray(file)
    assert shown.shape[1] == pytest.approx(maker.WIDTH, abs=1)
    assert shown.shape[0] == pytest.approx((maker.WIDTH - maker.GAP) / 2 * 1.2, abs=1)
    assert np.allclose(shown[100, 200], (0x80, 0x40, 0x20), atol=3)
    assert np.allclose(shown[100, 1400], (0x40, 0x60, 0x80), atol=3)
    assert (shown[:, maker.WIDTH // 2] > 250).all()
    assert shown[-60:, :200].min() < 0x20  # the label's dark strip


def test_it_is_never_too_large(maker: SimpleNamespace, rng: np.random.Generator):
    noise = Pillow.fromarray(rng.integers(0, 256, (500, 900, 3), np.uint8))
    assert len(maker.encoded(noise)) <= maker.MOST
    with pytest.raises(SystemExit, match="bytes"):
        maker.encoded(noise.resize((1600, 1600)))


def test_a_photo_that_is_not_there_is_told_in_a_sentence(maker: SimpleNamespace, tmp_path: Path):
    with pytest.raises(SystemExit, match="gone"):
        maker.main([str(tmp_path / "gone.jpg"), "--output", str(tmp_path / "both.jpg")])
