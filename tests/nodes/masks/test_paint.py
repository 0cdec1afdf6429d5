from __future__ import annotations

import numpy as np
import pytest

from graph.errors import StepError
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.masks.paint import paint


def stroke(*points: tuple[float, float], size: float = 10, hardness: float = 1.0, erase: bool = False) -> dict:
    return {"points": [list(p) for p in points], "size": size, "hardness": hardness, "erase": erase, "colour": "#fff"}


@pytest.fixture
def photo() -> Image:
    return Image(np.full((60, 80, 3), 0.5, np.float32))


def test_a_dot_is_round_and_as_wide_as_the_brush(ctx, photo):
    values = paint(ctx, photo, strokes=[stroke((40, 30), size=20)]).values
    assert values.sum() == pytest.approx(np.pi * 100, rel=0.02)
    assert values[30, 40] == 1
    assert values[30, 25] == 0
    assert np.allclose(values, values[::-1].T[::-1].T[:, ::-1][::-1], atol=1)


def test_a_line_is_as_long_and_wide_as_it_was_drawn(ctx, photo):
    values = paint(ctx, photo, strokes=[stroke((10, 30), (70, 30), size=6)]).values
    assert values[:, 40].sum() == pytest.approx(6, abs=0.01)
    assert values[30].sum() == pytest.approx(66, abs=1)


def test_strokes_act_in_order(ctx, photo):
    marked = stroke((40, 30), size=20)
    erased = stroke((40, 30), size=10, erase=True)
    assert paint(ctx, photo, strokes=[marked, erased]).values[30, 40] == 0
    assert paint(ctx, photo, strokes=[erased, marked]).values[30, 40] == 1


def test_a_soft_brush_fades(ctx, photo):
    row = paint(ctx, photo, strokes=[stroke((40, 30), size=40, hardness=0)]).values[30]
    assert np.all(np.diff(row[20:40]) >= 0)
    assert 0.2 < row[30] < 0.8


def test_a_wired_mask_is_corrected(ctx, photo):
    found = Mask(np.pad(np.ones((20, 20), np.float32), ((0, 40), (0, 60))))
    values = paint(ctx, photo, found, strokes=[stroke((10, 10), size=8, erase=True), stroke((60, 40))]).values
    assert (values[10, 10], values[1, 1], values[40, 60]) == (0, 1, 1)
    assert paint(ctx, photo, found) is found


def test_large_masks_show_no_seam(ctx):
    large = Image(np.broadcast_to(np.float32(0.5), (1200, 1100, 3)))
    values = paint(ctx, large, strokes=[stroke((900, 1000), (1090, 1050), size=31, hardness=0.3)]).values
    shifted = paint(ctx, large, strokes=[stroke((800, 900), (990, 950), size=31, hardness=0.3)]).values
    assert np.allclose(values[100:, 100:], shifted[:-100, :-100], atol=1e-4)


@pytest.mark.parametrize("points", [[(-50, -50)], [(1e6, 1e6), (-1e6, 3)], [(79.9, 59.9)]])
def test_strokes_beyond_the_photo_are_cut(ctx, photo, points):
    values = paint(ctx, photo, strokes=[stroke(*points)]).values
    assert values.shape == (60, 80)
    assert np.isfinite(values).all()


def test_a_mask_of_another_photo_is_refused(ctx, photo):
    with pytest.raises(StepError, match="sizes"):
        paint(ctx, photo, Mask(np.zeros((10, 10), np.float32)))
