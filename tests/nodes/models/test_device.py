from __future__ import annotations

import pytest
import torch

from graph.errors import StepError
from nodes.models import device
from nodes.models.device import Device

HALVES = (torch.float16, torch.bfloat16)


@pytest.fixture
def machine(monkeypatch):
    """`machine(cuda, mps)`: which devices torch says are there."""

    def there(cuda: bool, mps: bool) -> None:
        monkeypatch.setattr(torch.cuda, "is_available", lambda: cuda)
        monkeypatch.setattr(torch.backends.mps, "is_available", lambda: mps)

    return there


@pytest.mark.parametrize(
    ("cuda", "mps", "kind"), [(True, True, "cuda"), (True, False, "cuda"), (False, True, "mps"), (False, False, "cpu")]
)
def test_the_first_that_is_there(machine, cuda, mps, kind):
    machine(cuda, mps)
    assert Device().kind == kind
    assert Device("cpu").kind == "cpu"


@pytest.mark.parametrize("name", ["cuda", "mps"])
def test_a_device_that_is_not_there_is_told(machine, name):
    machine(cuda=False, mps=False)
    with pytest.raises(StepError, match=f"no {name} device"):
        _ = Device(name).kind


@pytest.mark.parametrize(
    ("kind", "native", "dtype"),
    [
        ("cuda", False, torch.float16),
        ("mps", False, torch.float16),
        ("cpu", True, torch.bfloat16),
        ("cpu", False, torch.float32),
    ],
)
def test_half_precision_where_it_pays(monkeypatch, machine, kind, native, dtype):
    machine(cuda=True, mps=True)
    monkeypatch.setattr(torch.cpu, "_is_avx512_bf16_supported", lambda: native)
    monkeypatch.setattr(torch.cpu, "_is_amx_tile_supported", lambda: False)
    assert Device(kind).dtype(HALVES) == dtype
    assert Device(kind).dtype(()) == torch.float32
    assert Device(kind, "full").dtype(HALVES) == torch.float32


def test_a_network_without_fp16_takes_bf16_on_a_card(machine):
    machine(cuda=True, mps=True)
    assert Device("cuda").dtype((torch.bfloat16,)) == torch.bfloat16
    assert Device("mps").dtype((torch.bfloat16,)) == torch.float32


def test_this_processor_is_asked():
    assert device._cpu_halves() in ((), (torch.bfloat16,))
