"""What README.md and CONTRIBUTING.md show works as it stands there."""

from __future__ import annotations

import contextlib
import io
import json
import re
import shlex
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

import nodes
import server
from cli.arguments import parse as parse_arguments
from graph.check import check
from graph.document import parse
from graph.places import Places
from graph.registry import Registry
from nodes.kinds.image_codec import KIND as IMAGE

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
REGISTRY = Registry.collect(nodes)

NODE_PRELUDE = """
from __future__ import annotations
from typing import Annotated
from graph.context import Context
from graph.controls import Pixels, Slider
from graph.spec import node
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
"""
"""What the README leaves out of its shortened example."""


def blocks(text: str, language: str) -> list[str]:
    """The fenced blocks of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


def commands(text: str, program: str) -> list[str]:
    """The indented lines that start a program; without their remark, and none that only shows a pattern."""
    lines = re.findall(rf"^ {{4}}({re.escape(program)} .*)$", text, re.MULTILINE)
    return [
        line for line in (re.split(r"\s{2,}|\s#", line)[0] for line in lines) if "[" not in line and "`" not in line
    ]


RUNS = [line for line in commands(README, "python server.py") if "--run" in line]


@pytest.fixture(scope="module")
def options() -> set[str]:
    """All that `--help` names."""
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown), pytest.raises(SystemExit):
        parse_arguments(["--help"])
    return set(re.findall(r"--[a-z][a-z-]+", shown.getvalue()))


def test_every_option_exists(options: set[str]):
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", README)) <= options


def test_every_option_is_explained(options: set[str]):
    table = [line for line in README.splitlines() if line.startswith("| `--")]
    assert options - {"--help", "--run", "--output"} <= set(re.findall(r"--[a-z][a-z-]+", "".join(table)))


def test_there_are_commands_to_try():
    assert len(RUNS) >= 2


@pytest.mark.parametrize("line", RUNS)
def test_a_command_is_understood(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """Workflow, options, settings and controls are all right: it says what it would run."""
    arguments = shlex.split(line)[2:]
    shutil.copytree(ROOT / "workflows", tmp_path / "workflows")
    for name in (text for text in arguments if text.endswith((".jpg", ".png", ".tif"))):
        Pillow.new("RGB", (8, 8), "teal").save(tmp_path / name)
    monkeypatch.chdir(tmp_path)
    code = server.main([*arguments, "--explain", "--data", "data", "--cache-dir", "cache"])
    assert code == 0, capsys.readouterr().err


@pytest.mark.parametrize("target", sorted(set(re.findall(r"^ {4}make (\w+)", README + CONTRIBUTING, re.MULTILINE))))
def test_make_knows_it(target: str):
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_every_file_that_is_named_exists(document: str):
    text = (ROOT / document).read_text(encoding="utf-8")
    linked = re.findall(r"\]\((?!https?:|#)([^)#]+)", text)
    named = re.findall(r"`((?:\w+/)+(?:[\w.-]+\.\w+)?)`|python ([\w/]+\.py)", text)
    paths = {*linked, *(first or second for first, second in named)}
    places = (ROOT, ROOT / "nodes")  # the table of folders names those of nodes/ alone
    assert [path for path in sorted(paths) if not any((place / path).exists() for place in places)] == []


@pytest.mark.parametrize("example", blocks(README, "json"))
def test_a_workflow_is_one(example: str):
    graph = check(parse(example), REGISTRY, Places((ROOT / "workflows",)))
    graph.require(graph.targets())
    assert json.loads(example)["version"] == 1


@pytest.mark.parametrize("example", blocks(README, "python"))
def test_a_node_in_the_readme_is_declared_rightly(example: str, tmp_path: Path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "example.py").write_text(NODE_PRELUDE + example, encoding="utf-8")
    registry = REGISTRY.with_folder(tmp_path)
    assert registry.problems == ()
    assert "mine/example" in registry


def test_the_formats_are_read_and_written():
    both, only_read = ("png", "jpg", "tif", "webp", "bmp"), ("heic", "jp2")
    assert "PNG, JPEG, TIFF, WebP and BMP in and out, HEIC and JPEG 2000 in" in " ".join(README.split())
    assert {f".{name}" for name in both + only_read} <= set(IMAGE.reads)
    assert {f".{name}" for name in both} <= set(IMAGE.writes)
    assert not {f".{name}" for name in only_read} & set(IMAGE.writes)


def test_the_node_in_contributing_runs(tmp_path: Path):
    """It is written to a folder, found by --add-nodes, and turns a photo into its negative."""
    (example,) = blocks(CONTRIBUTING, "python")
    (tmp_path / "own" / "tone").mkdir(parents=True)
    (tmp_path / "own" / "tone" / "invert.py").write_text(example, encoding="utf-8")
    assert REGISTRY.with_folder(tmp_path / "own").problems == ()
    Pillow.new("RGB", (9, 7), (250, 100, 0)).save(tmp_path / "photo.png")
    workflow = {
        "version": 1,
        "nodes": {
            "photo": {"type": "files/load", "settings": {"photo": "photo.png"}},
            "negative": {"type": "tone/invert", "inputs": {"image": ["photo", "image"]}},
        },
        "result": ["negative", "image"],
    }
    (tmp_path / "negative.json").write_text(json.dumps(workflow), encoding="utf-8")
    words = f"--run {tmp_path}/negative.json --output {tmp_path}/out.png --add-nodes {tmp_path}/own --quiet"
    assert server.main([*words.split(), "--data", str(tmp_path / "data"), "--cache-dir", str(tmp_path / "cache")]) == 0
    with Pillow.open(tmp_path / "out.png") as file:
        assert np.asarray(file).reshape(-1, 3).tolist() == [[5, 155, 255]] * 63
