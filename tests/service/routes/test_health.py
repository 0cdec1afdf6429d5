"""A sign of life."""

from __future__ import annotations

from service.runs.record import RunRequest
from tests.service.conftest import Running

IDLE = {"version": 1, "nodes": {"paper": {"type": "files/load", "settings": {"photo": "sample.jpg"}}}}


def test_it_says_what_there_is(server: Running):
    first, second = (server.client.get("health").json() for _ in range(2))
    assert (first["status"], first["version"], first["queued"]) == ("ok", "0.0.0", 0)
    assert second["seconds"] > first["seconds"] > 0


def test_it_counts_who_waits(server: Running):
    photo = server.desk.photos.add("sample.jpg", server.desk.library.shipped / "sample.jpg")
    server.desk.queue.pause()
    document = {**IDLE, "input": ["paper", "photo"], "result": ["paper", "image"]}
    for _ in range(3):
        server.desk.queue.add(RunRequest(document, photo=photo.setting))
    assert server.client.get("health").json()["queued"] == 3


def test_the_version(server: Running):
    assert server.client.get("api/version").json() == {"name": "Heirloom", "version": "0.0.0"}
