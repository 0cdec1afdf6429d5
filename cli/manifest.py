"""manifest.csv: what was done to each photo. It is also how an interrupted night goes on.

Where a workflow takes several prints from a scan, each has a row, and a last one, with the status `end`, says how many
there are.
"""

from __future__ import annotations

import csv
import json
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from graph.keys import sha256_of

PACKAGES = ("heirloom", "numpy", "scipy", "opencv-python", "pillow", "imagecodecs", "torch", "onnxruntime")
"""What decides about pixels, and so belongs to the record."""

KEPT = ("done", "end")
"""Of what is known for good: a later night need not find it out again."""


@dataclass(frozen=True)
class Row:
    """One photo's record, or that of one print on it."""

    time: str
    status: str
    input: str
    sha256_in: str
    output: str
    sha256_out: str
    workflow: str
    key: str
    """Of the result: it covers the photo, every setting and every node's version."""
    seconds: str
    steps: str
    versions: str
    message: str


class Manifest:
    """A CSV file that only grows. A line cut off by a crash is passed over."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._rows = {(row.input, row.key): row for row in self._read() if row.status in KEPT}

    def _read(self) -> list[Row]:
        if not self.path.exists():
            return []
        names = {field.name for field in fields(Row)}
        with self.path.open(newline="", encoding="utf-8", errors="replace") as file:
            rows = [row for row in csv.DictReader(file) if row.keys() == names and None not in row.values()]
        return [Row(**row) for row in rows]

    def done(self, photo: Path, key: str, output: Path) -> bool:
        """Whether a record says that this result of this photo stands unchanged at `output`."""
        row = self._rows.get((str(photo), key))
        return bool(row and row.output and output.is_file() and sha256_of(output) == row.sha256_out)

    def ended(self, photo: str, key: str) -> bool:
        """Whether a record says that the photo holds nothing more."""
        row = self._rows.get((photo, key))
        return bool(row and row.status == "end")

    def add(self, row: Row) -> None:
        """Append a record; it is on its way to the disk before the next photo begins."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        torn = self.path.exists() and not self.path.read_bytes().endswith(b"\n")
        with self.path.open("a", newline="", encoding="utf-8") as file:
            if torn:
                file.write("\r\n")
            writer = csv.DictWriter(file, [field.name for field in fields(Row)])
            if not file.tell():
                writer.writeheader()
            writer.writerow(asdict(row))
        if row.status in KEPT:
            self._rows[row.input, row.key] = row


def now() -> str:
    """The time of a record, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def versions() -> str:
    """The versions of all that decides about pixels, as JSON."""
    found: dict[str, str] = {"python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return json.dumps(found)


def step_list(steps: Mapping[str, str]) -> str:
    """Steps by id and what each did, as JSON."""
    return json.dumps(steps, ensure_ascii=False)
