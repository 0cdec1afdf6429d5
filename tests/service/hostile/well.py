"""Whether a server still does its work, whatever was done to it."""

from __future__ import annotations

import io
import itertools
import json
import os
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx2
from PIL import Image as Pillow

from service.runs.record import ENDED
from tests.service.conftest import Running, wait_for
from tests.service.files import picture

WORKFLOW: Mapping[str, Any] = {
    "version": 1,
    "nodes": {
        "photo": {"type": "files/load"},
        "soft": {"type": "detail/blur", "inputs": {"image": ["photo", "image"]}, "settings": {"radius": 2}},
    },
    "input": ["photo", "photo"],
    "result": ["soft", "image"],
}

SEEDS = itertools.count(1000)
"""Of photos that no cache knows."""


def started(server: Running, setting: str, workflow: Any = WORKFLOW, **more: Any) -> str:
    """A run of the workflow on an uploaded photo."""
    answer = server.client.post("api/runs", json={"workflow": workflow, "photo": setting, **more})
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


def ended(server: Running, id: str) -> dict[str, Any]:
    """The run, once it has ended."""
    wait_for(lambda: server.desk.queue.get(id).state in ENDED)
    return server.client.get(f"api/runs/{id}").json()


def uploaded(server: Running, data: bytes) -> dict[str, Any]:
    """A photo that is taken."""
    answer = server.client.post("api/photos?name=good.png", content=data)
    assert answer.status_code in {200, 201}, answer.text
    return answer.json()


def still_works(server: Running) -> None:
    """From an upload to a result, by way of the queue and at once; nothing is left of what was done before."""
    data = picture(seed=next(SEEDS))
    run = ended(server, started(server, uploaded(server, data)["setting"]))
    assert run["state"] == "done", run
    assert [step["action"] for step in run["steps"]] == ["run", "run"]
    body = json.dumps({"version": 1, **WORKFLOW}).encode()
    server.client.put("api/workflows/still%20works", content=body).raise_for_status()
    at_once = server.client.post("api/restore?workflow=still%20works", content=data)
    for answer in (server.client.get(f"api/runs/{run['id']}/result"), at_once):
        assert _size(answer) == (40, 30)


def is_clean(server: Running) -> bool:
    """Nothing runs, nobody watches, no half file lies about."""
    return not left(server)


def left(server: Running) -> list[Any]:
    """What goes on, who watches, and which half files there are."""
    desk = server.desk
    working = [thread.name for thread in threading.enumerate() if thread.name.startswith("run-")]
    inside = (name for folder in ("photos", "results", "workflows") for name in _names(desk.data / folder))
    half = [name for name in inside if name.startswith(".") and not name.startswith(".thumbnail-")]
    others = ["a client"] * desk.hub.clients + ["a live run"] * len(desk.session._lanes)
    return [*filter(None, [desk.queue.running]), *desk.queue.order()[0], *others, *working, *half]


def _names(folder: Path) -> Iterator[str]:
    """Of all files and folders in it; those that vanish meanwhile do not matter."""
    for _, folders, files in os.walk(folder):
        yield from (*folders, *files)


def told(answer: httpx2.Response) -> str:
    """What a refusal says, all of it."""
    problems = answer.json()["problems"]
    assert problems, answer.text
    assert all(set(each) == {"message", "remedy", "node", "port"} and each["message"] for each in problems)
    return " ".join(f"{each['message']} {each['remedy']}" for each in problems)


def _size(answer: httpx2.Response) -> tuple[int, int]:
    assert answer.status_code == 200, answer.text
    with Pillow.open(io.BytesIO(answer.content)) as found:
        found.load()
        return found.size
