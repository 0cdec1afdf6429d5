"""Detector, parser and alignment against the package facexlib, from the same weights."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from nodes.faces.align import affine_from_landmarks, aligned, bounds, enlargement, inverse
from nodes.faces.cover import parsed_cover
from nodes.faces.paste import paste
from nodes.kinds.arrays import Floats
from nodes.kinds.faces import Point
from nodes.kinds.image import Image
from nodes.models.detector import DetectorModel
from nodes.models.official import packages
from nodes.models.parsing import ParsingModel
from tests.conftest import Lend
from tests.nodes.models.tiny_official import whole_parsenet, whole_retinaface
from tests.parity.measuring import STEP, TIGHT, apart

FACES = {
    "of a hundred pixels": [(202.0, 101.0), (242.0, 98.0), (227.0, 124.0), (208.0, 144.0), (241.0, 141.0)],
    "small": [(210.0, 110.0), (222.0, 109.0), (217.0, 116.0), (212.0, 122.0), (221.0, 121.0)],
    "turned": [(202.0, 101.0), (225.0, 134.0), (196.0, 135.0), (172.0, 122.0), (190.0, 150.0)],
    "cut by the border": [(2.0, 101.0), (42.0, 98.0), (27.0, 124.0), (8.0, 144.0), (41.0, 141.0)],
}

PORTRAITS = ("astronaut", "face-Adele_crop.png", "face-Blake_Lively.jpg", "face-10045.png")


def bgr_tensor(pixels: Floats) -> torch.Tensor:
    """0..255, as the detector is given it."""
    return torch.from_numpy(np.ascontiguousarray(pixels[..., ::-1].transpose(2, 0, 1)))[None] * 255


@pytest.mark.parametrize("backbone", ["mobile0.25", "resnet50"])
@pytest.mark.filterwarnings("ignore:The parameter 'pretrained':UserWarning", "ignore:Arguments other than:UserWarning")
def test_detector_outputs(lend: Lend, astronaut: Image, tmp_path: Path, backbone: str):
    """What the network itself says, with random weights."""
    network, path = whole_retinaface(tmp_path, backbone)
    pixels = astronaut.pixels[60:157, 170:299]
    with torch.inference_mode():
        boxes, scores, points = network(bgr_tensor(pixels) - network.mean_tensor)
    ctx = lend(tmp_path)
    with ctx.borrow(DetectorModel(path.name)) as detector:
        ours = detector.looked(pixels, ctx.check)
    for mine, theirs in zip(ours, (scores[0, :, 1], boxes[0], points[0]), strict=True):
        assert theirs.std() > 0.01
        assert apart(mine, theirs.numpy()) < 1e-3 * float(theirs.abs().max())


@pytest.mark.parametrize("name", PORTRAITS)
def test_faces_found(
    helper: Any, lend: Lend, real_weights: Path, portrait: Callable[[str], Image], astronaut: Image, name: str
):
    """With the real weights of the small detector: where they are, and each turned upright."""
    image = portrait(name) if name != "astronaut" else astronaut
    network = official_detector(real_weights)
    with torch.inference_mode():
        theirs = network.detect_faces(np.rint(image.pixels[..., ::-1] * 255).astype(np.uint8), 0.5)
    ctx = lend(real_weights)
    with ctx.borrow(DetectorModel("retinaface-mobilenet")) as detector:
        ours = detector.faces(image.pixels, 0.5, ctx.check)
    assert len(ours) == len(theirs) >= 1
    for face, row in zip(ours, theirs, strict=True):
        assert apart(np.array([*face.box, face.score, *np.ravel(face.landmarks)]), row) < 0.01
        assert_aligned_alike(helper, image.pixels, list(face.landmarks))


def official_detector(folder: Path) -> Any:
    packages()
    from facexlib.detection import init_detection_model

    # It finds the file in the folder, and downloads nothing.
    return init_detection_model("retinaface_mobile0.25", device="cpu", model_rootpath=str(folder))


def test_parser_outputs(lend: Lend, astronaut: Image, tmp_path: Path):
    """On a small picture: the network is the same for all sizes."""
    packages()
    from facexlib.parsing.parsenet import ParseNet

    path = whole_parsenet(tmp_path)
    network = ParseNet(in_size=512, out_size=512, parsing_ch=19).eval()
    network.load_state_dict(torch.load(path))
    pixels = astronaut.pixels[60:156, 170:298]
    with torch.inference_mode():
        theirs = network(torch.from_numpy(pixels.transpose(2, 0, 1).copy())[None] * 2 - 1)[0][0].numpy()
    ctx = lend(tmp_path)
    with ctx.borrow(ParsingModel(path.name)) as parser:
        ours = parser.logits(pixels, ctx.check)
        classes = parser.classes(pixels, ctx.check)
    assert apart(ours, theirs) < 1e-3 * np.abs(theirs).max()
    assert len(np.unique(classes)) > 4
    assert np.mean(classes == theirs.argmax(axis=0)) > 0.999


@pytest.fixture
def helper(monkeypatch: pytest.MonkeyPatch) -> Any:
    """facexlib's FaceRestoreHelper without its networks, which neither aligns nor pastes."""
    packages()
    from facexlib.utils import face_restoration_helper as module

    for name in ("init_detection_model", "init_parsing_model"):
        monkeypatch.setattr(module, name, lambda *_, **__: None)
    return module.FaceRestoreHelper(1, device="cpu")


@pytest.mark.parametrize("where", FACES)
def test_alignment(helper: Any, astronaut: Image, where: str):
    assert_aligned_alike(helper, astronaut.pixels, FACES[where])


def assert_aligned_alike(helper: Any, pixels: Floats, landmarks: list[Point]) -> None:
    """Larger faces than 512 pixels are left out: ours are averaged first, theirs are sampled with holes."""
    helper.clean_all()
    # In float, so that its rounding to 8 bits does not blur the comparison.
    helper.read_image(pixels[..., ::-1] * np.float32(255))
    helper.all_landmarks_5 = [np.array(landmarks)]
    helper.align_warp_face()
    theirs = helper.cropped_faces[0][..., ::-1] / 255
    matrix = affine_from_landmarks(landmarks)
    assert matrix is not None
    assert apart(matrix, helper.affine_matrices[0]) < 1e-9
    assert theirs.std() > 20 * STEP
    if enlargement(matrix) >= 1:
        assert apart(aligned(pixels, matrix), theirs) < TIGHT


@pytest.mark.parametrize("where", FACES)
@pytest.mark.parametrize("scale", [1, 2])
def test_pasting(helper: Any, astronaut: Image, rng: np.random.Generator, where: str, scale: int):
    """From the same face, the same classes and the same place; the package's own place is half a pixel off at 2.

    The face lies in the corner, because OpenCV rounds places to 1/32 pixel, elsewhere not quite the same for a part of
    a picture, which is what we sample, as for all of it.
    """
    pixels, landmarks = cornered(astronaut.pixels, FACES[where])
    matrix = affine_from_landmarks(landmarks)
    assert matrix is not None
    face = 1 - aligned(pixels, matrix)
    classes = rng.integers(0, 19, (8, 8), np.uint8).repeat(64, axis=0).repeat(64, axis=1)
    photo = pixels.repeat(scale, axis=0).repeat(scale, axis=1)
    helper.set_upscale_factor(scale)
    helper.use_parse, helper.face_parse = True, lambda _: (sure_of(classes),)
    # In the range of 16 bits, so that its rounding to 8 bits does not blur the comparison.
    helper.input_img, helper.restored_faces = pixels[..., ::-1] * 65535, [face[..., ::-1] * 65535]
    helper.affine_matrices = [matrix]
    helper.get_inverse_affine()
    theirs = helper.paste_faces_to_input_image(upsample_img=photo[..., ::-1] * np.float32(65535))
    assert theirs.dtype == np.uint16
    ours = photo.copy()
    paste(ours, face, parsed_cover(classes), helper.inverse_affine_matrices[0], smooth=False)
    assert apart(ours, photo) > 20 * STEP
    assert apart(ours, theirs[..., ::-1] / 65535) < TIGHT


def cornered(pixels: Floats, landmarks: list[Point]) -> tuple[Floats, list[Point]]:
    """The part of a photo that begins just inside the square around a face, and where the face is in it."""
    matrix = affine_from_landmarks(landmarks)
    assert matrix is not None
    top, left = (within.start + 3 for within in bounds(inverse(matrix), *pixels.shape[:2]))
    return np.ascontiguousarray(pixels[top:, left:]), [(x - left, y - top) for x, y in landmarks]


def sure_of(classes: NDArray[np.uint8]) -> torch.Tensor:
    """The outputs of a parser that has found these classes."""
    return torch.from_numpy(np.eye(19)[classes].transpose(2, 0, 1))[None]
