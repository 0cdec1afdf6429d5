"""What one client was told, checked: every change of every run, in order, nothing missing, nothing twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Message = Mapping[str, Any]

UNNUMBERED = {"StepProgress", "Fetching", "DownloadChanged", "LiveRefused", "MessageRefused"}
"""Messages that may merge, or are meant for one client alone; all others carry consecutive numbers."""


@dataclass
class Told:
    """What a client knows of one run."""

    phase: str = "RunQueued"
    steps: dict[str, str] = field(default_factory=dict)
    """Steps that are to run: planned, started or done."""
    progress: dict[str, float] = field(default_factory=dict)
    tidings: int = 0
    """Messages of progress."""
    seconds: float = 0.0
    state: str = ""


class Ledger:
    """Reads a client's messages one after the other and notes what is wrong with them."""

    def __init__(self) -> None:
        self.runs: dict[str, Told] = {}
        self.wrong: list[str] = []
        self._number: int | None = None

    def read(self, message: Message) -> None:
        """The next message that the client got."""
        event = message["event"]
        self._count(event, message.get("seq"))
        if note := _NOTES.get(event):
            record = message["run"]
            note(self, message, record["id"] if isinstance(record, dict) else record)

    def ended(self) -> int:
        """How many runs the client has seen to their end."""
        return sum(told.phase == "RunEnded" for told in self.runs.values())

    def done(self) -> int:
        """How many of them were done."""
        return sum(told.state == "done" for told in self.runs.values())

    def liveliest(self) -> float:
        """Messages of progress a second, of the run that had most. Runs under a second say too little."""
        rates = [(told.tidings - 1) / told.seconds for told in self.runs.values() if told.seconds > 1]
        return max(rates, default=0.0)

    def _count(self, event: str, number: int | None) -> None:
        if number is None:
            if event not in UNNUMBERED:
                self.wrong.append(f"{event} has no number")
            return
        if event == "Snapshot" and self._number is None:
            self._number = number
        elif self._number is None:
            self.wrong.append(f"{event} came before the snapshot")
        elif number != self._number + 1:
            self.wrong.append(f"{event} has number {number} after {self._number}")
        self._number = number

    def _turn(self, run: str, before: str, now: str) -> Told:
        """The run goes from one phase to the next."""
        told = self.runs.setdefault(run, Told("unheard of"))
        if told.phase != before:
            self.wrong.append(f"{now} of a run that was at {told.phase}")
        told.phase = now
        return told

    def note_queued(self, message: Message, run: str) -> None:
        if run in self.runs:
            self.wrong.append(f"RunQueued of a run that was at {self.runs[run].phase}")
        self.runs[run] = Told()

    def note_started(self, message: Message, run: str) -> None:
        self._turn(run, "RunQueued", "RunStarted")

    def note_planned(self, message: Message, run: str) -> None:
        told = self._turn(run, "RunStarted", "RunPlanned")
        told.steps = {step["id"]: "planned" for step in message["steps"] if step["action"] == "run"}

    def note_stepped(self, message: Message, run: str) -> None:
        before, now = ("planned", "started") if message["event"] == "StepStarted" else ("started", "done")
        told, step = self.runs.setdefault(run, Told("unheard of")), message["step"]
        if told.phase != "RunPlanned" or told.steps.get(step) != before:
            self.wrong.append(f"{message['event']} of a step that was {told.steps.get(step, 'not planned')}")
        told.steps[step] = now

    def note_progressed(self, message: Message, run: str) -> None:
        told, step = self.runs.setdefault(run, Told("unheard of")), message["step"]
        if told.steps.get(step) != "started" or message["fraction"] < told.progress.get(step, 0.0):
            self.wrong.append(f"StepProgress of a step that was {told.steps.get(step, 'not planned')}, or backwards")
        told.progress[step] = message["fraction"]
        told.tidings += 1

    def note_finished(self, message: Message, run: str) -> None:
        told = self._turn(run, "RunPlanned", "RunFinished")
        told.seconds = message["seconds"]
        if left := [step for step, state in told.steps.items() if state != "done"]:
            self.wrong.append(f"RunFinished while {len(left)} steps were not done")

    def note_ended(self, message: Message, run: str) -> None:
        self._turn(run, "RunFinished", "RunEnded").state = message["run"]["state"]


_NOTES: Mapping[str, Callable[[Ledger, Message, str], None]] = {
    "RunQueued": Ledger.note_queued,
    "RunStarted": Ledger.note_started,
    "RunPlanned": Ledger.note_planned,
    "StepStarted": Ledger.note_stepped,
    "StepDone": Ledger.note_stepped,
    "StepProgress": Ledger.note_progressed,
    "RunFinished": Ledger.note_finished,
    "RunEnded": Ledger.note_ended,
}
