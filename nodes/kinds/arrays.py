"""The arrays that kinds are made of: checked once, then read-only; file-backed when large."""

from __future__ import annotations

import contextlib
import math
import os
import tempfile
import weakref
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

FILE_BACKED_ABOVE = 256 * 2**20
"""Bytes. A 22-megapixel RGB photo still fits in memory; larger scans are mapped from a file."""

BLOCK = 2**22
"""Samples checked at a time: 16 MiB, so that a mapped file is never pulled in whole."""


def seal(values: Floats, what: str, checked: bool = False) -> Floats:
    """A read-only view of the array. ValueError unless it is float32 with finite values in 0..1."""
    if values.dtype != np.float32:
        raise ValueError(f"{what} is float32, not {values.dtype}")
    if not checked:
        _check_range(values, what)
    view = values.view()
    view.flags.writeable = False
    return view


def _check_range(values: Floats, what: str) -> None:
    if 0 in values.strides:
        # A constant made by broadcasting: one sample tells all.
        values = values[tuple(slice(0, 1) if stride == 0 else slice(None) for stride in values.strides)]
    rows = max(1, BLOCK // max(1, math.prod(values.shape[1:])))
    for start in range(0, values.shape[0], rows):
        block = values[start : start + rows]
        # NaN fails both comparisons, so one pass over min and max also finds it.
        low, high = float(block.min()), float(block.max())
        if not (low >= 0.0 and high <= 1.0):
            raise ValueError(f"{what} holds finite values in 0..1, not {low:g}..{high:g}")


def allocator(folder: Path, limit: int = FILE_BACKED_ABOVE) -> Callable[[tuple[int, ...]], Floats]:
    """What `Context.empty` calls: memory up to `limit` bytes, above it a file in `folder`.

    The file is removed when its array dies. A full disk is answered with memory.
    """

    def empty(shape: tuple[int, ...]) -> Floats:
        size = math.prod(shape) * 4
        if size <= limit:
            return np.empty(shape, np.float32)
        try:
            return _mapped(folder, shape, size)
        except OSError:
            return np.empty(shape, np.float32)

    return empty


def _mapped(folder: Path, shape: tuple[int, ...], size: int) -> Floats:
    folder.mkdir(parents=True, exist_ok=True)
    # The process id in the name tells a later start which files a killed process left behind.
    descriptor, name = tempfile.mkstemp(dir=folder, prefix=f"{os.getpid()}-", suffix=".scratch")
    try:
        os.close(descriptor)
        with Path(name).open("r+b") as file:
            # Really reserved, not only declared: a sparse file on a full disk kills the process at first touch.
            if hasattr(os, "posix_fallocate"):
                os.posix_fallocate(file.fileno(), 0, size)
            else:
                file.truncate(size)
            array = np.memmap(file, np.float32, "r+", shape=shape)
    except OSError:
        Path(name).unlink()
        raise
    # Where a mapped file cannot be unlinked (Windows) the next start sweeps it.
    weakref.finalize(array, _remove, name)
    return array


def _remove(name: str) -> None:
    with contextlib.suppress(OSError):
        Path(name).unlink()


def backing_file(values: Floats) -> Path | None:
    """The file that holds exactly these values, if they were allocated in one."""
    if not isinstance(values, np.memmap) or not values.flags.c_contiguous or values.filename is None:
        return None
    path = Path(values.filename)
    try:
        return path if values.offset == 0 and path.stat().st_size == values.nbytes else None
    except OSError:
        return None


def resident(values: Floats) -> int:
    """Bytes of memory the array holds for itself: none where it is mapped from a file or a broadcast constant."""
    base = values
    while isinstance(base, np.ndarray):
        if isinstance(base, np.memmap):
            return 0
        if base.base is None:
            return base.nbytes
        base = base.base
    return 0
