"""What model files exist: weights/catalog.toml, read and checked."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from graph.errors import Problem, WorkflowError, nearest

SHIPPED = Path(__file__).parents[2] / "weights"
"""The folder of the catalogue, of the small networks made here, and of downloads."""

SUFFIXES = (".pth", ".pt", ".ckpt", ".safetensors", ".onnx")
"""What the files of models are called."""

ALSO: Mapping[str, tuple[str, ...]] = {"diffusion": ("diffusion-inpaint",)}
"""What a model for one task does besides: one that draws from words fills holes, too."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One model file, as the catalogue describes it."""

    name: str
    """What workflows call it, such as realesrgan-x4plus."""
    title: str
    task: str
    """What it is for: the task of the `Weights` controls that offer it."""
    file: str
    """Its name in a folder of model files. One with a slash is a part of a model that is a folder itself."""
    urls: tuple[str, ...]
    """Where it can be had, the first place first; none for a file that is part of Heirloom."""
    bytes: int | None
    """The size, where it is known exactly."""
    sha256: str
    """In hexadecimal; empty where nobody has published it, then the first download decides."""
    licence: str
    commercial: bool
    """Whether the licence allows using it for money."""
    about: str = ""
    needs: tuple[str, ...] = ()
    """Names of files that it does not work without."""

    @property
    def tasks(self) -> tuple[str, ...]:
        """All that it is for, the main thing first."""
        return (self.task, *ALSO.get(self.task, ()))

    @property
    def folder(self) -> str:
        """The folder of the model that it is a part of; empty for a file that is a whole model."""
        return self.file.partition("/")[0] if "/" in self.file else ""

    @property
    def absent(self) -> Problem:
        """What to say where its file is not there."""
        what = f"The model file {self.name} is not there"
        if self.urls:
            return Problem(f"{what}.", f"Fetch it: python server.py --fetch {self.name}")
        remedy = f"It is part of Heirloom: take weights/{self.file} from there, or: git checkout weights/{self.file}"
        return Problem(f"{what}, and cannot be fetched.", remedy)


class Catalog(Mapping[str, Entry]):
    """The entries by name."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self._entries = dict(entries)

    def __getitem__(self, name: str) -> Entry:
        return self._entries[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def of(self, task: str) -> list[Entry]:
        """The entries for one task, in the order of the file: the one to try first stands first.

        Those that are for another task in the first place stand last.
        """
        return sorted((entry for entry in self.values() if task in entry.tasks), key=lambda entry: entry.task != task)

    def parts_of(self, folder: str) -> list[Entry]:
        """The entries that are files of that folder."""
        return [entry for entry in self.values() if entry.folder == folder]

    def with_needs(self, name: str) -> list[Entry]:
        """The entry of that name and all that it needs, itself first; nothing for a name that is not here."""
        found: dict[str, Entry] = {}
        waiting = [name]
        while waiting:
            entry = self.get(waiting.pop(0))
            if entry and entry.name not in found:
                found[entry.name] = entry
                waiting += entry.needs
        return list(found.values())


@lru_cache(maxsize=4)
def catalog(path: Path = SHIPPED / "catalog.toml") -> Catalog:
    """The catalogue in a TOML file: a table per entry, its name as the header.

    WorkflowError with everything that is wrong with the file.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WorkflowError([Problem(f"The catalogue {path} cannot be read: {error}.", "Restore the file.")]) from error
    problems = [problem for name, table in tables.items() for problem in _check(name, table)]
    problems = problems or [*_check_files(tables), *_check_needs(tables)]
    if problems:
        raise WorkflowError([Problem(text, f"Mend {path}.", name) for name, text in problems])
    return Catalog({name: _entry(name, table) for name, table in tables.items()})


def _entry(name: str, table: Mapping[str, Any]) -> Entry:
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    return Entry(name=name, **{"bytes": None, "sha256": "", **values})


_Rule = Callable[[Any], bool]
_Found = Iterator[tuple[str, str]]


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_list(value: Any, rule: _Rule) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) and rule(item) for item in value)


def _is_file(value: Any) -> bool:
    return (
        _is_text(value)
        and bool(re.fullmatch(r"(\w[\w.+-]*/){0,2}\w[\w.+-]*", value))
        and Path(value).suffix in SUFFIXES
    )


def _is_url(value: str) -> bool:
    return bool(re.fullmatch(r"https?://\S+", value))


RULES: dict[str, tuple[str, _Rule]] = {
    "title": ("a text", _is_text),
    "task": ("a task such as upscale", lambda value: _is_text(value) and bool(re.fullmatch(r"[a-z-]+", value))),
    "file": (f"a file name that ends in {', '.join(SUFFIXES)}, in a folder of its own or not", _is_file),
    "urls": ("a list of web addresses", lambda value: _is_list(value, _is_url)),
    "bytes": ("a number of bytes", lambda value: type(value) is int and value > 0),
    "sha256": ("64 hexadecimal digits", lambda value: _is_text(value) and bool(re.fullmatch(r"[0-9a-f]{64}", value))),
    "licence": ("a text", _is_text),
    "commercial": ("true or false", lambda value: isinstance(value, bool)),
    "about": ("a text", _is_text),
    "needs": ("a list of names", lambda value: _is_list(value, _is_text)),
}
"""What each key of a table must hold, in words and as a test."""

OPTIONAL = {"bytes", "sha256", "about", "needs"}


def _check(name: str, table: Any) -> _Found:
    """What is wrong with one table."""
    if not isinstance(table, dict):
        yield name, "is no table. Every key belongs below the [name] of a model."
        return
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]*", name):
        yield name, "is no name: small letters, digits, dots and hyphens only."
    for key in RULES.keys() - table.keys() - OPTIONAL:
        yield name, f"has no {key}."
    for key, value in table.items():
        if key not in RULES:
            yield name, f"has an unknown key {key!r}. {nearest(key, RULES)}"
        elif not RULES[key][1](value):
            yield name, f"has the {key} {value!r}; it must be {RULES[key][0]}."


def _check_files(tables: Mapping[str, Any]) -> _Found:
    """Two entries for one file: a file that lies in a folder could not be told apart."""
    owners: dict[str, str] = {}
    for name, table in tables.items():
        # Some systems do not tell capitals from small letters.
        if (owner := owners.setdefault(table["file"].lower(), name)) != name:
            yield name, f"has the same file as {owner}: {table['file']}."


def _check_needs(tables: Mapping[str, Any]) -> _Found:
    for name, table in tables.items():
        for needed in table.get("needs", ()):
            if needed not in tables:
                yield name, f"needs {needed!r}, which does not exist. {nearest(needed, tables)}"
