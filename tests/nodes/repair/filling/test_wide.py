"""Wide holes."""

from __future__ import annotations

import numpy as np
import pytest

from graph.errors import Cancelled
from nodes.kinds.arrays import Floats
from nodes.repair.filling.wide import rebuilt, wide_cells


def ignore() -> None:
    pass


def checked(side: int, period: int = 8) -> Floats:
    y, x = np.mgrid[:side, :side] // (period // 2) % 2
    return np.where((y ^ x)[..., None] > 0, np.float32(0.3), np.float32(0.7)).repeat(3, axis=2)


def test_a_wide_hole_is_told_from_a_scratch_that_leads_to_it():
    mask = np.zeros((200, 200), np.float32)
    mask[60:100, 60:100] = 1
    mask[78:84, :] = 1
    cells = wide_cells(mask)
    assert cells[8:12, 8:12].all()
    assert not cells[:, :4].any()
    assert not cells[:, 16:].any()


def test_a_pattern_goes_on():
    pixels, hole = checked(96), np.zeros((96, 96), np.bool_)
    hole[30:62, 34:64] = True
    filled = rebuilt(np.where(hole[..., None], np.float32(1), pixels), hole, ~hole, ignore)
    assert np.abs(filled - pixels)[hole].mean() < 0.02
    assert np.array_equal(filled[~hole], pixels[~hole])


def test_nothing_is_copied_from_what_is_not_sound():
    pixels, hole = np.full((90, 90, 3), 0.5, np.float32), np.zeros((90, 90), np.bool_)
    hole[30:60, 30:60] = True
    unsound = np.zeros_like(hole)
    unsound[:, 70:] = True
    pixels[unsound] = (1, 0, 0)
    filled = rebuilt(pixels, hole, ~hole & ~unsound, ignore)
    assert np.allclose(filled[hole], 0.5, atol=0.02)


@pytest.mark.parametrize("shape", [(1, 40), (40, 1), (6, 6), (40, 5)], ids=str)
def test_without_a_sound_piece_a_smooth_surface_stays(shape: tuple[int, int]):
    hole = np.zeros(shape, np.bool_)
    hole.ravel()[1:-1] = True
    filled = rebuilt(np.full((*shape, 3), 0.5, np.float32), hole, ~hole, ignore)
    assert np.allclose(filled, 0.5, atol=0.01)


def test_the_same_comes_out_every_time(rng: np.random.Generator):
    pixels, hole = rng.random((80, 80, 3), np.float32), np.zeros((80, 80), np.bool_)
    hole[20:50, 30:] = True
    first, again = (rebuilt(pixels, hole, ~hole, ignore) for _ in range(2))
    assert np.array_equal(first, again)


def test_it_can_be_cancelled(rng: np.random.Generator):
    hole = np.zeros((80, 80), np.bool_)
    hole[20:50, 30:] = True
    calls = iter(range(20))

    def check() -> None:
        if next(calls, None) is None:
            raise Cancelled

    with pytest.raises(Cancelled):
        rebuilt(rng.random((80, 80, 3), np.float32), hole, ~hole, check)
