"""Carries out runs one after the other, and loses none."""

from __future__ import annotations

import gc
import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from graph.document import parse
from graph.places import Places
from graph.session import Order, Session
from service.limits import Limits
from service.refusals import Refusal
from service.runs.record import ENDED, RunRecord, RunRequest, State, StepRecord
from service.runs.results import Results, SavedFile
from service.runs.store import Store
from service.runs.turn import End, Turn
from service.runs.wishes import order_for, record_of, require_known, text_of
from service.watch.messages import QueueChanged, RunEnded, RunQueued, RunRemoved, RunStarted

if TYPE_CHECKING:
    from service.watch.hub import Hub

T = TypeVar("T")

log = logging.getLogger("heirloom")

FIRST_REST, LONGEST_REST = 1.0, 30.0
"""Seconds before something that the disk refused is tried again."""

STOPPING = 30.0
"""Seconds that deleting waits for a running run. A cancelled one stops within one, unless its result is being saved."""


class Queue:
    """Explicit runs: in order of priority, then of arrival or as they were moved; one works, the others wait.

    Every change is first noted in the store, then published, both under one lock: what clients see has the order of
    what happened. Where a kill -9 can strike, and what is there at the next start:

    - before a run is accepted: its client has no answer, and there is no run;
    - after that: it is noted as waiting, safe even from a power cut, and it waits;
    - once it is noted as running, whatever the engine did: it goes back to the front of the line. What was computed
      comes from the cache, a file that a step saved counts while it is unchanged, and of steps that were to run by
      force only those still do that had not ended;
    - after the engine has finished: the name that the result will have is noted, the result is written under another
      name, and the renaming is what completes the run. One that is noted as running, and whose result is there by that
      name, is noted as done. No file had that name before, so none can be mistaken for it. What is half written is
      deleted. A workflow without a result starts again and finds nothing to do: the files it wanted are there;
    - while it is being cancelled: cancelled is what was noted first, and it stays so;
    - while it is being deleted: the transaction that forgets it notes that its folder is to go.

    So nothing is lost, and only one completion is ever noted: the transaction that ends a run asks that it be running
    still. That no second process works with the same store, the store sees to.
    """

    def __init__(self, store: Store, session: Session, hub: Hub, folder: Path, limits: Limits, places: Places) -> None:
        """`folder` is where results go; photos that workflows name are looked for in `places`, and nowhere else."""
        self._store, self._session, self._hub, self._limits = store, session, hub, limits
        self._places = places
        self._results = Results(folder, session.registry.kinds)
        self._changed = threading.Condition(threading.RLock())
        self._turn: Turn | None = None
        self._closing = False
        self._paused = store.paused
        self._waiting = store.waiting_count()
        self._thread = threading.Thread(target=self._work, name="queue", daemon=True)

    def __len__(self) -> int:
        """How many runs wait; asks neither the disk nor a lock."""
        return self._waiting

    def start(self) -> None:
        """Take up what an earlier life of the server left, then carry out runs."""
        with self._changed:
            for record in self._store.running():
                self._take_up(record)
            for id in self._store.leaving():
                self._delete_folder(id)
            for record in self._store.line():
                self._hub.publish(RunQueued(record))
            self._publish_order()
        self._thread.start()

    def close(self, grace: float = 0.0) -> None:
        """Begin nothing more. What still works after `grace` seconds goes back to the front of the line."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        if self._thread.ident is not None:
            self._thread.join(grace)
            if turn := self._turn:
                turn.stop()
            self._thread.join()
        self._store.close()

    # What is there

    def list(self, states: Collection[State] = (), limit: int = 100, before: str | None = None) -> Sequence[RunRecord]:
        """Runs without their steps, the newest first; `before` is the last of the page before."""
        if before is not None:
            self._known(before)
        return self._store.page(states, limit, before)

    def get(self, id: str) -> RunRecord:
        """A run with what is known of its steps at this moment. Refusal where there is none."""
        turn, record = self._turn, self._known(id)
        return turn.seen(record) if turn and turn.record.id == id else record

    def text(self, id: str) -> str:
        """A run's workflow, as it came."""
        if (text := self._store.text(id)) is None:
            raise _unknown()
        return text

    def files(self, id: str) -> Sequence[SavedFile]:
        """What a run saved, its result among it."""
        self._known(id)
        return self._results.files(id)

    def file(self, id: str, name: str) -> SavedFile:
        """One of the files that a run saved. Refusal for any other name."""
        self._known(id)
        if (found := self._results.find(id, name)) is None:
            raise Refusal(404, "The run saved no such file.", "Ask for the list of its files.")
        return found

    def order(self) -> tuple[Sequence[str], bool]:
        """The ids of the runs that wait, first come first, and whether the line stands still."""
        with self._changed:
            return self._store.order(), self._paused

    @property
    def running(self) -> str | None:
        """The id of the run that works."""
        turn = self._turn
        return turn.record.id if turn else None

    # What changes it

    def add(self, request: RunRequest) -> RunRecord:
        """Accept a run. WorkflowError with every Problem of its workflow; Refusal where there is no room for it."""
        self._require_room()
        text = text_of(request.document, self._limits)
        document = parse(text)
        record = record_of(request, document)
        require_known(record.force, document)
        self._session.graph(self._order(record, text))
        with self._changed:
            self._require_room()
            self._store.add(record, text)
            self._hub.publish(RunQueued(record))
            self._tell_thread()
        return record

    def cancel(self, id: str) -> RunRecord:
        """End a run that waits or works. One that has ended stays as it is."""
        with self._changed:
            state = self._known(id).state
            self._store.end(id, "cancelled", time.time(), among=("queued", "running"))
            if self._works_on(id):
                self._stop()
            elif state not in ENDED:
                self._hub.publish(RunEnded(self._known(id)))
                self._tell_thread()
        return self.get(id)

    def delete(self, id: str) -> None:
        """Forget a run and delete what it saved; one that waits or works is cancelled first."""
        self.cancel(id)
        with self._changed:
            if not self._changed.wait_for(lambda: not self._works_on(id), timeout=STOPPING):
                raise Refusal(409, "The run is being stopped and cannot be deleted yet.", "Try again in a moment.")
            self._forget(id)

    def move(self, id: str, position: int | None = None, priority: int | None = None) -> RunRecord:
        """Give a waiting run another priority, another place in line (0 is the first), or both in this order."""
        with self._changed:
            moved = priority is None or self._store.prioritise(id, priority)
            moved = moved and (position is None or self._store.move(id, position))
            record = self._known(id)
            if not moved:
                raise Refusal(409, f"Only a run that waits can be moved; this one is {record.state}.")
            self._hub.publish(RunQueued(record))
            self._publish_order()
        return record

    def pause(self) -> None:
        """Let nothing more begin, now and after a restart; what works goes on."""
        self._halt(paused=True)

    def resume(self) -> None:
        """Go on with the line."""
        self._halt(paused=False)

    # The parts of it; the lock is held where something is published

    def _known(self, id: str) -> RunRecord:
        if (record := self._store.get(id)) is None:
            raise _unknown()
        return record

    def _order(self, record: RunRecord, text: str) -> Order:
        return order_for(record, text, self._places, self._results.of(record.id))

    def _require_room(self) -> None:
        if self._waiting >= self._limits.queued:
            message = f"{self._limits.queued} runs are waiting; that is as many as the queue takes."
            raise Refusal(429, message, "Wait until some are done, or cancel some.")

    def _works_on(self, id: str) -> bool:
        return self._turn is not None and self._turn.record.id == id

    def _stop(self) -> None:
        if self._turn:
            self._turn.stop()

    def _halt(self, *, paused: bool) -> None:
        with self._changed:
            self._store.pause(paused=paused)
            self._paused = paused
            self._publish_order()
            self._tell_thread()

    def _publish_order(self) -> None:
        self._hub.publish(QueueChanged(tuple(self._store.order()), self._paused))

    def _tell_thread(self) -> None:
        self._waiting = self._store.waiting_count()
        self._changed.notify_all()

    def _take_up(self, record: RunRecord) -> None:
        """A run that was running when the server was killed."""
        saving = self._store.saving(record.id)
        if saving and (file := self._results.find(record.id, saving)):
            self._store.end(record.id, "done", file.path.stat().st_mtime, result=saving)
        else:
            self._results.tidy(record.id)
            self._store.requeue(record.id)

    def _forget(self, id: str) -> None:
        if self._store.remove(id):
            self._hub.publish(RunRemoved(id))
            self._delete_folder(id)

    def _delete_folder(self, id: str) -> None:
        # What cannot be deleted, such as a file that somebody on Windows is downloading, the next start deletes.
        if self._results.remove(id):
            self._store.left(id)

    # The thread that works

    def _work(self) -> None:
        while turn := self._patiently(self._next):
            end = self._carried_out(turn)
            self._patiently(lambda turn=turn, end=end: self._note_end(turn, end))
            self._patiently(self._trim)
            # What the run left in circles, while it is young: looking through all that is loaded would take 200 ms.
            gc.collect(1)

    def _patiently(self, action: Callable[[], T]) -> T | None:
        """Do something that may fail for a while: the disk is full, or a backup has locked the file.

        None when closing; what is not noted by then, the next start takes up. A queue whose thread has died would go on
        to accept runs that never run: so nothing ends it.
        """
        rest = FIRST_REST
        while True:
            try:
                return action()
            except (sqlite3.Error, OSError) as error:
                log.warning("The list of runs cannot be kept: %s. Trying again in %g seconds.", error, rest)
            except Exception:
                log.exception("The queue stumbled. Trying again in %g seconds.", rest)
            with self._changed:
                if self._changed.wait_for(lambda: self._closing, timeout=rest):
                    return None
            rest = min(LONGEST_REST, 2 * rest)

    def _next(self) -> Turn | None:
        """The next run, noted as running, once there is one and the line does not stand still. None when closing."""
        with self._changed:
            while not self._closing:
                if self._turn:  # taken, but whoever was told of it stumbled
                    return self._turn
                if not self._paused and (record := self._store.claim(time.time())):
                    self._waiting = self._store.waiting_count()
                    self._turn = Turn(record, self._results, self._hub.listener(record.id))
                    self._hub.publish(RunStarted(record.id, record.started or time.time()))
                    return self._turn
                self._changed.wait()
        return None

    def _carried_out(self, turn: Turn) -> End:
        record = turn.record

        def order() -> Order:
            return self._order(record, self.text(record.id))

        def note(steps: Sequence[StepRecord], saving: str | None) -> None:
            self._patiently(lambda: self._store.note_steps(record.id, steps, saving))

        return turn.carry_out(self._session, order, note)

    def _note_end(self, turn: Turn, end: End) -> None:
        """Note how a run ended, unless it was cancelled meanwhile; one that closing has stopped waits again."""
        with self._changed:
            id = turn.record.id
            self._store.note_steps(id, turn.steps)
            again = end.state == "cancelled" and self._closing and self._store.requeue(id)
            if not again:
                self._store.end(id, end.state, time.time(), result=end.result, problems=end.problems)
            record = self._known(id)
            if record.state == "cancelled" and end.result:
                self._results.drop(id, end.result)
            self._turn = None
            self._hub.publish(RunQueued(record) if again else RunEnded(record))
            if again:
                self._publish_order()
            self._tell_thread()

    def _trim(self) -> None:
        """Let the oldest of a history go that is longer than it may be."""
        with self._changed:
            for id in self._store.surplus(self._limits.kept):
                self._forget(id)


def _unknown() -> Refusal:
    return Refusal(404, "There is no such run.", "It may have been deleted; ask for the list of runs.")
