"""`--steps`: the picture after every step, kept as files that sort in the order of the workflow."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from graph.cache import Result
from graph.kinds import Kinds
from graph.results import save


def keeper(folder: Path, order: Sequence[str], kinds: Kinds) -> Callable[[str, Result], None]:
    """What writes each result as it comes: 03-fill.png, or 01-photo.alpha.png beside 01-photo.png."""
    numbers = {id: number for number, id in enumerate(order, 1)}

    def keep(id: str, result: Result) -> None:
        # Ids are free text; a file's name is not.
        plain = re.sub(r"[^\w.-]+", "_", id)[:80]
        stem = f"{numbers[id]:02d}-{plain}"
        for index, (output, value) in enumerate(result.outputs.items()):
            name = stem if index == 0 else f"{stem}.{output}"
            kind = kinds[result.kinds[output]]
            if ".png" in kind.writes:
                save(kind, value, folder / f"{name}.png", None)

    return keep
