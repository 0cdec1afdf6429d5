from __future__ import annotations

import cv2
import imagecodecs
import numpy as np
import pytest

from graph.context import Context
from graph.errors import StepError
from nodes.faces.align import TEMPLATE
from nodes.faces.compare import BAD, GOOD, compare
from nodes.faces.likeness import STRUCTURE
from nodes.kinds.faces import Face, Faces
from nodes.kinds.image import Image, Origin
from nodes.pixels.profile import convert
from tests.nodes.faces.portraits import portrait, sharpened, towards

FACE, OTHER = portrait("astronaut"), portrait("officer")
PAIR = Image(np.concatenate([FACE, OTHER], axis=1))
ONE = Face((100.0, 80.0, 410.0, 450.0), tuple((x, y) for x, y in TEMPLATE))
FACES = Faces((ONE, ONE.mapped(1, 1, 512, 0)), height=512, width=1024)
EDGES = (265, 100), (265, 612)
"""Pixels on the left line of each box."""


def colours(found: Image, times: int = 1) -> list[tuple[float, ...]]:
    places = [found.pixels[times * y, times * x + times // 2] for y, x in EDGES]
    return [tuple(round(part, 2) for part in place.tolist()) for place in places]


def test_every_face_has_its_box(ctx: Context):
    after = Image(np.concatenate([sharpened(FACE), towards(OTHER, FACE, 0.9)], axis=1))
    found = compare(ctx, PAIR, after, FACES, measure=STRUCTURE)
    assert colours(found) == [GOOD, BAD]
    assert np.array_equal(found.pixels[140:400, 120:390], after.pixels[140:400, 120:390])
    (note,) = ctx.notes
    assert note.startswith("Face 2 is the least alike, ")
    assert note.endswith("; 1 of 2 faces are below 70 %.")


def test_one_face_by_its_number(ctx: Context):
    found = compare(ctx, PAIR, PAIR, FACES, which=[1], measure=STRUCTURE)
    assert colours(found)[1] == GOOD
    assert np.array_equal(found.pixels[:, :500], PAIR.pixels[:, :500])
    assert ctx.notes == ["Face 2 is 100 % alike."]


def test_the_finished_photo_may_be_larger(ctx: Context):
    large = Image(np.asarray(cv2.resize(PAIR.pixels, None, fx=3, fy=3, interpolation=cv2.INTER_LINEAR), np.float32))
    found = compare(ctx, PAIR, large, FACES, measure=STRUCTURE)
    assert found.pixels.shape == large.pixels.shape
    assert colours(found, 3) == [GOOD, GOOD]
    assert ctx.notes[0].endswith("; 0 of 2 faces are below 70 %.")


def test_another_profile_is_no_other_person(ctx: Context):
    profile = imagecodecs.cms_profile("adobergb", gamma=1.8)
    other = Image(convert(PAIR.pixels, None, profile), Origin(profile=profile))
    found = compare(ctx, PAIR, other, FACES, which=[0], measure=STRUCTURE)
    assert found.origin == other.origin
    assert ctx.notes == ["Face 1 is 100 % alike."]


def test_no_face_is_said(ctx: Context):
    assert compare(ctx, PAIR, PAIR, Faces((), height=512, width=1024)) is PAIR
    flat = Faces((Face((0.0, 0.0, 90.0, 90.0), ((5.0, 5.0),) * 5),), height=512, width=1024)
    assert compare(ctx, PAIR, PAIR, flat) is PAIR
    assert ctx.notes == [
        "There is no face to compare.",
        "Face 1 is left out: its eyes, nose and mouth do not make a face.",
        "There is no face to compare.",
    ]


def test_another_picture_is_refused(ctx: Context):
    with pytest.raises(StepError, match="The two photos differ in shape"):
        compare(ctx, PAIR, Image(FACE), FACES)
