"""The program as a user starts it, and a client that speaks to it."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bench.measuring import ROOT, memory, python

PATIENCE = 600.0
"""Seconds until a server that does not answer, or does not end, is given up."""

LOOK_EVERY = 0.005
"""Seconds between two looks at whether the server answers yet."""

PAGE = 500
"""Runs that one list of runs holds."""


class Client:
    """One connection that is kept open, as browsers and programs do."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def ask(self, method: str, path: str, body: bytes | None = None, type: str = "application/octet-stream") -> bytes:
        """The answer's body. RuntimeError with what it says if it is an error."""
        headers = {"Content-Type": type} if body is not None else {}
        try:
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):  # it was idle for too long
            self._connection.close()
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
        data = answer.read()
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path}: {answer.status} {data[:500]!r}")
        return data

    def get(self, path: str) -> bytes:
        return self.ask("GET", path)

    def json(self, path: str) -> Any:
        return json.loads(self.get(path))

    def post(self, path: str, wish: Mapping[str, Any]) -> Any:
        """What is answered to a wish in JSON."""
        return json.loads(self.ask("POST", path, json.dumps(wish).encode(), "application/json"))

    def upload(self, photo: bytes) -> str:
        """What workflows call the photo."""
        return json.loads(self.ask("POST", "/api/photos?name=photo.jpg", photo))["setting"]

    def start(self, workflow: str | Mapping[str, Any], photo: str, **more: Any) -> str:
        """The id of a run that was put in line."""
        return self.post("/api/runs", {"workflow": workflow, "photo": photo, **more})["id"]

    def wait_idle(self, patience: float = PATIENCE) -> None:
        """Return once no run waits or works. RuntimeError if that takes too long."""
        until = time.monotonic() + patience
        while (queue := self.json("/api/queue"))["running"] or queue["waiting"]:
            if time.monotonic() > until:
                raise RuntimeError(f"{len(queue['waiting'])} runs still wait after {patience:.0f} s")
            time.sleep(0.05)

    def runs(self) -> Iterator[dict[str, Any]]:
        """All runs that the server knows, the newest first."""
        page = self.json(f"/api/runs?limit={PAGE}")
        yield from page["runs"]
        while page["next"]:
            page = self.json(f"/api/runs?limit={PAGE}&before={page['next']}")
            yield from page["runs"]

    def close(self) -> None:
        self._connection.close()


class Program:
    """`python server.py` as a process, on a free port and folders of its own, for a `with` block."""

    def __init__(self, folder: Path, *options: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        places = ["--data", str(folder / "data"), "--cache-dir", str(folder / "cache"), "--port", str(self.port)]
        self._log = folder / "said.txt"
        self._command = [python(), str(ROOT / "server.py"), "--no-browser", *places, *options]

    def __enter__(self) -> Self:
        self.started = time.perf_counter()
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(self._command, stdout=log, stderr=subprocess.STDOUT)
        try:
            self.first_answer = self._first_answer()
        except BaseException:
            self._end()
            raise
        self.client = Client(self.port)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.client.close()
        self._end()

    @property
    def memory(self) -> int:
        """Bytes that only it holds."""
        return memory(self.process.pid)

    @property
    def resident(self) -> int:
        """Bytes of it in memory, files that others share included."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    @property
    def seconds(self) -> float:
        """Since it was started."""
        return time.perf_counter() - self.started

    def _first_answer(self) -> float:
        """Seconds from the start to the first answer of /health."""
        while self.seconds < PATIENCE and self.process.poll() is None:
            try:
                with closing(Client(self.port)) as client:
                    client.get("/health")
                return self.seconds
            except OSError:
                time.sleep(LOOK_EVERY)
        raise RuntimeError(f"The server does not answer: {self._log.read_text(errors='replace')}")

    def _end(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
