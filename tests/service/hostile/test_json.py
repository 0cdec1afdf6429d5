"""JSON that means harm, to every route that takes it and over the websocket."""

from __future__ import annotations

import base64
import json
from collections.abc import Generator, Iterator, Mapping
from typing import Any

import httpx2
import pytest
from websockets.sync.client import connect

from graph.registry import Registry
from service.access.access import Access
from service.limits import MIB, Limits
from service.watch.messages import MessageRefused, Snapshot
from tests.service.conftest import Running, running, wait_for
from tests.service.files import picture
from tests.service.hostile.well import WORKFLOW, is_clean, still_works, told, uploaded

LIMITS = Limits(text=4 * MIB, message=MIB, nodes=2000)

GOOD = json.dumps(WORKFLOW)

TEXTS: Mapping[str, bytes] = {
    "900 lists": b"[" * 900 + b"]" * 900,
    "900 objects": b'{"nodes":' * 900 + b"1" + b"}" * 900,
    "900 deep in a setting": b'{"version":1,"nodes":{"a":{"type":"files/load","settings":{"photo":'
    + b"[" * 900
    + b"]" * 900
    + b"}}}}",
    "900 deep in a field": b'{"workflow":' + b'{"a":' * 900 + b"1" + b"}" * 900 + b"}",
    "900 deep in an image": b'{"image":' + b"[" * 900 + b"]" * 900 + b"}",
    "a million lists that do not end": b"[" * 1_000_000,
    "a million empty objects": b"[" + b"{}," * 1_000_000 + b"{}]",
    "a million empty objects as nodes": b'{"version":1,"nodes":[' + b"{}," * 999_999 + b"{}]}",
    "many nodes": json.dumps({"version": 1, "nodes": {f"n{n}": {} for n in range(3000)}}).encode(),
    "not a number": b'{"version":NaN,"nodes":{}}',
    "infinity": b'{"version":Infinity,"nodes":{"a":{"type":"detail/blur","settings":{"radius":-Infinity}}}}',
    "beyond a float": b'{"version":1e999,"nodes":{"a":{"type":"detail/blur","settings":{"radius":1e999}}}}',
    "many digits": b'{"version":' + b"9" * 100_000 + b"}",
    "many digits behind the point": b'{"version":1.' + b"9" * 100_000 + b',"nodes":{}}',
    "a long text": b'{"version":1,"title":"' + b"x" * 2_000_000 + b'","nodes":{}}',
    "a long name": b'{"version":1,"nodes":{"' + b"x" * 2_000_000 + b'":{"type":"files/load"}}}',
    "a name twice": b'{"version":1,"version":2,"nodes":{"a":{},"a":{"type":"files/load"}}}',
    "a mark in front": b"\xef\xbb\xbf" + GOOD.encode(),
    "a mark in front twice": b"\xef\xbb\xbf\xef\xbb\xbf" + GOOD.encode(),
    "UTF-16": GOOD.encode("utf-16"),
    "UTF-16 without a mark": GOOD.encode("utf-16-le"),
    "UTF-32": GOOD.encode("utf-32"),
    "half a character": b'{"version":1,"title":"\xed\xa0\x80","nodes":{}}',
    "half a character, spelled": b'{"version":1,"title":"\\ud800","nodes":{"\\udc00":{"type":"\\ud800"}}}',
    "no character": b'{"version":1,"title":"\xff\xfe","nodes":{}}',
    "a zero within": b'{"version":1,"title":"a\x00b","nodes":{}}',
    "a zero, spelled": b'{"version":1,"title":"a\\u0000b","nodes":{"\\u0000":{"type":"files/load\\u0000"}}}',
    "more behind it": GOOD.encode() + b"garbage",
    "two of them": GOOD.encode() * 2,
    "a comma too many": b'{"version":1,"nodes":{},}',
    "a comment": b'{"version":1,/* */"nodes":{}}',
    "single quotes": b"{'version':1}",
    "its own class": b'{"__class__":"x","__proto__":{"a":1},"constructor":{"prototype":{}}}',
    "a list": b"[1,2,3]",
    "nothing": b"",
    "null": b"null",
    "true": b"true",
    "a text": b'"restore"',
}

ODD: tuple[Any, ...] = (
    None, True, 0, -1, 1.5, 2**63, 10**400, -(10**400), 1e308, "", "\0", "\ud800", "x" * 100_000, [], [[]], [None],
    {}, {"": {}}, {"a": [1]}, [1] * 10_000, [["photo"]], ["photo", "image", "more"], ["photo", 1], [{}, {}],
)  # fmt: skip
"""In place of ids, names and values."""


@pytest.fixture(scope="module")
def house(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> Generator[Running]:
    """One server for all of it; in the end it works."""
    with running(registry, tmp_path_factory.mktemp("json"), Access(), LIMITS) as server:
        server.client.post("api/queue/pause").raise_for_status()
        yield server
        for run in server.client.get("api/runs?limit=500").json()["runs"]:
            server.client.delete(f"api/runs/{run['id']}").raise_for_status()
        server.client.post("api/queue/resume").raise_for_status()
        wait_for(lambda: is_clean(server))
        still_works(server)


def routes(server: Running) -> list[tuple[str, str]]:
    """Method and address of all that takes JSON."""
    found = [
        (method.upper(), path.replace("{name}", "odd").replace("{id}", "0" * 32))
        for path, item in server.client.get("openapi.json").json()["paths"].items()
        for method, operation in item.items()
        if "application/json" in operation.get("requestBody", {}).get("content", {})
    ]
    assert len(found) >= 5
    return found


def asked(server: Running, method: str, address: str, content: bytes) -> httpx2.Response:
    """Answered by what the description names, and by JSON that every program reads."""
    answer = server.client.request(method, address, content=content, headers={"content-type": "application/json"})
    assert answer.status_code < 500, answer.text
    if answer.headers["content-type"] == "application/json":
        json.loads(answer.content, parse_constant=pytest.fail)
    if answer.status_code >= 400:
        assert told(answer)
        assert all(len(each["message"]) < 2000 for each in answer.json()["problems"]), "a sentence, not what was sent"
    return answer


@pytest.mark.parametrize("name", TEXTS)
def test_every_route_answers(house: Running, name: str) -> None:
    for method, address in routes(house):
        asked(house, method, address, TEXTS[name])
    assert house.client.get("health").status_code == 200


@pytest.mark.parametrize("name", ["900 lists", "900 objects", "a comment", "nothing", "two of them", "UTF-32"])
def test_nothing_of_it_is_accepted(house: Running, name: str) -> None:
    for method, address in routes(house):
        answer = asked(house, method, address, TEXTS[name])
        assert answer.status_code in {400, 404, 422} or answer.json()["problems"]


def with_odd(value: Any) -> Iterator[dict[str, Any]]:
    """Workflows that are right but for one part."""
    nodes = WORKFLOW["nodes"]
    for part in ("version", "title", "nodes", "input", "result", "controls", "groups", "view"):
        yield {**WORKFLOW, part: value}
    for part in ("type", "inputs", "settings", "title", "position"):
        yield {**WORKFLOW, "nodes": {**nodes, "soft": {**nodes["soft"], part: value}}}
    yield {**WORKFLOW, "nodes": {**nodes, "soft": value}}
    yield {**WORKFLOW, "nodes": {**nodes, "soft": {**nodes["soft"], "inputs": {"image": value}}}}
    yield {**WORKFLOW, "nodes": {**nodes, "soft": {**nodes["soft"], "settings": {"radius": value}}}}
    yield {**WORKFLOW, "nodes": {**nodes, "photo": {"type": "files/load", "settings": {"photo": value}}}}
    if isinstance(value, str):
        yield {**WORKFLOW, "nodes": {value: {"type": "files/load"}}}


@pytest.mark.parametrize("value", ODD, ids=range(len(ODD)))
def test_odd_values_in_every_part_of_a_workflow(house: Running, value: Any) -> None:
    setting = uploaded(house, picture())["setting"]
    for workflow in with_odd(value):
        for method, address, body in (
            ("POST", "api/workflows/validate", workflow),
            ("POST", "api/runs", {"workflow": workflow, "photo": setting}),
        ):
            asked(house, method, address, _text(body))


@pytest.mark.parametrize("value", ODD, ids=range(len(ODD)))
def test_odd_values_in_every_field_of_a_request(house: Running, value: Any) -> None:
    setting = uploaded(house, picture())["setting"]
    run = asked(house, "POST", "api/runs", _text({"workflow": WORKFLOW, "photo": setting}))
    wish = {"workflow": WORKFLOW, "photo": setting, "settings": {}, "name": ""}
    image = base64.b64encode(picture()).decode()
    right: dict[str, dict[str, Any]] = {
        "api/runs": {**wish, "targets": None, "force": [], "priority": 0},
        f"api/runs/{run.json()['id']}/move": {"position": 0, "priority": 0},
        "api/restore": {"image": image, "workflow": WORKFLOW, "settings": {"soft.radius": 1}, "type": ""},
    }
    for address, body in right.items():
        for name in (*body, "unknown"):
            asked(house, "POST", address, _text({**body, name: value}))
        asked(house, "POST", address, _text(value))
    for name in ("soft.radius", "soft", "photo.photo", ""):
        asked(house, "POST", "api/runs", _text({**right["api/runs"], "settings": {name: value}}))


def test_odd_values_over_the_websocket(house: Running) -> None:
    """Messages of the wrong shape are tests/service/watch's; here the shape is right and the workflow is not."""
    with connect(house.url.replace("http", "ws", 1) + "ws", max_size=None) as connection:
        assert json.loads(connection.recv(timeout=60))[0]["event"] == Snapshot.__name__
        for number, value in enumerate(ODD):
            for workflow in with_odd(value):
                text = json.dumps({"ask": "Live", "id": f"n{number}", "document": workflow})
                if len(text) < LIMITS.message:
                    connection.send(text)
        connection.send(json.dumps({"ask": "Live", "id": "last", "document": {"version": 1, "nodes": 3}}))
        _until(connection, "last")


@pytest.mark.parametrize("name", [name for name, text in TEXTS.items() if len(text) < LIMITS.message])
def test_texts_over_the_websocket(house: Running, name: str) -> None:
    with connect(house.url.replace("http", "ws", 1) + "ws", max_size=None) as connection:
        connection.send(TEXTS[name].decode(errors="replace"))
        _until(connection, MessageRefused.__name__)
        connection.send(TEXTS[name])
        _until(connection, MessageRefused.__name__)


def _until(connection: Any, word: str) -> None:
    """Read until an answer names this word."""
    while word not in str(connection.recv(timeout=60)):
        pass


def _text(value: Any) -> bytes:
    return json.dumps(value).encode()
