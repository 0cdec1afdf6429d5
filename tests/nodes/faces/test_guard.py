from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.context import Context
from graph.errors import Cancelled
from nodes.faces.align import TEMPLATE
from nodes.faces.cover import ellipse_cover
from nodes.faces.guard import MOST, STEP, Guard, Held, told
from nodes.faces.likeness import STRUCTURE, VECTORS, Structure
from nodes.faces.restore import restore
from nodes.kinds.arrays import Floats
from nodes.kinds.faces import Face, Faces
from nodes.kinds.image import Image
from nodes.models.face_vectors import installed
from nodes.pixels.colour import luma
from tests.nodes.faces.portraits import portrait, sharpened, shrunk, towards
from tests.nodes.models.tiny_faces import Stand

FACE, OTHER = portrait("astronaut"), portrait("officer")
PHOTO = Image(FACE)
FACES = Faces((Face((100.0, 80.0, 410.0, 450.0), tuple((x, y) for x, y in TEMPLATE)),), height=512, width=512)
MIDDLE = np.s_[200:400, 180:330]

every_measure = pytest.mark.parametrize(
    "measure",
    [STRUCTURE, pytest.param(VECTORS, marks=pytest.mark.skipif(not installed(), reason="dlib is not installed"))],
)


def idle() -> None:
    """Nobody cancels."""


def lent(ctx: Context, change: Callable[[Floats], Floats]) -> tuple[Context, Stand]:
    stand = Stand(change)
    return replace(ctx, lender=stand, notes=[]), stand


def halfway(face: Floats) -> Floats:
    return towards(face, OTHER, 0.45)


@every_measure
@pytest.mark.parametrize("change", [np.copy, sharpened], ids=["nothing", "sharpened"])
def test_who_stays_the_same_is_restored_in_full(ctx: Context, measure: str, change: Callable[[Floats], Floats]):
    ctx, _ = lent(ctx, change)
    found = restore(ctx, PHOTO, FACES, measure=measure, grain=0.0)
    ctx, _ = lent(replace(ctx, notes=[]), change)
    assert np.array_equal(found.pixels, restore(ctx, PHOTO, FACES, likeness=0.0, grain=0.0).pixels)
    assert ctx.notes == ["Restored 1 of 1 face."]


@every_measure
@pytest.mark.parametrize("across", [40, 80])
def test_a_blurred_face_may_become_its_sharp_self(ctx: Context, measure: str, across: int):
    ctx, _ = lent(ctx, lambda _: FACE)
    restore(ctx, Image(shrunk(FACE, across)), FACES, measure=measure)
    assert ctx.notes[0].startswith("With strength 0.7: face 1 ")


@every_measure
def test_who_becomes_another_is_restored_less(ctx: Context, measure: str):
    ctx, stand = lent(ctx, halfway)
    found = restore(ctx, PHOTO, FACES, strength=1.0, likeness=0.8, measure=measure, grain=0.0)
    assert stand.calls == 1
    first, last = ctx.notes
    assert first.startswith("Face 1: ")
    assert "alike, strength lowered from 1 to 0." in first
    assert last == "Restored 1 of 1 face."
    whole = restore(replace(ctx, notes=[]), PHOTO, FACES, strength=1.0, likeness=0.0, grain=0.0)
    less, full = (np.abs(each.pixels - FACE)[MIDDLE].mean() for each in (found, whole))
    assert 0.1 * full < less < 0.9 * full


@every_measure
def test_who_becomes_somebody_else_is_left_alone(ctx: Context, measure: str):
    ctx, _ = lent(ctx, lambda face: towards(face, OTHER, 1.0))
    assert restore(ctx, PHOTO, FACES, measure=measure) is PHOTO
    assert ctx.notes[0].startswith("Face 1 is left alone: restored, it would be ")
    assert ctx.notes[1] == "No face was restored."


def test_only_the_face_that_changes_is_lowered(ctx: Context):
    pair = Image(np.concatenate([FACE, FACE], axis=1))
    second = FACES.found[0].mapped(1, 1, 512, 0)
    ctx, stand = lent(ctx, lambda face: halfway(face) if stand.calls == 2 else face)
    restore(ctx, pair, Faces((*FACES, second), height=512, width=1024), strength=1.0, measure=STRUCTURE)
    assert ctx.notes[0].startswith("Face 2: ")
    assert ctx.notes[1] == "With strength 1: face 1 100 % alike."


def test_a_grey_photo_is_judged_as_grey(ctx: Context):
    grey = Image(np.repeat(luma(FACE)[..., None], 3, axis=2))
    ctx, _ = lent(ctx, lambda face: face * np.array([1.0, 0.6, 0.5], np.float32))
    restore(ctx, grey, FACES, measure=STRUCTURE, match_colour=0.0)
    assert ctx.notes[0].startswith("With strength 0.7: face 1 ")


def test_cancelling_between_tries(ctx: Context):
    ctx, _ = lent(ctx, halfway)
    structure, calls = Structure(), 0

    class Counting:
        def to(self, before: Floats) -> Callable[[Floats], float]:
            alike = structure.to(before)

            def counted(after: Floats) -> float:
                nonlocal calls
                calls += 1
                ctx.cancelled.set()
                return alike(after)

            return counted

    with pytest.raises(Cancelled):
        Guard(Counting(), 0.95, ctx.check).held(FACE, halfway(FACE), ellipse_cover(), 1.0, grey=False)
    assert calls == 1


@dataclass(frozen=True)
class Change:
    """Half of the mean change, as a measure whose answers can be foretold."""

    def to(self, before: Floats) -> Callable[[Floats], float]:
        return lambda after: 1.0 - float(np.abs(after - before).mean()) / 2


@settings(max_examples=20, deadline=None)
@given(strength=st.integers(1, 20), limit=st.floats(0.4, 1.0))
def test_the_greatest_strength_that_holds(strength: int, limit: float):
    black, white = (np.full((512, 512, 3), level, np.float32) for level in (0.0, 1.0))
    wished = strength * STEP
    held = Guard(Change(), limit, idle).held(black, white, black[..., 0] + 1, wished, grey=False)
    assert 0 <= held.strength <= wished
    if held.strength > 0:
        assert held.alike == pytest.approx(1 - held.strength / 2, abs=1e-5)
        assert held.alike >= limit
    if held.strength < wished:
        assert 1 - (held.strength + STEP) / 2 < limit + 1e-5
        assert round(held.strength / STEP) * STEP == held.strength


def test_many_faces_are_told_together():
    fine = [(number, Held(0.7, 0.7 + number / 100)) for number in range(20)]
    assert list(told(fine, 0.7)) == ["20 faces stay 70 % to 89 % alike, the least of them face 1."]
    lowered = [(number, Held(0.35, 0.7)) for number in range(MOST + 3)]
    notes = list(told(lowered, 0.7))
    assert notes[0] == "Face 1: 70 % alike, strength lowered from 0.7 to 0.35."
    assert notes[-1] == "The strength was lowered for 3 more."
    assert len(notes) == MOST + 1
