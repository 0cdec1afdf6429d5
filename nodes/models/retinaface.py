"""RetinaFace: J. Deng et al., "RetinaFace: Single-Shot Multi-Level Face Localisation in the Wild" (CVPR 2020).

In its two published sizes, with a quarter MobileNet V1 or a ResNet-50 as backbone. The names in the checkpoint decide.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graph.errors import StepError
from nodes.kinds.arrays import Floats
from nodes.kinds.faces import LANDMARKS, Face
from nodes.models.device import Device
from nodes.models.layers import Layers, folded
from nodes.models.network import read_state
from nodes.models.overlaps import best
from nodes.models.tensors import arrays_from_tensor, tensor_from_arrays

if TYPE_CHECKING:
    import torch

MEANS = (104.0, 117.0, 123.0)
"""Subtracted from blue, green and red in 0..255: the means of ImageNet, as the detector was trained."""

STEPS = (8, 16, 32)
"""Pixels between the places that each of the three levels looks at."""
SIDES = ((16, 32), (64, 128), (256, 512))
"""Sides in pixels of the two squares ("priors") that each level compares with, from the paper's implementation."""
CENTRE, SIZE = 0.1, 0.2
"""What the outputs are multiplied by ("variances"), for places and for sizes."""

OVERLAP = 0.4
"""Two finds that share more of their area are one face."""

STAGES = {1: (1, 1, 2, 1, 2, 1), 2: (2, 1, 1, 1, 1, 1), 3: (2, 1)}
"""Strides of the MobileNet's blocks; the very first is an ordinary convolution."""


class RetinaFace:
    """A loaded detector."""

    longest = 1280
    """Pixels a side that it looks at in one go: more would cost memory and time, and finds no other faces."""
    finest = 16
    """Pixels: the width of the smallest faces it finds reliably."""
    widest = 640
    """Pixels: the width of the largest ones."""

    def __init__(self, layers: Layers, device: torch.device) -> None:
        self.layers, self.device = layers, device
        self.mobile = "body.stage1.0.0" in layers.weights
        wide = layers.weights["ClassHead.0.conv1x1"][0].shape[1]
        # The narrow network was trained with leaking rectifiers, the wide one with plain ones.
        self.leak = 0.1 if wide <= 64 else 0.0

    @classmethod
    def load(cls, path: Path, device: Device) -> tuple[RetinaFace, int]:
        """The detector in a checkpoint and its bytes. StepError where it is none."""
        import torch

        state = read_state(path)
        place = torch.device(device.kind)
        layers = folded(state, _norm, place)
        if not ({"ClassHead.2.conv1x1", "LandmarkHead.2.conv1x1", "fpn.merge2.0"} <= layers.weights.keys()):
            raise StepError(f"{path.name} is no face detector.", "Choose one of YuNet or RetinaFace, or cascade.")
        return cls(layers, place), layers.size

    def faces(self, pixels: Floats, confidence: float, check: Callable[[], None]) -> list[Face]:
        """The faces in sRGB pixels (H, W, 3), 0..1, at the size they come in, surest first, none below `confidence`."""
        height, width = pixels.shape[:2]
        scores, boxes, points = self.looked(pixels, check)
        sound = np.isfinite(boxes).all(axis=1) & np.isfinite(points).all(axis=1)
        sure = np.flatnonzero(sound & (scores > confidence))
        sure = sure[np.argsort(-scores[sure], kind="stable")]
        priors = _priors(height, width)[sure]
        around, marks = _boxes(boxes[sure], priors), _points(points[sure], priors)
        kept = best(around, scores[sure], OVERLAP)
        return [_face(around[n], marks[n], float(scores[sure][n])) for n in kept]

    def looked(self, pixels: Floats, check: Callable[[], None]) -> tuple[Floats, Floats, Floats]:
        """What the network says at each prior: scores (N,) in 0..1, boxes (N, 4) and points (N, 10) not decoded."""
        import torch

        bgr = pixels[..., ::-1] * np.float32(255) - np.asarray(MEANS, np.float32)
        with torch.inference_mode():
            x = tensor_from_arrays([np.ascontiguousarray(bgr)], self.device, torch.float32)
            layers = self.layers.checking(check)
            levels = _pyramid(_backbone(x, layers, self.mobile), layers, self.leak)
            heads = [_head(levels, name, size, layers) for name, size in HEADS.items()]
        classes, boxes, points = heads
        odds = np.exp(classes - classes.max(axis=1, keepdims=True))
        return odds[:, 1] / odds.sum(axis=1), boxes, points


HEADS = {"ClassHead": 2, "BboxHead": 4, "LandmarkHead": 2 * LANDMARKS}


def _norm(name: str) -> str | None:
    """The batch normalisation behind a convolution: the next number, or in a ResNet the same with bn for conv."""
    front, _, last = name.rpartition(".")
    if last.isdigit():
        return f"{front}.{int(last) + 1}"
    return f"{front}.bn{last.removeprefix('conv')}" if last.removeprefix("conv").isdigit() else None


def _backbone(x: torch.Tensor, layers: Layers, mobile: bool) -> list[torch.Tensor]:
    return _mobilenet(x, layers) if mobile else _resnet(x, layers)


def _mobilenet(x: torch.Tensor, layers: Layers) -> list[torch.Tensor]:
    """A. Howard et al., "MobileNets" (2017): a depthwise and a pointwise convolution in each block."""
    from torch.nn.functional import leaky_relu

    found: list[torch.Tensor] = []
    for stage, strides in STAGES.items():
        for number, stride in enumerate(strides):
            name = f"body.stage{stage}.{number}"
            if (stage, number) == (1, 0):
                x = leaky_relu(layers.conv(x, f"{name}.0", 2, 1), 0.1)
                continue
            x = leaky_relu(layers.conv(x, f"{name}.0", stride, 1, groups=x.shape[1]), 0.1)
            x = leaky_relu(layers.conv(x, f"{name}.3"), 0.1)
        found.append(x)
    return found


def _resnet(x: torch.Tensor, layers: Layers) -> list[torch.Tensor]:
    """K. He et al., "Deep Residual Learning" (2015), 50 layers, the stride in the middle convolution."""
    from torch.nn.functional import max_pool2d, relu

    x = max_pool2d(relu(layers.conv(x, "body.conv1", 2, 3)), 3, 2, 1)
    found: list[torch.Tensor] = []
    for stage in (1, 2, 3, 4):
        for number in range(layers.count(f"body.layer{stage}")):
            x = _bottleneck(x, f"body.layer{stage}.{number}", 2 if stage > 1 and number == 0 else 1, layers)
        found.append(x)
    return found[1:]


def _bottleneck(x: torch.Tensor, name: str, stride: int, layers: Layers) -> torch.Tensor:
    from torch.nn.functional import relu

    inner = relu(layers.conv(x, f"{name}.conv1"))
    inner = relu(layers.conv(inner, f"{name}.conv2", stride, 1))
    aside = layers.conv(x, f"{name}.downsample.0", stride) if f"{name}.downsample.0" in layers.weights else x
    return relu(layers.conv(inner, f"{name}.conv3") + aside)


def _pyramid(found: list[torch.Tensor], layers: Layers, leak: float) -> list[torch.Tensor]:
    """T.-Y. Lin et al., "Feature Pyramid Networks" (2016), then at each level a look at three ranges ("SSH")."""
    from torch.nn.functional import interpolate, leaky_relu

    fine, middle, coarse = (
        leaky_relu(layers.conv(x, f"fpn.output{number}.0"), leak) for number, x in enumerate(found, 1)
    )
    middle = middle + interpolate(coarse, size=middle.shape[2:], mode="nearest")
    middle = leaky_relu(layers.conv(middle, "fpn.merge2.0", padding=1), leak)
    fine = fine + interpolate(middle, size=fine.shape[2:], mode="nearest")
    fine = leaky_relu(layers.conv(fine, "fpn.merge1.0", padding=1), leak)
    return [_ranges(x, f"ssh{number}", layers, leak) for number, x in enumerate((fine, middle, coarse), 1)]


def _ranges(x: torch.Tensor, name: str, layers: Layers, leak: float) -> torch.Tensor:
    import torch
    from torch.nn.functional import leaky_relu, relu

    near = layers.conv(x, f"{name}.conv3X3.0", padding=1)
    more = leaky_relu(layers.conv(x, f"{name}.conv5X5_1.0", padding=1), leak)
    middle = layers.conv(more, f"{name}.conv5X5_2.0", padding=1)
    most = leaky_relu(layers.conv(more, f"{name}.conv7X7_2.0", padding=1), leak)
    far = layers.conv(most, f"{name}.conv7x7_3.0", padding=1)
    return relu(torch.cat([near, middle, far], dim=1))


def _head(levels: list[torch.Tensor], name: str, size: int, layers: Layers) -> Floats:
    """The outputs (N, size) of one head at all places of all levels."""
    found = [arrays_from_tensor(layers.conv(x, f"{name}.{n}.conv1x1")).reshape(-1, size) for n, x in enumerate(levels)]
    return np.concatenate(found)


def _priors(height: int, width: int) -> NDArray[np.float64]:
    """Centre x, y and side of every prior (N, 3), in pixels, in the order of the outputs."""
    found: list[NDArray[np.float64]] = []
    for step, sides in zip(STEPS, SIDES, strict=True):
        y, x, side = np.meshgrid(np.arange(-(-height // step)), np.arange(-(-width // step)), sides, indexing="ij")
        found.append(np.stack([(x + 0.5) * step, (y + 0.5) * step, side], axis=-1).reshape(-1, 3))
    return np.concatenate(found)


def _boxes(outputs: Floats, priors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Left, top, right, bottom (N, 4). A wild output is a huge box, not an infinite one."""
    centre = priors[:, :2] + outputs[:, :2] * CENTRE * priors[:, 2:]
    half = priors[:, 2:] * np.exp(np.clip(outputs[:, 2:] * SIZE, -20, 20)) / 2
    return np.concatenate([centre - half, centre + half], axis=1)


def _points(outputs: Floats, priors: NDArray[np.float64]) -> NDArray[np.float64]:
    """The five points (N, 5, 2)."""
    return priors[:, None, :2] + outputs.reshape(-1, LANDMARKS, 2) * CENTRE * priors[:, None, 2:]


def _face(box: NDArray[np.float64], points: NDArray[np.float64], score: float) -> Face:
    left, top, right, bottom = box.tolist()
    return Face((left, top, right, bottom), tuple((x, y) for x, y in points.tolist()), score)
