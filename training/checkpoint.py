"""Where a training stands, on disk, so that it goes on after whatever stopped it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from training.scoring import Score


@dataclass(frozen=True)
class Row:
    """One look at a training."""

    step: int
    loss: float
    """Mean since the look before."""
    score: Score
    seconds: float
    """Since the training began, without the time that it lay still."""


@dataclass
class Standing:
    """All that goes on."""

    recipe: dict[str, Any]
    """The settings that must not change on the way."""
    step: int = 0
    seconds: float = 0.0
    best: float = -1.0
    """The best F1 so far."""
    rows: list[Row] = field(default_factory=list[Row])
    states: dict[str, Any] = field(default_factory=dict[str, Any])
    """Of the network, its running mean and the optimiser."""


def save(path: Path, standing: Standing) -> None:
    """Written beside and renamed: a process that is killed meanwhile leaves the file before it."""
    import torch

    beside = path.with_suffix(".part")
    rows = [(row.step, row.loss, tuple(row.score), row.seconds) for row in standing.rows]
    torch.save({**vars(standing), "rows": rows}, beside)
    beside.replace(path)


def load(path: Path) -> Standing | None:
    """What stands there; None where nothing does."""
    import torch

    if not path.is_file():
        return None
    found = torch.load(path, map_location="cpu", weights_only=True)
    rows = [Row(step, loss, Score(*figures), seconds) for step, loss, figures, seconds in found.pop("rows")]
    return Standing(**found, rows=rows)
