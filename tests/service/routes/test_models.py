"""Model files over HTTP."""

from __future__ import annotations

import hashlib
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import pytest

from graph.registry import Registry
from nodes.models import shelf as shelves
from nodes.models.catalog import Catalog, catalog
from service.access.access import Access
from service.refusals import Refusal
from tests.nodes.models.hostile import Hostile, Manner, hostile_server
from tests.service.conftest import Running, Serve, running, wait_for

BODY = b"weights" * 10_000

MODEL = "realesr-general-x4v3"
"""Needs another one."""


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Generator[Hostile]:
    """A place that has every file of the shipped catalogue, small, and a catalogue that knows it."""
    monkeypatch.delenv("HEIRLOOM_OFFLINE", raising=False)
    with hostile_server() as hostile:
        sha256 = hashlib.sha256(BODY).hexdigest()
        entries = {
            each.name: replace(
                each, urls=(hostile.serve(f"/{each.file}", Manner(BODY)),), bytes=len(BODY), sha256=sha256
            )
            for each in catalog().values()
        }
        monkeypatch.setattr(shelves, "catalog", lambda: Catalog(entries))
        yield hostile


def test_the_list_names_licence_and_presence_and_no_path(server: Running, tmp_path: Path):
    answer = server.client.get("api/models")
    found = {each["name"]: each for each in answer.json()["models"]}
    assert set(catalog()) <= set(found)
    assert found["codeformer"]["commercial"] is False
    assert found["codeformer"]["present"] is False
    assert found["codeformer"]["bytes"] > 10**8
    assert found[MODEL]["needs"] == ["realesr-general-wdn-x4v3"]
    assert any(each["present"] for each in found.values())
    assert str(tmp_path) not in answer.text
    assert str(Path(__file__).parents[3]) not in answer.text


def test_a_model_is_fetched(elsewhere: Hostile, serve: Serve, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr("tests.service.conftest.SHIPPED", tmp_path / "shipped")
    server = serve()
    begun = server.client.post(f"api/models/{MODEL}/download")
    assert begun.status_code == 202
    assert begun.json()["total"] == 2 * len(BODY)

    def downloads() -> list[dict[str, object]]:
        return server.client.get("api/downloads").json()["downloads"]

    wait_for(lambda: downloads()[0]["state"] == "done")
    assert downloads() == [
        {"name": MODEL, "state": "done", "done": 2 * len(BODY), "total": 2 * len(BODY), "problems": []}
    ]
    found = {each["name"]: each["present"] for each in server.client.get("api/models").json()["models"]}
    assert found[MODEL]
    assert server.client.delete(f"api/models/{MODEL}/download").json()["state"] == "done"
    assert len(elsewhere.asked) == 2


@pytest.mark.parametrize("name", ["nobodys", "..", "%2e%2e%2fcatalog.toml", "a" * 3000])
def test_only_the_catalogue_can_be_fetched(server: Running, name: str):
    for method in ("POST", "DELETE"):
        answer = server.client.request(method, f"api/models/{name}/download")
        assert answer.status_code in {404, 405}
        assert answer.json()["problems"]


def test_offline_nothing_is_fetched(server: Running, tmp_path: Path):
    answer = server.client.post("api/models/codeformer/download")
    assert answer.status_code == 409
    assert "HEIRLOOM_OFFLINE" in answer.text
    assert str(tmp_path) not in answer.text
    assert server.client.get("api/downloads").json() == {"downloads": []}


def test_downloads_end_with_the_server(registry: Registry, tmp_path: Path):
    with running(registry, tmp_path, Access()) as server:
        present = [each.name for each in server.desk.stock.listing() if each.path]
        assert server.client.post(f"api/models/{present[0]}/download").json()["state"] == "done"
    with pytest.raises(Refusal) as caught:
        server.desk.downloads.start(present[0])
    assert caught.value.status == 503
