"""Networks that clean a picture: how they are loaded, and that they compute what their papers say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from graph.errors import StepError
from nodes.models.device import Device
from nodes.models.network import Network
from nodes.models.restoration import RestorationModel, estimated_quality, told_quality
from tests.nodes.models.tiny_onnx import node, plug, write
from tests.nodes.models.tiny_restoration import tiny_dncnn, tiny_fbcnn, tiny_ffdnet, tiny_nafnet, tiny_scunet

Make = Callable[[Path], Path]

FULL = Device("cpu", "full")


def loaded(path: Path, device: Device = FULL) -> Network:
    return RestorationModel(path.name).load({path.name: path}, device)[0]


def nothing() -> None:
    """Never stops."""


def through(network: Network, values: np.ndarray) -> np.ndarray:
    import torch

    return network.run(nothing, torch.from_numpy(values)).float().numpy()


@pytest.mark.parametrize(
    ("make", "architecture", "grid"),
    [(tiny_scunet, "SCUNet", 64), (tiny_nafnet, "NAFNet", 16), (tiny_fbcnn, "FBCNN", 8), (tiny_dncnn, "DnCNN", 1)],
    ids=["scunet", "nafnet", "fbcnn", "dncnn"],
)
def test_it_is_recognised_and_keeps_the_size(tmp_path: Path, rng: Any, make: Make, architecture: str, grid: int):
    network = loaded(make(tmp_path))
    assert (network.architecture, network.requirements.multiple_of) == (architecture, grid)
    assert through(network, rng.random((1, 3, 64, 128), np.float32)).shape == (1, 3, 64, 128)


@pytest.mark.parametrize("planes", [1, 3])
def test_ffdnet_computes_what_its_paper_says(tmp_path: Path, rng: Any, planes: int):
    """Written out once more: four pictures of half the size and the noise through plain convolutions."""
    import torch
    from torch.nn import functional

    path = tiny_ffdnet(tmp_path, planes)
    seen = rng.random((1, 3, 20, 32), np.float32)
    found = through(loaded(path), np.concatenate([seen, np.full((1, 1, 20, 32), 0.1, np.float32)], axis=1))
    state = torch.load(path, weights_only=True)
    for first in range(0, 3, planes):
        picture = seen[:, first : first + planes]
        corners = [picture[:, c, y::2, x::2] for c in range(planes) for y in (0, 1) for x in (0, 1)]
        values = torch.from_numpy(np.stack([*corners, np.full((1, 10, 16), 0.1, np.float32)], axis=1))
        for layer in (0, 2, 4):
            values = functional.conv2d(values, state[f"model.{layer}.weight"], state[f"model.{layer}.bias"], padding=1)
            values = functional.relu(values) if layer < 4 else values
        made = values.numpy().reshape(1, planes, 2, 2, 10, 16).transpose(0, 1, 4, 2, 5, 3).reshape(1, planes, 20, 32)
        assert np.abs(made - found[:, first : first + planes]).max() < 1e-5


def test_the_real_ffdnet_and_dncnn_clean_a_portrait(real_weights: Path, rng: Any):
    """Their papers give about 31 dB at a deviation of 25."""
    from skimage import data

    clean = np.ascontiguousarray(data.astronaut()[:128, 120:248].transpose(2, 0, 1)[None] / 255).astype(np.float32)
    noisy = (clean + rng.normal(0, 25 / 255, clean.shape)).astype(np.float32)
    told = np.concatenate([noisy, np.full((1, 1, 128, 128), 25 / 255, np.float32)], axis=1)
    for file, seen in (("ffdnet_color.pth", told), ("dncnn_color_blind.pth", noisy)):
        made = through(loaded(real_weights / file), seen)
        assert -10 * np.log10(np.mean((made - clean) ** 2)) > 30


def test_the_real_dncnn_computes_what_its_paper_says(real_weights: Path, rng: Any):
    """Convolutions of 3 × 3 whose result is the noise."""
    import torch
    from torch.nn import functional

    path = real_weights / "dncnn_color_blind.pth"
    state = torch.load(path, weights_only=True)
    seen = rng.random((1, 3, 40, 48), np.float32)
    values = torch.from_numpy(seen)
    layers = sorted({int(name.split(".")[1]) for name in state})
    for layer in layers:
        values = functional.conv2d(values, state[f"model.{layer}.weight"], state[f"model.{layer}.bias"], padding=1)
        values = functional.relu(values) if layer != layers[-1] else values
    assert np.abs(seen - values.numpy() - through(loaded(path), seen)).max() < 1e-5


@pytest.mark.parametrize("make", [tiny_scunet, tiny_fbcnn, tiny_ffdnet], ids=["scunet", "fbcnn", "ffdnet"])
def test_bf16_does_not_round_the_picture_to_eight_bits(tmp_path: Path, rng: Any, make: Make):
    """bf16 has 128 steps between a half and one. Only where the processor computes in bf16 this shows anything."""
    network = loaded(make(tmp_path), Device("cpu", "auto"))
    seen = rng.random((1, network.inputs, 64, 64), np.float32)
    assert np.unique(through(network, seen)).size > 3000


def test_fbcnn_tells_the_quality_and_takes_one(tmp_path: Path, rng: Any):
    import torch

    network = loaded(tiny_fbcnn(tmp_path))
    piece = rng.random((64, 64, 3), np.float32)
    quality = estimated_quality(network, nothing, [piece, piece])
    assert 0 < quality < 100
    seen = torch.from_numpy(piece.transpose(2, 0, 1)[None].copy())
    alone, told, other = (
        run(nothing, seen) for run in (network.run, told_quality(network, quality), told_quality(network, 1))
    )
    assert (alone - told).abs().max() < 1e-5
    assert (alone - other).abs().max() > 1e-4


def test_other_networks_are_refused(tmp_path: Path, real_weights: Path):
    shape = [1, 3, None, None]
    onnx = write(tmp_path / "other.onnx", [node("Relu", ["x"], ["y"])], [plug("x", shape)], [plug("y", shape)])
    for path in (onnx, real_weights / "realesr-general-x4v3.pth"):
        with pytest.raises(StepError, match="no network that cleans a picture"):
            loaded(path)


def test_a_damaged_file_is_named(tmp_path: Path):
    path = tiny_ffdnet(tmp_path)
    path.write_bytes(path.read_bytes()[:9000])
    with pytest.raises(StepError, match=r"ffdnet_color\.pth"):
        loaded(path)
