"""A progress bar per step."""

from __future__ import annotations

from rich.console import Console
from rich.filesize import decimal
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn

from graph.errors import Problem
from graph.events import (
    Event,
    Fetching,
    RunPlanned,
    RunWarned,
    StepBlocked,
    StepDone,
    StepFailed,
    StepProgress,
    StepStarted,
)

NAME, BAR = 14, 20
"""Columns of the step's name and of its bar."""

SHOWN = 40
"""Steps; of a larger workflow what is cached is not listed."""


class Bars:
    """Running steps have a moving bar on a terminal; a step that ended leaves a line, on files and pipes too."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._tasks: dict[str, TaskID] = {}
        self._fetches: dict[str, TaskID] = {}
        task = (TextColumn(f"{{task.description:<{NAME}}}"), BarColumn(BAR), TaskProgressColumn())
        columns = (*task, TextColumn("{task.fields[detail]}"))
        self._progress = Progress(*columns, console=console, disable=not console.is_terminal, transient=True)

    def start(self) -> None:
        self._progress.start()

    def stop(self) -> None:
        self._progress.stop()

    def show(self, event: Event) -> None:
        """Draw what an event says."""
        match event:
            case RunPlanned() if len(event.steps) <= SHOWN:
                for step in event.steps:
                    if step.action == "cached":
                        self._end(step.id, f"cached  {' '.join(step.notes)}")
            case Fetching():
                self._fetch(event)
            case RunWarned():
                self._console.print(f"Warning: {event.message}", style="yellow", markup=False)
            case _:
                self._show_step(event)

    def _show_step(self, event: Event) -> None:
        match event:
            case StepStarted():
                self._tasks[event.step] = self._progress.add_task(escape(event.step), total=1.0, detail="")
            case StepProgress():
                self._progress.update(self._tasks[event.step], completed=event.fraction)
            case StepDone():
                self._end(event.step, f"{event.seconds:4.1f} s  {' '.join(event.notes)}")
            case StepFailed():
                self._end(event.step, f"failed: {Problem(event.message, event.remedy)}", colour="red")
            case StepBlocked():
                self._end(event.step, f"cannot run, because {event.by} failed.", colour="red")
            case _:
                pass

    def _fetch(self, event: Fetching) -> None:
        if event.name not in self._fetches:
            self._fetches[event.name] = self._progress.add_task(escape(event.name), total=event.total, detail="")
        task = self._fetches[event.name]
        detail = decimal(event.done) + (f" of {decimal(event.total)}" if event.total else "")
        self._progress.update(task, completed=event.done, total=event.total, detail=detail)
        if event.done == event.total:
            self._progress.remove_task(self._fetches.pop(event.name))
            self._end(event.name, f"fetched {decimal(event.done)}")

    def _end(self, step: str, text: str, colour: str = "green") -> None:
        if (task := self._tasks.pop(step, None)) is not None:
            self._progress.remove_task(task)
        bar = f"[{colour}]{'━' * BAR}[/] " if self._console.is_terminal else ""
        self._console.print(f"{escape(step):<{NAME}} {bar}{escape(text.rstrip())}")
