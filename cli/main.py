"""Does what the command line asks for, and turns every error into a sentence and an exit code."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cli.arguments import Arguments, parse
from cli.catalogue import show_nodes
from cli.checking import check_file
from cli.convert import Convert, convert_checkpoint
from cli.folder import run_folder
from cli.opening import open_session
from cli.report import Report
from cli.single import explain, run_single
from cli.steps import Summary
from cli.weights import Announcing, fetch_weights, show_weights
from graph.context import Lender
from graph.errors import HeirloomError, Problem, WorkflowError
from graph.registry import Registry
from graph.session import Session
from graph.shelf import Stock

DONE, FAILED, WRONG, INTERRUPTED = 0, 1, 2, 130
"""Exit codes: all done; a step or a photo failed; the workflow or an argument is wrong; Ctrl-C."""


@dataclass(frozen=True)
class Models:
    """The model files, and what lends them loaded."""

    stock: Stock
    lender: Lender


@dataclass(frozen=True)
class Parts:
    """What the command line is given, because it may not know pictures and networks itself."""

    registry: Callable[[], Registry]
    allocator: Callable[[Path], Callable[[tuple[int, ...]], Any]]
    summary: Callable[[Callable[[tuple[int, ...]], Any] | None], Summary]
    models: Callable[[Arguments], Models]
    convert: Convert
    serve: Callable[[Arguments, Session, Models, Report], int]
    """Serves a session until it is asked to stop, and returns the exit code."""


def run(argv: Sequence[str], parts: Parts) -> int:
    """Do what is asked. Returns the exit code; never a traceback for what a user can get wrong."""
    report = Report(json="--json" in argv, quiet="--quiet" in argv)
    try:
        return _do(parse(argv), parts, report)
    except WorkflowError as error:
        report.problems(error.problems)
        return WRONG
    except HeirloomError as error:
        report.error(str(error))
        return FAILED
    except KeyboardInterrupt:
        report.error("Cancelled. What was finished is kept.")
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has seen enough. Python would complain once more while closing it.
        sys.stdout = None
        return DONE


def _do(arguments: Arguments, parts: Parts, report: Report) -> int:
    registry = parts.registry()
    for folder in arguments.add_nodes:
        registry = registry.with_folder(folder)
    report.refused(registry.problems)
    if arguments.nodes is not None:
        show_nodes(registry, arguments.nodes, lambda: parts.models(arguments).stock, report)
        return DONE
    if absent := [folder for folder in arguments.weights_dir if not folder.is_dir()]:
        remedy = "Check --weights-dir, or make the folder."
        raise WorkflowError([Problem(f"There is no folder {folder} of model files.", remedy) for folder in absent])
    models = parts.models(arguments)
    if arguments.weights:
        show_weights(models.stock, report)
        return DONE
    if arguments.fetch:
        photos = arguments.data / "photos"
        return DONE if fetch_weights(arguments.fetch, models.stock, registry, photos, report) else FAILED
    if arguments.convert:
        convert_checkpoint(arguments.convert, parts.convert, models.stock, report)
        return DONE
    if arguments.check:
        check_file(arguments.check, registry, models.stock, arguments, report)
        return DONE
    return _run(arguments, parts, registry, models, report)


def _run(arguments: Arguments, parts: Parts, registry: Registry, models: Models, report: Report) -> int:
    if not arguments.run and (useless := _of_runs(arguments)):
        problem = Problem(f"{useless} belongs to a run.", "Name a workflow with --run FILE, or see --help.")
        raise WorkflowError([problem])
    shelf = Announcing(models.stock, report)
    with open_session(arguments, registry, parts.allocator, shelf, models.lender, report) as session:
        if arguments.clear_cache:
            session.cache.clear()
            report.say("The cache is empty.")
        if not arguments.run:
            return DONE if arguments.clear_cache else parts.serve(arguments, session, models, report)
        if arguments.explain:
            explain(session, arguments, report)
            return DONE
        summary = parts.summary(session.allocate)
        if arguments.input and arguments.input.is_dir():
            return DONE if run_folder(session, arguments, report, summary) else FAILED
        return DONE if run_single(session, arguments, report, summary) else FAILED


def _of_runs(arguments: Arguments) -> str:
    """An option that was given though it says something of a run alone; a server is not what was meant."""
    given = {
        "--input": arguments.input, "--output": arguments.output, "--set": arguments.set, "--steps": arguments.steps,
        "--explain": arguments.explain, "--force": arguments.force, "--no-download": arguments.no_download,
    }  # fmt: skip
    return next((option for option, value in given.items() if value), "")
