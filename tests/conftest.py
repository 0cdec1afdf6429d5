"""Fixtures that every test may use."""

from __future__ import annotations

import os

# Two idle OpenMP pools on few cores otherwise spin against each other.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

from pathlib import Path

import numpy as np
import pytest

from graph.context import Context
from nodes.kinds.arrays import allocator


@pytest.fixture
def ctx(tmp_path: Path) -> Context:
    """A context that works alone: large arrays lie in the test's own folder."""
    return Context(allocate=allocator(tmp_path / "scratch"), outputs=tmp_path / "outputs")


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(7)
