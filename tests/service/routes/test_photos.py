from __future__ import annotations

import hashlib
import json
import socket
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.registry import Registry
from service.access.access import Access
from service.limits import Limits
from service.refusals import Refusal
from service.uploads import Form
from tests.service.conftest import Process, Running, running, wait_for
from tests.service.files import ADDRESSES, HOSTILE, HTML, POLYGLOT, TRAVERSAL, huge_header, picture

PNG = picture()
SHA256 = hashlib.sha256(PNG).hexdigest()


@pytest.fixture(scope="module")
def shared(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> Generator[Running]:
    with running(registry, tmp_path_factory.mktemp("shared"), Access()) as server:
        yield server


@pytest.fixture
def server(shared: Running) -> Running:
    """One server for all tests of this file, without photos."""
    for photo in shared.desk.photos.list(1000).photos:
        shared.desk.photos.delete(photo.sha256)
    return shared


def upload(server: Running, data: bytes, name: str = "a.png"):
    return server.client.post("api/photos", content=data, params={"name": name})


def test_a_photo_goes_in_as_it_is_and_comes_out_as_it_was(server: Running) -> None:
    answer = upload(server, PNG, "Oma & Opa, 祖母 1931.png")
    assert answer.status_code == 201
    assert answer.headers["location"] == f"/api/photos/{SHA256}"
    photo = answer.json()
    assert photo["setting"] == f"{SHA256}/Oma & Opa, 祖母 1931.png"
    assert server.client.get(f"api/photos/{SHA256}").json() == photo
    assert server.client.get("api/photos").json() == {"photos": [photo], "next": "", "total": 1}
    file = server.client.get(f"api/photos/{SHA256}/file")
    assert file.content == PNG
    assert file.headers["content-type"] == "image/png"
    assert file.headers["x-content-type-options"] == "nosniff"
    assert "filename*=utf-8''Oma%20%26%20Opa" in file.headers["content-disposition"]


def test_a_form_brings_one_photo(server: Running) -> None:
    answer = server.client.post("api/photos", files={"file": ("scan.jpg", PNG, "image/jpeg")}, data={"note": "x"})
    assert (answer.status_code, answer.json()["name"]) == (201, "scan.png")
    again = server.client.post("api/photos", files={"file": ("other.png", PNG)})
    assert (again.status_code, again.json()["name"]) == (200, "scan.png")


FORM = "multipart/form-data; boundary=x"
OPEN = b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\nabc'
OTHER = b'--x\r\nContent-Disposition: form-data; name="photo"\r\n\r\nabc\r\n--x--\r\n'


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"", "multipart/form-data", 400),
        (b"", FORM, 400),
        (b"nonsense", FORM, 400),
        (b"--x--\r\n", FORM, 422),
        (OPEN, FORM, 400),
        (OTHER, FORM, 422),
        (b"x" * 40, f"multipart/form-data; boundary={'x' * 500}", 400),
        (b"", "image/png", 415),
        (PNG[:25], "no/sense; =;;", 415),
    ],
)
def test_bodies_that_are_no_upload_are_refused(server: Running, content: bytes, kind: str, status: int) -> None:
    answer = server.client.post("api/photos", content=content, headers={"Content-Type": kind})
    assert answer.status_code == status
    assert answer.json()["problems"][0]["message"]


def test_a_form_with_two_photos_is_refused(server: Running) -> None:
    answer = server.client.post("api/photos", files=[("file", ("a.png", PNG)), ("file", ("b.png", PNG))])
    assert answer.status_code == 422
    assert server.client.get("api/photos").json()["total"] == 0


@given(st.binary(max_size=3000), st.lists(st.integers(1, 400), min_size=1))
def test_a_form_gives_the_same_bytes_however_it_is_cut(content: bytes, steps: list[int]) -> None:
    before = b'--edge\r\nContent-Disposition: form-data; name="note"\r\n\r\nhello\r\n'
    head = b'--edge\r\nContent-Disposition: form-data; name="file"; filename="\xc3\xa4.png"\r\nContent-Type: x\r\n\r\n'
    body = before + head + content + b"\r\n--edge--\r\n"
    form, out, at, number = Form(b"edge"), b"", 0, 0
    if b"\r\n--edge" in content:
        return
    while at < len(body):
        step = steps[number % len(steps)]
        out += form.feed(body[at : at + step])
        at, number = at + step, number + 1
    assert (out, form.end()) == (content, "ä.png")


@given(st.binary(max_size=500))
def test_no_form_does_worse_than_be_refused(body: bytes) -> None:
    form = Form(b"x")
    with suppress(Refusal):  # any other error fails
        form.feed(b"--x\r\n" + body)
        form.end()


def test_hostile_files_are_refused_and_leave_nothing(server: Running) -> None:
    for name, data in HOSTILE.items():
        form = server.client.post("api/photos", files={"file": (name, data)})
        for answer in (upload(server, data, name), form):
            assert answer.status_code == 415, name
            assert str(server.desk.data) not in answer.text
    assert list(server.desk.photos.folder.iterdir()) == []


def test_enormous_headers_are_refused(server: Running) -> None:
    answer = upload(server, huge_header())
    assert answer.status_code == 413
    assert "large" in answer.json()["problems"][0]["message"]


def test_too_many_bytes_are_refused_while_they_come(serve: Callable[..., Running]) -> None:
    server = serve(limits=Limits(body=100_000))

    def endless() -> Iterator[bytes]:
        for _ in range(1000):
            yield b"\x89" * 1000

    assert server.client.post("api/photos", content=endless()).status_code == 413
    assert upload(server, b"\x89" * 100_001).status_code == 413
    assert list(server.desk.photos.folder.iterdir()) == []


def test_a_picture_with_a_page_behind_it_is_served_as_a_picture(server: Running) -> None:
    photo = upload(server, POLYGLOT, "page.html").json()
    file = server.client.get(f"api/photos/{photo['sha256']}/file")
    assert file.content.endswith(HTML)
    assert file.headers["content-type"] == "image/jpeg"
    assert file.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in file.headers["content-security-policy"]
    assert photo["name"].endswith(".jpg")


def test_no_name_of_an_upload_leads_outside(server: Running) -> None:
    outside = server.desk.data.parent
    before = {path for path in outside.rglob("*") if "photos" not in path.parts}
    for name in TRAVERSAL:
        photo = upload(server, PNG, name).json()
        assert {path.name for path in server.desk.photos.folder.rglob("*")} == {SHA256, photo["name"]}
        assert server.client.delete(f"api/photos/{SHA256}").status_code == 204
        assert server.client.post("api/photos", files={"file": (name, PNG)}).status_code == 201
        assert server.client.delete(f"api/photos/{SHA256}").status_code == 204
    assert {path for path in outside.rglob("*") if "photos" not in path.parts} == before


def test_no_sha256_leads_outside(server: Running) -> None:
    upload(server, PNG)
    for sha256 in (*ADDRESSES, "0" * 63, "0" * 64, SHA256.upper(), "null", "[]", "1e999"):
        for part in ("", "/file", "/thumbnail", "/workflow"):
            answer = server.client.get(f"api/photos/{sha256}{part}")
            assert answer.status_code in (404, 422), (sha256, part)
        assert server.client.delete(f"api/photos/{sha256}").status_code in (404, 405, 422)
    assert server.client.get("api/photos").json()["total"] == 1


def test_files_come_in_ranges_and_are_not_sent_twice(server: Running) -> None:
    upload(server, PNG)
    address = f"api/photos/{SHA256}/file"
    part = server.client.get(address, headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, PNG[10:20])
    assert part.headers["content-range"] == f"bytes 10-19/{len(PNG)}"
    assert server.client.get(address, headers={"Range": f"bytes={len(PNG)}-"}).status_code == 416
    etag = part.headers["etag"]
    assert server.client.get(address, headers={"If-None-Match": f'"x", W/{etag}'}).status_code == 304
    assert server.client.get(address, headers={"If-None-Match": '"x"'}).status_code == 200


def test_thumbnails_are_small_and_immutable(server: Running) -> None:
    photo = upload(server, picture("JPEG", 600, 300), "a.jpg").json()
    address = f"api/photos/{photo['sha256']}/thumbnail"
    answer = server.client.get(address, params={"w": 100})
    assert (answer.headers["content-type"], answer.content[8:12]) == ("image/webp", b"WEBP")
    assert "immutable" in answer.headers["cache-control"]
    assert (
        server.client.get(address, headers={"If-None-Match": answer.headers["etag"]}, params={"w": 100}).status_code
        == 304
    )
    for w in (0, -1, 10**9, "x", "NaN"):
        assert server.client.get(address, params={"w": w}).status_code == 422


def test_a_damaged_photo_is_told_in_words(server: Running) -> None:
    photo = upload(server, picture("JPEG", 200, 200)[:3000], "cut.jpg").json()
    answer = server.client.get(f"api/photos/{photo['sha256']}/thumbnail")
    assert answer.status_code == 422
    assert "cut.jpg is damaged" in answer.json()["problems"][0]["message"]


def test_a_saved_picture_gives_its_workflow_back(server: Running, tmp_path: Path) -> None:
    import numpy as np

    from nodes.formats.write import write
    from nodes.kinds.image import Image

    text = json.dumps({"version": 1, "nodes": {"photo": {"type": "files/load"}}})
    write(tmp_path / "saved.png", Image(np.full((4, 4, 3), 0.5, np.float32)), workflow=text)
    saved = upload(server, (tmp_path / "saved.png").read_bytes()).json()
    answer = server.client.get(f"api/photos/{saved['sha256']}/workflow")
    assert (answer.status_code, answer.json()) == (200, json.loads(text))
    upload(server, PNG)
    assert server.client.get(f"api/photos/{SHA256}/workflow").status_code == 404
    write(tmp_path / "hostile.png", Image(np.full((4, 4, 3), 0.4, np.float32)), workflow=HTML.decode())
    hostile = upload(server, (tmp_path / "hostile.png").read_bytes()).json()
    assert server.client.get(f"api/photos/{hostile['sha256']}/workflow").status_code == 422


def test_deleted_photos_are_gone(server: Running) -> None:
    upload(server, PNG)
    assert server.client.delete(f"api/photos/{SHA256}").status_code == 204
    assert server.client.delete(f"api/photos/{SHA256}").status_code == 404
    assert server.client.get("api/photos").json()["total"] == 0


def test_lists_go_page_by_page(server: Running) -> None:
    for seed in range(5):
        upload(server, picture(seed=seed), f"{seed}.png")
    seen: list[str] = []
    before = ""
    while True:
        page = server.client.get("api/photos", params={"limit": 2, "before": before}).json()
        seen += [photo["name"] for photo in page["photos"]]
        before = page["next"]
        if not before:
            break
    assert sorted(seen) == [f"{seed}.png" for seed in range(5)]
    assert server.client.get("api/photos", params={"before": "../.."}).status_code == 422
    assert server.client.get("api/photos", params={"limit": 0}).status_code == 422


def test_many_bring_the_same_photo_at_once(server: Running) -> None:
    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda _: upload(server, PNG).status_code, range(16)))
    assert sorted(statuses) == [200] * 15 + [201]
    assert [path.name for path in server.desk.photos.folder.iterdir()] == [SHA256]


def _begin_upload(url: str, length: int = 1_000_000) -> socket.socket:
    """An upload that stops in the middle."""
    host, _, port = url.removeprefix("http://").rstrip("/").partition(":")
    connection = socket.create_connection((host, int(port)))
    head = f"POST /api/photos HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Length: {length}\r\n\r\n"
    connection.sendall(head.encode() + b"\x89" * (length // 2))
    return connection


def test_a_client_that_vanishes_leaves_nothing(server: Running) -> None:
    folder = server.desk.photos.folder
    with _begin_upload(server.url):
        wait_for(lambda: list(folder.iterdir()))
    wait_for(lambda: not list(folder.iterdir()))
    assert upload(server, PNG).status_code == 201


def test_a_server_that_is_killed_during_an_upload_keeps_nothing_of_it(
    server_process: Callable[..., Process], tmp_path: Path
) -> None:
    folder = tmp_path / "data" / "photos"
    first = server_process()
    with _begin_upload(first.url):
        wait_for(lambda: list(folder.glob(".incoming-*/file")))
        first.kill()
    assert list(folder.iterdir())
    second = server_process()
    assert second.client.get("api/photos").json()["total"] == 0
    assert list(folder.iterdir()) == []
