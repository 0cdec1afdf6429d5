"""What a snapshot holds after what happened."""

from __future__ import annotations

import dataclasses
from typing import Any

from graph.events import (
    Fetching,
    RunFinished,
    RunPlanned,
    RunWarned,
    StepBlocked,
    StepDone,
    StepFailed,
    StepProgress,
    StepStarted,
)
from service.runs.record import StepRecord
from service.watch.messages import (
    DownloadChanged,
    LiveRefused,
    Message,
    QueueChanged,
    RunEnded,
    RunQueued,
    RunRemoved,
    RunStarted,
    Snapshot,
    StepView,
)
from service.watch.state import ENDED, WARNINGS, State
from tests.service.watch.watching import life, planned, record


def after(*messages: Message) -> Snapshot:
    state = State()
    for message in messages:
        assert state.apply(message)
    return state.snapshot()


def order(snapshot: Snapshot) -> str:
    return "".join(run.id for run in snapshot.waiting)


def queued(*ids: str) -> list[Message]:
    return [RunQueued(record(id)) for id in ids]


def steps(*messages: Message) -> list[StepView]:
    begun = [*queued("r"), RunStarted("r", 2.0), RunPlanned("r", planned("a", "b"))]
    (running,) = after(*begun, *messages).running
    return list(running.steps)


def test_runs_wait_by_priority_and_then_as_they_came() -> None:
    found = after(*queued("a", "b"), RunQueued(record("c", 1)), RunQueued(record("d", -1)), RunQueued(record("e", 1)))
    assert order(found) == "ceabd"


def test_a_run_that_is_queued_again_takes_its_new_place() -> None:
    assert order(after(*queued("a", "b", "c"), RunQueued(record("c", 5)))) == "cab"


def test_the_order_is_what_the_queue_says() -> None:
    found = after(*queued("a", "b", "c", "d"), QueueChanged(("c", "gone", "a", "c"), paused=True))
    assert order(found) == "cabd"
    assert found.paused


def test_a_started_run_waits_no_longer() -> None:
    found = after(*queued("a", "b"), RunStarted("a", 2.0))
    assert order(found) == "b"
    (running,) = found.running
    assert (running.run.state, running.run.started, running.steps) == ("running", 2.0, ())


def test_a_run_goes_back_into_line() -> None:
    found = after(*queued("a"), RunStarted("a", 2.0), *queued("b", "a"))
    assert (order(found), found.running) == ("ba", ())


def test_steps_are_followed() -> None:
    assert [step.state for step in steps(StepStarted("r", "a"))] == ["running", "waiting"]
    assert steps(StepStarted("r", "a"), StepProgress("r", "a", 0.5))[0].fraction == 0.5
    done = steps(StepStarted("r", "a"), StepDone("r", "a", 1.5, ("3 faces",), stored=True))[0]
    assert (done.state, done.fraction, done.seconds, done.notes) == ("done", 1.0, 1.5, ("3 faces",))
    failed, blocked = steps(StepFailed("r", "a", "no", "yes"), StepBlocked("r", "b", "a"))
    assert (failed.state, failed.message, failed.remedy) == ("failed", "no", "yes")
    assert (blocked.state, blocked.by) == ("blocked", "a")


def test_a_sketch_stays_until_there_is_another_one_or_the_step_ends() -> None:
    begun = [StepStarted("r", "a"), StepProgress("r", "a", 0.2, "data:one"), StepProgress("r", "a", 0.4)]
    assert [(step.fraction, step.sketch) for step in steps(*begun)] == [(0.4, "data:one"), (0.0, "")]
    assert steps(*begun, StepProgress("r", "a", 0.6, "data:two"))[0].sketch == "data:two"
    for end in (StepDone("r", "a", 1.5, (), stored=True), StepFailed("r", "a", "no", "yes")):
        assert steps(*begun, end)[0].sketch == ""


def test_what_is_cached_is_done() -> None:
    (running,) = after(*queued("r"), RunStarted("r", 2.0), RunPlanned("r", planned("a", action="cached"))).running
    assert (running.steps[0].state, running.steps[0].fraction) == ("done", 1.0)


def test_files_are_fetched_until_the_plan_comes() -> None:
    begun = [*queued("r"), RunStarted("r", 2.0), Fetching("r", "m", 1, 9), Fetching("r", "m", 9, 9)]
    assert [(each.done, each.total) for each in after(*begun).running[0].fetching] == [(9, 9)]
    assert after(*begun, RunPlanned("r", ())).running[0].fetching == ()


def test_warnings_are_kept_but_not_without_end() -> None:
    many = [RunWarned("r", str(number)) for number in range(WARNINGS + 5)]
    (running,) = after(*queued("r"), RunStarted("r", 2.0), *many).running
    assert running.warnings == tuple(str(number) for number in range(5, WARNINGS + 5))


def test_of_an_ended_run_only_the_record_stays() -> None:
    found = after(*life("r", "a", "b"))
    assert found.running == ()
    assert [(run.id, run.state) for run in found.ended] == [("r", "done")]


def test_the_last_word_on_a_run_replaces_what_the_engine_said() -> None:
    last = record("r", state="failed", problems=({"message": "no"},))
    with_steps = dataclasses.replace(last, steps=(StepRecord("a", "run", "new", "k"),))
    found = after(*life("r"), *life("s"), RunEnded(with_steps))
    assert [run.id for run in found.ended] == ["r", "s"]
    assert found.ended[0] == last
    assert found.ended[0].steps == ()


def test_a_run_can_end_while_it_waits() -> None:
    found = after(*queued("r"), RunEnded(record("r", state="cancelled")))
    assert (found.waiting, [run.state for run in found.ended]) == ((), ["cancelled"])


def test_a_removed_run_is_gone_wherever_it_was() -> None:
    gone = [RunRemoved("a"), RunRemoved("b"), RunRemoved("c")]
    found = after(*life("a"), *queued("b", "c"), RunStarted("b", 2.0), *gone)
    assert found == State().snapshot()


def test_after_a_thousand_runs_there_is_no_more_than_after_the_first() -> None:
    state = State()
    for number in range(1000):
        for message in life(f"r{number}", "a", "b"):
            state.apply(message)
    found = state.snapshot()
    assert (found.waiting, found.running) == ((), ())
    assert [run.id for run in found.ended] == [f"r{number}" for number in range(1000 - ENDED, 1000)]


def test_what_is_no_news_is_not_passed_on() -> None:
    state = State()
    last: Message = RunEnded(record("s", state="done"))
    for message in [*queued("r"), last, DownloadChanged("m", 0, None, "waiting")]:
        assert state.apply(message)
        assert not state.apply(message)
    assert not state.apply(QueueChanged(("r",), paused=False))
    assert not state.apply(LiveRefused("a", ()))
    for stray in life("unknown", "a")[1:]:
        assert not state.apply(stray)
    assert not state.apply(RunFinished("s", "done", 1.0))


def test_downloads_are_known_by_name() -> None:
    told: list[tuple[str, int, Any]] = [("m", 0, "running"), ("n", 0, "waiting"), ("m", 9, "done")]
    found = after(*(DownloadChanged(name, done, 9, state) for name, done, state in told))
    assert [(each.name, each.state) for each in found.downloads] == [("m", "done"), ("n", "waiting")]


def test_between_the_first_and_the_last_of_a_kind_messages_merge() -> None:
    state = State()
    fetching, download = Fetching("r", "m", 3, 9), DownloadChanged("m", 3, 9, "running")
    for message in [*queued("r"), RunStarted("r", 2.0)]:
        state.apply(message)
    assert not state.merges(fetching)
    assert not state.merges(download)
    state.apply(fetching)
    state.apply(download)
    assert state.merges(fetching)
    assert state.merges(download)
    assert not state.merges(Fetching("r", "m", 9, 9))
    assert not state.merges(DownloadChanged("m", 9, 9, "done"))
