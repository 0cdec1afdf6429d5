"""`--check`: everything that is wrong with a workflow."""

from __future__ import annotations

from pathlib import Path

from cli.arguments import Arguments
from cli.opening import read_workflow
from cli.report import Report
from graph.check import check
from graph.places import Places
from graph.registry import Registry


def check_file(path: Path, registry: Registry, arguments: Arguments, report: Report) -> None:
    """Say that a workflow is right. WorkflowError with everything that is wrong with it."""
    graph = check(read_workflow(path), registry, Places((path.absolute().parent, arguments.data / "photos")))
    graph.require(graph.targets())
    count = len(graph.document.nodes)
    report.result(f"{path} is right: {count} nodes.", {"problems": [], "nodes": count})
