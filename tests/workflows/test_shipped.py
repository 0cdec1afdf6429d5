"""Every shipped workflow runs, and the sample comes out better than it went in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import nodes
from graph.check import check
from graph.document import parse
from graph.places import Places
from graph.registry import Registry
from server import main
from tests.nodes.models.tiny_shelf import SETTINGS

WORKFLOWS = Path(__file__).resolve().parents[2] / "workflows"
SHIPPED = sorted(WORKFLOWS.glob("*.json"))

shipped = pytest.mark.parametrize("path", SHIPPED, ids=[path.stem for path in SHIPPED])


@shipped
def test_it_is_right_and_names_its_public_parts(path: Path):
    graph = check(parse(path.read_bytes()), Registry.collect(nodes), Places((WORKFLOWS,)))
    assert graph.document.title
    assert graph.document.input
    assert graph.result
    assert graph.document.controls


@shipped
def test_it_is_saved_as_the_program_saves(path: Path):
    """Reading and saving changes nothing but white space."""
    assert parse(path.read_bytes()).as_json() == json.loads(path.read_bytes())


@shipped
def test_it_runs_on_the_sample(path: Path, tmp_path: Path, tiny_weights: Path):
    """With small random networks, where it needs any."""
    places = ["--data", str(tmp_path / "data"), "--cache-dir", str(tmp_path / "cache"), "--quiet"]
    places += ["--weights-dir", str(tiny_weights), "--precision", "full"]
    nodes = json.loads(path.read_bytes())["nodes"].items()
    chosen = [(f"{id}.{name}", value) for id, box in nodes for name, value in SETTINGS.get(box["type"], {}).items()]
    changes = [part for place, value in chosen for part in ("--set", f"{place}={value}")]
    assert main(["--run", str(path), "--output", str(tmp_path / "out.jpg"), *places, *changes]) == 0
    assert (tmp_path / "out.jpg").stat().st_size > 10_000
