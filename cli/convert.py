"""`--convert`: a checkpoint in one file becomes a folder of its parts, and a choice in the nodes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import monotonic

from cli.report import Report
from graph.errors import Problem, WorkflowError
from graph.events import StepDone, StepProgress, StepStarted
from graph.shelf import Stock

Convert = Callable[[Path, Path, Callable[[str, float], None]], Path]
"""Makes a folder of a file, below another one, and tells how far each part is. See nodes.models.diffusion.convert."""


def convert_checkpoint(file: Path, convert: Convert, stock: Stock, report: Report) -> None:
    """Convert, with a line for each part. WorkflowError for a file that will not do; StepError for what goes wrong."""
    if not file.is_file():
        raise WorkflowError([Problem(f"There is no file {file}.", "Check --convert.")])
    if file.stem in stock.catalog:
        problem = Problem(f"{file.stem} is the name of a model in the catalogue.", "Give the file another name.")
        raise WorkflowError([problem])
    with report.listen() as listener:
        since = monotonic()

        def told(part: str, fraction: float) -> None:
            nonlocal since
            if fraction == 0:
                since = monotonic()
                listener(StepStarted("", part))
            elif fraction < 1:
                listener(StepProgress("", part, fraction))
            else:
                listener(StepDone("", part, monotonic() - since, ("written",), stored=True))

        folder = convert(file, stock.downloads, told)
    text = f"{folder} can be chosen as {folder.name} now. {file} is no longer needed."
    report.result(text, {"name": folder.name, "path": str(folder)})
