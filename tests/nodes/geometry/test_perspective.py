"""Seen from the front."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.context import Context
from graph.errors import StepError
from nodes.geometry.facing import facing, homography, proportions_of
from nodes.geometry.perspective import perspective
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from tests.nodes.geometry.conftest import Scan

SLANT = np.array([[60.0, 70], [250, 40], [240, 330], [80, 280]])


def seen(photo: Floats, corners: np.ndarray, height: int = 360, width: int = 320) -> Floats:
    """The photo on a grey table, seen at a slant."""
    rows, columns = photo.shape[:2]
    ends = np.array([[0, 0], [columns, 0], [columns, rows], [0, rows]], np.float64) - 0.5
    there = homography(ends, corners - 0.5)
    laid = cv2.warpPerspective(photo, there, (width, height), flags=cv2.INTER_LINEAR)
    cover = cv2.warpPerspective(np.ones((rows, columns), np.float32), there, (width, height))[..., None]
    table = 0.5 + np.random.default_rng(2).normal(0, 0.003, (height, width, 3))
    return (table * (1 - cover) + laid * cover).clip(0, 1).astype(np.float32)


def photographed(ratio: float, focal: float, tilt: float, turn: float) -> np.ndarray:
    """The corners of a sheet of those proportions in a picture of 1000 × 800 whose camera looks at its middle."""
    sheet = np.array([[-ratio, -1, 0], [ratio, -1, 0], [ratio, 1, 0], [-ratio, 1, 0]]) / 2
    about_x = cv2.Rodrigues(np.array([tilt, 0.0, 0.0]))[0]
    about_y = cv2.Rodrigues(np.array([0.0, turn, 0.0]))[0]
    points = sheet @ (about_x @ about_y).T + [0.1, 0.05, 3.0]
    return points[:, :2] / points[:, 2:] * focal + [499.5, 399.5]


@given(st.floats(0.6, 1.7), st.floats(700, 1500), st.floats(0.25, 0.6), st.floats(0.25, 0.6))
def test_the_proportions_are_those_of_the_sheet(ratio: float, focal: float, tilt: float, turn: float):
    corners = photographed(ratio, focal, tilt, turn)
    assert proportions_of(corners, (800, 1000)) == pytest.approx(ratio, rel=0.02)


@given(st.floats(0.5, 2), st.floats(-30, 30))
def test_a_plain_rectangle_keeps_its_size(ratio: float, angle: float):
    turn = np.radians(angle)
    along, down = np.array([np.cos(turn), np.sin(turn)]), np.array([-np.sin(turn), np.cos(turn)])
    start = np.array([300.0, 300.0])
    corners = np.array(
        [start, start + 200 * along, start + 200 * along + 200 / ratio * down, start + 200 / ratio * down]
    )
    warp = facing(corners, (800, 800))
    assert (warp.width, warp.height) == pytest.approx((200, 200 / ratio), abs=1)


def test_corners_set_by_hand(ctx: Context, photo: Floats):
    image = Image(seen(photo, SLANT))
    found = perspective(ctx, image, Mask(image.pixels[..., 0]), corners=SLANT.tolist(), shape="4:3")
    assert found.image.height / found.image.width == pytest.approx(4 / 3, abs=0.01)
    plain = cv2.resize(found.image.pixels, (180, 240), interpolation=cv2.INTER_AREA)
    assert np.abs(plain - photo)[8:-8, 8:-8].mean() < 0.02
    assert np.abs(found.mask.values - found.image.pixels[..., 0]).mean() < 0.02


def test_without_corners_the_print_is_found(ctx: Context, photo: Floats):
    by_hand = perspective(ctx, Image(seen(photo, SLANT)), corners=SLANT.tolist(), shape="4:3").image
    found = perspective(ctx, Image(seen(photo, SLANT)), shape="4:3").image
    assert (found.height, found.width) == pytest.approx((by_hand.height, by_hand.width), abs=4)
    again = cv2.resize(found.pixels, (by_hand.width, by_hand.height), interpolation=cv2.INTER_AREA)
    assert np.abs(again - by_hand.pixels)[8:-8, 8:-8].mean() < 0.03


def test_a_print_seen_from_the_front_loses_nothing(ctx: Context, photo: Floats):
    scan = Scan(bed="grey").lay(photo, 240, 300)
    found = perspective(ctx, scan.image).image
    assert (found.height, found.width) == pytest.approx((240, 180), abs=2)


def test_where_there_is_none_the_photo_stays(ctx: Context, photo: Floats):
    image = Image(photo)
    assert perspective(ctx, image).image is image
    assert "Set its corners by hand" in ctx.notes[0]


@pytest.mark.parametrize(
    "corners", [[[0, 0], [10, 10], [10, 0], [0, 10]], [[0, 0], [1, 0], [1, 1], [0, 1]], [[5, 5]] * 4]
)
def test_corners_that_surround_nothing_are_refused(ctx: Context, photo: Floats, corners: list[list[float]]):
    with pytest.raises(StepError, match="clockwise"):
        perspective(ctx, Image(photo), corners=corners)
