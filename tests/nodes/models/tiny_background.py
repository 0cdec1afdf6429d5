"""Small networks under the file names of rembg's, with their input and output: what is bright is the subject."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tests.nodes.models.tiny_onnx import node, plug, write

FILES = {
    "u2net": ("u2net.onnx", 320),
    "u2netp": ("u2netp.onnx", 320),
    "isnet-general-use": ("isnet-general-use.onnx", 1024),
    "birefnet-general-lite": ("BiRefNet-general-bb_swin_v1_tiny-epoch_232.onnx", 1024),
}
"""The official names of the files, and the side of the picture they take."""


def tiny_subject(folder: Path, name: str = "u2netp") -> Path:
    """Write a network that answers the picture's brightness, summed over its surroundings and made steep.

    BiRefNet's answer is still to be passed through the logistic function, the others' is the share itself.
    """
    file, side = FILES[name]
    folder.mkdir(parents=True, exist_ok=True)
    nodes = [
        node("Conv", ["input", "weights"], ["light"], pads=[2, 2, 2, 2], strides=[4, 4]),
        node("Sub", ["light", "middle"], ["answer" if name.startswith("birefnet") else "raised"]),
    ]
    if not name.startswith("birefnet"):
        nodes.append(node("Sigmoid", ["raised"], ["answer"]))
    constants = {"weights": np.full((1, 3, 5, 5), 3 / 75, np.float32), "middle": np.array([1.0], np.float32)}
    inputs, outputs = [plug("input", [1, 3, side, side])], [plug("answer", [1, 1, side // 4, side // 4])]
    return write(folder / file, nodes, inputs, outputs, constants)
