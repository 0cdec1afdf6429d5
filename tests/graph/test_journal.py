"""The record of a run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graph.check import check
from graph.document import Document, parse
from graph.given import Given
from graph.journal import Journal
from graph.keys import sha256_of
from graph.places import Places
from graph.session import Order, Session
from tests.graph.toy_shelf import ToyShelf, guessing_session
from tests.graph.toys import KINDS, box, flow, open_session


@pytest.fixture
def session() -> Session:
    return open_session(None)


def recorded(session: Session, document: Document, **order: Any) -> dict[str, Any]:
    """The record of a run, as it comes back from a file."""
    journal = Journal(check(document, session.registry, None, session.shelf), sha256_of, session.shelf)
    seen = lambda id, result: journal.see(id, result, KINDS)  # noqa: E731 - one line says it all
    journal.graph = session.run(Order(document, watch=seen, **order), journal.hear).graph
    return json.loads(json.dumps(journal.as_json()))


def states(record: dict[str, Any]) -> dict[str, str]:
    return {step["id"]: step["state"] for step in record["steps"]}


SUM = flow("sum", one=box("number", value=1), two=box("number", value=2), sum=box("add", {"a": "one", "b": "two"}))


def test_it_says_what_each_step_is_and_became(session):
    record = recorded(session, SUM)
    assert record["status"] == "done"
    assert record["began"] <= record["ended"]
    assert states(record) == {"one": "done", "two": "done", "sum": "done"}
    one, _, total = record["steps"]
    assert (one["node"], one["title"], one["settings"]) == ("toy/number", "Number", {"value": 1.0})
    assert total["inputs"] == {"a": ["one", "value"], "b": ["two", "value"]}
    assert total["settings"] == {"plus": 0.0}
    assert total["why"] == "new"
    assert len(total["key"]) == 64


def test_its_workflow_is_the_one_that_ran(session):
    record = recorded(session, SUM)
    assert parse(json.dumps(record["workflow"]).encode()) == SUM
    again = recorded(session, parse(json.dumps(record["workflow"]).encode()))
    assert [step["key"] for step in again["steps"]] == [step["key"] for step in record["steps"]]


def test_what_was_cached_or_not_needed_says_so(session):
    recorded(session, SUM)
    assert set(states(recorded(session, SUM)).values()) == {"cached"}
    assert states(recorded(session, SUM, targets=["one"])) == {"one": "cached", "two": "unneeded", "sum": "unneeded"}


def test_a_failure_is_told_with_what_it_blocked(session, tmp_path):
    (tmp_path / "photo.txt").write_text("no number")
    document = flow("sum", one=box("open", photo=str(tmp_path / "photo.txt")), sum=box("add", {"a": "one"}))
    record = recorded(session, document)
    assert record["status"] == "failed"
    assert states(record) == {"one": "failed", "sum": "blocked"}
    assert record["steps"][0]["message"]
    assert record["steps"][1]["message"] == "one failed."


def test_the_photo_is_named_with_its_sha256(session, tmp_path):
    photo = tmp_path / "photo.txt"
    photo.write_text("7")
    document = flow("one", "one.photo", one=box("open", photo=str(photo)))
    assert recorded(session, document)["photo"] == {"file": str(photo), "sha256": sha256_of(photo)}


def test_before_the_run_everything_waits(session):
    journal = Journal(check(SUM, session.registry), sha256_of)
    record = json.loads(json.dumps(journal.as_json()))
    assert record["status"] == "running"
    assert set(states(record).values()) == {"waiting"}
    assert record["photo"] is None


def test_models_are_told_with_the_sha256_of_their_files(tmp_path: Path):
    class Real(ToyShelf):
        def files(self, name: str) -> list[Path]:
            return [tmp_path / name]

    shelf = Real()
    shelf.there["oracle"] = "1"
    (tmp_path / "oracle").write_bytes(b"weights")
    record = recorded(guessing_session(shelf), flow("it", it=box("guess"), coin=box("guess", model="coin")))
    oracle = {"file": "oracle", "sha256": sha256_of(tmp_path / "oracle")}
    models = {step["id"]: step["models"] for step in record["steps"]}
    assert models == {"it": [{"setting": "model", "name": "oracle", "files": [oracle]}], "coin": []}


def test_a_step_that_was_left_out_says_why():
    shelf = ToyShelf()
    shelf.online = False
    document = flow("it", one=box("number"), it=box("embellish", {"value": "one"})._replace(without="bypass"))
    record = recorded(guessing_session(shelf), document)
    assert record["status"] == "done"
    assert states(record) == {"one": "done", "it": "left out"}
    assert record["steps"][1]["node"] == "toy/embellish"
    assert record["steps"][1]["message"]
    assert record["workflow"]["nodes"]["it"]["bypass"] is True


def test_a_given_photo_is_named_without_its_bytes(session):
    given = Given("photo.txt", b"7")
    document = flow("one", "one.photo", one=box("open", photo="photo.txt"))
    places = Places(confined=True, given={"photo.txt": given})
    journal = Journal(check(document, session.registry, places), sha256_of)
    record = json.loads(json.dumps(journal.as_json()))
    assert record["photo"] == {"file": "photo.txt", "sha256": given.sha256}
