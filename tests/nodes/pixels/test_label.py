"""Labels in the corners of pictures."""

from __future__ import annotations

import numpy as np
import pytest

from nodes.pixels.label import write_label


@pytest.mark.parametrize("at_right", [False, True])
def test_it_stands_in_a_lower_corner_and_nowhere_else(at_right: bool):
    pixels = np.full((300, 400, 3), 0.5, np.float32)
    write_label(pixels, "Before", at_right=at_right)
    changed = (pixels != 0.5).any(axis=2)
    rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
    assert rows[0] > 250
    assert rows[-1] == 299
    assert (columns[-1] == 399) if at_right else (columns[0] == 0)
    assert pixels.max() > 0.9
    assert pixels.min() < 0.2


@pytest.mark.parametrize(
    ("text", "size"), [("", (300, 400)), ("   ", (300, 400)), ("Before", (5, 400)), ("Before", (300, 9))]
)
def test_without_text_or_room_nothing_is_written(text: str, size: tuple[int, int]):
    pixels = np.full((*size, 3), 0.5, np.float32)
    write_label(pixels, text, at_right=False)
    assert (pixels == 0.5).all()
