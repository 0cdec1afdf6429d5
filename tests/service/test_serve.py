"""The real process: where it listens, how it ends, and what a kill leaves."""

from __future__ import annotations

import json
import signal
import socket
import sys
from pathlib import Path

import httpx2
import psutil
import pytest

from graph.errors import WorkflowError
from service.access.access import Access
from service.serve import HURRIED, STOPPED, address, listen
from tests.cli.conftest import make_photo, workflow_json
from tests.service.conftest import Process, StartProcess, wait_for

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for a single process")


def refuse(text: str) -> None:
    pytest.fail(f"nobody should be warned: {text}")


def port_of(listener: socket.socket) -> int:
    return listener.getsockname()[1]


class TestListening:
    def test_a_free_port_is_taken_as_it_is(self):
        with listen("127.0.0.1", 0, refuse) as first:
            port = port_of(first)
        with listen("127.0.0.1", port, refuse) as again:
            assert port_of(again) == port

    def test_a_taken_port_is_said_and_the_next_one_used(self):
        said: list[str] = []
        with listen("127.0.0.1", 0, refuse) as first, listen("127.0.0.1", port_of(first), said.append) as second:
            assert port_of(second) > port_of(first)
            assert said == [f"Port {port_of(first)} is taken; this is port {port_of(second)}."]

    def test_what_another_program_holds_without_answering_is_taken_too(self):
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            said: list[str] = []
            with listen("127.0.0.1", port_of(other), said.append) as mine:
                assert port_of(mine) != port_of(other)
            assert said

    @pytest.mark.parametrize("host", ["no.such.host.invalid", "203.0.113.7", "not an address"])
    def test_an_address_that_is_not_this_machine_is_a_problem(self, host: str):
        with pytest.raises(WorkflowError, match="--host"):
            listen(host, 0, refuse)

    def test_the_link(self):
        with listen("127.0.0.1", 0, refuse) as listener:
            port = port_of(listener)
            assert address(Access(), listener) == f"http://127.0.0.1:{port}/"
            assert address(Access("localhost"), listener) == f"http://localhost:{port}/"
            assert address(Access(token="a.b-c"), listener) == f"http://127.0.0.1:{port}/?token=a.b-c"
        with listen("0.0.0.0", 0, refuse) as listener:
            link = address(Access("0.0.0.0", "secret-token"), listener)
            assert "0.0.0.0" not in link
            assert link.endswith("/?token=secret-token")


def slow_run(process: Process, folder: Path, rng) -> str:
    """A run that takes some seconds, begun; its id."""
    photo = make_photo(folder / "photo.png", rng, 600, 800)
    uploaded = process.client.post(
        "/api/photos", content=photo.read_bytes(), headers={"Content-Type": "image/png"}, params={"name": "photo.png"}
    )
    slow = workflow_json(result=["clean", "image"])
    slow["nodes"]["clean"] = {"type": "noise/denoise", "inputs": {"image": ["grow", "image"]}}
    slow["nodes"]["grow"]["settings"]["factor"] = 4
    answer = process.client.post("/api/runs", json={"workflow": slow, "photo": uploaded.json()["setting"]})
    assert answer.status_code in {200, 201, 202}, answer.text
    id = answer.json()["id"]
    wait_for(lambda: state(process, id) == "running")
    return id


def state(process: Process, id: str) -> str:
    return process.client.get(f"/api/runs/{id}").json()["state"]


def children(pid: int) -> list[psutil.Process]:
    return psutil.Process(pid).children(recursive=True)


@posix
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_asked_to_stop_it_stops(server_process: StartProcess, ending: signal.Signals):
    process = server_process()
    assert process.client.get("/health").status_code == 200
    assert not children(process.process.pid)
    process.process.send_signal(ending)
    assert process.end() == STOPPED
    assert "Traceback" not in "".join(process.said)
    with pytest.raises(httpx2.ConnectError):
        httpx2.get(process.url)


@posix
def test_it_ends_though_clients_stay_connected(server_process: StartProcess):
    process = server_process()
    host, port = process.url.removeprefix("http://").rstrip("/").split(":")
    with socket.create_connection((host, int(port))) as idle, process.client.stream("GET", "/health"):
        idle.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n")
        process.interrupt()
        assert process.end() == STOPPED


@posix
def test_a_second_ctrl_c_ends_at_once_and_the_run_is_kept(server_process: StartProcess, tmp_path: Path, rng):
    process = server_process()
    id = slow_run(process, tmp_path, rng)
    process.interrupt()
    wait_for(lambda: not answers(process.url))
    process.interrupt()
    assert process.end() == HURRIED
    assert "Traceback" not in "".join(process.said)
    again = server_process()
    wait_for(lambda: state(again, id) == "done")


@posix
def test_what_was_interrupted_goes_on_after_a_restart(server_process: StartProcess, tmp_path: Path, rng):
    process = server_process()
    id = slow_run(process, tmp_path, rng)
    process.interrupt()
    assert process.end() == STOPPED
    again = server_process()
    wait_for(lambda: state(again, id) == "done")


def test_what_was_killed_goes_on_after_a_restart(server_process: StartProcess, tmp_path: Path, rng):
    process = server_process()
    running = slow_run(process, tmp_path, rng)
    process.kill()
    again = server_process()
    wait_for(lambda: state(again, running) == "done")


def test_a_second_server_on_the_same_folder_says_so(server_process: StartProcess):
    server_process()
    with pytest.raises(pytest.fail.Exception, match=r"(?i)another"):
        server_process()


def test_other_machines_get_a_link_with_a_token(server_process: StartProcess):
    process = server_process("--host", "0.0.0.0")
    token = process.link.partition("?token=")[2]
    assert len(token) >= 32
    local = f"http://127.0.0.1:{process.url.rstrip('/').rpartition(':')[2]}"
    assert httpx2.get(f"{local}/openapi.json").status_code == 401
    assert httpx2.get(f"{local}/?token={token}").status_code == 303
    assert httpx2.get(f"{local}/openapi.json", headers={"Authorization": f"Bearer {token}"}).status_code == 200


def answers(url: str) -> bool:
    try:
        httpx2.get(f"{url}health")
    except httpx2.TransportError:
        return False
    return True


@posix
def test_the_browser_gets_the_link_once_the_server_answers(server_process: StartProcess, tmp_path: Path):
    opened, browser = tmp_path / "opened.txt", tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}.part && mv {opened}.part {opened}\n')
    browser.chmod(0o755)
    process = server_process(browser=browser)
    wait_for(opened.exists)
    assert opened.read_text().strip() == process.link


def test_programs_read_the_address(server_process: StartProcess):
    process = server_process("--json")
    assert json.loads(process.said[-1]) == {"address": process.link}


def test_nothing_heavy_is_loaded_to_answer(server_process: StartProcess):
    """Torch alone would be 200 MiB and seconds."""
    process = server_process()
    process.client.get("/health")
    loaded = {Path(each.path).name for each in psutil.Process(process.process.pid).memory_maps()}
    assert not [name for name in loaded if name.startswith(("libtorch", "libonnx", "cv2."))]
