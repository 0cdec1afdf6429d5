"""Files that mean harm, through every door that takes one."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from graph.registry import Registry
from service.access.access import Access
from service.limits import MIB, Limits
from tests.service.conftest import Running, running, wait_for
from tests.service.hostile.corpus import DOUBTFUL, HARMLESS, REFUSED
from tests.service.hostile.well import WORKFLOW, ended, is_clean, started, still_works, told, uploaded

LIMITS = Limits(body=32 * MIB, pixels=4_000_000)

ROOM = 640 * MIB
"""Bytes that the process may grow by at most, over all of these files. Undisturbed it grows by about 200 MiB."""

WRONG = {413, 415, 422}


@pytest.fixture(scope="module")
def house(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> Generator[Running]:
    """One server for all of them; in the end it works and has not swollen."""
    with running(registry, tmp_path_factory.mktemp("files"), Access(), LIMITS) as server:
        server.client.put("api/workflows/quick", json={**WORKFLOW}).raise_for_status()
        still_works(server)
        before = peak()
        yield server
        wait_for(lambda: is_clean(server))
        still_works(server)
        assert peak() - before < ROOM


def peak() -> int:
    """The most bytes of memory that this process ever had; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def sent(server: Running, name: str, data: bytes) -> httpx2.Response:
    return server.client.post("api/photos", params={"name": name}, content=data)


def restored(server: Running, data: bytes) -> httpx2.Response:
    return server.client.post("api/restore?workflow=quick", content=data)


def put_there(server: Running, name: str, data: bytes) -> str:
    """Into the folder of photos, as a program that is no friend of ours might; what a workflow calls it."""
    place: Path = server.desk.photos.folder / hashlib.sha256(data).hexdigest()
    place.mkdir(exist_ok=True)
    (place / name).write_bytes(data)
    return f"{place.name}/{name}"


def stored(server: Running) -> int:
    return server.client.get("api/photos?limit=1").json()["total"]


def run_with(server: Running, setting: str) -> dict[str, Any]:
    """A run that ends, well or with a sentence."""
    run = ended(server, started(server, setting))
    assert run["state"] in {"done", "failed"}
    for problem in run["problems"]:
        assert problem["message"]
        assert "unexpected" not in problem["message"]
        assert str(server.desk.data) not in str(problem)
    return run


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_picture_is_refused_at_every_door(house: Running, name: str) -> None:
    data, before = REFUSED[name](), stored(house)
    for answer in (sent(house, name, data), restored(house, data)):
        assert answer.status_code in WRONG, answer.text
        assert str(house.desk.data) not in told(answer)
    form = house.client.post("api/photos", files={"file": (name, data, "image/png")})
    assert form.status_code in WRONG
    assert stored(house) == before
    assert run_with(house, put_there(house, name, data))["state"] == "failed"


@pytest.mark.parametrize("name", DOUBTFUL)
def test_what_is_damaged_is_answered_whatever_is_asked_of_it(house: Running, name: str) -> None:
    data = DOUBTFUL[name]()
    answer = sent(house, name, data)
    if answer.status_code in {200, 201}:
        at = f"api/photos/{answer.json()['sha256']}"
        for part in ("", "/thumbnail?w=128", "/workflow", "/file"):
            found = house.client.get(f"{at}{part}")
            assert found.status_code in {200, 404, 422}, found.text
            assert found.headers["content-type"].startswith(("image/", "application/json"))
            assert found.headers["x-content-type-options"] == "nosniff"
    else:
        assert answer.status_code in WRONG
        assert told(answer)
    at_once = restored(house, data)
    assert at_once.status_code in {200, *WRONG}, at_once.text
    run = run_with(house, put_there(house, name, data))
    assert (run["state"] == "done") == (at_once.status_code == 200)


@pytest.mark.parametrize("name", HARMLESS)
def test_what_is_a_picture_besides_is_served_as_that(house: Running, name: str) -> None:
    make, media_type = HARMLESS[name]
    data = make()
    photo = uploaded_as(house, name, data)
    found = house.client.get(f"api/photos/{photo['sha256']}/file")
    assert found.content == data
    assert found.headers["content-type"] == photo["media_type"] == media_type
    assert found.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in found.headers["content-security-policy"]
    assert not photo["name"].endswith((".html", ".svg", ".zip", ".js", ".exe", ".sh"))
    result = restored(house, data)
    assert result.headers["content-type"] == media_type
    assert result.headers["x-content-type-options"] == "nosniff"
    assert run_with(house, photo["setting"])["state"] == "done"


def uploaded_as(server: Running, name: str, data: bytes) -> dict[str, Any]:
    answer = sent(server, name, data)
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_a_bomb_in_a_form_is_counted_as_it_comes(house: Running) -> None:
    form = house.client.post("api/photos", files={"file": ("a.png", bytes(33 * MIB))})
    assert form.status_code == 413
    assert told(form)


def test_a_form_of_many_parts_is_refused(house: Running) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n'
    answer = house.client.post(
        "api/photos", content=part * 30_000 + b"--x--\r\n", headers={"content-type": "multipart/form-data; boundary=x"}
    )
    assert answer.status_code == 413
    assert "form" in told(answer)


def test_a_good_photo_among_them_is_taken(house: Running) -> None:
    assert uploaded(house, REFUSED["picture behind a page.png"]()[len(b"<!doctype html><script>alert(1)</script>") :])
