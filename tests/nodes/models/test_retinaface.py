from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from skimage.data import astronaut

from graph.errors import Cancelled, StepError
from nodes.models.compatibility import mend_torchvision
from nodes.models.detector import DetectorModel
from nodes.models.device import Device
from nodes.models.layers import folded
from nodes.models.retinaface import RetinaFace, _norm

CPU = Device("cpu", "full")
PHOTO = (astronaut() / 255).astype(np.float32)


def idle() -> None:
    """Nobody cancels."""


def official(size: str):
    mend_torchvision()
    return pytest.importorskip("facexlib.detection.retinaface").RetinaFace(size, device="cpu").eval()


@pytest.fixture(scope="module")
def detector(real_weights: Path) -> RetinaFace:
    return RetinaFace.load(real_weights / "detection_mobilenet0.25_Final.pth", CPU)[0]


@pytest.mark.filterwarnings("ignore::UserWarning", "ignore::DeprecationWarning")
def test_it_finds_what_the_official_one_finds(detector: RetinaFace, real_weights: Path):
    theirs = official("mobile0.25")
    state = torch.load(real_weights / "detection_mobilenet0.25_Final.pth", map_location="cpu", weights_only=True)
    theirs.load_state_dict({name.removeprefix("module."): value for name, value in state.items()})
    with torch.no_grad():
        expected = theirs.detect_faces(np.rint(PHOTO[..., ::-1] * 255).astype(np.float32), 0.5)
    found = detector.faces(PHOTO, 0.5, idle)
    rows = np.array([[*face.box, face.score, *np.ravel(face.landmarks)] for face in found])
    assert rows.shape == expected.shape
    assert np.abs(rows - expected).max() < 0.01


@pytest.mark.filterwarnings("ignore::UserWarning", "ignore::DeprecationWarning")
def test_the_large_one_computes_as_the_official_one():
    torch.manual_seed(0)
    theirs = official("resnet50")
    with torch.no_grad():
        for name, value in theirs.state_dict().items():
            if name.endswith("running_var"):
                value.uniform_(0.5, 1.5)
            elif name.endswith("running_mean"):
                value.normal_(0, 0.1)
        pixels = np.random.default_rng(3).random((70, 101, 3), dtype=np.float32)
        x = torch.from_numpy(np.ascontiguousarray(pixels[..., ::-1] * 255)).permute(2, 0, 1)[None]
        boxes, classes, points = theirs(x - theirs.mean_tensor)
    ours = RetinaFace(folded(theirs.state_dict(), _norm, torch.device("cpu")), torch.device("cpu"))
    scores, around, marks = ours.looked(pixels, idle)
    assert np.abs(scores - classes[0, :, 1].numpy()).max() < 2e-3
    for mine, other in ((around, boxes), (marks, points)):
        assert np.abs(mine - other[0].numpy()).max() < 1e-4 * float(other.std())


def test_the_face_is_where_it_is(detector: RetinaFace):
    (face,) = detector.faces(PHOTO, 0.9, idle)
    left, right, nose, *_ = face.landmarks
    assert 190 < left[0] < nose[0] < right[0] < 265
    assert abs(left[1] - right[1]) < 15
    assert face.width > 50


@pytest.mark.parametrize("size", [(1, 1), (1, 40), (7, 5), (33, 47)], ids=str)
def test_any_size(detector: RetinaFace, size: tuple[int, int]):
    assert detector.faces(np.zeros((*size, 3), np.float32), 0.7, idle) == []


def test_it_stops_between_layers(detector: RetinaFace):
    calls = 0

    def check() -> None:
        nonlocal calls
        calls += 1
        if calls == 9:
            raise Cancelled

    with pytest.raises(Cancelled):
        detector.faces(PHOTO, 0.7, check)
    assert calls == 9


def test_what_is_no_number_is_no_face(detector: RetinaFace):
    broken = RetinaFace(detector.layers, detector.device)
    weights = {name: (torch.full_like(w, torch.nan), b) for name, (w, b) in detector.layers.weights.items()}
    broken.layers = type(detector.layers)(weights)
    with np.errstate(invalid="ignore"):
        assert broken.faces(PHOTO[:64, :64], 0.1, idle) == []


def test_another_model_is_refused(tmp_path: Path):
    torch.save({"params": {"conv.weight": torch.zeros(3, 3, 3, 3)}}, tmp_path / "other.pth")
    with pytest.raises(StepError, match="no face detector"):
        RetinaFace.load(tmp_path / "other.pth", CPU)


def test_it_is_borrowed_by_the_name_of_its_file(lend, real_weights: Path):
    ctx = lend(real_weights)
    with ctx.borrow(DetectorModel("detection_mobilenet0.25_Final.pth")) as found:
        assert isinstance(found, RetinaFace)
