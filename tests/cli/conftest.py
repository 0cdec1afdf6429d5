"""The real program, in this process, with folders of the test's own."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image as Pillow

import server


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
