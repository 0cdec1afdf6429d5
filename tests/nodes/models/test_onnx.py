"""ONNX networks."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from graph.errors import Cancelled, StepError
from nodes.models.device import Device
from nodes.models.onnx import OnnxModel, OnnxNetwork, Plug, providers
from tests.conftest import Lend
from tests.nodes.models.tiny_onnx import node, plug, write

CPU = Device("cpu", "full")


def sums(folder: Path) -> Path:
    """Adds two inputs of the same odd shapes."""
    shape = [None, 3]
    plugs = [plug("first", shape), plug("input.2", shape)]
    return write(folder / "sum.onnx", [node("Add", ["first", "input.2"], ["sum"])], plugs, [plug("sum", shape)])


def slow(folder: Path, layers: int = 4000) -> Path:
    """Seconds of work in many small steps."""
    nodes = [node("MatMul", [f"x{i}", "m"], [f"x{i + 1}"]) for i in range(layers)]
    weights = {"m": np.eye(400, dtype=np.float32)}
    shape = [400, 400]
    return write(folder / "slow.onnx", nodes, [plug("x0", shape)], [plug(f"x{layers}", shape)], weights)


def loaded(path: Path) -> OnnxNetwork:
    return OnnxModel("it").load({"it": path}, CPU)[0]


def nothing() -> None:
    """Never stops."""


def test_it_computes(tmp_path: Path):
    network = loaded(sums(tmp_path))
    one = np.arange(6, dtype=np.float32).reshape(2, 3)
    (found,) = network.run(nothing, **{"first": one, "input.2": one * 10})
    assert np.array_equal(found, one * 11)


def test_it_tells_what_it_takes(tmp_path: Path):
    network = loaded(sums(tmp_path))
    assert network.inputs == [Plug("first", (None, 3), "float32"), Plug("input.2", (None, 3), "float32")]
    assert network.outputs == [Plug("sum", (None, 3), "float32")]
    assert network.providers == ["CPUExecutionProvider"]


def test_it_is_borrowed_by_name(tmp_path: Path, lend: Lend):
    path = sums(tmp_path)
    ctx = lend(tmp_path)
    with ctx.borrow(OnnxModel("sum.onnx")) as first, ctx.borrow(OnnxModel("sum.onnx")) as second:
        assert first is second
    assert OnnxModel("it").load({"it": path}, CPU)[1] == path.stat().st_size


@pytest.mark.parametrize("content", [b"", b"not a network", None], ids=["empty", "text", "truncated"])
def test_a_damaged_file_is_named(tmp_path: Path, content: bytes | None):
    path = sums(tmp_path)
    path.write_bytes(path.read_bytes()[:-20] if content is None else content)
    with pytest.raises(StepError, match=r"sum\.onnx is no ONNX network"):
        loaded(path)


def test_inputs_that_do_not_fit_are_an_error(tmp_path: Path):
    with pytest.raises(StepError, match=r"sum\.onnx failed"):
        loaded(sums(tmp_path)).run(nothing, first=np.zeros((2, 4), np.float32))


def test_cancelling_ends_the_work(tmp_path: Path):
    """The network would take half a minute; it has stopped when the exception arrives."""
    network, calls = loaded(slow(tmp_path)), 0

    def stop() -> None:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        network.run(stop, x0=np.zeros((400, 400), np.float32))
    assert calls == 3
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("onnx")]


def test_after_cancelling_it_works_again(tmp_path: Path):
    network = loaded(sums(tmp_path))

    def stop() -> None:
        raise Cancelled

    one = np.ones((1, 3), np.float32)
    with pytest.raises(Cancelled):
        network.run(stop, **{"first": one, "input.2": one})
    assert network.run(nothing, **{"first": one, "input.2": one})[0].tolist() == [[2, 2, 2]]


def test_without_cuda_the_processor_computes():
    assert providers(CPU) == ["CPUExecutionProvider"]
