"""The files that runs leave: `<results>/<run id>/`, the run's result and whatever its steps saved."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NamedTuple

from graph.kinds import Kinds
from graph.results import photo_of, result_kind, save
from graph.run import Outcome


class SavedFile(NamedTuple):
    """A file that a run left."""

    name: str
    bytes: int
    path: Path


class Results:
    """One folder for each run that saved something."""

    def __init__(self, folder: Path, kinds: Kinds) -> None:
        self.folder, self.kinds = folder, kinds

    def of(self, id: str) -> Path:
        """A run's folder, there or not."""
        return self.folder / id

    def files(self, id: str) -> list[SavedFile]:
        """What a run left, by name; half-written files are none."""
        try:
            with os.scandir(self.of(id)) as found:
                whole = [each for each in found if not each.name.startswith(".") and each.is_file()]
                return sorted(SavedFile(each.name, each.stat().st_size, Path(each.path)) for each in whole)
        except FileNotFoundError:  # nothing was saved, or somebody is deleting it
            return []

    def find(self, id: str, name: str) -> SavedFile | None:
        """A file that a run left: one of those listed, so that no name leads anywhere else."""
        return next((file for file in self.files(id) if file.name == name), None)

    def name_for(self, id: str, outcome: Outcome) -> str | None:
        """A name for the result that no file has yet, for steps may have saved files of any name.

        None where the workflow names no result, the run was not to make it, or no file can hold it.
        """
        graph = outcome.graph
        if graph.result is None or graph.result[0] not in outcome.results:
            return None
        kind, photo = result_kind(graph, self.kinds), photo_of(graph)
        if not kind.writes:
            return None
        suffix = photo.suffix.lower() if photo else ""
        if suffix not in kind.writes:
            suffix = ".png" if ".png" in kind.writes else kind.writes[0]
        taken = {file.name.lower() for file in self.files(id)}
        names = (f"result{f'-{number}' if number else ''}{suffix}" for number in range(len(taken) + 1))
        return next(name for name in names if name not in taken)

    def save(self, id: str, name: str, outcome: Outcome) -> None:
        """Write the result beside its name, then rename it. StepError where that cannot be done."""
        graph = outcome.graph
        assert graph.document.result, "without a result there is no name for it"  # noqa: S101 - see name_for
        kind, value = result_kind(graph, self.kinds), outcome.value(graph.document.result)
        save(kind, value, self.of(id) / name, graph.document.text(), called=name)

    def tidy(self, id: str) -> None:
        """Delete what a killed process had half written."""
        for path in self.of(id).glob(".*"):
            if path.is_file():
                path.unlink(missing_ok=True)

    def drop(self, id: str, name: str) -> None:
        """Delete one file."""
        (self.of(id) / name).unlink(missing_ok=True)

    def remove(self, id: str) -> bool:
        """Delete a run's folder. False where something in it cannot be deleted yet."""
        shutil.rmtree(self.of(id), ignore_errors=True)
        return not self.of(id).exists()
