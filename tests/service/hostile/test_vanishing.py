"""Clients that vanish, whatever they were doing."""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from graph.registry import Registry
from service.access.access import Access
from tests.service.conftest import Running, running, wait_for
from tests.service.files import picture
from tests.service.hostile.well import WORKFLOW, ended, is_clean, started, still_works, uploaded

WAIT = '''
from graph.context import Context
from graph.spec import node
from nodes.kinds.image import Image


@node(title="Wait", volatile=True)
def wait(ctx: Context, image: Image) -> Image:
    """Do nothing until the run is cancelled."""
    ctx.cancelled.wait(600)
    ctx.check()
    return image
'''

BOUNDARY = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n'

SPARE = 10
"""Files that the process may have open beyond what it had: threads and the database keep some."""


def waiting(setting: str = "") -> dict[str, Any]:
    """A workflow that does not end by itself."""
    nodes = {
        "photo": {"type": "files/load", "settings": {"photo": setting}},
        "wait": {"type": "toy/wait", "inputs": {"image": ["photo", "image"]}},
    }
    return {"version": 1, "nodes": nodes, "input": ["photo", "photo"], "result": ["wait", "image"]}


@dataclass(frozen=True)
class House:
    """A server with a photo and a workflow that does not end."""

    server: Running
    setting: str
    large: str
    """The sha256 of a photo of several megabytes."""

    @property
    def host(self) -> str:
        return urlsplit(self.server.url).netloc

    def head(self, first: str, *lines: str) -> bytes:
        return "\r\n".join([f"{first} HTTP/1.1", f"Host: {self.host}", *lines, "", ""]).encode()

    def begun(self) -> bool:
        """Whether an upload is coming in."""
        return any(self.server.desk.photos.folder.glob(".incoming-*"))

    def restoring(self) -> bool:
        return "heirloom_restores_under_way 1.0" in self.server.client.get("metrics").text

    def working(self) -> bool:
        return any(thread.name.startswith("run-") for thread in threading.enumerate())


@pytest.fixture(scope="module")
def house(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> Generator[House]:
    folder = tmp_path_factory.mktemp("vanishing")
    (added := folder / "added" / "toy").mkdir(parents=True)
    (added / "wait.py").write_text(WAIT)
    with running(registry.with_folder(added.parent), folder, Access()) as server:
        server.client.put("api/workflows/endless", json=waiting()).raise_for_status()
        still_works(server)
        large = uploaded(server, picture(width=1500, height=1200))
        before = open_files()
        yield House(server, uploaded(server, picture())["setting"], large["sha256"])
        wait_for(lambda: is_clean(server) and open_files() <= before + SPARE)
        still_works(server)


def open_files() -> int:
    """Files and sockets that this process has open; 0 where the system does not tell."""
    listing = Path("/proc/self/fd")
    return len(list(listing.iterdir())) if listing.is_dir() else 0


@contextmanager
def line(house: House) -> Iterator[socket.socket]:
    """A connection that takes little at a time."""
    host, _, port = house.host.partition(":")
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.settimeout(120)
        connection.connect((host, int(port)))
        yield connection


def close(connection: socket.socket) -> None:
    connection.close()


def reset(connection: socket.socket) -> None:
    """As a machine does whose program was killed."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def send_no_more(connection: socket.socket) -> None:
    """It could still read, but does not."""
    connection.shutdown(socket.SHUT_WR)


LEAVING = (close, reset, send_no_more)

# Over HTTP: what was sent, or done, when the client vanished


def before_a_word(house: House, connection: socket.socket) -> None:
    assert connection.getpeername()[1] == int(house.host.partition(":")[2])


def in_the_first_line(house: House, connection: socket.socket) -> None:
    connection.sendall(house.head("POST /api/photos")[:13])


def in_the_headers(house: House, connection: socket.socket) -> None:
    connection.sendall(house.head("POST /api/photos", "Content-Length: 100")[:-9])


def before_the_body(house: House, connection: socket.socket) -> None:
    connection.sendall(house.head("POST /api/photos", "Content-Length: 1000"))
    wait_for(house.begun)


def in_the_body(house: House, connection: socket.socket) -> None:
    data = picture(seed=5)
    connection.sendall(house.head("POST /api/photos", f"Content-Length: {len(data)}") + data[: len(data) // 2])
    wait_for(house.begun)


def in_a_chunk(house: House, connection: socket.socket) -> None:
    connection.sendall(house.head("POST /api/photos", "Transfer-Encoding: chunked") + b"ffff\r\n" + picture()[:500])
    wait_for(house.begun)


def in_a_form(house: House, connection: socket.socket) -> None:
    about = "Content-Type: multipart/form-data; boundary=x"
    connection.sendall(house.head("POST /api/photos", about, "Content-Length: 9999") + BOUNDARY + picture()[:500])
    wait_for(house.begun)


def in_json(house: House, connection: socket.socket) -> None:
    about = "Content-Type: application/json"
    connection.sendall(house.head("POST /api/runs", about, "Content-Length: 999") + b'{"workflow": {"version"')


def in_the_photo_to_restore(house: House, connection: socket.socket) -> None:
    first = "POST /api/restore?workflow=endless"
    connection.sendall(house.head(first, "Content-Length: 5000") + picture()[:900])
    wait_for(house.restoring)


def while_it_restores(house: House, connection: socket.socket) -> None:
    data = picture()
    first = "POST /api/restore?workflow=endless"
    connection.sendall(house.head(first, f"Content-Length: {len(data)}") + data)
    wait_for(house.working)


def before_the_answer(house: House, connection: socket.socket) -> None:
    connection.sendall(house.head(f"GET /api/photos/{house.large}/thumbnail?w=1024"))


def in_the_answer(house: House, connection: socket.socket) -> None:
    connection.sendall(house.head(f"GET /api/photos/{house.large}/file"))
    assert connection.recv(100).startswith(b"HTTP/1.1 200")


def in_the_second_of_three(house: House, connection: socket.socket) -> None:
    one = house.head("GET /api/nodes")
    connection.sendall(one * 2 + one[:20])
    assert connection.recv(100).startswith(b"HTTP/1.1 200")


# Over the websocket


def frame(text: str, code: int = 0x81) -> bytes:
    """Of a client (RFC 6455, 5.2), masked with zeros."""
    data = text.encode()
    return struct.pack(">BBH4x", code, 0x80 | 126, len(data)) + data


def open_websocket(house: House, connection: socket.socket) -> None:
    connection.sendall(
        house.head(
            "GET /ws",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        )
    )
    assert connection.recv(100).startswith(b"HTTP/1.1 101")
    wait_for(lambda: house.server.desk.hub.clients == 1)


def in_the_handshake(house: House, connection: socket.socket) -> None:
    connection.sendall(house.head("GET /ws", "Connection: Upgrade", "Upgrade: websocket")[:-4])


def after_the_handshake(house: House, connection: socket.socket) -> None:
    open_websocket(house, connection)


def with_a_live_run(house: House, connection: socket.socket) -> None:
    open_websocket(house, connection)
    connection.sendall(frame(json.dumps({"ask": "Live", "id": "a", "document": waiting(house.setting)})))
    wait_for(house.working)


def with_many_live_runs(house: House, connection: socket.socket) -> None:
    open_websocket(house, connection)
    for number in range(20):
        connection.sendall(frame(json.dumps({"ask": "Live", "id": f"{number}", "document": waiting(house.setting)})))
    wait_for(house.working)


def in_the_head_of_a_frame(house: House, connection: socket.socket) -> None:
    open_websocket(house, connection)
    connection.sendall(b"\x81\xfe\x00")


def in_a_frame(house: House, connection: socket.socket) -> None:
    open_websocket(house, connection)
    connection.sendall(frame(json.dumps({"ask": "Live", "id": "a", "document": waiting(house.setting)}))[:-5])


def between_two_parts(house: House, connection: socket.socket) -> None:
    open_websocket(house, connection)
    connection.sendall(frame('{"ask": "Live", ', code=0x01))


def in_a_ping(house: House, connection: socket.socket) -> None:
    open_websocket(house, connection)
    connection.sendall(b"\x89\x84\0\0")


Phase = Callable[[House, socket.socket], None]

PHASES: tuple[Phase, ...] = (
    *(before_a_word, in_the_first_line, in_the_headers, before_the_body, in_the_body, in_a_chunk, in_a_form, in_json),
    *(in_the_photo_to_restore, while_it_restores, before_the_answer, in_the_answer, in_the_second_of_three),
    *(in_the_handshake, after_the_handshake, with_a_live_run, with_many_live_runs, in_the_head_of_a_frame),
    *(in_a_frame, between_two_parts, in_a_ping),
)


@pytest.mark.parametrize("leave", LEAVING, ids=lambda leave: leave.__name__)
@pytest.mark.parametrize("phase", PHASES, ids=lambda phase: phase.__name__)
def test_nothing_is_left_of_it(house: House, phase: Phase, leave: Callable[[socket.socket], None]) -> None:
    photos = house.server.desk.photos.list().total
    with line(house) as connection:
        phase(house, connection)
        leave(connection)
        wait_for(lambda: is_clean(house.server) and not house.restoring())
    assert house.server.desk.photos.list().total == photos


@pytest.mark.parametrize("leave", LEAVING, ids=lambda leave: leave.__name__)
def test_a_queued_run_goes_on_without_its_watcher(house: House, leave: Callable[[socket.socket], None]) -> None:
    server = house.server
    with line(house) as connection:
        open_websocket(house, connection)
        run = started(server, house.setting, waiting())
        wait_for(house.working)
        leave(connection)
        wait_for(lambda: not server.desk.hub.clients)
        assert server.desk.queue.get(run).state == "running"
    server.client.post(f"api/runs/{run}/cancel").raise_for_status()
    assert ended(server, run)["state"] == "cancelled"
    wait_for(lambda: is_clean(server))


def test_a_crowd_that_vanishes_at_once(house: House) -> None:
    """Each in its own phase, all at the same moment, while a run works."""
    run = started(house.server, house.setting, dict(WORKFLOW))
    quick = [phase for phase in PHASES if phase not in {while_it_restores, in_the_photo_to_restore}]
    quick = [phase for phase in quick if PHASES.index(phase) < PHASES.index(after_the_handshake)]
    lines = [line(house) for _ in range(4) for _ in quick]
    connections = [each.__enter__() for each in lines]
    for connection, phase in zip(connections, quick * 4, strict=True):
        phase(house, connection)
    for number, connection in enumerate(connections):
        LEAVING[number % 2](connection)
    assert ended(house.server, run)["state"] == "done"
    wait_for(lambda: is_clean(house.server))
