from __future__ import annotations

import numpy as np
import pytest

from graph.errors import StepError
from nodes.kinds.mask import Mask
from nodes.masks.combine import WAYS, combine

LEFT = Mask(np.array([[0, 0, 1, 1, 0.5]], np.float32))
RIGHT = Mask(np.array([[0, 1, 0, 1, 0.25]], np.float32))


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ("add", [0, 1, 1, 1, 0.5]),
        ("subtract", [0, 0, 1, 0, 0.25]),
        ("intersect", [0, 0, 0, 1, 0.25]),
        ("difference", [0, 1, 1, 0, 0.25]),
    ],
)
def test_each_way(ctx, how, expected):
    assert combine(ctx, LEFT, RIGHT, how=how).values.tolist() == [expected]


@pytest.mark.parametrize("how", WAYS)
def test_one_mask_alone_passes(ctx, how):
    assert combine(ctx, LEFT, how=how) is LEFT


def test_masks_of_different_photos_are_refused(ctx):
    with pytest.raises(StepError, match=r"5 × 1 and 4 × 3"):
        combine(ctx, LEFT, Mask(np.zeros((3, 4), np.float32)))
