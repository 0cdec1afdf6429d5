from __future__ import annotations

import numpy as np
import pytest
from PIL import Image as Pillow

from graph.errors import Cancelled, StepError
from nodes.models.rembg_session import SubjectModel, _family
from tests.nodes.models.tiny_background import FILES, tiny_subject
from tests.nodes.models.tiny_onnx import node, plug, write


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("subjects")
    for name in FILES:
        tiny_subject(folder, name)
    return folder


@pytest.fixture(autouse=True)
def no_home(monkeypatch, tmp_path):
    """rembg's own folder is empty, and what it would download from does not exist."""
    import pooch

    monkeypatch.setenv("U2NET_HOME", str(tmp_path / "none"))
    monkeypatch.setattr(pooch, "retrieve", lambda *_, **__: pytest.fail("rembg wants to download"))


def asked(ctx, model, pixels):
    with ctx.borrow(SubjectModel(model)) as subject:
        return subject.mask(ctx.check, pixels)


@pytest.mark.parametrize("name", FILES)
def test_it_answers_what_rembg_does(lend, folder, rng, name, monkeypatch):
    from rembg import new_session, remove

    file, side = FILES[name]
    # As large as the answer, so that rembg does not resize it.
    pixels = rng.random((side // 4, side // 4, 3), np.float32) * np.linspace(0.2, 1, side // 4)[:, None]
    pixels = pixels.astype(np.float32)
    found = asked(lend(folder), file, pixels)
    monkeypatch.setenv("U2NET_HOME", str(folder))
    if not (folder / f"{name}.onnx").exists():
        (folder / f"{name}.onnx").write_bytes((folder / file).read_bytes())
    picture = Pillow.fromarray((pixels * 255 + 0.5).astype(np.uint8))
    official = np.asarray(remove(picture, session=new_session(name), only_mask=True)) / 255
    assert found.std() > 0.1
    assert np.abs(found - official).max() < 1.001 / 255


def test_a_picture_without_anything_has_no_subject(lend, folder):
    flat = np.zeros((50, 60, 3), np.float32)
    ctx = lend(folder)
    middle = asked(ctx, "u2netp.onnx", flat)[10:-10, 10:-10]
    assert np.ptp(middle) == 0


def test_an_answer_without_differences_finds_nothing(lend, tmp_path, rng):
    nodes = [node("Mul", ["input", "none"], ["zero"]), node("Sigmoid", ["zero"], ["answer"])]
    shape = [1, 3, 320, 320]
    write(tmp_path / "same.onnx", nodes, [plug("input", shape)], [plug("answer", shape)],
          {"none": np.zeros(1, np.float32)})  # fmt: skip
    assert not asked(lend(tmp_path), "same.onnx", rng.random((40, 40, 3), np.float32)).any()


def test_it_can_be_cancelled(lend, folder):
    ctx = lend(folder)
    ctx.cancelled.set()
    with pytest.raises(Cancelled):
        asked(ctx, "u2netp.onnx", np.zeros((9, 9, 3), np.float32))
    ctx.cancelled.clear()


def test_a_truncated_file_says_so(lend, folder, tmp_path):
    (tmp_path / "u2netp.onnx").write_bytes((folder / "u2netp.onnx").read_bytes()[:200])
    with pytest.raises(StepError, match=r"u2netp\.onnx"):
        asked(lend(tmp_path), "u2netp.onnx", np.zeros((9, 9, 3), np.float32))


def test_a_network_for_something_else_says_so(lend, tmp_path):
    shapes = {"image": [1, 3, 320, 320], "mask": [1, 1, 320, 320]}
    write(tmp_path / "fill.onnx", [node("Mul", ["image", "mask"], ["output"])],
          [plug(name, shape) for name, shape in shapes.items()], [plug("output", shapes["image"])])  # fmt: skip
    with pytest.raises(StepError, match="no network that finds the subject"):
        asked(lend(tmp_path), "fill.onnx", np.zeros((9, 9, 3), np.float32))


def test_a_network_of_another_size_says_so(lend, tmp_path):
    shape = [1, 3, 77, 77]
    write(tmp_path / "odd.onnx", [node("Sigmoid", ["input"], ["answer"])], [plug("input", shape)],
          [plug("answer", shape)])  # fmt: skip
    with pytest.raises(StepError, match=r"odd\.onnx"):
        asked(lend(tmp_path), "odd.onnx", np.zeros((9, 9, 3), np.float32))


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("u2netp", "u2netp"),
        ("silueta", "silueta"),
        ("isnet-general-use", "isnet-general-use"),
        ("birefnet-portrait", "birefnet-portrait"),
        ("birefnet-general-bb_swin_v1_tiny-epoch_232", "birefnet-general"),
        ("isnet-mine", "isnet-general-use"),
        ("sam", "u2net"),
        ("whatever", "u2net"),
    ],
)
def test_which_way_of_rembgs_a_file_is_used(stem, name):
    assert _family(stem).name() == name
