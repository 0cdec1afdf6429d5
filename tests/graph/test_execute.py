"""How steps run: side by side, in order, and until somebody says stop."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from graph.context import LARGEST_SKETCH, Context
from graph.document import Document
from graph.errors import StepError
from graph.events import (
    RunFinished,
    RunPlanned,
    RunWarned,
    StepBlocked,
    StepDone,
    StepFailed,
    StepProgress,
    StepStarted,
)
from graph.session import Order, Session
from tests.graph import toys
from tests.graph.conftest import Probe
from tests.graph.toy_kinds import ValueCodec
from tests.graph.toys import Diary, Parts, Value, box, carry_out, chain, flow

SOON = 30
"""Seconds that nothing here may take; waiting ends much earlier."""


def two_outputs(value: Any) -> Document:
    return flow(a=box("probe_pair", name=value), b=box("add", {"a": "a.whole"}))


class TestSideBySide:
    def test_independent_branches_meet(self, memory_session: Session, probe: Probe) -> None:
        barrier = threading.Barrier(3)

        def meet(*_: Any) -> Value:
            barrier.wait(SOON)
            return Value(1)

        name = probe("meet", meet)
        ids = ("a", "b", "c")
        outcome, _ = carry_out(memory_session, flow(**{id: box("probe", name=name) for id in ids}))
        assert outcome.status == "done"

    def test_branches_that_open_up_later_meet_too(self, memory_session: Session, probe: Probe) -> None:
        barrier = threading.Barrier(2)

        def meet(*_: Any) -> Value:
            barrier.wait(SOON)
            return Value(1)

        name = probe("meet", meet)
        document = flow(
            a=box("number"), b=box("probe", {"value": "a"}, name=name), c=box("probe", {"other": "a"}, name=name)
        )
        assert carry_out(memory_session, document)[0].status == "done"

    def test_a_step_waits_for_all_its_inputs(self, memory_session: Session) -> None:
        document = flow("d", a=box("number", value=1), b=box("add", {"a": "a"}), c=box("add", {"a": "b", "b": "a"}),
                        d=box("add", {"a": "c", "b": "b"}))  # fmt: skip
        assert carry_out(memory_session, document)[0].value(("d", "value")) == Value(3)

    def test_the_same_source_in_two_sockets(self, memory_session: Session) -> None:
        document = flow("b", a=box("number", value=2), b=box("add", {"a": "a", "b": "a"}))
        assert carry_out(memory_session, document)[0].value(("b", "value")) == Value(4)


class TestDepth:
    def test_a_long_chain_needs_no_recursion(self, forgetful_session: Session) -> None:
        outcome, _ = carry_out(forgetful_session, chain(20_000, value=0))
        assert outcome.value(("last", "value")) == Value(19_999)

    def test_a_long_chain_may_fail_at_its_top(self, forgetful_session: Session, probe: Probe) -> None:
        name = probe("broken", lambda *_: 1 / 0)
        document = flow(**{**chain(5000).nodes, "n0": box("probe", name=name)})
        outcome, diary = carry_out(forgetful_session, document)
        assert (outcome.status, len(diary.of(StepBlocked))) == ("failed", 4999)


class TestEvents:
    DOCUMENT = flow(a=box("number"), b=box("add", {"a": "a"}), c=box("add", {"a": "a"}, plus=2), d=box("add", {"a": "b", "b": "c"}))  # fmt: skip  # noqa: E501 - one picture

    def test_planned_first_finished_last_and_every_step_starts_before_it_ends(self, memory_session: Session) -> None:
        _, diary = carry_out(memory_session, self.DOCUMENT)
        first, *steps, last = diary.events
        assert isinstance(first, RunPlanned)
        assert isinstance(last, RunFinished)
        assert sorted(diary.ended) == ["a", "b", "c", "d"]
        for id in diary.ended:
            told = [type(event) for event in steps if event.step == id]  # pyright: ignore[reportAttributeAccessIssue] - only steps are left
            assert told == [StepStarted, StepDone]
        assert len({event.run for event in diary.events}) == 1

    def test_inputs_are_done_before_their_consumer_starts(self, memory_session: Session) -> None:
        _, diary = carry_out(memory_session, self.DOCUMENT)
        order = [(type(event), event.step) for event in diary.of(StepStarted, StepDone)]
        for before, after in [("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")]:
            assert order.index((StepDone, before)) < order.index((StepStarted, after))

    def test_progress_is_throttled_and_bounded(self, memory_session: Session, probe: Probe) -> None:
        def busy(context: Context, _: Any) -> Value:
            context.progress(-3)
            for item in context.track(range(10_000)):
                context.progress(item)
            return Value(1)

        _, diary = carry_out(memory_session, flow(a=box("probe", name=probe("busy", busy))))
        told = diary.of(StepProgress)
        assert 1 <= len(told) < 1000
        assert all(0 <= event.fraction <= 1 for event in told)

    def test_a_sketch_is_told_once_and_the_throttle_loses_none_for_good(
        self, memory_session: Session, probe: Probe
    ) -> None:
        diary = Diary()
        one, two = "data:image/webp;base64,b25l", "data:image/webp;base64,dHdv"

        def told() -> list[str]:
            return [event.sketch for event in diary.of(StepProgress)]

        def draw(context: Context, _: Any) -> Value:
            for sketch in (b"one", b"two"):
                context.progress(0.1, sketch)
            while two not in told() or told()[-1]:
                context.progress(0.2)
            return Value(1)

        memory_session.run(Order(flow(a=box("probe", name=probe("draw", draw)))), diary)
        assert [sketch for sketch in told() if sketch] == [one, two]

    def test_a_sketch_that_is_too_large_fails_the_step(self, memory_session: Session, probe: Probe) -> None:
        name = probe("draw", lambda context, _: context.progress(0.5, bytes(LARGEST_SKETCH + 1)))
        _, diary = carry_out(memory_session, flow(a=box("probe", name=name)))
        assert "make it smaller" in diary.of(StepFailed)[0].message

    @pytest.mark.usefixtures("every_result_stored")
    def test_notes_travel_with_the_result(self, cache_folder: Path, probe: Probe) -> None:
        def talk(context: Context, _: Any) -> Value:
            context.say("Found 3 faces.")
            return Value(1)

        document = flow(a=box("probe", name=probe("talk", talk)))
        for expected in ("run", "cached"):
            session = toys.open_session(cache_folder)
            _, diary = carry_out(session, document)
            (step,) = diary.of(RunPlanned)[0].steps
            assert step.action == expected
            notes = diary.of(StepDone)[0].notes if expected == "run" else step.notes
            assert notes == ("Found 3 faces.",)
            session.close()

    @pytest.mark.parametrize("moment", [RunPlanned, StepStarted, StepDone, RunFinished])
    def test_a_failing_listener_ends_the_run_instead_of_hanging_it(
        self, memory_session: Session, moment: type[Any]
    ) -> None:
        def listen(event: Any) -> None:
            if isinstance(event, moment):
                raise ConnectionError("The browser is gone.")

        with pytest.raises(ConnectionError, match="browser"):
            memory_session.run(Order(self.DOCUMENT), listen)


class TestFailures:
    def test_block_only_what_depends_on_them(self, memory_session: Session, probe: Probe) -> None:
        def refuse(*_: Any) -> Value:
            raise StepError("It is too dark.", "Use a lighter one.")

        document = flow(
            a=box("number"),
            bad=box("probe", {"value": "a"}, name=probe("refuse", refuse)),
            after=box("add", {"a": "bad", "b": "a"}),
            last=box("add", {"a": "after"}),
            other=box("add", {"a": "a"}),
        )
        outcome, diary = carry_out(memory_session, document)
        assert outcome.status == "failed"
        assert outcome.results.keys() == {"other"}
        assert outcome.failed.keys() == {"bad", "after", "last"}
        (failed,) = diary.of(StepFailed)
        assert (failed.step, failed.message, failed.remedy) == ("bad", "It is too dark.", "Use a lighter one.")
        assert {(event.step, event.by) for event in diary.of(StepBlocked)} == {("after", "bad"), ("last", "bad")}
        assert len(diary.ended) == len(set(diary.ended)) == 5

    def test_two_failures_block_a_common_step_once(self, memory_session: Session, probe: Probe) -> None:
        name = probe("broken", lambda *_: 1 / 0)
        broken = box("probe", name=name)
        outcome, diary = carry_out(memory_session, flow(a=broken, b=broken, c=box("add", {"a": "a", "b": "b"})))
        assert sorted(diary.ended) == ["a", "b", "c"]
        assert outcome.status == "failed"

    @pytest.mark.parametrize(
        ("error", "message"),
        [
            (ValueError("no luck"), "It failed unexpectedly: ValueError: no luck"),
            (MemoryError(), "There is not enough memory."),
            (SystemExit("bye"), "It failed unexpectedly: SystemExit: bye"),
            (RecursionError("deep"), "It failed unexpectedly: RecursionError: deep"),
        ],
    )
    def test_whatever_a_node_raises_is_a_sentence(
        self, memory_session: Session, probe: Probe, error: BaseException, message: str
    ) -> None:
        def raising(*_: Any) -> Value:
            raise error

        outcome, diary = carry_out(memory_session, flow(a=box("probe", name=probe("raising", raising))))
        (failed,) = diary.of(StepFailed)
        assert failed.message == message
        assert "Traceback" not in str(outcome.failed["a"])

    @pytest.mark.parametrize("value", [None, 3.0, (Value(1), Value(2)), Parts(Value(1), Value(2))])
    def test_a_wrong_type_is_refused(self, memory_session: Session, probe: Probe, value: Any) -> None:
        _, diary = carry_out(memory_session, flow(a=box("probe", name=probe("wrong", lambda *_: value))))
        (failed,) = diary.of(StepFailed)
        assert "promised value as 'value'" in failed.message

    @pytest.mark.parametrize("value", [None, Value(1), (Value(1), Value(2)), Parts(Value(1), None)])  # pyright: ignore[reportArgumentType] - the point of the test
    def test_of_several_outputs_each_must_be_there(self, memory_session: Session, probe: Probe, value: Any) -> None:
        outcome, _ = carry_out(memory_session, two_outputs(probe("wrong", lambda *_: value)))
        assert outcome.failed.keys() == {"a", "b"}

    def test_a_failed_step_runs_again_next_time(self, memory_session: Session, probe: Probe) -> None:
        document = flow(a=box("probe", name=probe("broken", lambda *_: 1 / 0)))
        carry_out(memory_session, document)
        probe("broken", lambda *_: Value(1))
        assert carry_out(memory_session, document)[0].status == "done"

    def test_an_effect_that_claims_a_file_it_did_not_write(self, memory_session: Session, probe: Probe) -> None:
        def boast(context: Context, _: Any) -> Value:
            context.wrote(Path("nowhere"))
            return Value(1)

        outcome, _ = carry_out(memory_session, flow(a=box("probe", name=probe("boast", boast))))
        assert "FileNotFoundError" in str(outcome.failed["a"])


def test_steps_are_told_where_to_write_and_what_for(memory_session: Session, probe: Probe, tmp_path: Path) -> None:
    told: list[tuple[Path, str]] = []

    def look(context: Context, _: Any) -> Value:
        told.append((context.outputs, context.stem))
        return Value(1)

    (tmp_path / "grandma.txt").write_text("1", encoding="utf-8")
    photo = box("open", photo=str(tmp_path / "grandma.txt"))
    document = flow("b", "a.photo", a=photo, b=box("probe", {"value": "a"}, name=probe("look", look)))
    carry_out(memory_session, document, outputs=tmp_path / "out")
    assert told == [(tmp_path / "out", "grandma")]


@pytest.mark.usefixtures("every_result_stored")
def test_a_codec_that_fails_ends_the_run_instead_of_hanging_it(
    cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> Any:
        raise TypeError("not JSON")

    monkeypatch.setattr(ValueCodec, "encode", broken)
    session = toys.open_session(cache_folder)
    with pytest.raises(TypeError, match="not JSON"):
        carry_out(session, chain(3))
    session.close()


@pytest.mark.usefixtures("every_result_stored")
def test_a_full_disk_is_told_once_and_the_run_goes_on(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> bool:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("graph.cache.Disk.put", full)
    outcome, diary = carry_out(session, chain(5, value=0))
    assert outcome.value(("last", "value")) == Value(4)
    (warned,) = diary.of(RunWarned)
    assert "No space left on device" in warned.message
    assert not any(event.stored for event in diary.of(StepDone))
