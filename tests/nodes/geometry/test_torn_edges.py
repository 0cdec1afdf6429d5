"""What is missing at the edges of a print."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from graph.context import Context
from nodes.geometry.torn_edges import torn_edges
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from tests.nodes.geometry.conftest import Scan


def torn(photo: Floats, value: float, points: list[tuple[int, int]]) -> Image:
    """The photo with that bed in a corner, as a scanner shows it."""
    pixels = photo.copy()
    cv2.fillPoly(pixels, [np.array(points)], (value, value, value))
    return Image((pixels + np.random.default_rng(3).normal(0, 0.002, pixels.shape)).clip(0, 1).astype(np.float32))


UPPER, LOWER = [(0, 0), (50, 0), (30, 20), (0, 45)], [(179, 239), (179, 190), (160, 205), (140, 239)]


@pytest.mark.parametrize(("value", "points"), [(0.98, UPPER), (0.02, UPPER), (0.98, LOWER)])
def test_a_torn_corner_of_a_cropped_print(ctx: Context, photo: Floats, value: float, points: list[tuple[int, int]]):
    found = torn_edges(ctx, torn(photo, value, points)).values
    truth = np.zeros(photo.shape[:2], np.uint8)
    cv2.fillPoly(truth, [np.array(points)], 1)
    assert found[truth > 0].mean() > 0.97
    assert found[cv2.dilate(truth, np.ones((13, 13))) == 0].max() == 0


@pytest.mark.parametrize("bed", ["white", "grey", "black"])
def test_a_torn_corner_on_the_glass(ctx: Context, photo: Floats, bed: str):
    scan = Scan(bed=bed).lay(photo, 230, 290, 4.0, torn=True)
    found = torn_edges(ctx, scan.image).values
    corner = np.zeros(found.shape, np.uint8)
    x, y = scan.corners[0][2]
    cv2.circle(corner, (int(x), int(y)), 105, 1, -1)
    assert found[corner > 0].sum() > 0.97 * found.sum() > 0
    assert found.sum() == pytest.approx(0.06 * 240 * 180, rel=0.45)


def test_a_whole_print_lacks_nothing(ctx: Context, photo: Floats, bordered: Floats, house: Floats):
    whole = Scan(bed="white").lay(photo, 230, 290, 4.0).pixels
    for pixels in (photo, bordered, house, whole, np.ones((40, 50, 3), np.float32), np.zeros((1, 9, 3), np.float32)):
        assert not torn_edges(ctx, Image(pixels)).values.any()
        assert "mask is empty" in ctx.notes[-1]


def test_of_several_prints_none_is_guessed(ctx: Context, photo: Floats):
    scan = Scan(height=420, width=640, bed="black").lay(photo, 140, 200).lay(photo, 430, 210)
    assert not torn_edges(ctx, scan.image).values.any()
    assert "crop to one of them first" in ctx.notes[0]
