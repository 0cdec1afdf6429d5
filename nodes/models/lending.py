"""Lends networks to nodes: finds their files, loads them on the device, keeps them in the pool."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from nodes.models.bundle import state_of
from nodes.models.device import Device
from nodes.models.shelf import Shelf


class Model(Protocol):
    """What a node borrows: which files by their names on the shelf, and how they become something that computes.

    Implemented by frozen dataclasses, whose fields make two models the same or not.
    """

    @property
    def weights(self) -> tuple[str, ...]:
        """Names of the files it is made of; may be empty."""
        ...

    def load(self, files: Mapping[str, Path], device: Device) -> tuple[Any, int]:
        """The loaded model and the bytes it holds. StepError for a file that does not fit."""
        ...


class Loans(Protocol):
    """See graph.pool.Pool."""

    def borrow(self, spec: Any, cancelled: threading.Event) -> AbstractContextManager[Any]: ...


@dataclass(frozen=True)
class Lending:
    """See graph.context.Lender."""

    pool: Loans
    shelf: Shelf
    device: Device = field(default_factory=Device)

    def borrow(self, spec: Model, cancelled: threading.Event) -> AbstractContextManager[Any]:
        """Lend a model, loaded. StepError where one of its files is not there."""
        files = {name: self.shelf.path(name) for name in spec.weights}
        return self.pool.borrow(_Loadable(spec, files, self.device), cancelled)


@dataclass(frozen=True)
class _Loadable:
    """See graph.pool.Loadable."""

    model: Model
    files: Mapping[str, Path]
    device: Device

    @property
    def key(self) -> str:
        states = [(path, state_of(path)) for path in self.files.values()]
        return f"{self.model!r} {states} {self.device}"

    @property
    def lane(self) -> str:
        return self.device.kind

    def load(self) -> tuple[Any, int]:
        return self.model.load(self.files, self.device)
