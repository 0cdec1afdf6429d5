"""What a .safetensors file says it holds, without reading the weights."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.errors import StepError

Shapes = Mapping[str, tuple[int, ...]]
"""The shape of each weight, by its name."""

LONGEST = 2**26
"""Bytes of a pickle that names thousands of weights, generously: their numbers lie elsewhere."""

PICKLES = (".ckpt", ".pt", ".pth", ".bin")
"""Files that may hold program code besides the weights."""


@dataclass(frozen=True, slots=True)
class Header:
    """Of one file, or of the shards of one network."""

    file: str
    """How to name it in a message."""
    shapes: Shapes
    metadata: Mapping[str, str]


def read_header(path: Path) -> Header:
    """The header of a file. StepError for one that is damaged, or that may run code when it is opened."""
    from safetensors import SafetensorError, safe_open

    if path.suffix.lower() in PICKLES:
        raise pickled(path.name)
    try:
        with safe_open(path, framework="numpy") as file:
            shapes = {name: tuple(file.get_slice(name).get_shape()) for name in file.keys()}  # noqa: SIM118 - it is no mapping
            return Header(path.name, shapes, file.metadata() or {})
    except (SafetensorError, OSError, ValueError) as error:
        raise StepError(
            f"{path.parent.name}/{path.name} is damaged or not complete: {error}.", "Get it again."
        ) from error


def pickled(name: str) -> StepError:
    """Why such a file is not opened."""
    return StepError(
        f"{name} is a pickled checkpoint: opening one can run any program code that is hidden in it.",
        "Get the same model as a .safetensors file; most are published in that form, too.",
    )


def mentions(path: Path, name: str) -> bool:
    """Whether a pickled file names such weights. It is searched, not opened: newer ones are zip files of arrays."""
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as file:
        pickles = [member for member in file.infolist() if member.filename.endswith("data.pkl")]
        return any(name.encode() in file.read(member) for member in pickles if member.file_size < LONGEST)


def read_headers(paths: Iterable[Path]) -> Header:
    """The headers of all shards as one."""
    headers = [read_header(path) for path in paths]
    shapes = {name: shape for header in headers for name, shape in header.shapes.items()}
    return Header(headers[0].file, shapes, headers[0].metadata)
