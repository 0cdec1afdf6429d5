"""Every shipped workflow runs, and the sample comes out better than it went in."""

from __future__ import annotations

import json
import shutil
from itertools import combinations
from pathlib import Path

import pytest
from PIL import Image as Pillow

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


@pytest.fixture(scope="module")
def small_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample at half its size, which is a quarter of the work."""
    path = tmp_path_factory.mktemp("sample") / "sample.jpg"
    with Pillow.open(WORKFLOWS / "sample.jpg") as sample:
        sample.reduce(2).save(path, quality=95)
    return path


@shipped
def test_it_is_right_and_names_its_public_parts(path: Path):
    graph = check(parse(path.read_bytes()), Registry.collect(nodes), Places((WORKFLOWS,)))
    assert graph.document.title
    assert graph.document.input
    assert graph.result
    assert graph.document.controls
    assert not graph.lacking, "the sample is where it says"


@shipped
def test_it_speaks_plainly(path: Path):
    """To people who never see a node or a mask."""
    document = parse(path.read_bytes())
    assert document.about.endswith(".")
    assert 0 < len(document.controls) <= 6
    words = " ".join([document.title, document.about, *document.controls]).lower()
    assert not any(word in words for word in ("mask", "node", "threshold", "bypass"))


@shipped
def test_its_boxes_do_not_overlap(path: Path):
    document = parse(path.read_bytes())
    assert document.layout.keys() == document.nodes.keys()
    for (x, y), (other_x, other_y) in combinations(document.layout.values(), 2):
        assert abs(x - other_x) >= 320 or abs(y - other_y) >= 400


def test_faces_can_be_left_alone_without_their_network(tmp_path: Path, small_sample: Path, tiny_weights: Path):
    """Switched off, the rebuilding is not even planned, and the photo is enlarged all the same."""
    shutil.copytree(tiny_weights, tmp_path / "weights", ignore=shutil.ignore_patterns("GFPGAN*"))
    places = ["--data", str(tmp_path / "data"), "--cache-dir", str(tmp_path / "cache"), "--quiet"]
    order = ["--run", str(WORKFLOWS / "faces.json"), "--input", str(small_sample)]
    order += ["--output", str(tmp_path / "out.png"), *places]
    order += ["--weights-dir", str(tmp_path / "weights"), "--set", "faces to spare.model=cascade"]
    assert main([*order, "--set", "Rebuild faces=false"]) == 0
    with Pillow.open(tmp_path / "out.png") as enlarged, Pillow.open(small_sample) as sample:
        assert enlarged.size == (2 * sample.width, 2 * sample.height)


@shipped
def test_it_is_saved_as_the_program_saves(path: Path):
    """Reading and saving changes nothing but white space."""
    assert parse(path.read_bytes()).as_json() == json.loads(path.read_bytes())


@shipped
def test_it_runs_on_the_sample(path: Path, tmp_path: Path, small_sample: Path, tiny_weights: Path):
    """With small random networks, where it needs any."""
    places = ["--data", str(tmp_path / "data"), "--cache-dir", str(tmp_path / "cache"), "--quiet"]
    places += ["--weights-dir", str(tiny_weights), "--precision", "full"]
    nodes = json.loads(path.read_bytes())["nodes"].items()
    chosen = [(f"{id}.{name}", value) for id, box in nodes for name, value in SETTINGS.get(box["type"], {}).items()]
    changes = [part for place, value in chosen for part in ("--set", f"{place}={value}")]
    order = ["--run", str(path), "--input", str(small_sample), "--output", str(tmp_path / "out.jpg")]
    assert main([*order, *places, *changes]) == 0
    assert (tmp_path / "out.jpg").stat().st_size > 10_000
