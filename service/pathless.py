"""Sentences for clients: they may name a file, never the folders of this machine."""

from __future__ import annotations

import re
import tempfile
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path

from graph.errors import Problem

PART = r"""[^\s'":;,<>|*?\\/]+(?:[ ][^\s'":;,<>|*?\\/]+)*[\\/]+"""
"""A folder and the stroke after it; blanks stand only inside of a name."""


def pathless(text: str) -> str:
    """The text with the folders of every absolute path taken out; the file's name stays."""
    return _paths().sub("", text) if "/" in text or "\\" in text else text


def without_paths(problem: Problem) -> Problem:
    """The engine speaks to whoever sits at this machine; this may go to somebody who may not know its folders."""
    return replace(problem, message=pathless(problem.message), remedy=pathless(problem.remedy))


@cache
def _paths() -> re.Pattern[str]:
    own = "|".join(re.escape(folder) + r"[\\/]+" for folder in _own())
    roots = r"[A-Za-z]:[\\/]+|\\\\|/"
    # Not inside of a word, an address or a relative path.
    return re.compile(rf"(?<![\w:/\\.…])(?:(?:{own})(?:{PART})*|(?:{roots})(?:{PART})+)")


def _own() -> list[str]:
    """Folders that may have strange characters in their names, the longest first."""
    found = [tempfile.gettempdir()]
    for folder in (Path.cwd, Path.home):
        with suppress(OSError, RuntimeError):  # a folder that was deleted, a user without a home
            found.append(str(folder()))
    return sorted((folder for folder in found if len(Path(folder).parts) > 1), key=len, reverse=True)
