from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from skimage.data import astronaut

from graph.errors import StepError
from nodes.models.detector import DetectorModel
from nodes.models.yunet import YuNet

PHOTO = (astronaut() / 255).astype(np.float32)


def idle() -> None:
    """Nobody cancels."""


@pytest.fixture(scope="module")
def detector(real_weights: Path) -> YuNet:
    return YuNet.load(real_weights / "face_detection_yunet_2026may.onnx")[0]


def test_the_face_is_where_it_is(detector: YuNet):
    (face,) = detector.faces(PHOTO, 0.8, idle)
    left, right, nose, *_ = face.landmarks
    assert 190 < left[0] < nose[0] < right[0] < 265
    assert face.score > 0.8


def test_confidence_is_asked_anew(detector: YuNet):
    assert detector.faces(PHOTO, 0.999, idle) == []
    assert detector.faces(PHOTO, 0.5, idle)


@pytest.mark.parametrize("size", [(1, 1), (1, 40), (7, 5), (33, 47)], ids=str)
def test_any_size(detector: YuNet, size: tuple[int, int]):
    assert detector.faces(np.ones((*size, 3), np.float32), 0.7, idle) == []


@pytest.mark.parametrize("size", [(1, 1), (31, 32)], ids=str)
def test_nothing_is_read_from_memory_never_set(real_weights: Path, size: tuple[int, int]):
    """At 32 × 32 pixels OpenCV does that in about one of thirty fresh detectors."""
    for _ in range(20):
        detector, _ = YuNet.load(real_weights / "face_detection_yunet_2026may.onnx")
        rubbish = [np.full(count, 1e27, np.float32) for count in (1000, 20_000, 300_000)]
        del rubbish
        assert detector.faces(np.ones((*size, 3), np.float32), 0.7, idle) == []


@pytest.mark.parametrize("content", [b"", b"no onnx at all", b"\x08\x07" * 40])
def test_a_file_that_is_none_is_refused(tmp_path: Path, content: bytes):
    (tmp_path / "face.onnx").write_bytes(content)
    with pytest.raises(StepError, match=r"face\.onnx is no face detector"):
        YuNet.load(tmp_path / "face.onnx")


def test_it_is_borrowed_by_the_name_of_its_file(lend, real_weights: Path):
    ctx = lend(real_weights)
    with ctx.borrow(DetectorModel("face_detection_yunet_2026may.onnx")) as found:
        assert isinstance(found, YuNet)
