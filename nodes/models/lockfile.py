"""weights.lock.json: the sha256 of files for which nobody has published one, as their first download had it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from filelock import FileLock

NAME = "weights.lock.json"


def recorded(folder: Path, file: str) -> str:
    """The sha256 that the first download into this folder had; empty where there was none."""
    entry = _read(folder).get(file)
    sha256 = entry.get("sha256") if isinstance(entry, dict) else None
    return sha256 if isinstance(sha256, str) else ""


def record(folder: Path, file: str, sha256: str, url: str) -> None:
    """Write down what a first download had. Other processes may do the same for other files."""
    with FileLock(folder / f".{NAME}.lock"):
        files = {**_read(folder), file: {"sha256": sha256, "url": url}}
        part = folder / f".{os.getpid()}-{NAME}"
        part.write_text(json.dumps(files, indent=2, sort_keys=True) + "\n", encoding="utf-8")
        part.replace(folder / NAME)


def _read(folder: Path) -> dict[str, Any]:
    """What is written; nothing where the file is not there or damaged: then the next download counts as the first."""
    try:
        found = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
