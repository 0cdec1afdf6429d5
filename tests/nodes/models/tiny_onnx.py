"""Writes small ONNX files by hand: tests need no package for that.

    write(path, nodes=[node("Add", ["a", "b"], ["sum"])], inputs=[plug("a", [1, 3, None, None]), …], outputs=[…],
          constants={"b": array})

The field numbers are those of onnx.proto; the encoding is protobuf's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

IR, OPSET = 8, 17
TYPES = {"float32": 1, "uint8": 2, "int64": 7}


def node(op: str, inputs: Sequence[str], outputs: Sequence[str], **attributes: float | Sequence[int]) -> bytes:
    """One operator."""
    names = [_bytes(1, name.encode()) for name in inputs] + [_bytes(2, name.encode()) for name in outputs]
    given = [_bytes(5, _attribute(name, value)) for name, value in attributes.items()]
    return b"".join([*names, _bytes(4, op.encode()), *given])


def plug(name: str, shape: Sequence[int | None], dtype: str = "float32") -> bytes:
    """An input or an output; None is a length of any size."""
    lengths = [_int(1, length) if length else _bytes(2, f"{name}{axis}".encode()) for axis, length in enumerate(shape)]
    dims = b"".join(_bytes(1, length) for length in lengths)
    tensor = _int(1, TYPES[dtype]) + _bytes(2, dims)
    return _bytes(1, name.encode()) + _bytes(2, _bytes(1, tensor))


def write(
    path: Path,
    nodes: Sequence[bytes],
    inputs: Sequence[bytes],
    outputs: Sequence[bytes],
    constants: Mapping[str, NDArray] | None = None,
) -> Path:
    """A model file of these operators, in their order."""
    tensors = [_bytes(5, _tensor(name, values)) for name, values in (constants or {}).items()]
    graph = [_bytes(1, each) for each in nodes] + [_bytes(2, b"tiny"), *tensors]
    graph += [_bytes(11, each) for each in inputs] + [_bytes(12, each) for each in outputs]
    opset = _bytes(1, b"") + _int(2, OPSET)
    path.write_bytes(_int(1, IR) + _bytes(7, b"".join(graph)) + _bytes(8, opset))
    return path


def _tensor(name: str, values: NDArray) -> bytes:
    dims = b"".join(_int(1, length) for length in values.shape)
    return dims + _int(2, TYPES[values.dtype.name]) + _bytes(8, name.encode()) + _bytes(9, values.tobytes())


def _attribute(name: str, value: float | Sequence[int]) -> bytes:
    start = _bytes(1, name.encode())
    if isinstance(value, float):
        return start + bytes([2 << 3 | 5]) + np.float32(value).tobytes() + _int(20, 1)
    if isinstance(value, int):
        return start + _int(3, value) + _int(20, 2)
    return start + b"".join(_int(8, each) for each in value) + _int(20, 7)


def _int(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    value &= 2**64 - 1
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])
