from __future__ import annotations

import json
from collections.abc import Callable, Generator
from urllib.parse import quote

import pytest

from graph.registry import Registry
from service.access.access import Access
from service.limits import Limits
from tests.service.conftest import Running, running
from tests.service.files import TRAVERSAL

LOAD = {"type": "files/load", "settings": {"photo": "no such.jpg"}}
WORKFLOW = {
    "version": 1,
    "title": "Mine",
    "nodes": {"photo": LOAD, "denoise": {"type": "noise/denoise", "inputs": {"image": ["photo", "image"]}}},
    "input": ["photo", "photo"],
    "result": ["denoise", "image"],
}


@pytest.fixture(scope="module")
def server(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> Generator[Running]:
    with running(registry, tmp_path_factory.mktemp("server"), Access()) as server:
        yield server


def problems(server: Running, body: object) -> list[dict[str, str]]:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    answer = server.client.post("api/workflows/validate", content=content)
    assert answer.status_code == 200
    return answer.json()["problems"]


def test_shipped_workflows_are_there_and_right(server: Running) -> None:
    listed = server.client.get("api/workflows").json()["workflows"]
    assert {"restore", "colour"} <= {each["name"] for each in listed}
    for each in listed:
        assert (each["owner"], each["problems"]) == ("shipped", [])
        assert problems(server, server.client.get(f"api/workflows/{each['name']}").json()) == []


def test_a_workflow_is_saved_read_and_deleted(server: Running) -> None:
    address = f"api/workflows/{quote('Omas Kiste, 祖母')}"
    saved = server.client.put(address, json=WORKFLOW)
    assert (saved.status_code, saved.json()["title"], saved.json()["nodes"]) == (200, "Mine", 2)
    read = server.client.get(address)
    assert (read.json(), read.headers["content-type"]) == (WORKFLOW, "application/json")
    assert server.client.delete(address).status_code == 204
    assert server.client.get(address).status_code == 404
    assert server.client.delete(address).status_code == 404
    assert server.client.delete("api/workflows/restore").status_code == 403


def test_a_damaged_workflow_can_be_read_as_text(server: Running) -> None:
    (server.desk.library.own / "cut.json").write_text('{"version": 1, "nodes": <script>')
    read = server.client.get("api/workflows/cut")
    assert read.headers["content-type"].startswith("text/plain")
    assert read.headers["x-content-type-options"] == "nosniff"
    assert server.client.delete("api/workflows/cut").status_code == 204


def test_what_is_no_workflow_is_not_saved(server: Running) -> None:
    for body in (b"", b"{", b"[]", b"\xff", b'{"nodes": NaN}', b"[" * 900 + b"]" * 900, b'{"nodes": {"a": []}}'):
        answer = server.client.put("api/workflows/x", content=body)
        assert answer.status_code == 422
        assert problems(server, body) == answer.json()["problems"] != []
    assert server.client.get("api/workflows/x").status_code == 404


def test_no_name_leads_outside(server: Running) -> None:
    before = set(server.desk.data.parent.rglob("*.json"))
    for name in (*TRAVERSAL, "x" * 101, " ", ".hidden", "a/b"):
        address = f"api/workflows/{quote(name, safe='')}"
        if name.startswith(("%2e", "..%c0", "~")) or name == "..":
            continue  # odd names of ordinary files, and what the client takes out of addresses
        assert server.client.get(address).status_code in (404, 422), name
        assert server.client.put(address, json=WORKFLOW).status_code in (404, 405, 422), name
        assert server.client.delete(address).status_code in (404, 405, 422), name
    assert set(server.desk.data.parent.rglob("*.json")) == before


def test_every_problem_is_told_at_once_where_it_is(server: Running) -> None:
    wrong = {
        **WORKFLOW,
        "nodes": {
            "photo": {"type": "files/lod"},
            "denoise": {
                "type": "noise/denoise",
                "inputs": {"image": ["gone", "image"], "picture": ["photo", "image"]},
                "settings": {"strength": "much", "strenght": 1},
            },
        },
        "result": ["denoise", "nothing"],
    }
    found = {(problem["node"], problem["port"]) for problem in problems(server, wrong)}
    assert found >= {
        ("photo", None),
        ("denoise", "image"),
        ("denoise", "picture"),
        ("denoise", "strength"),
        ("denoise", "strenght"),
        ("result", None),
    }


def test_what_a_run_would_lack_is_told_but_for_the_photo_that_it_brings(server: Running) -> None:
    assert problems(server, WORKFLOW) == []
    second = {"type": "files/load", "settings": {"photo": "/etc/passwd"}}
    blend = {"type": "layers/blend", "inputs": {"top": ["second", "image"]}}
    lacking = {**WORKFLOW, "nodes": {**WORKFLOW["nodes"], "second": second, "blend": blend}}
    del lacking["result"]
    found = problems(server, lacking)
    assert {problem["node"] for problem in found} == {"second", "blend"}
    assert "passwd" not in json.dumps(found)


def test_too_many_nodes_are_refused(serve: Callable[..., Running]) -> None:
    server = serve(limits=Limits(nodes=1, text=5000))
    assert "2 nodes" in problems(server, WORKFLOW)[0]["message"]
    assert server.client.put("api/workflows/x", json=WORKFLOW).status_code == 413
    assert server.client.put("api/workflows/x", json={**WORKFLOW, "layout": {"a": "b" * 5000}}).status_code == 413
    assert server.client.get("api/workflows/x").status_code == 404
