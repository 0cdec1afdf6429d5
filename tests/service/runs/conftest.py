"""A queue in a small world, and a step that waits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.graph.toys import PROBES
from tests.service.runs.house import Gate, House


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with House(tmp_path) as opened:
        yield opened


@pytest.fixture
def gate() -> Iterator[Gate]:
    made = Gate()
    PROBES["gate"] = made
    yield made
    made.open.set()
    PROBES.clear()
