"""Finding nodes: in a package, and in a person's own folder."""

from __future__ import annotations

import importlib
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from graph.errors import WorkflowError
from graph.registry import Registry
from graph.session import Session
from tests.graph import toys
from tests.graph.toys import Box, Value, carry_out

HEAD = "from typing import Annotated\nfrom graph.controls import Slider\nfrom graph.spec import node\n"
DOUBLE = """
from tests.graph.toys import Value

@node(title="Double")
def double(value: Value, *, by: Annotated[float, Slider(0, 9)] = 2.0) -> Value:
    \"\"\"Double a number.\"\"\"
    return Value(value.number * by)
"""
BROKEN = """
@node(title="Broken")
def broken(value) -> None:
    pass
"""

Write = Callable[[str, str], Path]


def writer(folder: Path) -> Write:
    def write(name: str, code: str) -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(HEAD + textwrap.dedent(code), encoding="utf-8")
        return path

    return write


@pytest.fixture
def added(tmp_path: Path) -> Iterator[Write]:
    """Writes into a folder of added nodes, and forgets its modules afterwards."""
    (tmp_path / "mine").mkdir()
    yield writer(tmp_path / "mine")
    for name in [name for name in sys.modules if name.startswith("heirloom_added")]:
        del sys.modules[name]


class TestPackage:
    @pytest.fixture
    def package(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
        write = writer(tmp_path / "toybox")
        kind = "from graph.kinds import Kind\nfrom tests.graph.toy_kinds import Value, ValueCodec\n"
        for name in ("__init__.py", "math/__init__.py", "kinds/__init__.py"):
            write(name, "")
        write("kinds/value.py", kind + 'KIND = Kind("value", Value, ValueCodec())\n')
        write("math/double.py", DOUBLE)
        write("math/broken.py", BROKEN)
        write("math/helper.py", "from toybox.math.double import double\n")
        write("math/both.py", DOUBLE + DOUBLE.replace("def double", "def twice"))
        monkeypatch.syspath_prepend(tmp_path)
        yield importlib.import_module("toybox")
        for name in [name for name in sys.modules if name.partition(".")[0] == "toybox"]:
            del sys.modules[name]

    def test_good_nodes_start_and_bad_ones_become_problems(self, package: ModuleType) -> None:
        registry = Registry.collect(package)
        assert list(registry) == ["math/double"]
        assert [kind.name for kind in registry.kinds] == ["value"]
        found = {(problem.node, problem.port) for problem in registry.problems}
        assert found == {("math/both", None), ("math/broken", None), ("math/broken", "value")}

    def test_shipped_nodes_count_by_version_not_by_source(self, package: ModuleType) -> None:
        assert Registry.collect(package)["math/double"].source == ""


class TestFolder:
    def registry(self, tmp_path: Path) -> Registry:
        return toys.registry().with_folder(tmp_path / "mine")

    def test_ids_are_paths(self, added: Write, tmp_path: Path) -> None:
        added("double.py", DOUBLE)
        added("math/fast/double.py", DOUBLE)
        registry = self.registry(tmp_path)
        assert {"added/double", "math/fast/double", "toy/add"} <= set(registry)
        assert registry.problems == ()

    def test_an_added_node_runs(self, added: Write, tmp_path: Path, memory_session: Session) -> None:
        added("double.py", DOUBLE)
        session = Session(self.registry(tmp_path), memory_session.cache)
        node = Box("added/double", {"value": ("a", "value")}, {"by": 3})
        outcome, _ = carry_out(session, toys.flow("d", a=toys.box("number", value=2), d=node))
        assert outcome.value(("d", "value")) == Value(6)

    def test_a_changed_source_is_an_updated_node(self, added: Write, tmp_path: Path, memory_session: Session) -> None:
        document = toys.flow("d", a=toys.box("number"), d=Box("added/double", {"value": ("a", "value")}))
        added("double.py", DOUBLE)
        carry_out(Session(self.registry(tmp_path), memory_session.cache), document, name="it")
        added("double.py", DOUBLE + "\n# a comment counts\n")
        changed = Session(self.registry(tmp_path), memory_session.cache)
        assert carry_out(changed, document, name="it")[1].why == {"d": "node was updated"}

    def test_an_added_node_wins_over_a_shipped_one(self, added: Write, tmp_path: Path) -> None:
        added("toy/add.py", DOUBLE)
        assert self.registry(tmp_path)["toy/add"].title == "Double"

    @pytest.mark.parametrize(
        ("code", "message"),
        [
            ("import no_such_module", "ModuleNotFoundError"),
            ("def (", "SyntaxError"),
            ("raise SystemExit(3)", "SystemExit: 3"),
            ("1 / 0", "ZeroDivisionError"),
            ("x = '\\0'; raise ValueError(x)", "ValueError"),
        ],
    )
    def test_what_cannot_be_imported_is_a_problem_and_the_others_start(
        self, added: Write, tmp_path: Path, code: str, message: str
    ) -> None:
        path = added("bad.py", code)
        added("good.py", DOUBLE)
        registry = self.registry(tmp_path)
        (problem,) = registry.problems
        assert (problem.node, problem.remedy) == ("added/bad", f"Mend {path}.")
        assert message in problem.message
        assert "added/good" in registry
        assert "heirloom_added.added.bad" not in sys.modules

    def test_a_bad_declaration_is_a_problem(self, added: Write, tmp_path: Path) -> None:
        added("broken.py", BROKEN)
        assert [problem.node for problem in self.registry(tmp_path).problems] == ["added/broken"] * 2

    @pytest.mark.parametrize("name", ["_private.py", "test_it.py", "__init__.py", "notes.txt"])
    def test_other_files_are_left_alone(self, added: Write, tmp_path: Path, name: str) -> None:
        added(name, "raise RuntimeError('imported')")
        registry = self.registry(tmp_path)
        assert (set(registry), registry.problems) == (set(toys.registry()), ())

    def test_a_folder_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(WorkflowError, match="There is no folder"):
            toys.registry().with_folder(tmp_path / "nowhere")
