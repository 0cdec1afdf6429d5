from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from graph.errors import Cancelled, StepError
from nodes.models.compatibility import mend_torchvision
from nodes.models.device import Device
from nodes.models.layers import folded
from nodes.models.parsing import CLASSES, Parser, ParsingModel, _norm
from tests.nodes.models.tiny_faces import tiny_parsenet


def idle() -> None:
    """Nobody cancels."""


@pytest.mark.filterwarnings("ignore::UserWarning", "ignore::DeprecationWarning")
def test_it_computes_as_the_official_one():
    mend_torchvision()
    theirs = pytest.importorskip("facexlib.parsing.parsenet").ParseNet(128, 128, 32, base_ch=32, res_depth=2).eval()
    torch.manual_seed(0)
    with torch.no_grad():
        for name, value in theirs.state_dict().items():
            if name.endswith("running_var"):
                value.uniform_(0.5, 1.5)
            elif name.endswith("running_mean"):
                value.normal_(0, 0.1)
        pixels = np.random.default_rng(3).random((128, 128, 3), dtype=np.float32)
        expected = theirs(torch.from_numpy(pixels * 2 - 1).permute(2, 0, 1)[None])[0][0].numpy()
    ours = Parser(folded(theirs.state_dict(), _norm, torch.device("cpu")), torch.device("cpu"))
    found = ours.logits(pixels, idle)
    assert found.shape == expected.shape == (CLASSES, 128, 128)
    assert np.abs(found - expected).max() < 1e-4 * expected.std()
    assert np.array_equal(ours.classes(pixels, idle), expected.argmax(axis=0))


def test_a_file_on_the_shelf(lend, tmp_path: Path, rng):
    tiny_parsenet(tmp_path)
    with lend(tmp_path).borrow(ParsingModel("parsing_parsenet.pth")) as parser:
        classes = parser.classes(rng.random((64, 64, 3), dtype=np.float32), idle)
        with pytest.raises(Cancelled):
            parser.classes(rng.random((64, 64, 3), dtype=np.float32), cancel)
    assert classes.dtype == np.uint8
    assert len(np.unique(classes)) > 3


def cancel() -> None:
    raise Cancelled


def test_another_model_is_refused(tmp_path: Path):
    torch.save({"params": {"conv.weight": torch.zeros(3, 3, 3, 3)}}, tmp_path / "other.pth")
    with pytest.raises(StepError, match="no network that parses faces"):
        ParsingModel("other").load({"other": tmp_path / "other.pth"}, Device("cpu", "full"))
