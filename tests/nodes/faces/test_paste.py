from __future__ import annotations

import cv2
import numpy as np
import pytest

from graph.errors import Cancelled
from nodes.faces.align import SIDE, bounds
from nodes.faces.cover import ellipse_cover
from nodes.faces.paste import paste
from nodes.faces.regrain import Regrain
from nodes.pixels.colour import is_grey, luma

COVER = ellipse_cover()


def matrix(scale: float, left: float = 0.0, top: float = 0.0) -> np.ndarray:
    return np.array([[scale, 0, left], [0, scale, top]], np.float64)


def waves(height: int, width: int, period: float, left: float = 0.0, top: float = 0.0) -> np.ndarray:
    """A soft pattern, of the same place whatever the size."""
    y, x = np.mgrid[:height, :width].astype(np.float32)
    light = 0.5 + 0.3 * np.sin((x - left) * 2 * np.pi / period) * np.sin((y - top) * 2 * np.pi / period)
    return np.stack([light, light * 0.8, light * 0.6], axis=-1).astype(np.float32)


@pytest.mark.parametrize("scale", [0.12, 0.3, 0.9, 1.0, 1.7, 4.0])
def test_a_face_that_is_the_photo_changes_nothing(scale):
    side = round(SIDE * scale) + 40
    photo = waves(side, side, 90 * scale, 20, 20)
    face = waves(SIDE, SIDE, 90)
    out = photo.copy()
    paste(out, face, COVER, matrix(scale, 20, 20))
    assert np.abs(out - photo).max() < 0.03


def test_a_large_face_comes_out_small_without_aliasing():
    """Stripes finer than the photo can show become grey, and not a pattern, as plain sampling makes of them."""
    face = np.zeros((SIDE, SIDE, 3), np.float32)
    face[:, ::3] = 1
    smooth, plain = np.full((80, 80, 3), 1 / 3, np.float32), np.full((80, 80, 3), 1 / 3, np.float32)
    paste(smooth, face, COVER, matrix(0.1302, 5, 5))
    paste(plain, face, COVER, matrix(0.1302, 5, 5), smooth=False)
    assert np.abs(smooth - 1 / 3).max() < 0.02 < np.abs(plain - 1 / 3).max()


def test_only_its_place_is_touched(rng):
    photo = rng.random((900, 1300, 3), dtype=np.float32)
    out = photo.copy()
    where = matrix(0.4, 700, 300)
    paste(out, np.zeros((SIDE, SIDE, 3), np.float32), COVER, where)
    rows, columns = bounds(where, 900, 1300)
    changed = (out != photo).any(axis=2)
    assert changed[rows, columns].any()
    changed[rows, columns] = False
    assert not changed.any()


@pytest.mark.parametrize("place", [(-100, -60), (400, 400), (-9000, 0), (0, 9000)])
def test_a_face_cut_by_the_border(place):
    photo = np.full((600, 600, 3), 0.5, np.float32)
    out = photo.copy()
    paste(out, np.ones((SIDE, SIDE, 3), np.float32), COVER, matrix(1.0, *place))
    assert np.isfinite(out).all()
    inside = abs(place[0]) < 600 and abs(place[1]) < 600
    assert (out != photo).any() == inside


def test_tiles_do_not_show():
    large = 2300
    out, whole = np.zeros((large, large, 3), np.float32), np.zeros((large, large, 3), np.float32)
    face = waves(SIDE, SIDE, 60)
    paste(out, face, COVER, matrix(4.4, 10, 10))
    there = cv2.warpAffine(face, matrix(4.4, 10, 10), (large, large), flags=cv2.INTER_CUBIC)
    share = cv2.warpAffine(COVER, matrix(4.4, 10, 10), (large, large))
    whole = np.clip(share[..., None] * there, 0, 1)
    assert np.abs(out - whole).max() < 1 / 255


def test_light_alone_keeps_grey_grey_and_colours_as_they_are(rng):
    face = rng.random((SIDE, SIDE, 3), dtype=np.float32)
    grey = np.repeat(rng.random((300, 300, 1), dtype=np.float32), 3, axis=2)
    paste(grey, face, COVER, matrix(0.5, 10, 10), grey=True)
    assert is_grey(grey)
    tinted = np.full((300, 300, 3), (0.6, 0.5, 0.4), np.float32)
    before = tinted.copy()
    paste(tinted, 0.4 + 0.2 * face, COVER, matrix(0.5, 10, 10), grey=True)
    assert np.abs(luma(tinted) - luma(before)).max() > 0.02
    assert np.abs((tinted[..., 0] - tinted[..., 2]) - 0.2).max() < 1e-6


def test_grain_lies_on_what_was_pasted(rng):
    photo = np.clip(0.5 + rng.normal(0, 0.04, (600, 600, 1)), 0, 1).repeat(3, 2).astype(np.float32)
    out, smooth = photo.copy(), photo.copy()
    where = (slice(0, 512), slice(0, 512))
    face = np.full((SIDE, SIDE, 3), 0.5, np.float32)
    paste(smooth, face, COVER, matrix(1.0), grey=True)
    paste(out, face, COVER, matrix(1.0), grey=True, grain=Regrain(photo, where, 1.0, 3))
    middle = np.s_[230:330, 210:310]
    assert smooth[middle].std() < 0.005
    assert out[middle].std() == pytest.approx(0.04, rel=0.15)
    assert out[500:, 500:].std() == pytest.approx(0.04, rel=0.15)
    assert is_grey(out)


def test_it_stops_between_tiles():
    def check() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        paste(np.zeros((50, 50, 3), np.float32), np.zeros((SIDE, SIDE, 3), np.float32), COVER, matrix(0.1), check=check)
