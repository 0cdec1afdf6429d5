from __future__ import annotations

import numpy as np
import pytest
import torch

from graph.errors import Cancelled, StepError
from nodes.models.compatibility import mend_torchvision
from nodes.models.ddcolor import ColourModel
from nodes.models.network import described, read_state
from tests.nodes.models.tiny_colour import FILES, tiny_ddcolor

NAME = "ddcolor-modelscope"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("colour")
    tiny_ddcolor(folder)
    return folder


def borrowed(ctx, name):
    return ctx.borrow(ColourModel(name))


def test_it_answers_what_the_bare_network_does(lend, folder, rng):
    grey = rng.random((64, 96), np.float32)
    ctx = lend(folder)
    with borrowed(ctx, FILES[NAME]) as colourist:
        found = colourist.chroma(ctx.check, grey)
    module = described(read_state(folder / FILES[NAME]), folder / FILES[NAME]).model.eval()
    with torch.inference_mode():
        expected = module(torch.from_numpy(grey).expand(1, 3, 64, 96))[0].permute(1, 2, 0).numpy()
    assert found.shape == (64, 96, 2)
    assert found.std() > 5
    assert np.abs(found - expected).max() < 0.01


def test_it_stops_between_layers(lend, folder):
    ctx = lend(folder)
    with borrowed(ctx, FILES[NAME]) as colourist:
        ctx.cancelled.set()
        with pytest.raises(Cancelled):
            colourist.chroma(ctx.check, np.zeros((64, 64), np.float32))


def test_a_truncated_file_says_so(lend, folder, tmp_path):
    (tmp_path / "half.pth").write_bytes((folder / FILES[NAME]).read_bytes()[:50_000])
    with pytest.raises(StepError, match=r"half\.pth"), borrowed(lend(tmp_path), "half.pth"):
        pass


def test_a_network_for_something_else_says_so(lend, tmp_path):
    mend_torchvision()
    from spandrel.architectures.Compact import Compact

    torch.save({"params": Compact(num_feat=8, num_conv=1, upscale=2).state_dict()}, tmp_path / "larger.pth")
    with pytest.raises(StepError, match="no network that colours"), borrowed(lend(tmp_path), "larger.pth"):
        pass
