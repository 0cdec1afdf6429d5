from __future__ import annotations

import numpy as np
import pytest

from nodes.faces.tag import draw_tag

RED = (0.8, 0.1, 0.1)


def drawn(height: int, width: int, box: tuple[float, float, float, float]) -> np.ndarray:
    pixels = np.full((height, width, 3), 0.5, np.float32)
    draw_tag(pixels, box, "3: 94 %", RED)
    return pixels


def test_the_box_and_the_words_above_it():
    found = drawn(400, 600, (200.0, 150.0, 400.0, 350.0))
    for y, x in ((150, 300), (350, 300), (250, 200), (250, 400)):
        assert found[y, x] == pytest.approx(RED)
    assert (found[155:345, 205:395] == 0.5).all()
    changed = (found != 0.5).any(axis=2)
    rows, columns = np.nonzero(changed)
    assert 80 < rows.min() < 150
    assert rows.max() == 350
    assert (columns.min(), columns.max()) == (200, 400)
    assert found[rows.min() : 150, 200:400].max() == 1


def test_the_words_are_below_the_border_where_there_is_no_room_above():
    found = drawn(400, 600, (200.0, -20.0, 400.0, 350.0))
    assert found[3:60, 203:300].max() == 1


@pytest.mark.parametrize("size", [(1, 1), (1, 40), (40, 1), (12, 500), (3000, 3)], ids=str)
@pytest.mark.parametrize("box", [(0.0, 0.0, 0.0, 0.0), (-500.0, -500.0, 5000.0, 5000.0), (900.0, 900.0, 950.0, 950.0)])
def test_any_size_and_place(size: tuple[int, int], box: tuple[float, float, float, float]):
    found = drawn(*size, box)
    assert found.min() >= 0
    assert found.max() <= 1
