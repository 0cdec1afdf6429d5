"""`--check`: everything that is wrong with a workflow."""

from __future__ import annotations

from pathlib import Path

from cli.arguments import Arguments
from cli.opening import read_workflow
from cli.report import Report
from graph.check import check
from graph.places import Places
from graph.registry import Registry
from graph.shelf import Shelf


def check_file(path: Path, registry: Registry, shelf: Shelf, arguments: Arguments, report: Report) -> None:
    """Say that a workflow is right, and which model files it will fetch. WorkflowError with all that is wrong."""
    places = Places((path.absolute().parent, arguments.data / "photos"))
    graph = check(read_workflow(path), registry, places, shelf)
    graph.require(graph.targets())
    models = [name for step in graph.steps.values() for name in step.models().values()]
    missing = list(dict.fromkeys(file.name for name in models for file in shelf.missing(name)))
    count = len(graph.document.nodes)
    fetch = f" It fetches {', '.join(missing)} when it first runs." if missing else ""
    report.result(f"{path} is right: {count} nodes.{fetch}", {"problems": [], "nodes": count, "missing": missing})
