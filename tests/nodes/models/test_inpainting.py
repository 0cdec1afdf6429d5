"""Networks that fill holes, each with its own view of pixels and masks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from graph.errors import StepError
from nodes.models.device import Device
from nodes.models.inpainting import Inpainter, InpaintModel, _Torch
from tests.nodes.models.tiny_inpaint import tiny_lama, tiny_migan
from tests.nodes.models.tiny_onnx import node, plug, write
from tests.nodes.models.tiny_restoration import tiny_dncnn


def loaded(path: Path) -> Inpainter:
    return InpaintModel(path.name).load({path.name: path}, Device("cpu", "full"))[0]


def nothing() -> None:
    """Never stops."""


@pytest.mark.parametrize(("make", "side"), [(tiny_lama, 128), (tiny_migan, 512)], ids=["lama", "migan"])
def test_a_hole_takes_the_colour_around_it(tmp_path: Path, make: Callable[[Path], Path], side: int):
    network = loaded(make(tmp_path))
    assert network.side == network.multiple == side
    colour = np.array([0.8, 0.4, 0.1], np.float32)
    pixels, hole = np.full((side, side, 3), colour), np.zeros((side, side), bool)
    hole[40:60, 50:80] = True
    pixels[hole] = 0
    filled = network.fill(nothing, pixels, hole)
    assert filled.shape == pixels.shape
    assert np.abs(filled[hole] - colour).max() < 0.01


def test_a_network_without_a_fixed_size_takes_multiples_of_8(tmp_path: Path):
    shape = [1, 3, None, None]
    plugs = [plug("image", shape), plug("mask", [1, 1, None, None])]
    network = loaded(write(tmp_path / "any.onnx", [node("Add", ["image", "mask"], ["y"])], plugs, [plug("y", shape)]))
    assert (network.side, network.multiple) == (512, 8)


def test_what_is_no_number_becomes_a_picture(tmp_path: Path):
    shape = [1, 3, 8, 8]
    plugs = [plug("image", shape), plug("mask", [1, 1, 8, 8])]
    path = write(tmp_path / "broken.onnx", [node("Div", ["image", "mask"], ["y"])], plugs, [plug("y", shape)])
    found = loaded(path).fill(nothing, np.zeros((8, 8, 3), np.float32), np.zeros((8, 8), bool))
    assert np.isfinite(found).all()


def test_networks_of_torch_see_the_hole_as_1():
    import torch

    def run(check: Callable[[], None], image: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        check()
        return image * (1 - mask) + 0.25 * mask

    needs = SimpleNamespace(minimum=0, multiple_of=8)
    stand_in: Any = SimpleNamespace(device=torch.device("cpu"), dtype=torch.float32, run=run, requirements=needs)
    pixels, hole = np.random.default_rng(1).random((16, 32, 3), np.float32), np.zeros((16, 32), bool)
    hole[4:9, 10:20] = True
    filled = _Torch(stand_in).fill(nothing, pixels, hole)
    assert np.allclose(filled[hole], 0.25)
    assert np.array_equal(filled[~hole], pixels[~hole])


def test_a_network_for_something_else_is_refused(tmp_path: Path):
    shape = [1, 3, None, None]
    onnx = write(tmp_path / "other.onnx", [node("Relu", ["x"], ["y"])], [plug("x", shape)], [plug("y", shape)])
    for path in (onnx, tiny_dncnn(tmp_path)):
        with pytest.raises(StepError, match="no network that fills holes"):
            loaded(path)
