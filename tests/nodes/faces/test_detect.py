from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from skimage.data import astronaut

from nodes.faces.detect import detect
from nodes.kinds.image import Image

PHOTO = Image((astronaut()[:400, 60:460] / 255).astype(np.float32))

FILES = ["face_detection_yunet_2026may.onnx", "detection_mobilenet0.25_Final.pth"]


def test_the_cascade_needs_nothing(lend, tmp_path: Path):
    ctx = lend(tmp_path)
    (face,) = detect(ctx, PHOTO, model="cascade")
    assert 60 < face.width < 140
    assert ctx.notes == ["Found 1 face."]


@pytest.mark.parametrize("model", FILES)
def test_real_detectors_agree(lend, real_weights: Path, model: str):
    (face,) = detect(lend(real_weights), PHOTO, model=model)
    (rough,) = detect(lend(real_weights), PHOTO, model="cascade")
    off = np.abs(np.subtract(face.landmarks, rough.landmarks))
    assert off.max() < 0.25 * face.width


@pytest.mark.parametrize("model", FILES)
def test_a_large_scan_and_a_small_one(lend, real_weights: Path, model: str):
    enlarged = cv2.resize(PHOTO.pixels, None, fx=4, fy=4, interpolation=cv2.INTER_CUBIC)
    large = Image(np.clip(np.asarray(enlarged, np.float32), 0, 1))
    (small,) = detect(lend(real_weights), PHOTO, model=model)
    (one,) = detect(lend(real_weights), large, model=model)
    assert np.subtract(one.landmarks, 1.5) / 4 == pytest.approx(np.asarray(small.landmarks), abs=0.06 * small.width)


def test_a_small_face_on_a_large_scan(lend, real_weights: Path):
    canvas = np.full((1500, 1700, 3), 0.4, np.float32)
    canvas[1050:1450, 1250:1650] = PHOTO.pixels
    (face,) = detect(lend(real_weights), Image(canvas), model=FILES[0])
    (alone,) = detect(lend(real_weights), PHOTO, model=FILES[0])
    assert np.subtract(face.landmarks, (1250, 1050)) == pytest.approx(np.asarray(alone.landmarks), abs=5)


def test_a_face_cut_by_the_border(lend, real_weights: Path):
    cut = Image(np.ascontiguousarray(PHOTO.pixels[:, 140:]))
    (whole,) = detect(lend(real_weights), PHOTO, model=FILES[0])
    (part,) = detect(lend(real_weights), cut, model=FILES[0], confidence=0.5)
    assert part.landmarks[1][0] + 140 == pytest.approx(whole.landmarks[1][0], abs=12)


@pytest.mark.parametrize("level", [0.0, 0.5, 1.0])
def test_no_face(lend, tmp_path: Path, level: float):
    ctx = lend(tmp_path)
    assert len(detect(ctx, Image(np.full((90, 120, 3), level, np.float32)), model="cascade")) == 0
    assert ctx.notes == ["Found no face."]


def test_only_the_largest_are_kept(lend, real_weights: Path):
    half = cv2.resize(PHOTO.pixels, None, fx=0.6, fy=0.6, interpolation=cv2.INTER_AREA)
    both = np.zeros((400, 700, 3), np.float32)
    both[:, :400], both[:240, 420:660] = PHOTO.pixels, half
    ctx = lend(real_weights)
    assert len(detect(ctx, Image(both), model=FILES[0])) == 2
    (largest,) = detect(ctx, Image(both), model=FILES[0], most=1)
    assert largest.box[0] < 400
    assert ctx.notes[-1] == "Found 2 faces; the largest 1 are kept."
