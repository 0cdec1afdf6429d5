"""The real program, in this process, with folders of the test's own, and a real server of model files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image as Pillow

import server
from nodes.models import shelf as shelves
from nodes.models.catalog import Catalog, catalog
from tests.nodes.models.hostile import Hostile, Manner, hostile_server

BODY = b"weights" * 10_000

USES_IT = '''
from typing import Annotated

from graph.context import Context
from graph.controls import Weights
from graph.spec import node
from nodes.kinds.image import Image


@node(title="Use A Model")
def use(
    ctx: Context,
    image: Image,
    *,
    model: Annotated[str, Weights(task="faces", free=("nothing",), help="Which.")] = "gfpgan-1.4",
) -> Image:
    """Say which model was chosen."""
    ctx.say(f"With {model}.")
    return image
'''


@dataclass(frozen=True)
class Answer:
    """What a call answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


Heirloom = Callable[..., Answer]


@pytest.fixture
def heirloom(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Heirloom:
    """Calls the program as `python server.py` would."""

    def call(*arguments: str | Path) -> Answer:
        places = ["--data", str(tmp_path / "data"), "--cache-dir", str(tmp_path / "cache")]
        code = server.main([*(str(argument) for argument in arguments), *places])
        captured = capsys.readouterr()
        return Answer(code, captured.out, captured.err)

    return call


@pytest.fixture
def photo(tmp_path: Path, rng: np.random.Generator) -> Path:
    """A small photo: a smooth gradient with some grain."""
    return make_photo(tmp_path / "grandmother.png", rng)


def make_photo(path: Path, rng: np.random.Generator, height: int = 48, width: int = 64) -> Path:
    """A photo file of the format that its suffix names."""
    ramp = np.linspace(40, 200, width)[None, :, None] + rng.normal(0, 3, (height, width, 3))
    path.parent.mkdir(parents=True, exist_ok=True)
    Pillow.fromarray(ramp.clip(0, 255).astype(np.uint8)).save(path)
    return path


def workflow_json(**changes: Any) -> dict[str, Any]:
    """Load, blur, sharpen: quick, with an input, a result and controls."""
    whole: dict[str, Any] = {
        "version": 1,
        "title": "Test",
        "nodes": {
            "photo": {"type": "files/load"},
            "soft": {"type": "detail/blur", "inputs": {"image": ["photo", "image"]}, "settings": {"radius": 2}},
            "grow": {
                "type": "upscale/resize",
                "inputs": {"image": ["soft", "image"]},
                "settings": {"factor": 2},
            },
        },
        "input": ["photo", "photo"],
        "result": ["grow", "image"],
        "controls": {"Softness": [["soft", "radius"]], "Soften": [["soft", "bypass"]]},
    }
    return {**whole, **changes}


@pytest.fixture
def workflow(tmp_path: Path) -> Path:
    """A small workflow file."""
    return write_workflow(tmp_path / "test.json", workflow_json())


def write_workflow(path: Path, data: object) -> Path:
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


@pytest.fixture
def weights_server(monkeypatch: pytest.MonkeyPatch) -> Generator[Hostile]:
    """A server that has every file of the shipped catalogue, small, and a catalogue that knows it."""
    monkeypatch.delenv("HEIRLOOM_OFFLINE", raising=False)
    with hostile_server() as hostile:
        entries = {
            entry.name: replace(
                entry,
                urls=(hostile.serve(f"/{entry.file}", Manner(BODY)),),
                bytes=len(BODY),
                sha256=hashlib.sha256(BODY).hexdigest(),
            )
            for entry in catalog().values()
        }
        monkeypatch.setattr(shelves, "catalog", lambda: Catalog(entries))
        monkeypatch.setattr("nodes.models.catalog.SHIPPED", Path("nowhere"))
        yield hostile


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (folder := tmp_path / "models").mkdir()
    return folder


@pytest.fixture
def using(tmp_path: Path, rng: np.random.Generator) -> tuple[Path, list[str]]:
    """A workflow whose node uses GFPGAN, and the arguments that it takes."""
    (added := tmp_path / "added" / "toy").mkdir(parents=True)
    (added / "use.py").write_text(USES_IT)
    make_photo(tmp_path / "photo.png", rng)
    nodes = {
        "photo": {"type": "files/load", "settings": {"photo": "photo.png"}},
        "use": {"type": "toy/use", "inputs": {"image": ["photo", "image"]}},
    }
    path = write_workflow(tmp_path / "use.json", {"version": 1, "nodes": nodes, "result": ["use", "image"]})
    return path, ["--add-nodes", str(added.parent)]
