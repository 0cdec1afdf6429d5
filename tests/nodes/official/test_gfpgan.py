"""What the node for GFPGAN's own package refuses. What it does is in tests/parity: the network is large."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from graph.errors import StepError
from nodes.kinds.image import Image
from nodes.official.gfpgan import LARGEST, gfpgan
from tests.conftest import Lend
from tests.nodes.models.tiny_official import tiny_realesrgan, whole_parsenet, whole_retinaface

if not importlib.util.find_spec("gfpgan"):
    pytest.skip("gfpgan is not installed: make official", allow_module_level=True)

PHOTO = Image(np.full((30, 40, 3), 0.5, np.float32))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Models of the wrong kind beside right ones; and a GFPGAN of which most is missing."""
    folder = tmp_path_factory.mktemp("models")
    tiny_realesrgan(folder)
    whole_parsenet(folder)
    whole_retinaface(folder, "mobile0.25")
    part = {"stylegan_decoder.style_convs.0.modulated_conv.weight": torch.zeros(1)}
    torch.save({"params_ema": part | {"more": torch.zeros(1)}}, folder / "part.pth")
    return folder


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"model": "RealESRGAN_x4plus.pth"}, "does not run RealESRGAN_x4plus.*Choose GFPGAN"),
        ({"detector": "RealESRGAN_x4plus.pth"}, "finds no faces with RealESRGAN_x4plus.*Choose one of the RetinaFace"),
        ({}, "cannot use part.pth.*Choose the official"),
        ({"model": "missing.pth"}, "missing.pth"),
    ],
    ids=["model", "detector", "incomplete", "missing"],
)
def test_files_that_do_not_fit(folder: Path, lend: Lend, settings: dict[str, str], message: str):
    names: dict[str, Any] = {
        "model": "part.pth",
        "detector": "detection_mobile0.25.pth",
        "parser": "parsing_parsenet.pth",
        **settings,
    }
    with pytest.raises(StepError, match=message):
        gfpgan(lend(folder), PHOTO, **names)


def test_a_result_beyond_memory_is_refused(folder: Path, lend: Lend):
    side = int(LARGEST**0.5) // 2 + 1
    large = Image(np.broadcast_to(np.float32(0.5), (side, side, 3)), checked=True)
    with pytest.raises(StepError, match="Use Restore Faces"):
        gfpgan(lend(folder), large, upscale=2.0)
