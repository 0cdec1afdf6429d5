from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from graph.context import Context
from graph.errors import Cancelled
from nodes.kinds.image import Image
from nodes.pixels.strokes.flood import SIDE, Flood, flood

LARGE = (2 * SIDE + 130, 2 * SIDE + 70)


def grey(values: np.ndarray) -> Image:
    return Image(np.repeat(values[..., None], 3, axis=2).astype(np.float32))


def covered(image: Image, x: float, y: float, tolerance: float) -> np.ndarray:
    found = flood(Context(), image, x, y, tolerance)
    return whole(found, image)


def whole(found: Flood, image: Image) -> np.ndarray:
    return found.coverage(Context(), slice(0, image.height), slice(0, image.width))


def reference(alike: np.ndarray, x: int, y: int) -> np.ndarray:
    """The piece through a pixel, found in one go."""
    from skimage.measure import label

    labels = np.asarray(label(alike, connectivity=1))
    return labels == labels[y, x]


def test_it_stays_within_its_region():
    light = np.full((60, 80), 0.2)
    light[10:30, 10:40] = 0.6
    light[40:50, 50:70] = 0.6
    values = covered(grey(light), 20.5, 15.5, 0.05)
    assert (values[10:30, 10:40] == 1).all()
    assert values.sum() == 20 * 30


def test_corners_do_not_join():
    light = np.full((20, 20), 0.2)
    light[:10, :10] = light[10:, 10:] = 0.8
    assert covered(grey(light), 3, 3, 0.05).sum() == 100


@pytest.mark.parametrize("tolerance", [0.0, 0.03, 0.1])
def test_grain_gives_the_same_piece_as_in_one_go(rng, tolerance):
    """Across cells, and through mazes that leave a cell and come back."""
    light = (rng.random(LARGE) < 0.62) * 0.5 + 0.2
    x, y = (int(each[0]) for each in np.nonzero(light[:50, :50].T > 0.5))
    values = covered(grey(light), x + 0.5, y + 0.5, tolerance)
    assert np.array_equal(values == 1, reference(light > 0.5, x, y))


def test_a_winding_way_is_followed_through_all_cells():
    light = np.full(LARGE, 0.8)
    walls = range(20, LARGE[0], 20)
    for number, row in enumerate(walls):
        gap = slice(0, -10) if number % 2 else slice(10, None)
        light[row, gap] = 0.2
    assert covered(grey(light), 5, 0, 0.1).sum() == (light > 0.5).sum()


def test_more_tolerance_never_takes_less(rng):
    image = grey(rng.random((90, 70)))
    shares = [covered(image, 30, 40, tolerance) for tolerance in (0, 0.1, 0.3, 0.6, 1)]
    assert all((more >= less).all() for less, more in pairwise(shares))
    assert shares[0][40, 30] == 1
    assert (shares[-1] == 1).all()


def test_black_and_white_are_one_apart():
    image = grey(np.array([[0.0, 1.0]]))
    assert covered(image, 0, 0, 0.99).sum() == 1
    assert covered(image, 0, 0, 1).sum() == 2


def test_colours_of_one_lightness_differ():
    pixels = np.full((10, 20, 3), (0.6, 0.4, 0.4), np.float32)
    pixels[:, 10:] = (0.35, 0.5, 0.4)
    assert covered(Image(pixels), 2, 2, 0.1).sum() == 100


def test_parts_of_it_join_without_a_seam(rng):
    image = grey((rng.random(LARGE) < 0.7) * 0.5)
    found = flood(Context(), image, 700, 300, 0.1)
    part = found.coverage(Context(), slice(400, 900), slice(490, 1090))
    assert np.array_equal(part, whole(found, image)[400:900, 490:1090])


def test_only_what_it_reaches_is_looked_at():
    light = np.full(LARGE, 0.2)
    light[600:620, 600:620] = 0.8
    assert set(flood(Context(), grey(light), 610, 610, 0.1).reached) == {(1, 1)}


def test_a_smaller_photo_gives_a_smaller_copy():
    rows, columns = np.mgrid[:240, :320]
    light = np.where(np.hypot(rows - 120, columns - 160) < 80, 0.7, 0.3)
    small = light.reshape(60, 4, 80, 4).mean(axis=(1, 3))
    full = covered(grey(light), 160, 120, 0.1).reshape(60, 4, 80, 4).mean(axis=(1, 3))
    assert np.abs(covered(grey(small), 40, 30, 0.1) - full).mean() < 0.02


def test_it_can_be_cancelled():
    ctx = Context()
    ctx.cancelled.set()
    with pytest.raises(Cancelled):
        flood(ctx, grey(np.zeros(LARGE)), 3, 3, 0.1)


@pytest.mark.parametrize("size", [(1, 1), (1, SIDE), (SIDE + 1, 1)])
def test_any_size_is_filled_to_its_last_pixel(size):
    assert (covered(grey(np.full(size, 0.4)), size[1], size[0], 0) == 1).all()
