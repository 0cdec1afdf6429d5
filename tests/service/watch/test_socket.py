"""A real server, real websockets: what every client sees, and clients that misbehave."""

from __future__ import annotations

import json
import socket
import struct
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosedError
from websockets.sync.client import ClientConnection, connect

from graph.events import RunFinished, StepProgress, StepStarted
from service.access.access import Access
from service.limits import Limits
from service.watch.messages import MessageRefused, RunEnded, RunRemoved, Snapshot, from_json
from tests.graph import toys
from tests.graph.toys import box, flow
from tests.service.conftest import Running, running, wait_for
from tests.service.watch.watching import (
    SOON,
    Probe,
    Sketching,
    Watcher,
    drawn,
    probing,
    record,
    seen,
    settled,
    start,
    sum_of,
    watching,
)


def test_a_client_sees_a_run_from_its_queueing_to_its_end(shared: Running) -> None:
    with watching(shared) as watcher:
        run = start(shared, sum_of(1.0))
        watcher.until(lambda m: isinstance(m, RunEnded) and m.run.id == run)
        told = [type(m).__name__ for m in watcher.client.seen]
        assert told[:3] == ["RunQueued", "RunStarted", "RunPlanned"]
        assert told[-2:] == ["RunFinished", "RunEnded"]
        assert watcher.client.view == seen(shared.desk.hub.snapshot())
    settled(shared)


def test_a_late_client_sees_what_an_early_one_sees(shared: Running, probe: Probe) -> None:
    with watching(shared) as early:
        run = start(shared, probing())
        early.until(lambda m: m == StepStarted(run, "p"))
        with watching(shared) as late:
            (under_way,) = late.client.state.snapshot().running
            assert [(step.id, step.state) for step in under_way.steps] == [("n", "done"), ("p", "running")]
            probe.go_on.set()
            for watcher in (early, late):
                watcher.until(lambda m: isinstance(m, RunEnded) and m.run.id == run)
            assert late.client.view == early.client.view
    settled(shared)


def test_what_is_becoming_is_seen_by_early_and_late_clients_until_it_is_there(
    shared: Running, sketching: Sketching, probe: Probe
) -> None:
    def seen_by(watcher: Watcher) -> list[str]:
        (under_way,) = watcher.client.state.snapshot().running
        return [step.sketch for step in under_way.steps]

    drawing = probing("sketching")
    document = flow("q", **drawing.nodes, q=box("probe", {"value": "p"}, name="probe"))
    with watching(shared) as early:
        run = start(shared, document)
        for sketch in (b"first", b"second", b"third"):
            sketching.sketches.put(sketch)
            assert early.until(lambda m: isinstance(m, StepProgress) and m.sketch != "").sketch == drawn(sketch)
        early.until(lambda m: isinstance(m, StepProgress) and not m.sketch)
        with watching(shared) as late:
            assert seen_by(early) == seen_by(late) == ["", drawn(b"third"), ""]
            sketching.sketches.put(b"")
            for watcher in (early, late):
                watcher.until(lambda m: m == StepStarted(run, "q"))
                assert seen_by(watcher) == ["", "", ""]
            probe.go_on.set()
    settled(shared)


def test_a_hundred_clients_see_every_change_in_order(shared: Running) -> None:
    with ExitStack() as stack:
        everybody = [stack.enter_context(watching(shared, compression=None)) for _ in range(100)]
        assert shared.desk.hub.clients == 100
        runs = [start(shared, sum_of(float(number))) for number in range(10)]
        for watcher in everybody:
            watcher.until(lambda m: isinstance(m, RunEnded) and m.run.id == runs[-1])
        views = [watcher.client.view for watcher in everybody]
        assert all(view == views[0] for view in views)
        ended = {m.run.id for m in everybody[0].client.seen if isinstance(m, RunEnded)}
        assert ended == set(runs)
    settled(shared)


def test_what_is_no_message_is_refused_and_the_connection_goes_on(shared: Running) -> None:
    wrong = ["", "[", "[]", "[" * 100_000, '{"ask": ["Live"]}', '{"ask": "Live", "id": NaN}', "9" * 5000, b"\x00", b""]
    with watching(shared) as watcher:
        for text in wrong:
            watcher.connection.send(text)
            (problem,) = watcher.hear(MessageRefused).problems
            assert problem.message.endswith(".")
        watcher.live("after all", sum_of(3.0))
        assert watcher.hear(RunFinished).status == "done"
    settled(shared)


def test_a_message_that_is_too_large_closes_the_connection(tmp_path: Path) -> None:
    with running(toys.registry(), tmp_path, Access(), Limits(message=10_000)) as server:
        with watching(server) as watcher:
            watcher.connection.send(" " * 10_001)
            with pytest.raises(ConnectionClosedError) as closed:
                watcher.hear(MessageRefused)
        assert closed.value.rcvd
        assert closed.value.rcvd.code == 1009
        settled(server)


def test_too_many_clients_are_told_to_come_again(tmp_path: Path) -> None:
    with running(toys.registry(), tmp_path, Access(), Limits(clients=2)) as server:
        with watching(server), watching(server), pytest.raises(ConnectionClosedError) as closed, watching(server):
            pass
        assert closed.value.rcvd
        assert closed.value.rcvd.code == 1013
        settled(server)
        with watching(server) as again:
            assert again.client.seq is not None


def test_a_client_that_does_not_read_is_dropped_and_the_others_see_everything(tmp_path: Path) -> None:
    with running(toys.registry(), tmp_path, Access(), Limits(backlog=2_000_000)) as server, watching(server) as good:
        host, port = server.url.split("//")[1].strip("/").split(":")
        hub, number = server.desk.hub, 0
        with socket.socket() as raw:
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            raw.connect((host, int(port)))
            raw.sendall(handshake(f"{host}:{port}"))
            wait_for(lambda: hub.clients == 2)
            # How much the kernel takes for a client that does not read differs; it is not without end.
            while hub.clients == 2:
                number += 10
                told = [RunEnded(record("r", state="done", photo=f"{number + n} " * 10_000)) for n in range(10)]
                for message in told:
                    hub.publish(message)
                good.until(lambda m, last=told[-1]: m == last)
            hub.publish(RunRemoved("r"))
            good.hear(RunRemoved)
            assert good.client.view == seen(hub.snapshot())


def handshake(host: str) -> bytes:
    lines = ["GET /ws HTTP/1.1", f"Host: {host}", "Upgrade: websocket", "Connection: Upgrade"]
    lines += ["Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13", "", ""]
    return "\r\n".join(lines).encode()


def vanish(connection: ClientConnection) -> None:
    """As a machine that loses its power, but that the other side hears of it: a reset, no closing handshake."""
    connection.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.socket.shutdown(socket.SHUT_RDWR)
    connection.socket.close()


def before_anything(watcher: Watcher, _: Probe) -> None:
    assert watcher.client.seq is not None


def after_asking(watcher: Watcher, _: Probe) -> None:
    watcher.live("1", probing())


def while_it_runs(watcher: Watcher, _: Probe) -> None:
    watcher.live("1", probing())
    watcher.until(lambda m: m == StepStarted("live-1", "p"))


def after_asking_often(watcher: Watcher, _: Probe) -> None:
    for number in range(20):
        watcher.live(str(number), probing())


def after_the_end(watcher: Watcher, probe: Probe) -> None:
    probe.go_on.set()
    watcher.live("1", probing())
    watcher.hear(RunFinished, "live-1")


def in_the_middle_of_a_message(watcher: Watcher, _: Probe) -> None:
    watcher.connection.socket.sendall(b"\x81\xfe\x10\x00half")


@pytest.mark.parametrize(
    "phase",
    [before_anything, after_asking, while_it_runs, after_asking_often, after_the_end, in_the_middle_of_a_message],
)
def test_of_a_client_that_vanishes_nothing_stays(shared: Running, probe: Probe, phase: Any) -> None:
    with ExitStack() as stack:
        watcher = stack.enter_context(watching(shared, close_timeout=0.1))
        phase(watcher, probe)
        vanish(watcher.connection)
        settled(shared)
    assert set(probe.ends) <= {"cancelled", "done"}
    with watching(shared) as again:
        run = start(shared, sum_of(5.0))
        again.until(lambda m: isinstance(m, RunEnded) and m.run.id == run)
    settled(shared)


def test_a_client_that_vanishes_during_the_handshake_is_nobody(shared: Running) -> None:
    host, port = shared.url.split("//")[1].strip("/").split(":")
    for part in (20, 60, None):
        with socket.socket() as raw:
            raw.connect((host, int(port)))
            raw.sendall(handshake(f"{host}:{port}")[:part])
    settled(shared)


def test_the_first_frame_is_a_snapshot(shared: Running) -> None:
    with connect(shared.url.replace("http", "ws", 1) + "ws") as connection:
        (first,) = json.loads(connection.recv(timeout=SOON))
        assert isinstance(from_json(first), Snapshot)
    settled(shared)
