"""How large a turned photo is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.context import Context
from nodes.geometry.canvas import turned
from nodes.geometry.warp import uncovered
from nodes.kinds.arrays import allocator

SIDES = st.integers(1, 90)
ANGLES = st.floats(-45, 45).filter(lambda angle: abs(angle) > 1e-3)


@given(SIDES, SIDES, ANGLES)
def test_cropped_it_has_no_empty_corner(
    tmp_path_factory: pytest.TempPathFactory, height: int, width: int, angle: float
):
    ctx = Context(allocate=allocator(tmp_path_factory.getbasetemp()))
    warp = turned(height, width, angle, "crop")
    if min(warp.height, warp.width) > 1:
        assert uncovered(ctx, height, width, warp).values.max() < 0.01


@given(SIDES, SIDES, ANGLES)
def test_grown_it_holds_all_of_the_photo(
    tmp_path_factory: pytest.TempPathFactory, height: int, width: int, angle: float
):
    ctx = Context(allocate=allocator(tmp_path_factory.getbasetemp()))
    warp = turned(height, width, angle, "grow")
    shown = warp.height * warp.width - float(uncovered(ctx, height, width, warp).values.sum())
    assert shown == pytest.approx(height * width, abs=0.3 * (height + width) + 1)


def test_kept_it_has_its_size():
    warp = turned(30, 70, 20, "keep")
    assert (warp.height, warp.width) == (30, 70)
