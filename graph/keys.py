"""What makes a result the same result: type, version, settings, files, parents. Never pixels, ids or positions."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from graph.check import Graph, Step
from graph.given import Given
from graph.shelf import Shelf
from graph.spec import NodeSpec

Fingerprint = Callable[[Path], str]
"""The sha256 of a file, in hexadecimal."""

FORMAT = "heirloom-key-1"
"""Changed when the meaning of a key changes, so that no old result is taken for a new one."""

_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def sha256_of(path: Path) -> str:
    """The sha256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def keys(
    graph: Graph,
    fingerprint: Fingerprint = sha256_of,
    destination: str = "",
    parents: Mapping[str, str] | None = None,
    shelf: Shelf | None = None,
) -> dict[str, str]:
    """A key for every step that can run: a Merkle tree over the graph, linear in its size.

    `destination` names where effects write: the same photo saved elsewhere is another effect.
    `parents` are the keys of steps outside the graph that feed it. `shelf` tells models' files apart.
    """
    found: dict[str, str] = dict(parents or {})
    heads = {spec.id: _head(spec) for spec in {step.spec.id: step.spec for step in graph.steps.values()}.values()}
    for id, step in graph.steps.items():
        try:
            # Sorted, because the order in which wires are listed means nothing.
            feeds = "".join([f"{port}={found[at[0]]}.{at[1]}\n" for port, at in sorted(step.inputs.items())])
        except KeyError:
            continue
        if id not in graph.lacking:
            text = f"{heads[step.spec.id]}{_settings(step)}\n{feeds}{_extra(step, fingerprint, destination, shelf)}"
            found[id] = hashlib.sha256(text.encode()).hexdigest()
    return found


def _head(spec: NodeSpec) -> str:
    return f"{FORMAT}\n{spec.id}\n{spec.version}\n{spec.source}\n"


def _settings(step: Step) -> str:
    files = step.spec.file_settings
    kept = {name: value for name, value in step.settings.items() if name not in files} if files else step.settings
    return _encode(kept) if kept else "{}"


def _extra(step: Step, fingerprint: Fingerprint, destination: str, shelf: Shelf | None) -> str:
    spec = step.spec
    extra = "".join([f"{name}:{_sha256(step.settings[name], fingerprint)}\n" for name in spec.file_settings])
    if spec.weight_settings and shelf:
        models = set(step.models().values())
        extra += "".join([f"{model}:{shelf.fingerprint(model, fingerprint)}\n" for model in sorted(models)])
    if spec.effect:
        extra += f"to:{destination}\n"
    if spec.volatile:
        extra += f"once:{uuid.uuid4().hex}\n"
    return extra


def _sha256(file: str | Given, fingerprint: Fingerprint) -> str:
    return file.sha256 if isinstance(file, Given) else fingerprint(Path(file))


def noted_settings(step: Step) -> Mapping[str, Any]:
    """The settings as they are written down: of a file that was given in memory its name."""
    if not step.spec.file_settings:
        return step.settings
    return {name: str(value) if isinstance(value, Given) else value for name, value in step.settings.items()}


def shrunk(key: str, scale: float) -> str:
    """The key of a cached result shrunk for a live preview."""
    return hashlib.sha256(f"{FORMAT}\nshrunk\n{key}\n{scale!r}".encode()).hexdigest()


def changed_settings(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    """The names of settings whose values differ."""
    return sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
