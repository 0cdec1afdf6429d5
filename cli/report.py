"""What the command line says: to people on the terminal, to programs as JSON, one object a line."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Self

from rich.console import Console

from cli.progress import Bars
from graph.errors import Problem
from graph.events import Event, RunPlanned, StepFailed, as_json


class Report:
    """Results go to standard output, everything else to standard error, so that scripts can read the former."""

    def __init__(self, *, json: bool = False, quiet: bool = False) -> None:
        self.json, self.quiet = json, quiet
        self.console = Console(stderr=True, highlight=False, soft_wrap=True)

    def say(self, text: str) -> None:
        """Something good to know."""
        if not (self.quiet or self.json):
            self.console.print(text, markup=False)

    def warn(self, text: str) -> None:
        """Something the user should know, though the work goes on."""
        if self.json:
            self.data({"warning": text})
        else:
            self.console.print(f"Warning: {text}", style="yellow", markup=False)

    def error(self, text: str) -> None:
        """Why the work did not go on."""
        if self.json:
            self.data({"error": text})
        else:
            self.console.print(text, style="red", markup=False)

    def problems(self, problems: Sequence[Problem]) -> None:
        """All that is wrong, at once."""
        if self.json:
            self.data({"problems": [asdict(problem) for problem in problems]})
            return
        for problem in problems:
            self.error(str(problem))

    def refused(self, problems: Sequence[Problem]) -> None:
        """Nodes that cannot be used; the others can."""
        for problem in problems:
            self.warn(f"A node is left out: {problem}")

    def data(self, value: Any) -> None:
        """One JSON object on a line of its own."""
        print(json.dumps(value, ensure_ascii=False), flush=True)

    def result(self, text: str, value: Any) -> None:
        """The answer: a line for people, an object for programs."""
        if self.json:
            self.data(value)
        elif not self.quiet:
            print(text, flush=True)

    def listen(self) -> Listening:
        """A listener for one run, to be used in a `with` block."""
        return Listening(self)


class Listening:
    """Shows a run while it lasts."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._bars = None if report.json or report.quiet else Bars(report.console)

    def __enter__(self) -> Self:
        if self._bars:
            self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bars:
            self._bars.stop()
        sys.stderr.flush()

    def __call__(self, event: Event) -> None:
        if self._report.json:
            self._report.data(as_json(event))
            return
        if isinstance(event, RunPlanned):
            self._warn(event)
        if self._bars:
            self._bars.show(event)
        elif isinstance(event, StepFailed):
            self._report.error(f"{event.step}: {Problem(event.message, event.remedy)}")

    def _warn(self, planned: RunPlanned) -> None:
        """Of what the result will lack: of that even a quiet run tells."""
        for step in planned.steps:
            if step.fallback:
                self._report.warn(f"{step.id}: {step.fallback}")
