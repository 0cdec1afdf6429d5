"""The page and its files."""

from __future__ import annotations

import asyncio
import gzip
from pathlib import Path

import httpx2
import pytest
from fastapi import FastAPI

from service.page import add_page, is_built

SCRIPT = b"export const greeting = 'Heirloom';\n" * 100


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """As web/build.py leaves it."""
    built = tmp_path / "dist"
    (built / "assets").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("secret")
    (built / "index.html").write_text("<title>Editor</title>")
    (built / "icon.svg").write_text("<svg/>")
    (built / "assets" / "main-1a2b.js").write_bytes(SCRIPT)
    (built / "assets" / "main-1a2b.js.gz").write_bytes(gzip.compress(SCRIPT))
    return built


def ask(built: Path, path: str, **headers: str) -> httpx2.Response:
    """The page's answer, without a server around it."""
    app = FastAPI()
    add_page(app, built)

    async def asking() -> httpx2.Response:
        transport = httpx2.ASGITransport(app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.get(path, headers={"Accept-Encoding": "identity", **headers})

    return asyncio.run(asking())


def test_without_an_editor_it_says_how_to_build_it(tmp_path: Path) -> None:
    assert not is_built(tmp_path)
    page = ask(tmp_path, "/").text
    assert "make web" in page
    assert "/api/restore" in page
    assert "<script" not in page


def test_the_editor_and_nothing_beside_it(built: Path) -> None:
    assert is_built(built)
    assert ask(built, "/").text == "<title>Editor</title>"
    assert ask(built, "/icon.svg").headers["content-type"] == "image/svg+xml"
    for path in ("/../secret.txt", "/assets/../../secret.txt", "/assets/%2e%2e/%2e%2e/secret.txt", "/index.htm"):
        assert ask(built, path).status_code == 404


def test_a_file_whose_name_changes_with_its_content_is_kept_for_ever(built: Path) -> None:
    assert ask(built, "/assets/main-1a2b.js").headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("path", ["/", "/icon.svg"])
def test_the_page_is_asked_for_each_time_and_sent_when_it_changed(built: Path, path: str) -> None:
    first = ask(built, path)
    assert first.headers["cache-control"] == "no-cache"
    again = ask(built, path, **{"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["cache-control"] == "no-cache"
    (built / (path.removeprefix("/") or "index.html")).write_text("<title>Better</title>")
    assert ask(built, path, **{"If-None-Match": first.headers["etag"]}).status_code == 200


@pytest.mark.parametrize("accepted", ["gzip", "gzip, deflate, br, zstd", "br;q=1.0, GZIP;q=0.5"])
def test_who_takes_gzip_gets_the_packed_file(built: Path, accepted: str) -> None:
    answer = ask(built, "/assets/main-1a2b.js", **{"Accept-Encoding": accepted})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["vary"] == "accept-encoding"
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert int(answer.headers["content-length"]) < len(SCRIPT) / 10
    assert answer.content == SCRIPT
    again = ask(built, "/assets/main-1a2b.js", **{"Accept-Encoding": accepted, "If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("accepted", ["", "identity", "br", "gzip;q=0", "gzip; q=0.00, br"])
def test_who_does_not_take_gzip_gets_the_file_itself(built: Path, accepted: str) -> None:
    answer = ask(built, "/assets/main-1a2b.js", **{"Accept-Encoding": accepted})
    assert "content-encoding" not in answer.headers
    assert answer.headers["vary"] == "accept-encoding"
    packed = ask(built, "/assets/main-1a2b.js", **{"Accept-Encoding": "gzip"})
    assert answer.headers["etag"] != packed.headers["etag"]
    assert answer.content == SCRIPT


def test_a_part_is_cut_from_the_file_itself(built: Path) -> None:
    answer = ask(built, "/assets/main-1a2b.js", **{"Accept-Encoding": "gzip", "Range": "bytes=7-11"})
    assert (answer.status_code, answer.content) == (206, b"const")
    assert "content-encoding" not in answer.headers


def test_what_was_not_packed_is_sent_as_it_is(built: Path) -> None:
    answer = ask(built, "/icon.svg", **{"Accept-Encoding": "gzip"})
    assert "content-encoding" not in answer.headers
    assert "vary" not in answer.headers
