"""What the tests of one-shot restoration share: a photo, a quick workflow, and asking for it."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import numpy as np
from PIL import Image as Pillow

from graph.registry import Registry
from service.access.access import Access
from tests.service.conftest import Running, running

NODES: Mapping[str, Any] = {
    "photo": {"type": "files/load"},
    "soft": {"type": "detail/blur", "inputs": {"image": ["photo", "image"]}, "settings": {"radius": 2}},
    "grow": {"type": "upscale/resize", "inputs": {"image": ["soft", "image"]}, "settings": {"factor": 2}},
}


def workflow(**changes: Any) -> dict[str, Any]:
    """Quick, with an input, a result and a control."""
    whole: dict[str, Any] = {"version": 1, "nodes": NODES, "input": ["photo", "photo"], "result": ["grow", "image"]}
    return {**whole, "controls": {"Softness": [["soft", "radius"]]}, **changes}


def photo(format: str = "PNG", mode: str = "RGB", size: tuple[int, int] = (64, 48)) -> bytes:
    """A gradient with some grain."""
    width, height = size
    ramp = np.linspace(40, 200, width)[None, :, None] + np.random.default_rng(3).normal(0, 3, (height, width, 3))
    file = io.BytesIO()
    Pillow.fromarray(ramp.clip(0, 255).astype(np.uint8)).convert(mode).save(file, format)
    return file.getvalue()


@contextmanager
def quick_server(registry: Registry, folder: Path) -> Generator[Running]:
    """A server with a quick workflow of the person's own."""
    with running(registry, folder, Access()) as server:
        server.desk.library.save("quick", json.dumps(workflow()))
        yield server


def restored(server: Running, data: bytes, query: str = "workflow=quick", **headers: str) -> httpx2.Response:
    return server.client.post(f"api/restore?{query}", content=data, headers=headers)


def wrong(answer: httpx2.Response, status: int) -> str:
    """What it says; every refusal is Problems, without a path."""
    assert answer.status_code == status, answer.text
    problems = answer.json()["problems"]
    assert problems
    assert not any(str(place) in answer.text for place in (Path(__file__).parents[3], tempfile.gettempdir()))
    return " ".join(f"{each['message']} {each['remedy']}" for each in problems)
