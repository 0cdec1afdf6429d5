from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import httpx2
import pytest

from graph.registry import Registry
from service.access.access import Access
from service.app import create_app
from service.desk import Desk
from service.library import Library
from service.limits import Limits
from tests.service.conftest import Running, running
from tests.service.files import TRAVERSAL, picture

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


def ask(desk: Desk, path: str, **headers: str) -> httpx2.Response:
    """The application on this desk alone, without a server around it."""

    async def asking() -> httpx2.Response:
        transport = httpx2.ASGITransport(create_app(desk))
        async with httpx2.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.get(path, headers=headers)

    return asyncio.run(asking())


def problems(server: Running, body: object) -> list[dict[str, str]]:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    answer = server.client.post("api/workflows/validate", content=content)
    assert answer.status_code == 200
    return answer.json()["problems"]


def test_shipped_workflows_are_there_and_right(server: Running) -> None:
    listed = server.client.get("api/workflows").json()["workflows"]
    assert {"restore", "colourise"} <= {each["name"] for each in listed}
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


def test_a_workflow_says_what_it_does(server: Running) -> None:
    said = server.client.put("api/workflows/said", json={**WORKFLOW, "about": "Calms the noise."})
    assert (said.status_code, said.json()["about"]) == (200, "Calms the noise.")
    assert server.client.get("api/workflows/said").json()["about"] == "Calms the noise."
    assert server.client.put("api/workflows/said", json={**WORKFLOW, "about": "x" * 501}).status_code == 422
    assert server.client.delete("api/workflows/said").status_code == 204


def test_a_shipped_workflow_shows_its_work(server: Running) -> None:
    for each in server.client.get("api/workflows").json()["workflows"]:
        statuses = {
            server.client.get(f"api/workflows/{each['name']}/pictures/{side}").status_code
            for side in ("before", "after")
        }
        assert statuses == {200 if each["pictures"] else 404}


def test_pictures_of_a_workflow_are_kept_for_a_while(server: Running, tmp_path: Path) -> None:
    shipped = tmp_path / "shipped"
    (shipped / "pictures").mkdir(parents=True)
    (shipped / "restore.json").write_text(json.dumps(WORKFLOW))
    for side in ("before", "after"):
        (shipped / "pictures" / f"restore-{side}.webp").write_bytes(picture("WEBP", seed=len(side)))
    desk = replace(server.desk, library=Library(shipped, tmp_path / "own", server.desk.session.registry))
    assert [each["pictures"] for each in ask(desk, "api/workflows").json()["workflows"]] == [True]
    address = "api/workflows/restore/pictures/after"
    answer = ask(desk, address)
    assert (answer.headers["content-type"], answer.content) == ("image/webp", picture("WEBP", seed=5))
    assert answer.headers["cache-control"] == "private, max-age=3600"
    assert ask(desk, address, **{"If-None-Match": answer.headers["etag"]}).status_code == 304
    assert server.client.get("api/workflows/restore/pictures/between").status_code == 422
    assert server.client.get("api/workflows/none/pictures/after").status_code == 404


def needed(server: Running, workflow: object, targets: Sequence[str] = ()) -> list[str]:
    answer = server.client.post("api/workflows/needs", json=workflow, params={"target": targets})
    assert answer.status_code == 200, answer.text
    return [model["name"] for model in answer.json()["models"]]


def test_the_models_that_a_run_uses_are_told_before_it_starts(server: Running) -> None:
    large = {
        "type": "upscale/enlarge",
        "inputs": {"image": ["photo", "image"]},
        "settings": {"model": "realesr-general-x4v3"},
    }
    aside = {**large, "settings": {"model": "realesrgan-x4plus"}}
    workflow = {
        **WORKFLOW,
        "nodes": {"photo": LOAD, "large": large, "aside": aside},
        "result": ["large", "image"],
    }
    with_its_own = ["realesr-general-x4v3", "realesr-general-wdn-x4v3"]
    assert needed(server, workflow) == with_its_own
    assert needed(server, workflow, ["aside", "no such step"]) == ["realesrgan-x4plus"]
    assert needed(server, WORKFLOW) == []
    bypassed = {**workflow, "nodes": {**workflow["nodes"], "large": {**large, "bypass": True}}}
    assert needed(server, bypassed) == []
    listed = {model["name"]: model for model in server.client.get("api/models").json()["models"]}
    answer = server.client.post("api/workflows/needs", json=workflow)
    assert answer.json()["models"] == [listed[name] for name in with_its_own]


def test_what_cannot_be_opened_needs_nothing_and_says_why(server: Running) -> None:
    for body in (b"{", b'{"version": 1, "nodes": {"a": {"type": "no/such"}}}'):
        answer = server.client.post("api/workflows/needs", content=body)
        assert answer.status_code == 422
        assert answer.json()["problems"]
