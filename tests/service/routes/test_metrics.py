"""Figures for Prometheus, read as Prometheus reads them."""

from __future__ import annotations

import pytest
from prometheus_client.parser import text_string_to_metric_families

from service.runs.record import RunRequest
from tests.service.conftest import Running, Serve, wait_for

LOADING = {
    "version": 1,
    "nodes": {"photo": {"type": "files/load"}},
    "input": ["photo", "photo"],
    "result": ["photo", "image"],
}


def figures(server: Running) -> dict[str, float]:
    """Each sample by its name and labels."""
    answer = server.client.get("metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    return {
        " ".join([sample.name, *sample.labels.values()]): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def carry_out(server: Running, data: bytes) -> None:
    photo = server.desk.photos.add("photo", data)
    run = server.desk.queue.add(RunRequest(LOADING, photo=photo.setting))
    wait_for(lambda: server.desk.queue.get(run.id).state == "done")


def test_runs_are_counted(server: Running):
    sample = (server.desk.library.shipped / "sample.jpg").read_bytes()
    before = figures(server)
    assert (before["heirloom_runs_total done"], before["heirloom_clients"]) == (0, 0)
    carry_out(server, sample)
    carry_out(server, sample)
    after = figures(server)
    assert after["heirloom_runs_total done"] == 2
    assert after["heirloom_run_seconds_count"] == 2
    assert after["heirloom_run_seconds_bucket +Inf"] == 2
    assert after["heirloom_cache_memory_bytes"] > before["heirloom_cache_memory_bytes"]
    assert (after["heirloom_runs_waiting"], after["heirloom_runs_running"]) == (0, 0)


def test_more_runs_than_a_page_has_are_counted_once(server: Running, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("service.routes.metrics.PAGE", 2)
    sample = (server.desk.library.shipped / "sample.jpg").read_bytes()
    for total in (5, 6, 6):
        while len(server.desk.queue.list(("done",))) < total:
            carry_out(server, sample)
        assert figures(server)["heirloom_runs_total done"] == total


def test_what_waits_is_counted(server: Running):
    server.desk.queue.pause()
    photo = server.desk.photos.add("photo", (server.desk.library.shipped / "sample.jpg").read_bytes())
    server.desk.queue.add(RunRequest(LOADING, photo=photo.setting))
    found = figures(server)
    assert (found["heirloom_runs_waiting"], found["heirloom_queue_paused"]) == (1, 1)


def test_restorations_are_counted_for_each_server_alone(serve: Serve, tmp_path_factory):
    first, second = serve(), serve(folder=tmp_path_factory.mktemp("second"))
    assert first.client.post("api/restore", content=b"no picture").status_code == 415
    assert figures(first)["heirloom_restores_total failed"] == 1
    assert "heirloom_restores_total failed" not in figures(second)
