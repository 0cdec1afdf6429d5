"""The golden tests' own tool: it must see what matters, overlook rounding, and leave something to look at."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from tests.golden.comparing import ENLARGED, GAP, Golden


@pytest.fixture
def kept(tmp_path: Path) -> Golden:
    """A picture of 10 × 20, grey 100, kept as "node"."""
    Golden(tmp_path / "expected", tmp_path / "failed", update=True).check("node", grey(100))
    return Golden(tmp_path / "expected", tmp_path / "failed")


def grey(value: float, height: int = 10, width: int = 20) -> Image:
    return Image(np.full((height, width, 3), value / 255, np.float32))


def one_pixel(value: float) -> Image:
    pixels = grey(100).pixels.copy()
    pixels[3, 4] = value / 255
    return Image(pixels)


@pytest.mark.parametrize("found", [grey(100), grey(100.4), one_pixel(104)], ids=["same", "rounded", "one pixel"])
def test_rounding_is_overlooked(kept: Golden, found: Image):
    kept.check("node", found)
    assert not kept.failed.exists()


@pytest.mark.parametrize(
    ("found", "words"),
    [(grey(101), "1.00 of 255 on average"), (one_pixel(105), "5 at most"), (grey(100, 9), "shape")],
    ids=["all", "one pixel", "size"],
)
def test_a_difference_is_told_and_shown(kept: Golden, found: Image, words: str):
    with pytest.raises(pytest.fail.Exception, match=words) as failure:
        kept.check("node", found)
    assert str(kept.failed / "node.png") in str(failure.value)
    assert (kept.failed / "node.png").is_file()


def test_found_expected_and_difference_stand_side_by_side(kept: Golden):
    with pytest.raises(pytest.fail.Exception):
        kept.check("node", one_pixel(110))
    with Pillow.open(kept.failed / "node.png") as file:
        shown = np.asarray(file)
    step, at = 20 * ENLARGED + GAP, (3 * ENLARGED, 4 * ENLARGED)
    assert shown.shape == (10 * ENLARGED, 3 * 20 * ENLARGED + 2 * GAP, 3)
    assert [shown[at[0], at[1] + panel * step, 0] for panel in range(3)] == [110, 100, 200]
    assert shown[0, 2 * step, 0] == 0


def test_a_test_may_be_stricter(kept: Golden):
    with pytest.raises(pytest.fail.Exception):
        kept.check("node", one_pixel(103), most=2)


def test_what_was_never_kept_is_not_written_by_itself(kept: Golden):
    with pytest.raises(pytest.fail.Exception, match="--update-golden"):
        kept.check("other", grey(1))
    assert not (kept.expected / "other.png").exists()


def test_masks_are_kept_in_grey(kept: Golden):
    mask = Mask(np.linspace(0, 1, 12, dtype=np.float32).reshape(3, 4))
    Golden(kept.expected, kept.failed, update=True).check("mask", mask)
    kept.check("mask", mask)
    with Pillow.open(kept.expected / "mask.png") as file:
        assert file.mode == "L"
