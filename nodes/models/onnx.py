"""Networks in ONNX files: the only place where onnxruntime is imported."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from numpy.typing import NDArray

from graph.errors import StepError
from nodes.models.device import Device

POLL = 0.05
"""Seconds between looks at the cancel flag while a network computes."""

DTYPES = {
    "tensor(float)": "float32",
    "tensor(float16)": "float16",
    "tensor(double)": "float64",
    "tensor(uint8)": "uint8",
    "tensor(int32)": "int32",
    "tensor(int64)": "int64",
    "tensor(bool)": "bool",
}
"""ONNX's names of element types, as numpy's."""

Array = NDArray[Any]


class Plug(NamedTuple):
    """An input or an output of a network."""

    name: str
    shape: tuple[int | None, ...]
    """None where any length will do."""
    dtype: str
    """numpy's name of the element type; empty for one that is no tensor."""


@dataclass(frozen=True)
class OnnxModel:
    """A network to borrow, by the name of its file on the shelf."""

    name: str

    @property
    def weights(self) -> tuple[str, ...]:
        return (self.name,)

    def load(self, files: Mapping[str, Path], device: Device) -> tuple[OnnxNetwork, int]:
        path = files[self.name]
        network = OnnxNetwork(session(path, device), path.name)
        return network, path.stat().st_size


class OnnxNetwork:
    """A loaded network. It works for one borrower at a time."""

    def __init__(self, loaded: Any, file: str) -> None:
        self.file = file
        self.inputs = [_plug(each) for each in loaded.get_inputs()]
        self.outputs = [_plug(each) for each in loaded.get_outputs()]
        self.providers: list[str] = loaded.get_providers()
        """What it computes on, the first choice first."""
        self._session = loaded

    def run(self, check: Callable[[], None], **arrays: Array) -> list[Array]:
        """The outputs, in their order, for the inputs by name.

        `check` is called on the way: what it raises ends the network's work before it is passed on. StepError where
        the network fails, as on inputs of a shape it does not take.
        """
        import onnxruntime

        options = onnxruntime.RunOptions()
        # What one large input took is given back after the run instead of being kept for the next.
        options.add_run_config_entry("memory.enable_memory_arena_shrinkage", _arenas(self.providers))
        with ThreadPoolExecutor(1, "onnx") as worker:
            future = worker.submit(self._session.run, None, dict(arrays), options)
            try:
                error = _waited(future, check)
            except BaseException:
                # Looked at between any two operators of the network.
                options.terminate = True
                raise
        if error is not None:
            raise StepError(f"The network in {self.file} failed: {_line(error)}.", "Choose another model.") from error
        return list(future.result())


def _waited(future: Any, check: Callable[[], None]) -> BaseException | None:
    """What the work ended with, once it has."""
    while True:
        check()
        try:
            return future.exception(POLL)
        except TimeoutError:
            continue


def session(path: Path, device: Device) -> Any:
    """The onnxruntime.InferenceSession of a file, on the device. StepError for a file that is none, or is damaged."""
    import onnxruntime

    try:
        return onnxruntime.InferenceSession(str(path), session_options(), providers=providers(device))
    except Exception as error:
        message = f"{path.name} is no ONNX network that can be read: {_line(error)}."
        raise StepError(message, "Fetch it again, or choose another model.") from error


def session_options() -> Any:
    """The onnxruntime.SessionOptions of all networks: every processor once, and nothing that waits by turning."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = _processors()
    options.inter_op_num_threads = 1
    for pool in ("intra_op", "inter_op"):
        # A thread that spins while it waits takes the processor from the run's other steps.
        options.add_session_config_entry(f"session.{pool}.allow_spinning", "0")
    # What goes wrong is raised; on standard error it would only stand a second time.
    options.log_severity_level = 4
    return options


def providers(device: Device) -> list[str]:
    """What onnxruntime is to compute on: CUDA where the device is one and this build has it, else the processor."""
    import onnxruntime

    there: Sequence[str] = onnxruntime.get_available_providers()
    cuda = device.kind == "cuda" and "CUDAExecutionProvider" in there
    return ["CUDAExecutionProvider", "CPUExecutionProvider"] if cuda else ["CPUExecutionProvider"]


def _processors() -> int:
    """Those this process may use: a container often has fewer than the machine."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _arenas(used: Sequence[str]) -> str:
    return "cpu:0;gpu:0" if "CUDAExecutionProvider" in used else "cpu:0"


def _plug(value: Any) -> Plug:
    shape = tuple(length if isinstance(length, int) and length > 0 else None for length in value.shape)
    return Plug(value.name, shape, DTYPES.get(value.type, ""))


def _line(error: BaseException) -> str:
    return str(error).strip().splitlines()[0][:160].rstrip(".") if str(error).strip() else type(error).__name__
