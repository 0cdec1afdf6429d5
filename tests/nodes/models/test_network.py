from __future__ import annotations

import os
import pickle
from pathlib import Path

import numpy as np
import pytest
import torch

from graph.errors import Cancelled, StepError
from nodes.models.device import Device
from nodes.models.network import Network, TorchModel, described, read_state
from tests.nodes.models.tiny_upscale import tiny_general, tiny_weak, tiny_x2plus, tiny_x4plus

TINY = {"compact": tiny_general, "x4": tiny_x4plus, "x2": tiny_x2plus}


def go_on() -> None:
    """Nobody cancels."""


def loaded(path: Path, precision="full", **mix: object) -> Network:
    files = {each.name: each for each in path.parent.glob("*.pth")}
    return TorchModel(path.name, **mix).load(files, Device("cpu", precision))[0]  # pyright: ignore[reportArgumentType] - a table of mixed types


def picture(height: int, width: int, count: int = 1) -> torch.Tensor:
    return torch.from_numpy(np.random.default_rng(3).random((count, 3, height, width), dtype=np.float32))


def decibels(one: torch.Tensor, two: torch.Tensor) -> float:
    return float(-10 * torch.log10(((one - two) ** 2).mean() + 1e-30))


@pytest.mark.parametrize("name", TINY)
@pytest.mark.parametrize("size", [(32, 40), (64, 24), (7, 5), (200, 12)])
def test_the_faster_form_is_the_same_network(tmp_path, name, size):
    network, tensor = loaded(TINY[name](tmp_path)), picture(*size, count=2)
    found = network.run(go_on, tensor)
    with network.full():
        expected = network.run(go_on, tensor)
    assert expected.std() > 20 / 255
    assert found.shape == expected.shape == (2, 3, size[0] * network.scale, size[1] * network.scale)
    assert decibels(found, expected) > 100


@pytest.mark.parametrize("name", TINY)
def test_half_precision_differs_hardly(tmp_path, name, monkeypatch):
    monkeypatch.setattr("nodes.models.device._cpu_halves", lambda: (torch.bfloat16,))
    path, tensor = TINY[name](tmp_path), picture(48, 48)
    network = loaded(path, "auto")
    assert (network.layers, network.dtype) == (torch.bfloat16, torch.float32)
    assert decibels(network.run(go_on, tensor).clamp(0, 1), loaded(path).run(go_on, tensor).clamp(0, 1)) > 45


def test_a_network_of_another_width_goes_through_its_own_layers(tmp_path):
    network = loaded(tiny_x4plus(tmp_path, channels=48))
    assert network._fused is None
    assert network.run(go_on, picture(8, 8)).shape == (1, 3, 32, 32)


@pytest.mark.parametrize("name", TINY)
@pytest.mark.parametrize("whole", [True, False])
def test_cancelling_between_layers(tmp_path, name, whole):
    network, calls = loaded(TINY[name](tmp_path)), 0

    def check() -> None:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise Cancelled

    if whole:
        with network.full(), pytest.raises(Cancelled):
            network.run(check, picture(16, 16))
    else:
        with pytest.raises(Cancelled):
            network.run(check, picture(16, 16))
    assert calls == 3
    assert not any(part._forward_pre_hooks for part in network.module.modules())
    network.run(go_on, picture(16, 16))


def test_two_files_are_mixed(tmp_path):
    first, second = tiny_general(tmp_path), tiny_weak(tmp_path)
    tensor = picture(9, 9)
    alone = [loaded(path).run(go_on, tensor) for path in (first, second)]
    ends = [loaded(first, other=second.name, share=share).run(go_on, tensor) for share in (0.0, 1.0)]
    middle = loaded(first, other=second.name, share=0.5).run(go_on, tensor)
    for end, expected in zip(ends, alone, strict=True):
        assert decibels(end, expected) > 100
    assert all(decibels(middle, expected) < 40 for expected in alone)


def test_files_that_do_not_belong_together(tmp_path):
    tiny_general(tmp_path)
    tiny_x4plus(tmp_path)
    with pytest.raises(StepError, match="do not belong together"):
        loaded(tmp_path / "realesr-general-x4v3.pth", other="RealESRGAN_x4plus.pth", share=0.5)


class Evil:
    def __init__(self, flag: Path) -> None:
        self.flag = flag

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.flag),)


def test_a_checkpoint_that_wants_to_run_code_is_refused(tmp_path):
    flag = tmp_path / "it ran"
    torch.save({"params": Evil(flag)}, tmp_path / "zipped.pth")
    (tmp_path / "bare.pth").write_bytes(pickle.dumps({"params": Evil(flag)}))
    for name in ("zipped.pth", "bare.pth"):
        with pytest.raises(StepError, match="no model file that can be read"):
            read_state(tmp_path / name)
    assert not flag.exists()


def test_wrong_files(tmp_path):
    good = tiny_general(tmp_path).read_bytes()
    wrong = {"half": good[: len(good) // 2], "text": b"<html>404 Not Found</html>", "empty": b"", "zeros": bytes(4096)}
    for name, content in wrong.items():
        (path := tmp_path / f"{name}.pth").write_bytes(content)
        with pytest.raises(StepError, match=rf"{name}\.pth is no model file.*Fetch it again"):
            loaded(path)


@pytest.mark.parametrize("state", [{"a": torch.zeros(2)}, {}, {"body.0.weight": torch.zeros(3, 3, 3, 3)}])
def test_an_unknown_architecture(tmp_path, state):
    torch.save(state, tmp_path / "other.pth")
    with pytest.raises(StepError, match=r"other\.pth is of no known architecture"):
        loaded(tmp_path / "other.pth")


def test_real_files_are_what_they_say(real_weights):
    for file, architecture in (("RealESRGAN_x4plus.pth", "ESRGAN"), ("realesr-general-x4v3.pth", "Compact")):
        descriptor = described(read_state(real_weights / file), real_weights / file)
        assert (descriptor.architecture.id, descriptor.scale) == (architecture, 4)
