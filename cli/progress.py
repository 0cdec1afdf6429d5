"""A progress bar per step."""

from __future__ import annotations

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn

from graph.errors import Problem
from graph.events import Event, RunPlanned, RunWarned, StepBlocked, StepDone, StepFailed, StepProgress, StepStarted

SHOWN = 40
"""Steps of a larger workflow are shown only while they run."""


class Bars:
    """Bars on a terminal; on a file or a pipe a line for each step that ended."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._live = console.is_terminal
        self._tasks: dict[str, TaskID] = {}
        self._keep = True
        columns = (
            TextColumn("{task.description:<14}"),
            BarColumn(20),
            TaskProgressColumn(),
            TextColumn("{task.fields[end]}"),
        )
        self._progress = Progress(*columns, console=console)

    def start(self) -> None:
        if self._live:
            self._progress.start()

    def stop(self) -> None:
        if self._live:
            self._progress.stop()

    def show(self, event: Event) -> None:  # noqa: C901 - one flat match over the union of events
        """Draw what an event says."""
        match event:
            case RunPlanned():
                self._keep = len(event.steps) <= SHOWN
                for step in event.steps:
                    if step.action == "cached" and self._keep:
                        self._end(step.id, f"cached. {' '.join(step.notes)}")
            case StepStarted():
                if self._live:
                    self._tasks[event.step] = self._progress.add_task(event.step, total=1.0, end="")
            case StepProgress():
                if self._live:
                    self._progress.update(self._tasks[event.step], completed=event.fraction)
            case StepDone():
                self._end(event.step, f"{event.seconds:.1f} s. {' '.join(event.notes)}")
            case StepFailed():
                self._end(event.step, f"failed: {Problem(event.message, event.remedy)}", failed=True)
            case StepBlocked():
                self._end(event.step, f"cannot run, because {event.by} failed.", failed=True)
            case RunWarned():
                self._console.print(f"Warning: {event.message}", style="yellow", markup=False)
            case _:
                pass

    def _end(self, step: str, text: str, *, failed: bool = False) -> None:
        if not self._live:
            self._console.print(f"{step:<14} {text.rstrip()}", markup=False)
            return
        task = self._tasks.get(step)
        if task is None:
            task = self._tasks[step] = self._progress.add_task(step, total=1.0, end="")
        shown = text.replace("[", r"\[").rstrip()
        self._progress.update(task, completed=0.0 if failed else 1.0, end=f"[red]{shown}[/]" if failed else shown)
        if not self._keep and not failed:
            self._progress.remove_task(task)
