"""Models that do not exist, for nodes that only guess."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from graph.cache import Cache
from graph.context import Context
from graph.controls import Weights
from graph.errors import Cancelled, Problem, WorkflowError
from graph.session import Session
from graph.shelf import Missing, Told
from graph.spec import node, read
from tests.graph import toys
from tests.graph.toys import KINDS, Value


@node(title="Guess")
def guess(ctx: Context, *, model: Annotated[str, Weights(task="guessing", free=("coin",))] = "oracle") -> Value:
    """Guess a number with a model."""
    ctx.warn(f"{model} only guesses.")
    return Value(float(len(model)))


@node(title="Embellish")
def embellish(
    value: Value,
    more: Value | None = None,
    *,
    model: Annotated[str, Weights(task="guessing", free=("coin",))] = "oracle",
) -> Value:
    """Add to a number what the model is worth, and more."""
    return Value(value.number + len(model) + (more.number if more else 0.0))


@dataclass
class ToyShelf:
    """Two models; `there` are those at hand, with their sha256."""

    there: dict[str, str] = field(default_factory=dict)
    online: bool = True
    answering: bool = True
    """Whether what is asked for comes."""
    fetched: list[str] = field(default_factory=list)
    names_of_guessing: tuple[str, ...] = ("oracle", "crystal")

    def knows(self, task: str, name: str) -> bool:
        return task == "guessing" and name in self.names_of_guessing

    def unfit(self, name: str) -> str:
        return "broken is damaged." if name == "broken" else ""

    def names(self, task: str) -> Sequence[str]:
        return self.names_of_guessing if task == "guessing" else ()

    def missing(self, name: str) -> Sequence[Missing]:
        return [] if name in self.there else [Missing(name, f"https://example.org/{name}", 10, "MIT", True)]

    def files(self, name: str) -> Sequence[Path]:
        return []

    def fingerprint(self, name: str, sha256: Callable[[Path], str]) -> str:
        return self.there.get(name, "unfetched")

    def forbidden(self, name: str) -> Sequence[Problem]:
        return [] if self.online else [self.trouble(name)]

    def trouble(self, name: str) -> Problem:
        return Problem(f"{name} cannot be fetched.", f"Later: python server.py --fetch {name}.")

    def fetch(self, name: str, told: Told, cancelled: threading.Event) -> None:
        told(name, 5, 10)
        if cancelled.is_set():
            raise Cancelled
        if not self.answering:
            raise WorkflowError([self.trouble(name)])
        self.there[name] = f"sha of {name}"
        self.fetched.append(name)


def guessing_session(shelf: ToyShelf) -> Session:
    """A session whose nodes may guess and embellish."""
    registry = toys.registry(guess=read(guess, "toy/guess", KINDS), embellish=read(embellish, "toy/embellish", KINDS))
    return Session(registry, Cache(KINDS, toys.MEGABYTE), shelf=shelf)
