"""One-shot restoration over HTTP: what is refused, who has to wait, and who goes away."""

from __future__ import annotations

import base64
import json
import socket
import struct
import threading
import zlib
from collections.abc import Generator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pytest

from graph.registry import Registry
from service.access.access import Access
from service.limits import Limits
from tests.service.conftest import Running, Serve, running, wait_for
from tests.service.routes.restoring import NODES, photo, quick_server, restored, workflow, wrong

SLOW = '''
from typing import Annotated

from graph.context import Context
from graph.controls import Slider
from graph.spec import node
from nodes.kinds.image import Image


@node(title="Wait")
def wait(ctx: Context, image: Image, *, seconds: Annotated[float, Slider(0, 600, 1, help="How long.")] = 300) -> Image:
    """Do nothing for a while."""
    if ctx.cancelled.wait(seconds):
        ctx.check()
    return image
'''


@pytest.fixture(scope="module")
def ready(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> Generator[Running]:
    """One server for all tests."""
    with quick_server(registry, tmp_path_factory.mktemp("server")) as server:
        yield server


# What is refused

HOSTILE: dict[str, bytes] = {
    "nothing": b"",
    "a page": b"<!doctype html><script>alert(1)</script>",
    "a drawing": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    "an archive": b"PK\x03\x04" + bytes(200),
    "an animation": b"GIF89a" + bytes(200),
    "noise": np.random.default_rng(5).bytes(5000),
    "a promise of a PNG": photo()[:20],
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_picture_is_refused(ready: Running, data: bytes):
    wrong(restored(ready, data), 415)
    assert restored(ready, photo()).status_code == 200


def test_a_cut_picture_fails_in_the_step_that_reads_it(ready: Running):
    answer = restored(ready, photo()[:-2000])
    assert "damaged" in wrong(answer, 422)
    assert [each["node"] for each in answer.json()["problems"]] == ["photo"]


def test_a_bomb_is_refused_by_its_header(ready: Running):
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", 65535, 65535, 8, 2, 0, 0, 0)
    bomb = (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(99))) + chunk(b"IEND", b"")
    )
    assert "65535 × 65535" in wrong(restored(ready, bomb), 413)


def test_the_limit_of_pixels_counts(serve: Serve):
    server = serve(limits=Limits(pixels=2000))
    assert "too large" in wrong(restored(server, photo(), "workflow=restore"), 413)


def test_the_limit_of_bytes_counts(serve: Serve):
    assert "taken here" in wrong(restored(serve(limits=Limits(body=1000)), photo()), 413)


def test_the_limit_of_nodes_counts(serve: Serve):
    body = {"image": base64.b64encode(photo()).decode(), "workflow": workflow()}
    assert "limit" in wrong(serve(limits=Limits(nodes=2)).client.post("api/restore", json=body), 422)


@pytest.mark.parametrize(
    ("query", "status", "word"),
    [
        ("workflow=nobodys", 404, "nobodys"),
        ("workflow=../../etc/passwd", 422, "name"),
        ("workflow=", 422, "name"),
        ("workflow=quick&set=soft.radius", 422, "no value"),
        ("workflow=quick&set=soft.radios=2", 422, "radius"),
        ("workflow=quick&set=soft.radius=many", 422, "radius"),
        ("workflow=quick&set=sofd.radius=2", 422, "soft"),
        ("workflow=quick&set=soft.radius=1e999", 422, ""),
        ("workflow=quick&set=soft.radius=" + "[" * 900, 422, ""),
        ("workflow=quick&keep=perhaps", 422, "keep"),
    ],
)
def test_a_wrong_wish_is_refused(ready: Running, query: str, status: int, word: str):
    answer = restored(ready, photo(), query)
    assert word in wrong(answer, status) or word in answer.text


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"input": None}, "takes the photo"),
        ({"input": ["nowhere", "photo"]}, "nowhere"),
        ({"input": ["soft", "radius"]}, "radius"),
        ({"result": None}, "result"),
        ({"nodes": {}}, ""),
        ({"nodes": "many"}, "object"),
        (
            {
                "nodes": {**NODES, "second": {"type": "files/load", "settings": {"photo": "/etc/passwd"}}},
                "result": ["second", "image"],
            },
            "outside",
        ),
    ],
)
def test_a_wrong_workflow_is_refused(ready: Running, changes: dict[str, Any], word: str):
    whole = {name: part for name, part in workflow(**changes).items() if part is not None}
    body = {"image": base64.b64encode(photo()).decode(), "workflow": whole}
    assert word in wrong(ready.client.post("api/restore", json=body), 422)


def test_a_result_that_is_no_picture_is_refused(ready: Running):
    nodes = {"photo": NODES["photo"], "faces": {"type": "faces/detect", "inputs": {"image": ["photo", "image"]}}}
    body = {
        "image": base64.b64encode(photo()).decode(),
        "workflow": workflow(nodes=nodes, result=["faces", "faces"], controls={}),
    }
    assert "no picture" in wrong(ready.client.post("api/restore", json=body), 422)


def test_a_form_without_a_file_is_refused(ready: Running):
    assert "file" in wrong(ready.client.post("api/restore", files={"photo": ("a.png", photo())}), 422)
    boundless = {"content-type": "multipart/form-data"}
    assert "form" in wrong(ready.client.post("api/restore", content=photo(), headers=boundless), 400)


# Who goes away, and who has to wait


@pytest.fixture
def slow(tmp_path: Path, registry: Registry) -> Generator[Running]:
    """A server with a step that never ends by itself, and two places."""
    (folder := tmp_path / "added" / "toy").mkdir(parents=True)
    (folder / "wait.py").write_text(SLOW)
    nodes = {**NODES, "wait": {"type": "toy/wait", "inputs": {"image": ["grow", "image"]}}}
    with running(registry.with_folder(folder.parent), tmp_path, Access(), Limits(restores=2)) as server:
        server.desk.library.save("slow", json.dumps(workflow(nodes=nodes, result=["wait", "image"])))
        yield server


def metric(server: Running, name: str) -> float:
    """The value of one line of the metrics; 0 where there is none."""
    lines = server.client.get("metrics").text.splitlines()
    return next((float(line.rpartition(" ")[2]) for line in lines if line.startswith(f"{name} ")), 0.0)


def hanging(server: Running, body: bytes, announced: int) -> socket.socket:
    """A client that sends so much of a body and waits."""
    place = urlsplit(server.url)
    connection = socket.create_connection((str(place.hostname), place.port))
    head = f"POST /api/restore?workflow=slow HTTP/1.1\r\nHost: {place.netloc}\r\nContent-Length: {announced}\r\n\r\n"
    connection.sendall(head.encode() + body)
    return connection


def test_hanging_up_cancels_the_run(slow: Running):
    with hanging(slow, photo(), len(photo())):
        wait_for(lambda: metric(slow, "heirloom_restores_under_way") == 1)
    wait_for(lambda: metric(slow, "heirloom_restores_under_way") == 0)
    wait_for(lambda: not any(thread.name.startswith("run-") for thread in threading.enumerate()))
    assert metric(slow, 'heirloom_restores_total{outcome="cancelled"}') == 1


def test_hanging_up_in_the_middle_of_the_photo_is_no_error(slow: Running):
    with hanging(slow, photo()[:1000], len(photo())):
        wait_for(lambda: metric(slow, "heirloom_restores_under_way") == 1)
    wait_for(lambda: metric(slow, "heirloom_restores_under_way") == 0)
    assert restored(slow, photo(), "workflow=slow&set=wait.seconds=0").status_code == 200


def test_who_finds_no_place_is_told_when_to_come_back(slow: Running):
    with hanging(slow, photo(), len(photo())), hanging(slow, photo(), len(photo())):
        wait_for(lambda: metric(slow, "heirloom_restores_under_way") == 2)
        answer = restored(slow, photo(), "workflow=slow&set=wait.seconds=0")
        assert "Too many" in wrong(answer, 503)
        assert int(answer.headers["retry-after"]) > 0
    wait_for(lambda: metric(slow, "heirloom_restores_under_way") == 0)
    assert restored(slow, photo(), "workflow=slow&set=wait.seconds=0").status_code == 200


def test_the_server_stops_while_somebody_waits(slow: Running):
    connection = hanging(slow, photo(), len(photo()))
    wait_for(lambda: metric(slow, "heirloom_restores_under_way") == 1)
    connection.close()
