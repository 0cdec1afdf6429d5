"""Heirloom brings old photographs back. `python server.py --help` tells what it can do."""

from __future__ import annotations

import gc
import os
import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cli.arguments import Arguments
    from cli.main import Models
    from cli.report import Report
    from graph.registry import Registry
    from graph.session import Session

# Two idle OpenMP pools on few cores otherwise spin against each other; it must be set before torch is imported.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")


# Workflows, plans and events are many small objects that live on. Looking among them for rubbish every 700 allocations,
# as Python does by default, takes a third of the time of a large workflow.
gc.set_threshold(50_000, 20, 50)

WORKFLOWS = Path(__file__).parent / "workflows"


def main(arguments: list[str] | None = None) -> int:
    """Wire the engine, the nodes, the command line and the service together, and do what is asked.

    Returns the exit code.
    """
    from cli.main import Parts, run
    from nodes.formats.step_files import StepFiles
    from nodes.kinds.arrays import allocator
    from nodes.models.diffusion.convert import convert

    parts = Parts(shipped, allocator, StepFiles, models, convert, serve)
    return run(sys.argv[1:] if arguments is None else arguments, parts)


@cache
def shipped() -> Registry:
    """The nodes that the program comes with. Who calls `main` again and again has them read once."""
    import nodes
    from graph.registry import Registry

    return Registry.collect(nodes)


def models(arguments: Arguments) -> Models:
    """The model files in all folders, and their lender. Downloads go to the first folder that can be written."""
    from cli.main import Models
    from graph.pool import Pool
    from nodes.models.catalog import SHIPPED
    from nodes.models.device import Device
    from nodes.models.lending import Lending
    from nodes.models.shelf import Shelf

    named = [Path(folder).expanduser() for folder in os.environ.get("HEIRLOOM_WEIGHTS", "").split(os.pathsep) if folder]
    folders = (*arguments.weights_dir, *named, SHIPPED, arguments.data / "weights")
    computing = f"{arguments.device} {arguments.precision}"
    shelf = Shelf(folders, precision=computing, notes=arguments.cache_dir / "models.json")
    device = Device(arguments.device, arguments.precision, arguments.network_memory)
    return Models(shelf, Lending(Pool(arguments.model_memory), shelf, device))


def serve(arguments: Arguments, session: Session, models: Models, report: Report) -> int:
    """The editor and the API on this session, until somebody ends it."""
    from nodes.formats.picture_files import PictureFiles
    from service import serve as serving
    from service.access.access import access
    from service.desk import Outside, furnish
    from service.page import is_built

    def ready(link: str) -> None:
        report.say(f"What you make is kept in {arguments.data}. Ctrl-C ends the server.")
        if not is_built():
            remedy = "Build it with `make web`, or `python web/build.py`, and start the server again."
            report.warn(f"The editor is not built. {remedy}")
        report.result(f"Heirloom is at {link}", {"address": link})

    terms = access(arguments.host, arguments.token, tuple(arguments.allow_host))
    pictures = PictureFiles(allocate=session.allocate)
    outside = Outside(session, models.stock, pictures, arguments.data, WORKFLOWS, version("heirloom"))
    talk = serving.Talk(ready, browser=not arguments.no_browser)
    with serving.listen(arguments.host, arguments.port, report.warn) as listener:
        return serving.serve(furnish(outside, terms), listener, talk)


if __name__ == "__main__":
    sys.exit(main())
