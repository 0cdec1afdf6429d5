"""A server of toys, and steps that wait for the test."""

from __future__ import annotations

import logging
from collections.abc import Generator

import pytest

from service.access.access import Access
from tests.graph import toys
from tests.graph.toys import PROBES
from tests.service.conftest import Running, running
from tests.service.watch.watching import Probe, Sketching


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Generator[Running]:
    with running(toys.registry(), tmp_path_factory.mktemp("watched"), Access()) as server:
        yield server


@pytest.fixture(autouse=True)
def log(caplog: pytest.LogCaptureFixture) -> Generator[None]:
    """Nothing that a client does leaves a warning in the server's log."""
    server = logging.getLogger("uvicorn")  # passes nothing on to the root's handlers
    server.addHandler(caplog.handler)
    with caplog.at_level(logging.WARNING):
        yield
    server.removeHandler(caplog.handler)
    assert not [
        line.getMessage() for line in caplog.records if line.name.startswith(("uvicorn", "heirloom", "asyncio"))
    ]


@pytest.fixture
def probe() -> Generator[Probe]:
    PROBES["probe"] = found = Probe()
    yield found
    found.go_on.set()
    del PROBES["probe"]


@pytest.fixture
def sketching() -> Generator[Sketching]:
    PROBES["sketching"] = found = Sketching()
    yield found
    found.sketches.put(b"")
    del PROBES["sketching"]
