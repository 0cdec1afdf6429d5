"""Photos and workflows that the service is measured with."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from PIL import Image as Pillow

from bench.measuring import ROOT

SAMPLE = ROOT / "workflows" / "sample.jpg"

QUICK: Mapping[str, Any] = {
    "version": 1,
    "title": "Lighter and softer",
    "nodes": {
        "photo": {"type": "files/load", "settings": {"photo": ""}},
        "soft": {"type": "detail/blur", "inputs": {"image": ["photo", "image"]}, "settings": {"radius": 2}},
        "light": {
            "type": "tone/levels",
            "inputs": {"image": ["soft", "image"]},
            "settings": {"auto": False, "gamma": 1.5},
        },
    },
    "input": ["photo", "photo"],
    "result": ["light", "image"],
}
"""Three steps of next to no work on a small photo; the last one is cheap on a large one as well."""

TRIVIAL: Mapping[str, Any] = {
    "version": 1,
    "nodes": {"photo": {"type": "files/load", "settings": {"photo": ""}}},
    "input": ["photo", "photo"],
    "result": ["photo", "image"],
}
"""Reads the photo and writes it again."""


def photos(width: int, height: int) -> Iterator[bytes]:
    """JPEG files of parts of the sample photo, each another one, for as long as wanted."""
    with Pillow.open(SAMPLE) as sample:
        whole = np.asarray(sample.convert("RGB"))
    right, down = whole.shape[1] - width + 1, whole.shape[0] - height + 1
    for number in range(right * down):
        top, left = divmod(number * 7919 % (right * down), right)  # a prime that divides neither: far apart, no repeats
        yield jpeg(whole[top : top + height, left : left + width])


def photograph(width: int, height: int) -> bytes:
    """The sample photo enlarged, with grain, as a JPEG file."""
    with Pillow.open(SAMPLE) as sample:
        large = np.asarray(sample.convert("RGB").resize((width, height), Pillow.Resampling.BICUBIC), np.float32)
    grain = np.random.default_rng(1).normal(0, 4, (height, width, 1))
    return jpeg(np.clip(large + grain, 0, 255).astype(np.uint8))


def jpeg(pixels: np.ndarray) -> bytes:
    """The file's bytes."""
    file = io.BytesIO()
    Pillow.fromarray(pixels).save(file, "JPEG", quality=92)
    return file.getvalue()


def chain(count: int, gamma: float) -> Mapping[str, Any]:
    """So many steps in a row; `gamma` belongs to the first of them after the photo."""
    boxes: dict[str, Any] = {"step-0": {"type": "files/load", "settings": {"photo": ""}}}
    for number in range(1, count):
        boxes[f"step-{number}"] = {
            "type": "tone/levels",
            "inputs": {"image": [f"step-{number - 1}", "image"]},
            "settings": {"auto": False, "gamma": gamma if number == 1 else 1.05},
        }
    document = {"version": 1, "title": "A long chain", "nodes": boxes}
    return {**document, "input": ["step-0", "photo"], "result": [f"step-{count - 1}", "image"]}


def with_gamma(document: Mapping[str, Any], gamma: float) -> Mapping[str, Any]:
    """QUICK with its slider moved."""
    nodes = document["nodes"]
    light = nodes["light"]
    return {**document, "nodes": {**nodes, "light": {**light, "settings": {**light["settings"], "gamma": gamma}}}}
