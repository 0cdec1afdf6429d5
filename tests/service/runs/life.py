"""A queue in a process of its own, which says where it is and waits to be told to go on. Its end is a kill, mostly.

`python -m tests.service.runs.life FOLDER NAME…`: sees to it that there is a run of each name, and that all of them end.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from graph.events import StepDone, StepStarted
from service.runs.record import RunRecord, State, StepRecord
from service.runs.store import Store
from service.watch.messages import Message, RunEnded
from tests.graph.toy_kinds import Value, ValueCodec
from tests.graph.toys import box, flow
from tests.service.runs.house import Ear, House

ONE_AT_A_TIME = threading.Lock()

PLACES = ("added", "claimed", *(f"{what} {step}" for step in "abc" for what in ("StepStarted", "StepDone")))
PLACES = (*PLACES, "saving", "half", "ending", "ended done")
"""Where one run is when it can be killed, in order; `c` is the step that saves a file."""


def say(run: str, *where: str) -> None:
    with ONE_AT_A_TIME:
        print(run, *where, flush=True)
        sys.stdin.readline()


class Saying(Store):
    def add(self, record: RunRecord, text: str) -> None:
        super().add(record, text)
        say(record.id, "added")

    def claim(self, now: float) -> RunRecord | None:
        record = super().claim(now)
        if record:
            say(record.id, "claimed")
        return record

    def note_steps(self, id: str, steps: Iterable[StepRecord], saving: str | None = None) -> None:
        super().note_steps(id, steps, saving)
        if saving:
            say(id, "saving")

    def end(self, id: str, state: State, ended: float, **how: Any) -> bool:
        say(id, "ending")
        done = super().end(id, state, ended, **how)
        if done:
            say(id, "ended", state)
        return done


class SayingEar(Ear):
    def publish(self, message: Message) -> None:
        super().publish(message)
        if isinstance(message, StepStarted | StepDone):
            say(message.run, type(message).__name__, message.step)


class SlowCodec(ValueCodec):
    def write(self, value: Value, path: Path, workflow: str | None) -> None:
        path.write_text("half", encoding="utf-8")
        say(path.parent.name, "half")
        super().write(value, path, workflow)


def main(folder: Path, names: Iterable[str]) -> None:
    with House(folder, store=Saying, hub=SayingEar, codec=SlowCodec()) as house:
        there = {record.name for record in house.queue.list(limit=1000)}
        for name in names:
            if name not in there:
                a = box("toil", name=str(folder / f"{name}-a"), wait=0.05)
                b = box("toil", {"value": "a"}, name=str(folder / f"{name}-b"), wait=0.05)
                house.add(flow("b", a=a, b=b, c=box("save", {"value": "b"})), name=name)
        house.start()
        for record in house.queue.list(["queued", "running"], limit=1000):
            house.hub.wait_for(RunEnded, lambda message, id=record.id: message.run.id == id)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
