from __future__ import annotations

import numpy as np
import pytest

from graph.context import Context
from nodes.faces.align import TEMPLATE
from nodes.faces.mask import mask
from nodes.kinds.faces import Face, Faces


def at(left: float, top: float, scale: float) -> Face:
    points = tuple((left + x * scale, top + y * scale) for x, y in TEMPLATE)
    return Face((left + 100 * scale, top + 80 * scale, left + 410 * scale, top + 450 * scale), points, 1.0)


TWO = Faces((at(0, 0, 0.4), at(300, 50, 0.2)), height=250, width=500)


def test_each_face_is_marked_softly(ctx: Context):
    found = mask(ctx, TWO).values
    assert found.shape == (250, 500)
    for face in TWO:
        assert all(found[round(y), round(x)] > 0.5 for x, y in face.landmarks)
    assert found[5, 5] == 0
    assert found[240, 300] == 0
    assert ((found > 0.1) & (found < 0.9)).sum() > 500


def test_only_the_chosen_one(ctx: Context):
    found = mask(ctx, TWO, which=[1]).values
    assert not found[:, :250].any()
    assert found[:, 300:].any()


def test_larger_marks_hold_smaller_ones(ctx: Context):
    small, large = mask(ctx, TWO, size=0.7).values, mask(ctx, TWO, size=1.5).values
    assert (large - small).min() > -0.02
    assert large.sum() > 3 * small.sum()


def test_none(ctx: Context):
    found = mask(ctx, Faces((), height=7, width=5))
    assert found.values.shape == (7, 5)
    assert not found.values.any()
    assert ctx.notes == ["No face to mark."]


@pytest.mark.parametrize("size", [(1, 1), (1, 37), (4000, 3)], ids=str)
def test_any_size(ctx: Context, size: tuple[int, int]):
    height, width = size
    found = mask(ctx, Faces((at(-5, -5, 0.1), at(0, 0, 5.0)), height=height, width=width))
    assert np.isfinite(found.values).all()
