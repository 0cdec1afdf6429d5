"""Heirloom brings old photographs back. `python server.py --help` tells what it can do."""

from __future__ import annotations

import gc
import os
import sys

# Two idle OpenMP pools on few cores otherwise spin against each other; it must be set before torch is imported.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")


# Workflows, plans and events are many small objects that live on. Looking among them for rubbish every 700 allocations,
# as Python does by default, takes a third of the time of a large workflow.
gc.set_threshold(50_000, 20, 50)


def main(arguments: list[str] | None = None) -> int:
    """Wire the engine, the nodes and the command line together, and do what is asked. Returns the exit code."""
    import nodes
    from cli.main import Parts, run
    from graph.registry import Registry
    from nodes.kinds.arrays import allocator

    return run(sys.argv[1:] if arguments is None else arguments, Parts(lambda: Registry.collect(nodes), allocator))


if __name__ == "__main__":
    sys.exit(main())
