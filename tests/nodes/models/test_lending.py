from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from graph.errors import StepError
from graph.pool import Pool
from nodes.models.device import Device
from nodes.models.lending import Lending
from nodes.models.network import TorchModel
from nodes.models.shelf import Shelf
from tests.nodes.models.tiny_upscale import tiny_general, tiny_weak

GENERAL, WEAK = "realesr-general-x4v3", "realesr-general-wdn-x4v3"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tiny_general(tmp_path)
    tiny_weak(tmp_path)
    return tmp_path


def lending(folder: Path, pool: Pool | None = None, device: Device | None = None) -> Lending:
    return Lending(pool or Pool(2**30), Shelf((folder,)), device or Device("cpu", "full"))


def borrowed(lender: Lending, model: Any) -> Any:
    with lender.borrow(model, threading.Event()) as found:
        return found


def test_the_second_use_loads_nothing(folder, monkeypatch):
    lender = lending(folder)
    first = borrowed(lender, TorchModel(GENERAL))
    monkeypatch.setattr("nodes.models.network.read_state", pytest.fail)
    assert borrowed(lender, TorchModel(GENERAL)) is first


def test_each_mixture_is_a_model_of_its_own(folder):
    lender = lending(folder)
    found = [borrowed(lender, TorchModel(GENERAL, WEAK, share)) for share in (0.25, 0.5, 0.25)]
    assert found[0] is found[2] is not found[1]


def test_another_precision_or_bound_or_file_loads_anew(folder):
    pool = Pool(2**30)
    first = borrowed(lending(folder, pool), TorchModel(GENERAL))
    assert borrowed(lending(folder, pool, Device("cpu", "full", 2**20)), TorchModel(GENERAL)) is not first
    os.utime(folder / "realesr-general-x4v3.pth", (1, 1))
    assert borrowed(lending(folder, pool), TorchModel(GENERAL)) is not first


def test_the_pool_knows_the_size(folder):
    pool = Pool(2**30)
    network = borrowed(lending(folder, pool), TorchModel(GENERAL))
    assert pool.used == network.size > 4 * 16 * 16 * 9


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(StepError, match=rf"{GENERAL}.*--fetch {GENERAL}"):
        borrowed(lending(tmp_path), TorchModel(GENERAL))


@dataclass(frozen=True)
class Nothing:
    """A model made of no file."""

    weights: tuple[str, ...] = ()

    def load(self, files, device: Device) -> tuple[str, int]:
        return f"made of {dict(files)} on {device.kind}", 1


def test_a_model_may_need_no_file(tmp_path):
    assert borrowed(lending(tmp_path), Nothing()) == "made of {} on cpu"
