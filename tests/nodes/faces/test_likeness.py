from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.context import Context
from nodes.faces.likeness import MEASURES, STRUCTURE, VECTORS, Structure, measuring, percent
from nodes.models import face_vectors
from nodes.models.face_vectors import installed
from tests.conftest import Lend
from tests.nodes.faces.portraits import portrait, sharpened, towards

FACE, OTHER = portrait("astronaut"), portrait("officer")


@pytest.fixture(params=MEASURES)
def alike(request: pytest.FixtureRequest, lend: Lend, tmp_path: Path):
    if request.param == VECTORS and not installed():
        pytest.skip("dlib is not installed: pip install -e '.[identity]'")
    with measuring(lend(tmp_path), request.param) as likeness:
        yield lambda first, second: likeness.to(first)(second)


def test_a_face_is_like_itself(alike):
    assert alike(FACE, FACE) > 0.999


def test_sharper_lighter_or_tinted_is_the_same_person(alike):
    assert alike(FACE, sharpened(FACE)) > 0.85
    assert alike(FACE, 0.85 * FACE + np.float32(0.1)) > 0.75
    assert alike(FACE, (FACE * (1.0, 0.92, 0.8)).astype(np.float32)) > 0.75


def test_somebody_else_is_not(alike):
    assert alike(FACE, towards(FACE, OTHER, 1.0)) < 0.45


def test_the_more_of_somebody_else_the_less_alike(alike):
    found = [alike(FACE, towards(FACE, OTHER, share)) for share in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)]
    assert found == sorted(found, reverse=True)
    assert found[1] > 0.65 > found[-2]


@pytest.mark.parametrize("level", [0.0, 0.5, 1.0])
def test_flat_pictures(alike, level: float):
    flat = np.full((512, 512, 3), level, np.float32)
    assert alike(flat, flat) == pytest.approx(1.0)
    assert 0 <= alike(FACE, flat) <= 1


def test_one_changed_part_counts():
    mouth = FACE.copy()
    mouth[345:400, 200:310] = OTHER[345:400, 200:310]
    assert Structure().to(FACE)(mouth) < 0.75


@settings(max_examples=15, deadline=None)
@given(gain=st.floats(0.4, 0.9), offset=st.floats(0.0, 0.1), seed=st.integers(0, 99))
def test_the_structure_knows_no_order_light_or_contrast(gain: float, offset: float, seed: int):
    rng = np.random.default_rng(seed)
    first, second = (np.repeat(rng.random((64, 64, 1), np.float32), 3, 2).repeat(8, 0).repeat(8, 1) for _ in range(2))
    structure = Structure()
    assert structure.to(first)(second) == pytest.approx(structure.to(second)(first), abs=1e-3)
    assert structure.to(first)(np.float32(gain) * first + np.float32(offset)) > 0.97


def test_without_the_packages_the_structure_goes_on_and_says_so(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(face_vectors, "PACKAGE", "no_such_package")
    ctx = Context()
    with measuring(ctx, VECTORS) as likeness:
        assert isinstance(likeness, Structure)
    (note,) = ctx.notes
    assert note.startswith("Faces are compared by their structure alone")
    assert note.endswith("python -m pip install -e '.[identity]'.")
    with measuring(ctx, STRUCTURE):
        assert len(ctx.notes) == 1


def test_percent():
    assert [percent(alike) for alike in (0, 0.654, 1)] == ["0 %", "65 %", "100 %"]
