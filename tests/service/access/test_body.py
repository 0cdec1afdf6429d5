"""How much a request may send."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from service.limits import Limits
from tests.service.conftest import Running, Serve

LIMITS = Limits(body=200_000, text=50_000, silence=0.3)


@pytest.fixture
def server(serve: Serve) -> Running:
    return serve(limits=LIMITS)


def pieces(count: int) -> Iterator[bytes]:
    """A body in chunks, whose length is not announced."""
    yield from (b" " * 1000 for _ in range(count))


@pytest.mark.parametrize("body", [b" " * 50_001, b" " * 5_000_000])
def test_a_body_that_is_announced_too_large_is_not_read(server: Running, body: bytes):
    answer = server.client.post("/api/workflows/check", content=body)
    assert answer.status_code == 413
    assert "MiB" in answer.json()["problems"][0]["message"]
    assert answer.headers["connection"] == "close"
    assert server.client.get("/health").status_code == 200


@pytest.mark.parametrize("path", ["/api/workflows/validate", "/api/runs", "/api/photos", "/api/restore"])
def test_a_body_that_proves_too_large_is_cut(server: Running, path: str):
    headers = {"Content-Type": "image/png" if path in {"/api/photos", "/api/restore"} else "application/json"}
    answer = server.client.post(path, content=pieces(1000), headers=headers)
    assert answer.status_code == 413
    assert server.client.get("/health").status_code == 200


def test_photos_may_be_larger_than_workflows(server: Running):
    answer = server.client.post("/api/photos", content=b" " * 150_000, headers={"Content-Type": "image/png"})
    assert answer.status_code not in {413, 500}
    assert server.client.post("/api/photosynthesis", content=b" " * 150_000).status_code == 413


def request(server: Running, head: str) -> bytes:
    """Send this and nothing more; all that comes back until the server hangs up."""
    host, port = server.url.removeprefix("http://").rstrip("/").split(":")
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        connection.sendall(head.replace("HOST", f"{host}:{port}").encode())
        return b"".join(iter(lambda: connection.recv(65536), b""))


def test_a_client_that_falls_silent_is_given_up(server: Running):
    head = "POST /api/runs HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"
    answer = request(server, head)
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"problems" in answer


@pytest.mark.parametrize("length", ["-1", "1e3", "99999999999999999999", "9" * 5000, "0x10", "1, 2"])
def test_a_length_that_is_none_is_refused(server: Running, length: str):
    answer = request(
        server, f"POST /api/runs HTTP/1.1\r\nHost: HOST\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    )
    assert answer.split()[1] in {b"400", b"413"}


def test_a_request_that_is_none_is_refused(server: Running):
    assert request(server, "\x00\x01\x02 nonsense\r\n\r\n").startswith(b"HTTP/1.1 400 ")
    assert request(server, "GET / HTTP/1.1\r\n\r\n").startswith(b"HTTP/1.1 400 ")
