from __future__ import annotations

import io
from typing import Any

import cv2
import numpy as np
import pytest
import tifffile
from PIL import Image

from nodes.formats.workflow import read_workflow
from tests.service.conftest import Running, wait_for

LIGHTER: dict[str, Any] = {
    "version": 1,
    "title": "Lighter",
    "nodes": {
        "photo": {"type": "files/load", "settings": {"photo": ""}},
        "done": {
            "type": "tone/levels",
            "inputs": {"image": ["photo", "image"]},
            "settings": {"auto": False, "gamma": 2.0},
        },
    },
    "input": ["photo", "photo"],
    "result": ["done", "image"],
}


def picture(format: str = "PNG") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (8, 6), (40, 80, 120)).save(file, format)
    return file.getvalue()


@pytest.fixture
def photo(server: Running) -> str:
    return server.desk.photos.add("Großmutter.png", picture()).setting


def start(server: Running, **wish: Any) -> dict[str, Any]:
    answer = server.client.post("/api/runs", json={"workflow": LIGHTER, **wish})
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == f"/api/runs/{answer.json()['id']}"
    return answer.json()


def ended(server: Running, id: str) -> dict[str, Any]:
    def run() -> dict[str, Any]:
        return server.client.get(f"/api/runs/{id}").json()

    wait_for(lambda: run()["ended"])
    return run()


def test_a_run_from_its_start_to_its_result(server: Running, photo: str) -> None:
    id = start(server, photo=photo)["id"]
    run = ended(server, id)
    assert (run["state"], run["result"], run["name"]) == ("done", "result.png", "Lighter")
    assert [(step["step"], step["why"], step["state"]) for step in run["steps"]] == [
        ("photo", "new", "done"),
        ("done", "new", "done"),
    ]
    assert server.client.get(f"/api/runs/{id}/workflow").json()["nodes"] == LIGHTER["nodes"] | {
        "photo": {"type": "files/load", "settings": {"photo": ""}}
    }
    (file,) = server.client.get(f"/api/runs/{id}/files").json()["files"]
    answer = server.client.get(f"/api/runs/{id}/result")
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "Gro%C3%9Fmutter-result.png" in answer.headers["content-disposition"]
    assert len(answer.content) == file["bytes"]
    assert Image.open(io.BytesIO(answer.content)).size == (8, 6)
    assert server.client.get(f"/api/runs/{id}/files/result.png").content == answer.content


def test_parts_of_a_result_and_what_a_client_has(server: Running, photo: str) -> None:
    id = start(server, photo=photo)["id"]
    ended(server, id)
    url = f"/api/runs/{id}/result"
    whole = server.client.get(url)
    part = server.client.get(url, headers={"Range": "bytes=1-3"})
    assert (part.status_code, part.content) == (206, b"PNG")
    for known in (whole.headers["etag"], f'"x", W/{whole.headers["etag"]}', "*"):
        assert server.client.get(url, headers={"If-None-Match": known}).status_code == 304
    assert server.client.get(url, headers={"If-None-Match": '"x"'}).status_code == 200
    assert server.client.get(url, headers={"Range": "bytes=99999999-"}).status_code == 416


def test_by_name_with_settings_and_a_photo_by_its_sha256(server: Running, photo: str) -> None:
    saved = server.client.put("/api/workflows/mine", json=LIGHTER)
    assert saved.is_success, saved.text
    id = start(server, workflow="mine", photo=photo.partition("/")[0], settings={"done.gamma": 0.5}, name="Mine")["id"]
    run = ended(server, id)
    assert (run["state"], run["name"], run["photo"]) == ("done", "Mine", photo)
    document = server.client.get(f"/api/runs/{id}/workflow").json()
    assert document["nodes"]["done"]["settings"] == {"auto": False, "gamma": 0.5}


@pytest.mark.parametrize(
    ("wish", "status"),
    [
        ({"workflow": "nothing of that name"}, 404),
        ({"workflow": {"version": 1, "nodes": {"a": {"type": "no/such"}}}}, 422),
        ({"workflow": {}}, 422),
        ({"workflow": [1]}, 422),
        ({"photo": "../runs.sqlite"}, 422),
        ({"photo": "0" * 64}, 404),
        ({"targets": ["nothing"]}, 422),
        ({"force": ["nothing"]}, 422),
        ({"settings": {"done.nothing": 1}}, 422),
        ({"settings": {"done.gamma": "much"}}, 422),
        ({"priority": 10**30}, 422),
        ({"priority": "high"}, 422),
        ({"unknown": 1}, 422),
        ({"name": "x" * 1000}, 422),
    ],
)
def test_what_is_wrong_is_said(server: Running, photo: str, wish: dict[str, Any], status: int) -> None:
    answer = server.client.post("/api/runs", json={"workflow": LIGHTER, "photo": photo, **wish})
    assert answer.status_code == status, answer.text
    assert answer.json()["problems"][0]["message"]
    assert str(server.desk.data) not in answer.text
    assert server.client.get("/api/runs").json() == {"runs": [], "next": None}


IDS = ["x", "0" * 31, "0" * 33, "G" * 32, "%2e%2e", "..%2f..%2fetc", "%00", "0" * 32, "é" * 32]


@pytest.mark.parametrize("id", IDS)
def test_ids_that_nobody_has(server: Running, id: str) -> None:
    for method, end in [("GET", ""), ("DELETE", ""), ("POST", "/cancel"), ("POST", "/move")] + [
        ("GET", end) for end in ("/workflow", "/files", "/files/x", "/result")
    ]:
        answer = server.client.request(method, f"/api/runs/{id}{end}", json={"position": 0} if "move" in end else None)
        assert answer.status_code == 404, (method, end)
        assert answer.json()["problems"]


def test_the_line_can_be_paused_and_put_in_order(server: Running, photo: str) -> None:
    def waiting() -> list[str]:
        return server.client.get("/api/queue").json()["waiting"]

    assert server.client.post("/api/queue/pause").json() == {"paused": True, "running": None, "waiting": []}
    a, b, c = (start(server, photo=photo, priority=priority)["id"] for priority in (0, 0, 5))
    assert waiting() == [c, a, b]
    moved = server.client.post(f"/api/runs/{b}/move", json={"position": 0})
    assert (moved.status_code, moved.json()["priority"], waiting()) == (200, 5, [b, c, a])
    server.client.post(f"/api/runs/{b}/move", json={"priority": -1})
    assert waiting() == [c, a, b]
    for wrong in ({}, {"position": -1}, {"priority": 10**9}, {"position": None}):
        assert server.client.post(f"/api/runs/{b}/move", json=wrong).status_code == 422
    assert server.client.post(f"/api/runs/{c}/cancel").json()["state"] == "cancelled"
    assert server.client.delete(f"/api/runs/{a}").status_code == 204
    assert server.client.get(f"/api/runs/{a}").status_code == 404
    assert server.client.post("/api/queue/resume").json()["paused"] is False
    assert ended(server, b)["state"] == "done"
    assert server.client.post(f"/api/runs/{b}/move", json={"position": 0}).status_code == 409


def test_the_history_comes_in_pages(server: Running, photo: str) -> None:
    server.client.post("/api/queue/pause")
    ids = [start(server, photo=photo)["id"] for _ in range(5)]
    server.client.post(f"/api/runs/{ids[0]}/cancel")
    seen: list[str] = []
    page: dict[str, Any] = {"next": None}
    while not seen or page["next"]:
        before = {"before": page["next"]} if page["next"] else {}
        page = server.client.get("/api/runs", params={"limit": 2, **before}).json()
        seen += [run["id"] for run in page["runs"]]
    assert seen == ids[::-1]
    (run,) = server.client.get("/api/runs", params={"state": ["cancelled", "done"]}).json()["runs"]
    assert run["id"] == ids[0]
    for wrong in ({"state": "strange"}, {"limit": 0}, {"limit": 10**9}, {"before": "../x"}):
        assert server.client.get("/api/runs", params=wrong).status_code == 422
    assert server.client.get("/api/runs", params={"before": "0" * 32}).status_code == 404


def test_no_result_yet(server: Running, photo: str) -> None:
    server.client.post("/api/queue/pause")
    id = start(server, photo=photo)["id"]
    assert server.client.get(f"/api/runs/{id}/result").status_code == 404
    assert server.client.get(f"/api/runs/{id}/files").json() == {"files": []}
    assert server.client.get(f"/api/runs/{id}/files/..%2f..%2fruns.sqlite").status_code == 404


def test_a_result_in_another_format(server: Running) -> None:
    deep = np.random.default_rng(1).integers(0, 2**16, (6, 8, 3), np.uint16)
    photo = server.desk.photos.add("Großmutter.tif", tiff(deep)).setting
    id = start(server, photo=photo)["id"]
    ended(server, id)
    saved = server.client.get(f"/api/runs/{id}/result")
    assert saved.headers["content-type"] == "image/tiff"
    png = server.client.get(f"/api/runs/{id}/result?format=png")
    assert png.headers["content-type"] == "image/png"
    assert "Gro%C3%9Fmutter-result.png" in png.headers["content-disposition"]
    read = cv2.imdecode(np.frombuffer(png.content, np.uint8), cv2.IMREAD_UNCHANGED)
    assert read is not None
    assert (read.dtype, read.shape) == (np.uint16, (6, 8, 3))
    assert server.client.get(f"/api/runs/{id}/result?format=tiff").content == saved.content
    assert read_workflow(png.content) == read_workflow(saved.content) is not None


def test_the_quality_of_a_result(server: Running) -> None:
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 256, (60, 80, 3), np.uint8))
    file = io.BytesIO()
    noise.save(file, "PNG")
    id = start(server, photo=server.desk.photos.add("a.png", file.getvalue()).setting)["id"]
    ended(server, id)
    url = f"/api/runs/{id}/result"
    for format in ("jpeg", "webp"):
        coarse, fine = (server.client.get(url, params={"format": format, "quality": q}) for q in (20, 95))
        assert coarse.headers["content-type"] == fine.headers["content-type"] == f"image/{format}"
        assert len(coarse.content) < len(fine.content)
        known = {"If-None-Match": fine.headers["etag"]}
        assert server.client.get(url, params={"format": format, "quality": 95}, headers=known).status_code == 304
        assert server.client.get(url, params={"format": format, "quality": 94}, headers=known).status_code == 200
    for wrong in ({"format": "gif"}, {"format": "jpeg", "quality": 0}, {"quality": 101}):
        assert server.client.get(url, params=wrong).status_code == 422


def tiff(pixels: np.ndarray) -> bytes:
    file = io.BytesIO()
    tifffile.imwrite(file, pixels, photometric="rgb")
    return file.getvalue()
