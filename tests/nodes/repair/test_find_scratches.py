"""From a map of damage to a mask, piece by piece."""

from __future__ import annotations

import math
from typing import Any

import cv2
import numpy as np
import pytest

from graph.context import Context
from graph.errors import StepError
from nodes.kinds.faces import Face, Faces
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.repair.find_scratches import find_scratches
from nodes.repair.finding.components import FAINT, SURE, Components
from nodes.repair.finding.damage_map import CLASSICAL

SHAPE = (300, 400)

EXACT = {"reach": 0, "grow": 0, "smallest": 0}
"""Settings with which what passes the threshold is the mask."""


def grey(values: np.ndarray) -> Image:
    return Image(np.repeat(np.clip(values, 0, 1).astype(np.float32)[..., None], 3, axis=2))


GREY = grey(np.full(SHAPE, 0.5))


def blank() -> np.ndarray:
    return np.zeros(SHAPE, np.float32)


def marks(ctx: Context, likely: np.ndarray, image: Image = GREY, **settings: object) -> np.ndarray:
    """The mask that is made of a map."""
    return find_scratches(ctx, image, Mask(likely.astype(np.float32)), **{**EXACT, **settings}).mask.values > 0  # pyright: ignore[reportArgumentType] - settings of mixed types


@pytest.fixture
def line() -> np.ndarray:
    """A line 3 pixels wide and 200 long."""
    drawn = blank()
    drawn[59:62, 50:250] = 0.9
    return drawn


@pytest.fixture
def blot() -> np.ndarray:
    """A disc 20 pixels wide."""
    return cv2.circle(blank(), (120, 200), 10, 0.9, -1)


def test_the_threshold_decides(ctx: Context, rng: np.random.Generator):
    likely = cv2.GaussianBlur(rng.random(SHAPE, dtype=np.float32), (0, 0), 2)
    likely = (likely - likely.min()) / np.ptp(likely)
    found = [marks(ctx, likely, threshold=level) for level in (0.3, 0.5, 0.8)]
    for mask, level in zip(found, (0.3, 0.5, 0.8), strict=True):
        assert np.array_equal(mask, likely >= level)
    lower, higher = (marks(ctx, likely, threshold=level, reach=0.3) for level in (0.5, 0.7))
    assert not (higher & ~lower).any()


def test_a_sound_map_gives_an_empty_mask(ctx: Context):
    found = find_scratches(ctx, GREY, Mask(blank()))
    assert not found.mask.values.any()
    assert ctx.notes == ["No damage found."]


def test_the_map_is_passed_on_and_how_much_is_marked_is_told(ctx: Context, line: np.ndarray):
    given = Mask(line)
    assert find_scratches(ctx, GREY, given).map is given
    assert ctx.notes[-1] == "Marked 0.50 % of the photo as damaged."


def test_the_faint_part_of_a_sure_scratch_is_followed(ctx: Context, line: np.ndarray):
    line[:, 150:] *= 0.5
    line[200, 100:150] = 0.45
    followed = marks(ctx, line, reach=0.3)
    assert np.array_equal(followed[:100], line[:100] > 0)
    assert not followed[200].any(), "what is faint everywhere is not"
    assert not marks(ctx, line, reach=0)[:, 160:].any()


@pytest.mark.parametrize(
    ("setting", "value", "stays"),
    [
        ("elongation", 0.5, "line"),
        ("shortest", 60, "line"),
        ("widest", 6, "line"),
        ("smallest", 25, "line"),
    ],
)
def test_pieces_are_left_out_by_size_and_shape(
    ctx: Context, line: np.ndarray, blot: np.ndarray, setting: str, value: float, stays: str
):
    both = np.maximum(line, blot)
    assert np.array_equal(marks(ctx, both), both > 0)
    wished: dict[str, Any] = {setting: value}
    assert np.array_equal(marks(ctx, both, **wished), {"line": line, "blot": blot}[stays] > 0)


def test_a_dot_is_not_too_small_if_it_is_as_large_as_said(ctx: Context, blot: np.ndarray):
    assert marks(ctx, blot, smallest=19).any()
    assert not marks(ctx, blot, smallest=23).any()


def test_pieces_are_measured(ctx: Context):
    drawn = np.zeros(SHAPE, np.uint8)
    cv2.line(drawn, (10, 10), (210, 10), 1, 1)
    cv2.line(drawn, (20, 40), (160, 180), 1, 5)
    cv2.ellipse(drawn, (300, 100), (60, 60), 0, 0, 360, 1, 4)
    cv2.circle(drawn, (300, 230), 20, 1, -1)
    pieces = Components(ctx, drawn * FAINT)
    assert not pieces.sure.any()
    assert pieces.length[1:] == pytest.approx([201, 141 * math.sqrt(2), 2 * math.pi * 60, 58], rel=0.15)
    assert pieces.breadth[1:4] == pytest.approx([1, 5, 4], rel=0.35)
    assert (pieces.elongation[1:4] > 0.85).all()
    assert pieces.elongation[4] < 0.1


def test_a_piece_across_tiles_is_one(ctx: Context):
    drawn = np.zeros((40, 2500), np.uint8)
    drawn[10:14, 5:2400] = FAINT
    drawn[12, 2399] = SURE
    pieces = Components(ctx, drawn)
    assert pieces.sure.tolist() == [False, True]
    assert pieces.breadth[1] == pytest.approx(4, rel=0.05)


def test_only_the_polarity_asked_for_is_marked(ctx: Context, rng: np.random.Generator):
    light, dark = cv2.line(blank(), (20, 30), (380, 90), 1.0, 3), cv2.circle(blank(), (200, 200), 40, 1.0, -1)
    slope = np.linspace(0.3, 0.7, SHAPE[1]) + rng.normal(0, 0.05, SHAPE)
    image = grey(slope + 0.15 * light - 0.15 * dark)
    likely = np.maximum(light, dark)
    assert np.array_equal(marks(ctx, likely, image, polarity="light"), light > 0)
    assert np.array_equal(marks(ctx, likely, image, polarity="dark"), dark > 0)
    assert np.array_equal(marks(ctx, likely, image, polarity="both"), likely > 0)


def test_scratches_that_cross_are_told_apart(ctx: Context):
    light, dark = cv2.line(blank(), (20, 30), (380, 250), 1.0, 3), cv2.line(blank(), (20, 250), (380, 30), 1.0, 3)
    image = grey(0.5 + np.where(light > 0, 0.2, -0.2 * dark))
    found = marks(ctx, np.maximum(light, dark), image, polarity="dark")
    assert (found & (light > 0)).sum() < 0.05 * light.sum()
    assert (found & (dark > 0)).sum() > 0.95 * dark.sum()


def test_the_inside_of_wide_damage_counts_with_its_surroundings(ctx: Context):
    blot = cv2.circle(np.zeros((500, 500), np.float32), (250, 250), 150, 1.0, -1)
    assert np.array_equal(marks(ctx, blot, grey(0.4 + 0.1 * blot), polarity="light"), blot > 0)
    assert not marks(ctx, blot, grey(0.4 + 0.1 * blot), polarity="dark").any()


def test_what_has_no_surroundings_is_neither_light_nor_dark(ctx: Context):
    for polarity in ("light", "dark"):
        assert not marks(ctx, np.ones(SHAPE), polarity=polarity).any()


def faces(scale: float = 1) -> Faces:
    """One face of 80 × 100 pixels around (200, 150)."""
    box = (160 * scale, 100 * scale, 240 * scale, 200 * scale)
    points = tuple((x * scale, y * scale) for x, y in ((180, 130), (220, 130), (200, 150), (185, 175), (215, 175)))
    return Faces((Face(box, points),), height=round(SHAPE[0] * scale), width=round(SHAPE[1] * scale))


@pytest.mark.parametrize("scale", [1, 2])
def test_faces_are_spared(ctx: Context, scale: float):
    """A mark within a face stays out unless it is sure, and one outside is as before."""
    likely = cv2.line(blank(), (185, 150), (215, 150), 0.7, 3) + cv2.line(blank(), (20, 250), (380, 250), 0.7, 3)
    sure = cv2.line(blank(), (190, 170), (210, 170), 0.99, 3)
    both = np.maximum(likely, sure)
    within, found = both.copy(), marks(ctx, both, faces=faces(scale), protect=0.5)
    within[210:] = 0
    assert np.array_equal(found[210:], both[210:] > 0)
    assert np.array_equal(found[:210], sure[:210] > 0)
    assert not marks(ctx, np.maximum(within, sure > 0), faces=faces(scale), protect=1).any()
    assert np.array_equal(marks(ctx, both, faces=faces(scale), protect=0), both > 0)


def test_no_face_spares_nothing(ctx: Context, line: np.ndarray):
    nobody = Faces((), height=SHAPE[0], width=SHAPE[1])
    assert np.array_equal(marks(ctx, line, faces=nobody, protect=1), line > 0)


def test_it_is_widened(ctx: Context, line: np.ndarray):
    assert np.array_equal(marks(ctx, line, grow=4)[:, 150], np.abs(np.arange(SHAPE[0]) - 60) <= 5)


def test_tiles_do_not_show(ctx: Context, rng: np.random.Generator):
    likely = (rng.random((1100, 60)) > 0.995).astype(np.float32)
    image = grey(rng.random((1100, 60)))
    disc = (np.hypot(*np.mgrid[-3:4, -3:4]) <= 3.5).astype(np.uint8)
    found = find_scratches(ctx, image, Mask(likely), smallest=0, grow=3).mask.values
    assert np.array_equal(found, cv2.dilate(likely, disc))


def test_a_map_of_another_size_is_refused(ctx: Context):
    with pytest.raises(StepError, match="the photo and the map differ"):
        find_scratches(ctx, GREY, Mask(np.zeros((30, 40), np.float32)))


def test_without_a_map_it_makes_one(ctx: Context, rng: np.random.Generator):
    scratch = cv2.line(blank(), (20, 30), (380, 250), 0.4, 3)
    image = grey(0.35 + scratch + rng.normal(0, 0.01, SHAPE))
    found = find_scratches(ctx, image, finder=CLASSICAL)
    assert found.map.values[scratch > 0].mean() > 0.5
    again = find_scratches(ctx, image, found.map)
    assert np.array_equal(found.mask.values, again.mask.values)
    assert found.mask.values[scratch > 0].mean() > 0.8


@pytest.mark.parametrize("shape", [(1, 1), (1, 9), (7, 5), (4000, 3)])
@pytest.mark.parametrize("level", [0.0, 1.0])
def test_any_size_works(ctx: Context, shape: tuple[int, int], level: float):
    image, likely = grey(np.full(shape, 0.5)), Mask(np.full(shape, level, np.float32))
    found = find_scratches(ctx, image, likely, smallest=0, polarity="both").mask.values
    assert found.shape == shape
    assert (found == level).all()
