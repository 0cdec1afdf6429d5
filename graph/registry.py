"""Finds the nodes and kinds that exist. There is no global registry: whoever needs one collects it."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import inspect
import pkgutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any

from graph.errors import Problem, WorkflowError
from graph.kinds import Kind, Kinds
from graph.spec import MARK, NodeSpec, read


class Registry(Mapping[str, NodeSpec]):
    """The nodes by id, the kinds, and the Problems of nodes that were refused."""

    def __init__(self, kinds: Kinds, specs: Iterable[NodeSpec] = (), problems: Iterable[Problem] = ()) -> None:
        self.kinds = kinds
        self._specs = {spec.id: spec for spec in specs}
        self.problems = tuple(problems)

    def __getitem__(self, id: str) -> NodeSpec:
        return self._specs[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._specs)

    def __len__(self) -> int:
        return len(self._specs)

    @property
    def specs(self) -> Mapping[str, NodeSpec]:
        """A read-only view."""
        return MappingProxyType(self._specs)

    @classmethod
    def collect(cls, package: ModuleType) -> Registry:
        """Every marked function below a package, under the path of its module; every `KIND` is a kind."""
        modules = [importlib.import_module(info.name) for info in _walk(package)]
        kinds = Kinds(kind for module in modules if isinstance(kind := getattr(module, "KIND", None), Kind))
        specs, problems = _read_all(((m, m.__name__.split(".", 1)[1].replace(".", "/"), "") for m in modules), kinds)
        return cls(kinds, specs, problems)

    def with_folder(self, folder: Path) -> Registry:
        """The same registry with the nodes of a person's own folder added; theirs win over shipped ones."""
        if not folder.is_dir():
            raise WorkflowError([Problem(f"There is no folder {folder} to add nodes from.", "Check --add-nodes.")])
        modules: list[tuple[ModuleType, str, str]] = []
        problems = list(self.problems)
        for path in sorted(folder.rglob("*.py")):
            parts = path.relative_to(folder).with_suffix("").parts
            if parts[-1].startswith("test_") or any(part.startswith(("_", ".")) for part in parts):
                continue
            id = "/".join(parts if len(parts) > 1 else ("added", *parts))
            try:
                modules.append((_load(path, id), id, hashlib.sha256(path.read_bytes()).hexdigest()))
            except (Exception, SystemExit) as error:  # noqa: BLE001 - somebody else's code may fail in any way; the others start
                problems.append(Problem(f"cannot be imported: {type(error).__name__}: {error}", f"Mend {path}.", id))
        specs, refused = _read_all(modules, self.kinds)
        return Registry(self.kinds, {**self._specs, **{spec.id: spec for spec in specs}}.values(), problems + refused)


def _walk(package: ModuleType) -> Iterator[pkgutil.ModuleInfo]:
    found = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    return (info for info in found if not info.ispkg)


def _load(path: Path, id: str) -> ModuleType:
    name = f"heirloom_added.{id.replace('/', '.')}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is no Python module")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module


def _read_all(modules: Iterable[tuple[ModuleType, str, str]], kinds: Kinds) -> tuple[list[NodeSpec], list[Problem]]:
    specs: list[NodeSpec] = []
    problems: list[Problem] = []
    for module, id, source in modules:
        marked = _marked(module)
        if len(marked) > 1:
            problems.append(Problem("holds several nodes.", "Give each node a file of its own.", id))
        elif marked:
            try:
                specs.append(read(marked[0], id, kinds, source))
            except WorkflowError as error:
                problems.extend(error.problems)
    return specs, problems


def _marked(module: ModuleType) -> list[Callable[..., Any]]:
    functions = inspect.getmembers(module, inspect.isfunction)
    return [function for _, function in functions if hasattr(function, MARK) and function.__module__ == module.__name__]
