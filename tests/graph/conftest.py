"""Sessions of toy nodes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from graph.cache import Cache
from graph.registry import Registry
from graph.session import Session
from tests.graph import toys

# A busy machine is no failure.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

Probe = Callable[[str, Callable[..., Any]], str]


@pytest.fixture(scope="session")
def registry() -> Registry:
    return toys.registry()


@pytest.fixture
def cache_folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def session(cache_folder: Path) -> Iterator[Session]:
    """Memory before disk."""
    opened = toys.open_session(cache_folder)
    yield opened
    opened.close()


@pytest.fixture
def memory_session() -> Session:
    """Memory alone."""
    return toys.open_session(None)


@pytest.fixture
def forgetful_session() -> Session:
    """Keeps nothing."""
    return toys.open_session(None, memory=0)


@pytest.fixture
def every_result_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even what is cheap to compute goes to disk."""
    monkeypatch.setattr(Cache, "_worth_storing", lambda *_: True)


@pytest.fixture
def probe() -> Iterator[Probe]:
    """`probe(name, function)` makes `toy/probe` call it."""

    def install(name: str, function: Callable[..., Any]) -> str:
        toys.PROBES[name] = function
        return name

    yield install
    toys.PROBES.clear()
