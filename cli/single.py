"""`--run` on one photo, and `--explain`: what that would do."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

from cli.arguments import Arguments
from cli.files import check_output
from cli.opening import order_for
from cli.report import Report
from cli.steps import Steps, Summary
from graph.check import Graph
from graph.kinds import Kind
from graph.results import named_like, number_of, photo_of, result_kind, save
from graph.session import Order, Session
from graph.supply import needs


def run_single(session: Session, arguments: Arguments, report: Report, summary: Summary) -> bool:
    """Run the workflow once. True if everything that was wanted is there."""
    order, graph, destination = _prepared(session, arguments)
    computing = f"{arguments.device} {arguments.precision}"
    steps = Steps(arguments.steps, graph, session, summary, report, computing) if arguments.steps else None
    with report.listen() as listener:
        outcome = (steps or session).run(order, listener)
    if outcome.status != "done":
        return False
    if destination and graph.document.result:
        kind, path = destination
        save(kind, outcome.value(graph.document.result), path, outcome.graph.document.text())
        if steps:
            steps.saved(order, path)
        report.result(str(path), {"output": str(path)})
    if steps:
        report.say(f"Every step is in {steps.folder}")
    return True


def explain(session: Session, arguments: Arguments, report: Report) -> None:
    """Print the plan; run nothing."""
    order, _, _ = _prepared(session, arguments)
    plan = session.settle(order).plan
    nodes = order.document.nodes
    lines = [f"{step.id:<16} {nodes[step.id].type:<24} {step.action:<9} {step.why}" for step in plan.planned]
    lines += [f"{step.id}: {step.fallback}" for step in plan.planned if step.fallback]
    count = Counter(step.action for step in plan.planned)
    lines.append(f"{count['run']} to run, {count['cached']} cached, {count['unneeded']} not needed.")
    wanted = needs(plan.steps.values(), session.shelf) if session.shelf else []
    fetch = list(dict.fromkeys(file.name for need in wanted for file in need.missing))
    lines += [f"Fetches first: {', '.join(fetch)}."] if fetch else []
    report.result("\n".join(lines), {"steps": [step._asdict() for step in plan.planned], "fetch": fetch})


def _prepared(session: Session, arguments: Arguments) -> tuple[Order, Graph, tuple[Kind, Path] | None]:
    """The order with its folder for effects, the graph, and where the result goes."""
    folder = Path(arguments.output) if arguments.output else arguments.data / "outputs"
    order = order_for(arguments, session.registry, arguments.input, folder)
    graph = session.graph(order)
    destination = _destination(session, arguments, graph)
    return replace(order, outputs=destination[1].parent if destination else folder), graph, destination


def _destination(session: Session, arguments: Arguments, graph: Graph) -> tuple[Kind, Path] | None:
    """The kind of the result and the file it goes to; None where the workflow only writes files of its own."""
    if graph.result is None:
        return None
    kind, photo = result_kind(graph, session.registry.kinds), photo_of(graph)
    path = Path(arguments.output) if arguments.output else arguments.data / "outputs"
    if not arguments.output or path.is_dir() or arguments.output.endswith(("/", "\\")):
        name = Path(named_like(photo, kind, number_of(graph)) if photo else "result.png")
        path = path / f"{name.stem}-{(arguments.run or Path('result')).stem}{name.suffix}"
    check_output(path, photo, kind)
    return kind, path
