"""Clients that watch, in a process of their own, so that they do not slow down whoever measures.

`python -m bench.serving.watchers PORT CLIENTS RUNS`: says "ready" once all have their snapshot, reads until each has
seen the end of so many runs, or until its standard input ends, and then says in one line of JSON what they saw.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from bench.measuring import ROOT, python
from bench.serving.ledger import Ledger

TOLD = 10
"""What is wrong is told of so many messages."""

END = '"event":"RunEnded"'

HANDSHAKES = 10
"""Clients that connect at once: more than a crowd of people would."""


@dataclass(frozen=True)
class Verdict:
    """What all of them saw."""

    clients: int
    lost: int
    """Clients whose connection did not last."""
    ended: int
    """Runs whose end the client saw that saw fewest."""
    done: int
    """Those of them that were done."""
    wrong: int
    """Messages that were not what had to come, of all clients."""
    words: tuple[str, ...]
    """Some of them."""
    bytes: int
    """Of all messages after the snapshot, of the client that got most."""
    frames: int
    messages: int
    liveliest: float
    """Messages of progress a second, of the run that had most."""


class Watcher:
    """One client. What it gets is kept, and judged when all is over."""

    def __init__(self, connection: ClientConnection, known: dict[str, str]) -> None:
        self._connection, self._known = connection, known
        self.frames: list[str] = []
        self.lost = False

    async def first(self) -> None:
        """The snapshot."""
        await self._receive()

    async def watch(self, runs: int) -> None:
        """Until so many runs have ended, or the connection has."""
        try:
            while runs > 0:
                runs -= (await self._receive()).count(END)
        except ConnectionClosed:
            self.lost = True

    async def _receive(self) -> str:
        frame = str(await self._connection.recv())
        # Clients mostly get the same frames; a hundred copies of them would be for nothing.
        frame = self._known.setdefault(frame, frame)
        self.frames.append(frame)
        return frame


def verdict(watchers: list[Watcher]) -> Verdict:
    """What they saw, judged."""
    read: dict[str, list[dict[str, Any]]] = {}
    ledgers: list[Ledger] = []
    for watcher in watchers:
        ledger = Ledger()
        for frame in watcher.frames:
            if frame not in read:
                read[frame] = json.loads(frame)
            for message in read[frame]:
                ledger.read(message)
        ledgers.append(ledger)
    wrong = [word for ledger in ledgers for word in ledger.wrong]
    return Verdict(
        clients=len(watchers),
        lost=sum(watcher.lost for watcher in watchers),
        ended=min(ledger.ended() for ledger in ledgers),
        done=min(ledger.done() for ledger in ledgers),
        wrong=len(wrong),
        words=tuple(dict.fromkeys(wrong))[:TOLD],
        bytes=max(sum(len(frame) for frame in watcher.frames[1:]) for watcher in watchers),
        frames=max(len(watcher.frames) for watcher in watchers),
        messages=max(sum(len(read[frame]) for frame in watcher.frames) for watcher in watchers),
        liveliest=max(ledger.liveliest() for ledger in ledgers),
    )


async def watch(port: int, clients: int, runs: int) -> Verdict:
    """Connect all, watch, and judge."""
    room, known = asyncio.Semaphore(HANDSHAKES), dict[str, str]()

    async def come() -> Watcher:
        async with room:
            address = f"ws://127.0.0.1:{port}/ws"
            watcher = Watcher(await connect(address, compression=None, max_size=None, proxy=None), known)
            await watcher.first()
            return watcher

    watchers = await asyncio.gather(*[come() for _ in range(clients)])
    print("ready", flush=True)
    watching = asyncio.ensure_future(asyncio.gather(*[watcher.watch(runs) for watcher in watchers]))
    # Nothing is ever written there: it becomes readable by its end.
    asyncio.get_running_loop().add_reader(sys.stdin.fileno(), watching.cancel)
    with suppress(asyncio.CancelledError):
        await watching
    asyncio.get_running_loop().remove_reader(sys.stdin.fileno())
    return verdict(watchers)


class Watching:
    """Watchers of a server, for a `with` block."""

    def __init__(self, port: int, clients: int, runs: int) -> None:
        self._command = [python(), "-m", "bench.serving.watchers", str(port), str(clients), str(runs)]

    def __enter__(self) -> Self:
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(self._command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)
        assert self._process.stdout is not None
        if self._process.stdout.readline().strip() != "ready":
            self.__exit__(None, None, None)
            raise RuntimeError("the watchers could not connect")
        return self

    def verdict(self, patience: float) -> Verdict:
        """What they saw, once they have seen it all; after so many seconds, what they have seen by then."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(patience)
        said, _ = self._process.communicate()  # which ends their standard input
        found: Mapping[str, Any] = json.loads(said.splitlines()[-1])
        return Verdict(**{**found, "words": tuple(found["words"])})

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Leaving the process's own block closes its pipes and waits for it.
        with self._process:
            self._process.kill()


if __name__ == "__main__":
    print(json.dumps(asdict(asyncio.run(watch(*(int(number) for number in sys.argv[1:4]))))), flush=True)
