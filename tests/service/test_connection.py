"""Clients that take their time."""

from __future__ import annotations

import socket

import pytest
from websockets.sync.client import connect

from service import connection
from tests.service.conftest import Running


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "HEAD_SECONDS", 0.3)


def call(server: Running) -> socket.socket:
    host, port = server.url.removeprefix("http://").rstrip("/").split(":")
    return socket.create_connection((host, int(port)), timeout=60)


def test_who_says_nothing_is_hung_up_on(server: Running):
    with call(server) as silent:
        assert silent.recv(100) == b""


def test_who_never_ends_the_head_is_hung_up_on(server: Running):
    with call(server) as slow:
        slow.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
        assert slow.recv(100) == b""


def test_neither_is_the_second_request_waited_for(server: Running):
    with call(server) as slow:
        slow.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\nGET /health HTTP/1.1\r\nHost:")
        answer = b"".join(iter(lambda: slow.recv(65536), b""))
    assert answer.count(b"HTTP/1.1 200 OK") == 1


def test_a_websocket_may_be_silent(server: Running):
    with connect(f"ws{server.url.removeprefix('http')}ws", proxy=None) as websocket:
        websocket.recv(timeout=60)
        with call(server) as silent:
            assert silent.recv(100) == b""  # the time is over
        websocket.ping().wait(60)
        assert server.client.get("/health").status_code == 200
