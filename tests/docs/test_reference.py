"""docs/nodes.md says what the nodes say, and docs/models.md what the catalogue of model files says."""

from __future__ import annotations

import runpy
from pathlib import Path
from types import SimpleNamespace

import pytest

import nodes
from graph.errors import Problem, WorkflowError
from graph.registry import Registry
from nodes.models.catalog import catalog

DOCS = Path(__file__).parents[2] / "docs"
REGISTRY = Registry.collect(nodes)
SPECS = sorted(REGISTRY.values(), key=lambda spec: spec.id)


@pytest.fixture(scope="module")
def maker() -> SimpleNamespace:
    return SimpleNamespace(**runpy.run_path(str(DOCS / "make_reference.py")))


@pytest.fixture(scope="module")
def page(maker: SimpleNamespace) -> str:
    return maker.reference(REGISTRY)


def section(page: str, title: str) -> str:
    return page.split(f"\n### {title}\n")[1].split("\n## ", maxsplit=1)[0].split("\n### ", maxsplit=1)[0]


def test_the_page_is_fresh(maker: SimpleNamespace):
    assert maker.main(["--check"]) == 0, "Run: python docs/make_reference.py"


def test_a_stale_or_missing_page_is_told(maker: SimpleNamespace, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    folder = ["--output", str(tmp_path)]
    assert maker.main(["--check", *folder]) == 1
    assert "make_reference.py" in capsys.readouterr().err
    assert maker.main(folder) == 0
    assert maker.main(["--check", *folder]) == 0
    for page in (tmp_path / "nodes.md", tmp_path / "models.md"):
        text = page.read_text(encoding="utf-8")
        page.write_text(text + "more", encoding="utf-8")
        assert maker.main(["--check", *folder]) == 1
        assert page.read_text(encoding="utf-8").endswith("more")
        page.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("spec", SPECS, ids=[spec.id for spec in SPECS])
def test_each_node_is_there_with_all_it_has(page: str, spec):
    text = section(page, spec.title)
    assert f"`{spec.id}`" in text
    assert spec.summary in text
    assert spec.help in text
    for name in (*spec.sockets, *spec.settings, *spec.outputs):
        assert f"\n| `{name}` |" in text
    for setting in spec.settings.values():
        assert setting.control.help in text


def test_ranges_choices_and_defaults_are_written_as_a_workflow_has_them(page: str):
    levels, blur, save = (section(page, title) for title in ("Levels", "Blur", "Save Photo"))
    assert "| `auto` | `true` | `true`, `false` |" in levels
    assert "| `gamma` | 1 | 0.2 to 5 |" in levels
    assert "| `radius` | 4 | 0 to 300 px |" in blur
    assert "| `mask` | mask, optional |" in blur
    assert "`jpeg`" in save
    assert "It writes files." in save


def test_models_are_listed_with_what_a_user_must_know(maker: SimpleNamespace):
    page = maker.models(catalog())
    for entry in catalog().values():
        (row,) = [line for line in page.splitlines() if line.startswith(f"| `{entry.name}` |")]
        assert entry.licence in row
        assert ("**no**" in row) is not entry.commercial


def test_every_link_leads_somewhere(page: str):
    targets = {part.split(")")[0] for part in page.split("](#")[1:]}
    named = {part.split('"')[0] for part in page.split('<a id="')[1:]}
    headings = {line.removeprefix("## ") for line in page.splitlines() if line.startswith("## ")}
    assert targets == named | headings


def test_every_table_is_even(page: str):
    for table in page.split("\n\n"):
        rows = [line.replace("\\|", "").count("|") for line in table.splitlines() if line.startswith("|")]
        assert len(set(rows)) <= 1, table


def test_a_refused_node_is_not_left_out_in_silence(maker: SimpleNamespace):
    refused = Registry(REGISTRY.kinds, REGISTRY.values(), [Problem("has no docstring.", node="tone/new")])
    with pytest.raises(WorkflowError, match="tone/new"):
        maker.reference(refused)
