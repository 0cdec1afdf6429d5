from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from graph.errors import Cancelled, StepError
from nodes.models.device import Device
from nodes.models.face_networks import FaceModel, FaceNetwork
from tests.nodes.models.tiny_faces import tiny_gfpgan, tiny_restoreformer

CPU = torch.device("cpu")


def idle() -> None:
    """Nobody cancels."""


@pytest.fixture(scope="module")
def face() -> np.ndarray:
    return np.random.default_rng(5).random((512, 512, 3), dtype=np.float32)


@pytest.fixture(scope="module")
def gfpgan() -> FaceNetwork:
    return FaceNetwork(tiny_gfpgan(), "GFPGAN", CPU, torch.float32)


def test_the_same_seed_is_the_same_face(gfpgan: FaceNetwork, face: np.ndarray):
    first = gfpgan.restored(face, idle, seed=4)
    torch.manual_seed(99)
    assert np.array_equal(gfpgan.restored(face, idle, seed=4), first)
    assert np.abs(gfpgan.restored(face, idle, seed=5) - first).max() > 1 / 255
    assert first.shape == (512, 512, 3)
    assert first.dtype == np.float32
    assert 0 <= first.min() <= first.max() <= 1


def test_the_network_itself_draws_the_same_noise(gfpgan: FaceNetwork, face: np.ndarray):
    x = torch.from_numpy(face * 2 - 1).permute(2, 0, 1)[None]
    torch.manual_seed(4)
    with torch.no_grad():
        theirs = gfpgan.module(x, return_rgb=False)[0][0].permute(1, 2, 0).numpy() / 2 + 0.5
    assert np.abs(gfpgan.restored(face, idle, seed=4) - theirs.clip(0, 1)).max() < 1e-5


def test_nobody_elses_chance_is_touched(gfpgan: FaceNetwork, face: np.ndarray):
    torch.manual_seed(3)
    expected = torch.rand(1)
    torch.manual_seed(3)
    gfpgan.restored(face, idle)
    assert torch.rand(1) == expected


def test_it_stops_between_layers(gfpgan: FaceNetwork, face: np.ndarray):
    calls = 0

    def check() -> None:
        nonlocal calls
        calls += 1
        if calls == 12:
            raise Cancelled

    with pytest.raises(Cancelled):
        gfpgan.restored(face, check)
    assert calls == 12


class Fidelity(nn.Module):
    """Answers with its fidelity."""

    def forward(self, x: torch.Tensor, weight: float = 0.5, **_: object) -> tuple[torch.Tensor]:
        return (torch.full_like(x, weight * 2 - 1),)


class Broken(nn.Module):
    """Answers with no number."""

    def forward(self, x: torch.Tensor, **_: object) -> tuple[torch.Tensor]:
        return (x * torch.nan,)


def test_fidelity_reaches_the_network(face: np.ndarray):
    network = FaceNetwork(Fidelity(), "CodeFormer", CPU, torch.float32)
    assert network.has_fidelity
    assert np.allclose(network.restored(face, idle, fidelity=0.25), 0.25)


def test_what_is_no_number_never_comes_out(face: np.ndarray):
    assert np.isfinite(FaceNetwork(Broken(), "GFPGAN", CPU, torch.float32).restored(face, idle)).all()


def test_a_file_on_the_shelf(lend, tmp_path: Path, face: np.ndarray):
    tiny_restoreformer(tmp_path)
    with lend(tmp_path).borrow(FaceModel("RestoreFormer.pth")) as network:
        made = network.restored(face, idle)
        x = torch.from_numpy(face * 2 - 1).permute(2, 0, 1)[None]
        with torch.no_grad():
            expected = network.module(x)[0][0].permute(1, 2, 0).numpy() / 2 + 0.5
    assert not network.has_fidelity
    assert np.abs(made - expected.clip(0, 1)).max() < 1e-5
    assert made.std() > 0.02


def test_what_looks_up_codes_is_never_rounded(tmp_path: Path):
    path = tiny_restoreformer(tmp_path)
    network, size = FaceModel("rf").load({"rf": path}, Device("cpu", "half"))
    assert network.layers is torch.float32
    assert size == network.size > 0


def test_in_half_precision_the_face_is_the_same(gfpgan: FaceNetwork, face: np.ndarray):
    half = FaceNetwork(gfpgan.module, "GFPGAN", CPU, torch.bfloat16).restored(face, idle)
    assert np.abs(half - gfpgan.restored(face, idle)).mean() < 1 / 255


def test_a_network_for_something_else_is_refused(real_weights: Path):
    with pytest.raises(StepError, match="does not restore faces"):
        FaceModel("dn").load({"dn": real_weights / "dncnn_color_blind.pth"}, Device("cpu", "full"))


def test_a_damaged_file_is_refused(tmp_path: Path):
    path = tiny_restoreformer(tmp_path)
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(StepError, match="Fetch it again"):
        FaceModel("rf").load({"rf": path}, Device("cpu", "full"))
