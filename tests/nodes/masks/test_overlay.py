from __future__ import annotations

import numpy as np
import pytest

from graph.errors import StepError
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.masks.overlay import overlay

GREY = Image(np.full((30, 40, 3), 0.5, np.float32))


@pytest.fixture
def square() -> Mask:
    values = np.zeros((30, 40), np.float32)
    values[5:15, 10:30] = 1
    return Mask(values)


def test_what_is_marked_shows_in_colour_and_the_rest_as_it_is(ctx, square):
    shown = overlay(ctx, GREY, square, colour="#00ff00", opacity=0.5).pixels
    assert shown[10, 20] == pytest.approx([0.25, 0.75, 0.25])
    assert np.all(shown[square.values == 0] == 0.5)


def test_an_outline_leaves_the_inside_to_see(ctx, square):
    shown = overlay(ctx, GREY, square, outline=True, opacity=1).pixels
    assert np.all(shown[7:13, 12:28] == 0.5)
    assert shown[5, 20, 0] == 1


def test_a_mask_of_another_photo_is_refused(ctx):
    with pytest.raises(StepError, match="sizes"):
        overlay(ctx, GREY, Mask(np.zeros((3, 3), np.float32)))
