"""What a written file may be called, and what it may never replace."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from graph.errors import StepError

LONGEST_NAME = 200
"""Bytes; most file systems take 255, and the temporary name and the suffix need some."""

FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Names that Windows keeps for devices, whatever their suffix."""


def file_name(name: str, stem: str, suffix: str) -> str:
    """The name with the photo's filled in. StepError for one that would leave the folder or fails on some system."""
    found = name.replace("{photo}", stem).strip()
    found = found[: -len(suffix)] if found.lower().endswith(suffix) else found
    if not found:
        raise StepError("The file to save has no name.", "Write one, such as {photo}-restored.")
    if wrong := FORBIDDEN.search(found):
        remedy = "Leave it out; results are always saved in the results folder."
        raise StepError(f"A file's name cannot hold {wrong.group()!r}: {found!r}.", remedy)
    if RESERVED.fullmatch(found) or found.startswith(".") or found.endswith("."):
        raise StepError(f"A file cannot be called {found!r} on every computer.", "Choose another name.")
    if len(found.encode()) > LONGEST_NAME:
        raise StepError(f"The name {found[:40]!r}… is too long.", "Choose a shorter one.")
    return found + suffix


def spare_original(path: Path, sha256: str | None) -> None:
    """StepError if the file is the very photo that was loaded."""
    if sha256 is None or not path.is_file():
        return
    with path.open("rb") as file:
        same = hashlib.file_digest(file, "sha256").hexdigest() == sha256
    if same:
        raise StepError(f"{path.name} is the photo that was loaded; it is not written over.", "Choose another name.")
