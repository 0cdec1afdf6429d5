from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from graph.errors import StepError
from nodes.models import face_vectors
from nodes.models.face_vectors import SAME, FaceVectorModel, FaceVectors, _chip, installed
from tests.conftest import Lend
from tests.nodes.faces.portraits import portrait, sharpened, towards

needs_extra = pytest.mark.skipif(not installed(), reason="dlib is not installed: pip install -e '.[identity]'")


@pytest.fixture
def vectors(lend: Lend, tmp_path: Path):
    with lend(tmp_path).borrow(FaceVectorModel()) as found:
        yield found


def apart(vectors: FaceVectors, first: np.ndarray, second: np.ndarray) -> float:
    return float(np.linalg.norm(vectors.vector(first) - vectors.vector(second)))


@needs_extra
def test_two_people_lie_apart_and_one_does_not(vectors: FaceVectors):
    face, other = portrait("astronaut"), portrait("officer")
    assert vectors.vector(face).shape == (128,)
    assert apart(vectors, face, face) == 0
    assert apart(vectors, face, sharpened(face)) < SAME / 3
    assert apart(vectors, face, other) > SAME
    assert apart(vectors, face, towards(face, other, 1.0)) > SAME


@needs_extra
def test_it_is_loaded_once_and_counted(lend: Lend, tmp_path: Path):
    ctx = lend(tmp_path)
    with ctx.borrow(FaceVectorModel()) as first, ctx.borrow(FaceVectorModel()) as second:
        assert first is second
        assert ctx.lender.pool.used > 20 * 2**20  # pyright: ignore[reportOptionalMemberAccess, reportAttributeAccessIssue] - it is the real one


@needs_extra
def test_a_file_that_is_no_network_is_named(tmp_path: Path):
    (tmp_path / "broken.dat").write_bytes(b"no network")
    with pytest.raises(StepError, match=r"broken\.dat cannot be read"):
        FaceVectors.load(tmp_path / "broken.dat")


def test_what_is_missing_is_named(lend: Lend, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(face_vectors, "PACKAGE", "no_such_package")
    assert not installed()
    with (
        pytest.raises(StepError, match=r"not installed.*pip install -e '\.\[identity\]'"),
        lend(tmp_path).borrow(FaceVectorModel()),
    ):
        pass


def test_the_middle_of_the_chip_is_below_the_eyes():
    face = np.zeros((512, 512, 3), np.float32)
    face[306:317, 253:264] = (1.0, 0.5, 0.0)
    chip = _chip(face)
    assert chip.shape == (150, 150, 3)
    y, x = np.nonzero(chip[..., 0] > 100)
    assert abs(y.mean() - 74.5) < 1
    assert abs(x.mean() - 74.5) < 1
    assert chip[75, 75].tolist() == sorted(chip[75, 75], reverse=True)
