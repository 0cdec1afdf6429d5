"""A client of the websocket that moves a slider."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from types import TracebackType
from typing import Any, NamedTuple, Self

from websockets.sync.client import connect

from bench.serving.program import PATIENCE, Client

SIDE = 1024
"""Pixels of the longer side of a live preview, as the editor asks for it."""


class Shown(NamedTuple):
    """Seconds from a change to what the client has of it."""

    told: float
    """The event that says that the preview is there."""
    fetched: float
    """The preview's bytes."""


class Slider:
    """One client that follows one step, for a `with` block."""

    def __init__(self, client: Client, photo: str, step: str) -> None:
        self._client, self._photo, self._step = client, photo, step
        self._key = ""
        self._sent = 0

    def __enter__(self) -> Self:
        address = f"ws://127.0.0.1:{self._client.port}/ws"
        # Read at once, whoever asks: a client that does not read would be measured itself.
        with ExitStack() as opened:
            connection = connect(address, compression=None, max_size=None, max_queue=None, proxy=None)
            self._socket = opened.enter_context(connection)
            self._socket.recv(PATIENCE)
            self._opened = opened.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._opened.close()

    def move(self, document: Mapping[str, Any]) -> Shown:
        """Ask for what the workflow gives now, and wait until it is shown."""
        return self.drag([document], 0)

    def drag(self, documents: Sequence[Mapping[str, Any]], pause: float) -> Shown:
        """Ask for one after the other without waiting for any but the last. Its times."""
        for document in documents[:-1]:
            self._send(document)
            time.sleep(pause)
        started = time.perf_counter()
        run = self._send(documents[-1])
        shown: Shown | None = None
        for message in self._messages():
            event = message["event"]
            if event == "RunPlanned":
                self._note(message)
            elif message.get("run") != run:
                continue
            elif event == "StepDone" and message["step"] == self._step:
                told = time.perf_counter() - started
                self._client.get(f"/preview/{self._key}?w={SIDE}")
                shown = Shown(told, time.perf_counter() - started)
            elif event == "RunFinished":
                break
        if shown is None:
            raise RuntimeError(f"The run ended without a preview of {self._step!r}.")
        return shown

    def _send(self, document: Mapping[str, Any]) -> str:
        """Ask; the name of the run."""
        self._sent += 1
        name = f"slider-{self._sent}"
        wish = {"ask": "Live", "id": name, "document": document, "side": SIDE, "photo": self._photo}
        self._socket.send(json.dumps(wish))
        return f"live-{name}"

    def _messages(self) -> Iterator[dict[str, Any]]:
        while True:
            for message in json.loads(self._socket.recv(PATIENCE)):
                if message["event"] in {"LiveRefused", "MessageRefused"}:
                    raise RuntimeError(f"The preview was refused: {message['problems']}")
                yield message

    def _note(self, plan: Mapping[str, Any]) -> None:
        """A plan names only steps that differ from the plan before, whichever run that was of."""
        self._key = next((step["key"] for step in plan["steps"] if step["id"] == self._step), self._key)
