"""How much of anything one server takes, in one place."""

from __future__ import annotations

from dataclasses import dataclass

from graph.errors import Problem

MIB = 2**20


@dataclass(frozen=True)
class Limits:
    """Bounds that keep a stranger, or a mistake, from using up the machine."""

    body: int = 2048 * MIB
    """Bytes of an uploaded photo: a 16-bit scan of 300 megapixels has 1.8 GB."""
    text: int = 16 * MIB
    """Bytes of any other body: a workflow of ten thousand nodes has two."""
    pixels: int = 400_000_000
    """Of a photo: what the nodes that open one take."""
    nodes: int = 20_000
    """Of a workflow that is saved or run."""
    queued: int = 10_000
    """Runs that wait."""
    kept: int = 10_000
    """Ended runs that the history keeps; the oldest go first."""
    restores: int = 4
    """One-shot restorations that wait or work at once; one works."""
    downloads: int = 2
    """Model files that come in at once."""
    clients: int = 1000
    """Websockets that are open."""
    backlog: int = 8 * MIB
    """Bytes that wait for one slow client before it is dropped."""
    message: int = 4 * MIB
    """Bytes of a message that a client sends."""
    silence: float = 60.0
    """Seconds between two pieces of a body, after which a client is given up."""
    grace: float = 10.0
    """Seconds that answers and the run under way get to end when the server is asked to stop."""

    def too_many(self, nodes: int) -> Problem | None:
        """What is wrong with a workflow of so many nodes, if anything."""
        if nodes <= self.nodes:
            return None
        return Problem(f"The workflow has {nodes} nodes; {self.nodes} is the limit.", "Split it.")
