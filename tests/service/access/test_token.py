"""The token that clients bring."""

from __future__ import annotations

from collections.abc import Generator
from http.cookies import SimpleCookie

import httpx2
import pytest

from graph.registry import Registry
from service.access import token as module
from service.access.access import Access, access, is_loopback
from tests.service.access.test_hosts import HANDSHAKE
from tests.service.conftest import Running, running

TOKEN = "a-token-of-tests"


@pytest.fixture(scope="module")
def server(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> Generator[Running]:
    with running(registry, tmp_path_factory.mktemp("token"), Access("127.0.0.1", TOKEN)) as server:
        yield server


@pytest.fixture
def stranger(server: Running) -> Generator[httpx2.Client]:
    """A client that does not know the token."""
    with httpx2.Client(base_url=server.url) as client:
        yield client


def test_without_it_nothing_but_health_is_served(stranger: httpx2.Client):
    assert stranger.get("/health").status_code == 200
    for path in ("/", "/docs", "/openapi.json", "/metrics", "/api/nodes", "/nowhere", "/health/", "//health"):
        answer = stranger.get(path)
        assert answer.status_code == 401, path
        assert answer.headers["www-authenticate"] == "Bearer"
        assert answer.json()["problems"][0]["remedy"]
    assert stranger.get("/ws", headers=HANDSHAKE).status_code == 401


@pytest.mark.parametrize("given", ["wrong", TOKEN[:-1], TOKEN + "x", TOKEN.upper(), "\u00e9", "\udcff"])
def test_a_wrong_one_is_refused(stranger: httpx2.Client, given: str):
    value = f"Bearer {given}".encode("utf-8", "surrogateescape")
    assert stranger.get("/api/nodes", headers=[(b"Authorization", value)]).status_code == 401
    assert stranger.get("/api/nodes", headers={"Authorization": f"Basic {TOKEN}"}).status_code == 401


def test_a_program_sends_it_as_bearer(stranger: httpx2.Client):
    assert stranger.get("/nowhere", headers={"Authorization": f"bearer {TOKEN}"}).status_code == 404


def test_the_link_becomes_a_cookie(stranger: httpx2.Client):
    answer = stranger.get(f"/some/page?a=1&token={TOKEN}&b=%26")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/some/page?a=1&b=%26"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    (cookie,) = SimpleCookie(answer.headers["set-cookie"]).values()
    assert cookie.value == TOKEN
    assert cookie["httponly"]
    assert (cookie["samesite"], cookie["path"], cookie["domain"]) == ("Strict", "/", "")
    assert stranger.get("/nowhere").status_code == 404  # the client keeps cookies


def test_a_wrong_link_sets_none(stranger: httpx2.Client):
    answer = stranger.get("/?token=wrong")
    assert answer.status_code == 401
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("path", ["//evil.example/", "/\\evil.example/", "///evil.example"])
def test_the_link_leads_nowhere_else(stranger: httpx2.Client, path: str):
    answer = stranger.get(
        httpx2.URL(stranger.base_url, path="/", query=f"token={TOKEN}".encode()).copy_with(
            raw_path=f"{path}?token={TOKEN}".encode()
        )
    )
    assert answer.headers["location"].startswith("/evil.example")


def test_a_websocket_may_bring_it_in_its_address(stranger: httpx2.Client):
    with stranger.stream("GET", f"/ws?token={TOKEN}", headers=HANDSHAKE) as answer:
        assert answer.status_code == 101


def test_it_is_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch):
    compared: list[tuple[bytes, bytes]] = []

    def compare(a: bytes, b: bytes) -> bool:
        compared.append((a, b))
        return a == b

    monkeypatch.setattr(module.hmac, "compare_digest", compare)
    assert module.matches("right", "right")
    assert not module.matches("wrong", "right")
    assert compared == [(b"right", b"right"), (b"wrong", b"right")]


def test_other_machines_always_need_one():
    assert access("127.0.0.1").token == access("::1").token == access("localhost").token == ""
    made = {access(host).token for host in ("0.0.0.0", "::", "192.168.0.9", "photos.example.org") for _ in range(3)}
    assert len(made) == 12
    assert all(len(token) >= 32 for token in made)
    assert access("0.0.0.0", TOKEN).token == access("127.0.0.1", TOKEN).token == TOKEN


@pytest.mark.parametrize(
    ("host", "local"),
    [("127.0.0.2", True), ("[::1]", True), ("LocalHost", True), ("0.0.0.0", False), ("10.0.0.1", False), ("a", False)],
)
def test_loopback(host: str, local: bool):
    assert is_loopback(host) is local
