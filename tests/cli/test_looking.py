"""`--nodes`, `--check`, `--explain`, `--add-nodes`, and wrong arguments."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cli.conftest import Heirloom, workflow_json, write_workflow

MIRROR = '''
from nodes.kinds.image import Image
from graph.spec import node
import numpy as np

@node(title="Mirror")
def mirror(image: Image) -> Image:
    """Swap left and right."""
    return image.like(np.ascontiguousarray(image.pixels[:, ::-1]))
'''


def test_nodes_lists_all(heirloom: Heirloom):
    answer = heirloom("--nodes")
    assert answer.code == 0
    assert answer.err == ""
    assert "repair/find_scratches" in answer.out


def test_nodes_shows_the_help_of_one(heirloom: Heirloom):
    answer = heirloom("--nodes", "upscale/resize")
    assert "lanczos | " in answer.out


def test_nodes_suggests_the_nearest(heirloom: Heirloom):
    answer = heirloom("--nodes", "upscale/resise")
    assert answer.code == 2
    assert "Did you mean 'upscale/resize'?" in answer.err


def test_nodes_as_json(heirloom: Heirloom):
    catalogue = heirloom("--nodes", "--json").json[0]["nodes"]
    resize = next(entry for entry in catalogue if entry["id"] == "upscale/resize")
    assert resize["inputs"] == {"image": {"kind": "image", "optional": False}}
    assert resize["settings"]["factor"]["schema"]["type"] == "number"


def test_check_says_what_is_right(heirloom: Heirloom, workflow: Path, photo: Path, tmp_path: Path):
    right = workflow_json()
    right["nodes"]["photo"]["settings"] = {"photo": photo.name}
    assert "is right: 3 nodes" in heirloom("--check", write_workflow(tmp_path / "right.json", right)).out
    answer = heirloom("--check", workflow)
    assert answer.code == 2
    assert "names no photo" in answer.err


def test_check_as_json_names_node_and_port(heirloom: Heirloom, tmp_path: Path):
    wrong = workflow_json()
    wrong["nodes"]["soft"]["inputs"] = {"imag": ["photo", "image"]}
    answer = heirloom("--check", write_workflow(tmp_path / "wrong.json", wrong), "--json")
    assert {"node": "soft", "port": "imag"}.items() <= answer.json[0]["problems"][0].items()


def test_explain_says_why(heirloom: Heirloom, workflow: Path, photo: Path):
    def why(*more: str) -> list[str]:
        answer = heirloom("--run", workflow, "--input", photo, "--explain", *more, "--json")
        return [f"{step['id']}: {step['why']}" for step in answer.json[0]["steps"]]

    assert why() == ["photo: new", "soft: new", "grow: new"]
    heirloom("--run", workflow, "--input", photo)
    assert why("--set", "soft.radius=3")[1:] == ["soft: setting radius changed", "grow: upstream changed"]
    assert why("--force", "soft")[1:] == ["soft: forced", "grow: upstream forced"]


def test_explain_runs_nothing(heirloom: Heirloom, workflow: Path, photo: Path, tmp_path: Path):
    heirloom("--run", workflow, "--input", photo, "--explain")
    assert not (tmp_path / "data" / "outputs").exists()


def test_own_nodes_are_added(heirloom: Heirloom, tmp_path: Path, photo: Path):
    own = tmp_path / "own" / "geometry"
    own.mkdir(parents=True)
    (own / "mirror.py").write_text(MIRROR, encoding="utf-8")
    (own / "broken.py").write_text("import nothing_of_that_name", encoding="utf-8")
    mirrored = workflow_json(result=["mirror", "image"])
    mirrored["nodes"]["mirror"] = {"type": "geometry/mirror", "inputs": {"image": ["photo", "image"]}}
    path = write_workflow(tmp_path / "mirror.json", mirrored)
    answer = heirloom("--run", path, "--input", photo, "--add-nodes", tmp_path / "own")
    assert answer.code == 0
    assert "geometry/broken" in answer.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--rnu", "x"], "Did you mean '--run'?"),
        (["--run", "missing.json"], "cannot be read"),
        (["--cache-size", "much", "--clear-cache"], "20GB"),
        (["--input", "photo.jpg"], "--run FILE"),
        (["--check", "."], "cannot be read"),
        (["--nodes", "--add-nodes", "missing"], "no folder"),
    ],
)
def test_wrong_arguments(heirloom: Heirloom, arguments: list[str], message: str):
    answer = heirloom(*arguments)
    assert answer.code == 2
    assert message in answer.err


def test_the_cache_folder_may_be_unusable(heirloom: Heirloom, workflow: Path, photo: Path, tmp_path: Path):
    (tmp_path / "cache").write_text("a file where the folder should be")
    answer = heirloom("--run", workflow, "--input", photo)
    assert answer.code == 0
    assert "not kept on disk" in answer.err


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary() | json_values.map(lambda value: json.dumps(value).encode()))
def test_no_file_makes_a_traceback(heirloom: Heirloom, tmp_path: Path, content: bytes):
    path = tmp_path / "any.json"
    path.write_bytes(content)
    answer = heirloom("--run", path)
    assert answer.code == 2
    assert answer.err
    assert "Traceback" not in answer.err


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_changed_workflow_makes_a_traceback(heirloom: Heirloom, tmp_path: Path, data: st.DataObject):
    changed = workflow_json()
    box = changed["nodes"][data.draw(st.sampled_from(["photo", "soft", "grow"]))]
    box[data.draw(st.sampled_from(["type", "inputs", "settings", "bypass"]))] = data.draw(json_values)
    answer = heirloom("--check", write_workflow(tmp_path / "changed.json", changed))
    assert answer.code in {0, 2}
    assert "Traceback" not in answer.err
