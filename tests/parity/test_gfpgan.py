"""Restoring faces against the package gfpgan, from the same weights: stage by stage, then the whole way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import torch

from graph.context import Context
from graph.pool import Pool
from nodes.faces.align import affine_from_landmarks, aligned
from nodes.faces.detect import detect
from nodes.faces.restore import restore
from nodes.kinds.arrays import Floats, allocator
from nodes.kinds.image import Image
from nodes.models.device import Device
from nodes.models.face_networks import FaceModel
from nodes.models.lending import Lending
from nodes.models.official import OfficialFaces, seeded
from nodes.models.shelf import Shelf
from nodes.official.gfpgan import gfpgan
from nodes.official.realesrgan import realesrgan
from tests.parity.measuring import STEP, apart, decibels

GFPGAN, DETECTOR, PARSER = "GFPGANv1.4.pth", "detection_mobilenet0.25_Final.pth", "parsing_parsenet.pth"
SEED = 3


@dataclass(frozen=True)
class Course:
    """What GFPGANer did to a photo with one face, stage by stage. All are RGB in 0..1."""

    landmarks: Floats
    aligned: Floats
    given: Floats
    """To the network; as `made`, by it, not rounded."""
    made: Floats
    result: Floats


@pytest.fixture(scope="module")
def lent(restorers: Path, enlargers: Path, tmp_path_factory: pytest.TempPathFactory) -> Context:
    """One pool for all of these tests: the networks are large."""
    lender = Lending(Pool(4 * 2**30), Shelf([restorers, enlargers]), Device("cpu", "full"))
    return Context(allocate=allocator(tmp_path_factory.mktemp("scratch")), lender=lender)


@pytest.fixture(scope="module")
def course(lent: Context, astronaut: Image) -> Course:
    return course_of(lent, astronaut)


def course_of(lent: Context, image: Image) -> Course:
    """The package's own way, called as its own script calls it."""
    tensors: list[Floats] = []
    with lent.borrow(OfficialFaces(GFPGAN, DETECTOR, PARSER)) as restorer:
        worker = restorer.worker
        worker.upscale = 1
        worker.face_helper.set_upscale_factor(1)
        hook = worker.gfpgan.register_forward_hook(
            lambda _, given, made: tensors.extend(map(rgb_from_tensor, (given[0], made[0])))
        )
        with seeded(SEED):
            crops, _, result = worker.enhance(eight_bits(image))
        hook.remove()
        landmarks = worker.face_helper.all_landmarks_5
    assert len(crops) == len(landmarks) == 1
    given, made = tensors
    return Course(landmarks[0], rgb(crops[0]), given, made, rgb(result))


def rgb_from_tensor(tensor: torch.Tensor) -> Floats:
    """Of one picture (1, 3, H, W) in -1..1."""
    return np.asarray(tensor[0].permute(1, 2, 0) / 2 + 0.5, np.float32)


def eight_bits(image: Image) -> np.ndarray:
    return np.rint(image.pixels[..., ::-1] * 255).astype(np.uint8)


def rgb(bgr: np.ndarray) -> Floats:
    return bgr[..., ::-1].astype(np.float32) / np.float32(255)


def test_the_network_is_worth_comparing(course: Course, astronaut: Image):
    assert course.made.std() > 20 * STEP
    assert np.mean((course.made > 0) & (course.made < 1)) > 0.5
    assert decibels(course.result, astronaut.pixels) < 30


def test_detection(lent: Context, astronaut: Image, course: Course):
    """As restoring is meant to be used: found by our node, with all its looks."""
    (face,) = detect(lent, astronaut, model=DETECTOR)
    assert apart(np.array(face.landmarks), course.landmarks) < 0.01


def test_alignment(astronaut: Image, course: Course):
    matrix = affine_from_landmarks([(x, y) for x, y in course.landmarks.tolist()])
    assert matrix is not None
    assert apart(aligned(astronaut.pixels, matrix), course.aligned) < STEP


def test_network(lent: Context, course: Course):
    """The same aligned face, with the same noise."""
    with lent.borrow(FaceModel(GFPGAN)) as network:
        ours = network.restored(course.given, lent.check, seed=SEED)
    assert apart(ours, course.made.clip(0, 1)) < STEP


def test_the_whole_way(lent: Context, astronaut: Image, course: Course):
    """It rounds to 8 bits after every stage; we do not."""
    assert decibels(ours_of(lent, astronaut).pixels, course.result) > 40


def test_the_whole_way_of_another_photo(lent: Context, portrait: Callable[[str], Image]):
    image = portrait("face-Adele_crop.png")
    assert decibels(ours_of(lent, image).pixels, course_of(lent, image).result) > 40


def ours_of(lent: Context, image: Image) -> Image:
    """As plainly as the package works: the whole face, its own colours, no grain."""
    faces = detect(lent, image, model=DETECTOR, confidence=0.97)
    return restore(
        lent,
        image,
        faces,
        model=GFPGAN,
        strength=1.0,
        likeness=0.0,
        match_colour=0.0,
        grain=0.0,
        parsing=PARSER,
        seed=SEED,
    )


def test_the_official_node(
    lent: Context, astronaut: Image, course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """It gives what the package gives, which by itself would download two networks into the current folder."""
    monkeypatch.chdir(tmp_path)
    ours = gfpgan(lent, astronaut, model=GFPGAN, upscale=1.0, detector=DETECTOR, parser=PARSER, seed=SEED)
    assert apart(ours.pixels, course.result) == 0
    assert list(tmp_path.iterdir()) == []


def test_no_face(lent: Context):
    """Then the photo is only enlarged, and not at all where nothing is to be enlarged."""
    black = Image(np.zeros((48, 64, 3), np.float32))
    ours = gfpgan(lent, black, model=GFPGAN, upscale=1.0, detector=DETECTOR, parser=PARSER)
    assert ours is black
    larger = gfpgan(lent, black, model=GFPGAN, upscale=2.0, detector=DETECTOR, parser=PARSER)
    assert larger.pixels.shape == (96, 128, 3)


def test_the_background_is_enlarged_by_the_other_package(lent: Context):
    down, across = np.mgrid[:48, :64] / 64
    sky = Image(np.stack([down * 0.3, across * 0.5, np.ones_like(down)], axis=2).astype(np.float32))
    ours = gfpgan(
        lent, sky, model=GFPGAN, upscale=2.0, detector=DETECTOR, parser=PARSER, background="realesrgan-x2plus"
    )
    assert np.array_equal(ours.pixels, realesrgan(lent, sky, model="realesrgan-x2plus", outscale=2.0).pixels)
