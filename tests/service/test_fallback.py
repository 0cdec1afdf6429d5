"""Runs of the service whose model files cannot be had: no connection is allowed in tests."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from graph.document import parse
from graph.events import RunFinished, RunPlanned
from service.watch.messages import LiveRefused, RunEnded
from tests.service.conftest import Running
from tests.service.routes.restoring import photo, workflow
from tests.service.watch.watching import watching


def colourful(without: Any = "bypass") -> dict[str, Any]:
    """Blurred, then coloured by a network that is not there."""
    colour = {"type": "colour/colorize", "inputs": {"image": ["soft", "image"]}}
    nodes = {**workflow()["nodes"], "colour": {**colour, **({"without": without} if without else {})}}
    del nodes["grow"]
    return workflow(nodes=nodes, result=["colour", "image"])


def blocky() -> dict[str, Any]:
    """Freed of JPEG marks by a network that is not there, or else by what needs none."""
    settings = {"method": "fbcnn-color"}
    marks = {"type": "noise/jpeg", "inputs": {"image": ["photo", "image"]}, "settings": settings}
    nodes = {"photo": {"type": "files/load"}, "marks": {**marks, "without": {"method": "deblock"}}}
    return workflow(nodes=nodes, result=["marks", "image"], controls={})


def uploaded(server: Running) -> str:
    return server.desk.photos.add("a.png", photo()).setting


def ended(server: Running, wish: dict[str, Any]) -> dict[str, Any]:
    """A run of the queue, once it has ended."""
    with watching(server) as watcher:
        answer = server.client.post("api/runs", json={"photo": uploaded(server), **wish})
        assert answer.status_code == 201, answer.text
        id = answer.json()["id"]
        watcher.until(lambda m: isinstance(m, RunEnded) and m.run.id == id)
    return server.client.get(f"api/runs/{id}").json()


def step(run: dict[str, Any], id: str) -> dict[str, Any]:
    return next(each for each in run["steps"] if each["step"] == id)


@pytest.mark.parametrize("download", [True, False])
def test_a_run_of_the_queue_goes_on_without_and_its_record_says_so(shared_server: Running, download: bool) -> None:
    run = ended(shared_server, {"workflow": colourful(), "download": download})
    assert (run["state"], run["download"], run["result"]) == ("done", download, "result.png")
    assert step(run, "soft")["fallback"] == ""
    colour = step(run, "colour")
    assert (colour["action"], colour["state"]) == ("left out", "waiting")
    assert colour["fallback"].startswith("Left out: ")
    assert "python server.py --fetch ddcolor-modelscope" in colour["fallback"]
    assert str(shared_server.desk.data.parent) not in colour["fallback"]


def test_a_step_that_works_another_way_is_done(shared_server: Running) -> None:
    marks = step(ended(shared_server, {"workflow": blocky()}), "marks")
    assert (marks["action"], marks["state"]) == ("run", "done")
    assert marks["fallback"].startswith("Works with method deblock instead: ")


def test_without_a_word_on_it_the_run_fails_and_names_the_step(shared_server: Running) -> None:
    run = ended(shared_server, {"workflow": colourful(without=None), "download": False})
    assert run["state"] == "failed"
    assert [(problem["node"], problem["port"]) for problem in run["problems"]] == [("colour", "model")]


def needs(server: Running, document: dict[str, Any], *targets: str) -> dict[str, Any]:
    answer = server.client.post("api/workflows/needs", json=document, params={"target": targets})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_it_is_told_beforehand_what_a_run_does_without(shared_server: Running) -> None:
    found = needs(shared_server, colourful())
    assert [model["name"] for model in found["models"]] == ["ddcolor-modelscope"]
    assert found["without"] == [{"step": "colour", "type": "colour/colorize", "instead": None}]
    assert needs(shared_server, colourful(), "colour")["without"] == found["without"]
    instead = {"method": "deblock"}
    assert needs(shared_server, blocky())["without"] == [{"step": "marks", "type": "noise/jpeg", "instead": instead}]
    assert needs(shared_server, colourful(without=None))["without"] is None
    assert needs(shared_server, workflow())["without"] == []


def test_a_restoration_at_once_says_what_it_went_without(shared_server: Running) -> None:
    body = {"image": base64.b64encode(photo()).decode(), "workflow": colourful()}
    answer = shared_server.client.post("api/restore", json=body)
    assert answer.status_code == 200, answer.text
    assert answer.headers["X-Heirloom-Without"] == "colour"
    assert [note for note in answer.json()["notes"] if note.startswith("colour: Left out: ")]
    whole = shared_server.client.post("api/restore", json={**body, "workflow": workflow()})
    assert "X-Heirloom-Without" not in whole.headers


def test_a_live_run_goes_on_without(shared_server: Running) -> None:
    with watching(shared_server) as watcher:

        def live(id: str, without: Any = "bypass", targets: list[str] | None = None) -> None:
            watcher.live(id, parse(json.dumps(colourful(without))), photo=uploaded(shared_server), targets=targets)

        live("whole")
        planned = watcher.hear(RunPlanned, "live-whole")
        assert {each.id: each.action for each in planned.steps}["colour"] == "left out"
        assert watcher.hear(RunFinished, "live-whole").status == "done"
        live("one step", targets=["colour"])
        assert watcher.hear(RunFinished, "live-one step").status == "done"
        live("refused", without=None)
        assert [problem.node for problem in watcher.hear(LiveRefused).problems] == ["colour"]
