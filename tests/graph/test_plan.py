"""What runs, and why."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graph.cache import Cache
from graph.document import Document
from graph.errors import WorkflowError
from graph.places import Places
from graph.session import Order, Session
from tests.graph import toys
from tests.graph.conftest import Probe
from tests.graph.toys import KINDS, MEGABYTE, box, carry_out, flow

BASE = flow(
    "c",
    a=box("number", value=1),
    b=box("add", {"a": "a"}, plus=2),
    c=box("add", {"a": "b"}, plus=3),
)

Why = Callable[..., dict[str, str]]


@pytest.fixture
def why(memory_session: Session, tmp_path: Path) -> Why:
    """Run under one name, and return the reasons of what ran."""

    def run(document: Document = BASE, session: Session = memory_session, **order: Any) -> dict[str, str]:
        usual = {"name": "it", "outputs": tmp_path / "out", "places": Places([tmp_path])}
        return carry_out(session, document, **{**usual, **order})[1].why

    return run


def test_first_everything_is_new_then_nothing_runs(why: Why) -> None:
    assert why() == {"a": "new", "b": "new", "c": "new"}
    assert why() == {}


@pytest.mark.parametrize(
    ("changed", "reasons"),
    [
        (BASE.with_settings({("c", "plus"): 4}), {"c": "setting plus changed"}),
        (BASE.with_settings({("b", "plus"): 4}), {"b": "setting plus changed", "c": "upstream changed"}),
        (flow("c", **{**BASE.nodes, "c": box("add", {"a": "b", "b": "a"}, plus=3)}), {"c": "wires changed"}),
        (flow("c", **{**BASE.nodes, "c": box("halve", {"share": "b"})}), {"c": "node type changed"}),
        (flow("d", **BASE.nodes, d=box("add", {"a": "c"})), {"d": "new"}),
        (flow("d", d=BASE.nodes["a"], e=box("number", value=7)), {}),
        (BASE.with_settings({("b", "bypass"): True}), {"c": "wires changed"}),
    ],
)
def test_the_reason_is_what_changed(why: Why, changed: Document, reasons: dict[str, str]) -> None:
    why()
    targets = [id for id in ("c", "d") if id in changed.nodes][-1:]
    assert why(replace(changed, result=None), targets=targets) == reasons


def test_several_settings(why: Why) -> None:
    def strokes(**settings: Any) -> Document:
        return flow(a=box("scan"), b=box("blur", {"sheet": "a.sheet"}, **settings))

    why(strokes())
    assert why(strokes(radius=3, strength=0.1)) == {"b": "settings radius, strength changed"}


def test_forced_steps_and_what_depends_on_them(why: Why) -> None:
    why()
    assert why(force=["b"]) == {"b": "forced", "c": "upstream forced"}
    assert why() == {}


def test_a_forced_step_is_a_target(why: Why) -> None:
    why()
    assert why(targets=["a"], force=["b"]) == {"b": "forced"}


def test_volatile_steps_always_run(why: Why) -> None:
    document = flow(d=box("dice"), b=box("add", {"a": "d"}))
    why(document)
    assert why(document) == {"d": "always runs", "b": "upstream changed"}


def test_an_updated_node(why: Why, memory_session: Session) -> None:
    why()
    specs = toys.registry()
    newer = toys.registry(add=replace(specs["toy/add"], version=2))
    assert why(session=Session(newer, memory_session.cache)) == {"b": "node was updated", "c": "node was updated"}


def test_another_photo_under_the_same_name(why: Why, tmp_path: Path) -> None:
    document = flow("b", a=box("open", photo="a.txt"), b=box("add", {"a": "a"}))
    (tmp_path / "a.txt").write_text("1", encoding="utf-8")
    why(document)
    (tmp_path / "a.txt").write_text("23", encoding="utf-8")
    assert why(document) == {"a": "photo changed", "b": "upstream changed"}


def test_a_photo_that_was_only_touched(why: Why, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("1", encoding="utf-8")
    document = flow(a=box("open", photo="a.txt"))
    why(document)
    os.utime(path, (1, 1))
    assert why(document) == {}


def test_what_the_cache_let_go(why: Why) -> None:
    why()
    session = Session(toys.registry(), Cache(KINDS, 0))
    session.cache.note_run("it", {})
    why(session=session)
    assert why(session=session) == {"a": "not kept", "b": "not kept", "c": "not kept"}


class TestEffects:
    DOCUMENT = flow(a=box("number"), s=box("save", {"value": "a"}))

    def test_count_as_done_while_their_file_stands(self, why: Why) -> None:
        assert why(self.DOCUMENT) == {"a": "new", "s": "new"}
        assert why(self.DOCUMENT) == {}

    @pytest.mark.parametrize("content", [None, b"9.9", b"long"])
    def test_run_again_when_it_was_changed_or_removed(self, why: Why, tmp_path: Path, content: bytes | None) -> None:
        why(self.DOCUMENT)
        path = tmp_path / "out" / "photo.txt"
        path.unlink()
        if content:
            path.write_bytes(content)
        assert why(self.DOCUMENT) == {"s": "its file was changed or removed"}
        assert path.read_text(encoding="utf-8") == "1.0"

    def test_a_copy_of_the_same_bytes_is_unchanged(self, why: Why, tmp_path: Path) -> None:
        why(self.DOCUMENT)
        path = tmp_path / "out" / "photo.txt"
        content = path.read_bytes()
        path.unlink()
        path.write_bytes(content)
        os.utime(path, (1, 1))
        assert why(self.DOCUMENT) == {}

    def test_a_folder_in_the_place_of_the_file(self, why: Why, tmp_path: Path, memory_session: Session) -> None:
        why(self.DOCUMENT)
        (tmp_path / "out" / "photo.txt").unlink()
        (tmp_path / "out" / "photo.txt").mkdir()
        outcome, _ = carry_out(memory_session, self.DOCUMENT, outputs=tmp_path / "out")
        assert outcome.status == "failed"

    def test_elsewhere_they_run_again(self, why: Why, tmp_path: Path) -> None:
        why(self.DOCUMENT)
        assert why(self.DOCUMENT, outputs=tmp_path / "elsewhere") == {"s": "destination changed"}


class TestNeed:
    def test_only_what_the_targets_need_runs(self, memory_session: Session) -> None:
        _, diary = carry_out(memory_session, flow("b", **BASE.nodes, x=box("number", value=5)))
        assert diary.ran == {"a", "b"}

    def test_a_cached_result_hides_what_is_above_it(self, memory_session: Session) -> None:
        carry_out(memory_session, BASE)
        memory_session.cache.memory.drop(memory_session.plan(Order(BASE)).keys["a"])
        planned = memory_session.plan(Order(BASE))
        assert [(step.id, step.action) for step in planned.planned] == [
            ("a", "unneeded"),
            ("b", "unneeded"),
            ("c", "cached"),
        ]

    def test_a_missing_photo_elsewhere_stops_nobody(self, memory_session: Session) -> None:
        document = flow("b", **BASE.nodes, x=box("open", photo="gone.txt"))
        assert carry_out(memory_session, document)[0].status == "done"

    def test_a_missing_photo_stops_before_anything_runs(self, memory_session: Session, probe: Probe) -> None:
        name = probe("never", lambda *_: pytest.fail("ran"))
        document = flow(a=box("probe", name=name), b=box("add", {"a": "a", "b": "x"}), x=box("open", photo="gone.txt"))
        with pytest.raises(WorkflowError, match=r"gone\.txt"):
            carry_out(memory_session, document)

    @pytest.mark.parametrize("targets", [["nosuch"], ["a", "nosuch"]])
    def test_unknown_targets_are_refused(self, memory_session: Session, targets: list[str]) -> None:
        with pytest.raises(WorkflowError, match="there is no node 'nosuch' to run"):
            memory_session.plan(Order(BASE, targets=targets))

    def test_of_nothing(self, memory_session: Session) -> None:
        outcome, diary = carry_out(memory_session, Document({}))
        assert (outcome.status, len(diary.events)) == ("done", 2)


@pytest.mark.usefixtures("every_result_stored")
def test_the_plan_survives_a_restart(cache_folder: Path, why: Why) -> None:
    session = toys.open_session(cache_folder)
    why(session=session)
    session.close()
    session = toys.open_session(cache_folder, memory=MEGABYTE)
    assert why(session=session) == {}
    assert why(BASE.with_settings({("c", "plus"): 0}), session=session) == {"c": "setting plus changed"}
    session.close()


def test_a_failed_run_is_not_what_the_next_is_compared_with(why: Why, probe: Probe) -> None:
    name = probe("broken", lambda *_: 1 / 0)
    document = flow("c", a=box("number"), b=box("probe", {"value": "a"}, name=name), c=box("add", {"a": "b"}))
    why(document)
    assert why(document) == {"b": "new", "c": "new"}
