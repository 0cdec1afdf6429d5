from __future__ import annotations

import numpy as np
import pytest
from skimage.data import astronaut

from graph.errors import Cancelled
from nodes.models.cascade import PROFILE, Cascade, _face, _mirrored
from nodes.models.detector import CASCADE, DetectorModel

PHOTO = (astronaut()[:320, 80:400] / 255).astype(np.float32)


def idle() -> None:
    """Nobody cancels."""


@pytest.fixture(scope="module")
def detector() -> Cascade:
    return Cascade.load()[0]


def test_the_face_is_where_it_is(detector: Cascade):
    (face,) = detector.faces(PHOTO, 0.7, idle)
    left, right, nose, mouth_left, mouth_right = face.landmarks
    assert 110 < left[0] < nose[0] < right[0] < 185
    assert left[1] < nose[1] < mouth_left[1] == mouth_right[1]


def test_a_profile_looks_either_way():
    one = _face([10, 20, 100, 100], 10, PROFILE, 1.0)
    other = _mirrored(one, 200)
    assert other.landmarks[0][0] == pytest.approx(199 - one.landmarks[1][0])
    assert other.landmarks[0][0] < other.landmarks[1][0]
    assert np.ravel(_mirrored(other, 200).landmarks) == pytest.approx(np.ravel(one.landmarks))


@pytest.mark.parametrize("size", [(1, 1), (1, 40), (7, 5), (33, 47)], ids=str)
def test_any_size(detector: Cascade, size: tuple[int, int]):
    assert detector.faces(np.full((*size, 3), 0.5, np.float32), 0.7, idle) == []


def test_it_stops_between_its_looks(detector: Cascade):
    def check() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        detector.faces(PHOTO, 0.7, check)


def test_it_needs_no_file(lend, tmp_path):
    assert DetectorModel(CASCADE).weights == ()
    with lend(tmp_path).borrow(DetectorModel(CASCADE)) as found:
        assert isinstance(found, Cascade)
