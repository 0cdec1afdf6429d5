"""DNS rebinding and cross-site requests."""

from __future__ import annotations

import httpx2
import pytest

from service.access.access import Access, access, own_names
from service.access.hosts import authority, host_name
from tests.service.conftest import Running, Serve

HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


@pytest.fixture
def server(shared_server: Running) -> Running:
    return shared_server


def own(server: Running) -> str:
    """The server's own origin."""
    return server.url.rstrip("/")


@pytest.mark.parametrize("host", ["localhost", "localhost:8188", "LOCALHOST.", "127.0.0.1:1", "[::1]:8188", "[::1]"])
def test_this_machine_is_served(server: Running, host: str):
    assert server.client.get("/health", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8188", "127.0.0.1.evil.example", "localhost.evil.example", "192.168.0.9", "0.0.0.0",
     "127.0.0.1@evil.example", "evil.example/127.0.0.1", "127.0.0.1:80:80", "127.0.0.1:x", "[::1", "", "2130706433"],
)  # fmt: skip
def test_a_name_that_was_rebound_is_not(server: Running, host: str):
    answer = server.client.get("/health", headers={"Host": host})
    assert answer.status_code == 421
    (problem,) = answer.json()["problems"]
    assert "--allow-host" in problem["remedy"]


def test_names_that_are_allowed_are_served(serve: Serve):
    server = serve(access("127.0.0.1", names=("Photos.Example.org",)))
    assert server.client.get("/health", headers={"Host": "photos.example.org"}).status_code == 200
    assert server.client.get("/health", headers={"Host": "example.org"}).status_code == 421


def test_on_a_network_addresses_and_own_names_are_served():
    open_to_all = Access("0.0.0.0", "secret-token")
    assert all(open_to_all.knows(name) for name in ("192.168.0.9", "fe80::1", "localhost", *own_names()))
    assert not open_to_all.knows("evil.example")
    assert not Access().knows("192.168.0.9")


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "https://localhost.evil.example", "file://", "", "http://["]
)
def test_a_foreign_page_changes_nothing(server: Running, origin: str):
    """A simple request, as a browser sends it without asking first."""
    headers = {"Origin": origin, "Content-Type": "text/plain"}
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        answer = server.client.request(method, "/api/runs", headers=headers, content="{}")
        assert answer.status_code == 403
    assert server.client.get("/health", headers={"Origin": origin}).headers.get("access-control-allow-origin") is None


def test_another_port_of_this_machine_is_a_foreign_page(server: Running):
    answer = server.client.post("/api/nowhere", headers={"Origin": "http://127.0.0.1:1"})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("site", "status"), [("cross-site", 403), ("same-site", 403), ("same-origin", 404), ("none", 404)]
)
def test_what_the_browser_says_of_the_page_counts_where_it_names_no_origin(server: Running, site: str, status: int):
    assert server.client.post("/api/nowhere", headers={"Sec-Fetch-Site": site}).status_code == status


def test_the_own_page_and_programs_are_served(server: Running):
    assert server.client.post("/api/nowhere", headers={"Origin": own(server)}).status_code == 404
    assert server.client.post("/api/nowhere").status_code == 404


def test_a_preflight_allows_nothing(server: Running):
    headers = {"Origin": "http://evil.example", "Access-Control-Request-Method": "DELETE"}
    answer = server.client.options("/api/runs", headers=headers)
    assert not [name for name in answer.headers if name.startswith("access-control-")]


@pytest.mark.parametrize("origin", ["http://evil.example", "null"])
def test_a_foreign_page_opens_no_websocket(server: Running, origin: str):
    assert server.client.get("/ws", headers={**HANDSHAKE, "Origin": origin}).status_code == 403


def test_a_rebound_name_opens_no_websocket(server: Running):
    headers = {**HANDSHAKE, "Host": "evil.example", "Origin": "http://evil.example"}
    answer = server.client.get("/ws", headers=headers)
    assert answer.status_code == 421
    assert answer.json()["problems"]


def test_the_own_page_opens_a_websocket(server: Running):
    headers = {**HANDSHAKE, "Origin": own(server)}
    with httpx2.Client() as client, client.stream("GET", f"{server.url}ws", headers=headers) as answer:
        assert answer.status_code == 101


@pytest.mark.parametrize(
    ("host", "name"),
    [("a", "a"), ("a:1", "a"), ("[::1]:1", "::1"), ("a:", "a"), ("a/b", ""), ("u@a", ""), ("a:99999", "")],
)
def test_the_name_of_a_host(host: str, name: str):
    assert host_name(host) == name


def test_the_authority_of_an_origin():
    assert authority("http://A:1") == "a:1"
    assert authority("null") is None
