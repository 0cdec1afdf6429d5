"""Small networks under the file names of LaMa and MI-GAN, with their inputs and outputs: means of what is known nearby.

They see the picture as the official ones do, so a mask of the wrong polarity or a range mixed up shows in the pixels.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tests.nodes.models.tiny_onnx import node, plug, write

REACH = 61
"""Pixels a side of the mean."""

SIDE = 128
"""Instead of LaMa's 512, so that tests are quick."""


def tiny_lama(folder: Path, file: str = "lama_fp32.onnx", side: int = SIDE) -> Path:
    """As lama_fp32.onnx of Carve: floats, 1 = missing, out in 0..255."""
    nodes = [node("Sub", ["one", "mask"], ["known"]), *_mean("image"), node("Mul", ["mean", "top"], ["output"])]
    return write(
        folder / file,
        nodes,
        [plug("image", [None, 3, side, side]), plug("mask", [None, 1, side, side])],
        [plug("output", [None, 3, side, side])],
        _constants(),
    )


def tiny_migan(folder: Path) -> Path:
    """As migan_pipeline_v2.onnx of Picsart: bytes, 255 = known, any size."""
    nodes = [
        node("Cast", ["mask"], ["level"], to=1),
        node("Div", ["level", "top"], ["known"]),
        node("Cast", ["image"], ["floats"], to=1),
        *_mean("floats"),
        # What is known is pasted in, as there.
        node("Sub", ["floats", "mean"], ["apart"]),
        node("Mul", ["apart", "known"], ["back"]),
        node("Add", ["mean", "back"], ["whole"]),
        node("Cast", ["whole"], ["result"], to=2),
    ]
    return write(
        folder / "migan_pipeline_v2.onnx",
        nodes,
        [plug("image", [None, 3, None, None], "uint8"), plug("mask", [None, 1, None, None], "uint8")],
        [plug("result", [None, 3, None, None], "uint8")],
        _constants(),
    )


def _mean(image: str) -> list[bytes]:
    """The mean of what is known within reach; down and across apart, which is quicker."""
    half = REACH // 2
    down = {"kernel_shape": [REACH, 1], "pads": [half, 0, half, 0], "count_include_pad": 1}
    across = {"kernel_shape": [1, REACH], "pads": [0, half, 0, half], "count_include_pad": 1}
    return [
        node("Mul", [image, "known"], ["seen"]),
        node("AveragePool", ["seen"], ["columns"], **down),
        node("AveragePool", ["columns"], ["total"], **across),
        node("AveragePool", ["known"], ["heights"], **down),
        node("AveragePool", ["heights"], ["weight"], **across),
        node("Max", ["weight", "least"], ["count"]),
        node("Div", ["total", "count"], ["mean"]),
    ]


def _constants() -> dict[str, np.ndarray]:
    values = {"one": 1.0, "top": 255.0, "least": 1e-4}
    return {name: np.array([value], np.float32) for name, value in values.items()}
