"""What the tests of downloads share: a file, its entry in a catalogue, and getting it."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.errors import WorkflowError
from nodes.models.catalog import Entry
from nodes.models.fetch import Patience, fetch

BODY = bytes(range(256)) * 4096
"""One megabyte, in which every place is distinct within its block."""

EAGER = Patience(pauses=(0.0, 0.0, 0.0), longest=0.0, silence=5.0, stuck=60.0)


def entry_of(*urls: str, body: bytes | None = BODY, size: int | None = None, **changes: Any) -> Entry:
    """An entry whose size and sha256 are those of `body`; of None, neither is known."""
    sha256 = hashlib.sha256(body).hexdigest() if body is not None else ""
    size = len(body) if body is not None else size
    values = {"name": "toy", "title": "Toy", "task": "upscale", "file": "toy.pth", "licence": "MIT"}
    return Entry(**{**values, "urls": urls, "bytes": size, "sha256": sha256, "commercial": True, **changes})


def get(entry: Entry, folder: Path, told: Callable[..., None] = lambda *_: None) -> Path:
    return fetch(entry, folder, told, threading.Event(), EAGER)


def why(entry: Entry, folder: Path) -> str:
    """The error of a download that fails; nothing of the file's name may lie there."""
    with pytest.raises(WorkflowError) as caught:
        get(entry, folder)
    assert not (folder / entry.file).exists()
    (problem,) = caught.value.problems
    assert entry.file in problem.message
    assert f"python server.py --fetch {entry.name}" in problem.remedy
    assert all(url in problem.message for url in entry.urls)
    return problem.message


def left(folder: Path) -> set[str]:
    """What lies there for people to see."""
    return {path.name for path in folder.iterdir() if not path.name.startswith(".")}
