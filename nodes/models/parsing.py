"""ParseNet, which tells the parts of a face: part of C. Chen et al., "Progressive Semantic-Aware Style
Transformation for Blind Face Restoration" (CVPR 2021).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graph.errors import StepError
from nodes.kinds.arrays import Floats
from nodes.models.device import Device
from nodes.models.layers import Layers, folded
from nodes.models.network import read_state
from nodes.models.tensors import arrays_from_tensor, tensor_from_arrays

if TYPE_CHECKING:
    import torch

CLASSES = 19
"""Those of CelebAMask-HQ: background, skin, nose, glasses, eyes, brows, ears, mouth, lips, hair, hat, earring,
necklace, neck, cloth."""

LEAK = 0.2
"""Of the rectifiers, as it was trained."""


@dataclass(frozen=True)
class ParsingModel:
    """A parsing network by its name on the shelf."""

    name: str

    @property
    def weights(self) -> tuple[str, ...]:
        return (self.name,)

    def load(self, files: Mapping[str, Path], device: Device) -> tuple[Parser, int]:
        import torch

        path = files[self.name]
        place = torch.device(device.kind)
        layers = folded(read_state(path), _norm, place)
        if not {"encoder.0.conv2d", "body.0.conv1.conv2d", "out_mask_conv.conv2d"} <= layers.weights.keys():
            raise StepError(f"{path.name} is no network that parses faces.", "Choose parsenet, or ellipse.")
        return Parser(layers, place), layers.size


class Parser:
    """A loaded ParseNet."""

    def __init__(self, layers: Layers, device: torch.device) -> None:
        self.layers, self.device = layers, device

    def classes(self, face: Floats, check: Callable[[], None]) -> NDArray[np.uint8]:
        """The class of every pixel, 0..18, of an aligned sRGB face (512, 512, 3) in 0..1."""
        return self.logits(face, check).argmax(axis=0).astype(np.uint8)

    def logits(self, face: Floats, check: Callable[[], None]) -> Floats:
        """How much speaks for each class, (19, H, W); H and W are multiples of 16."""
        import torch

        layers = self.layers.checking(check)
        with torch.inference_mode():
            x = tensor_from_arrays([face * np.float32(2) - np.float32(1)], self.device, torch.float32)
            x = _padded(x, "encoder.0.conv2d", layers)
            for number in range(1, layers.count("encoder")):
                x = _block(x, f"encoder.{number}", layers, down=True)
            feature = x
            for number in range(layers.count("body")):
                x = _block(x, f"body.{number}", layers)
            x = x + feature
            for number in range(layers.count("decoder")):
                x = _block(x, f"decoder.{number}", layers, up=True)
            return arrays_from_tensor(_padded(x, "out_mask_conv.conv2d", layers))[0].transpose(2, 0, 1)


def _norm(name: str) -> str:
    return f"{name.removesuffix('.conv2d')}.norm.norm"


def _padded(x: torch.Tensor, name: str, layers: Layers, stride: int = 1) -> torch.Tensor:
    """A 3 × 3 convolution on the picture mirrored at its borders."""
    from torch.nn.functional import pad

    return layers.conv(pad(x, (1, 1, 1, 1), mode="reflect"), name, stride)


def _block(x: torch.Tensor, name: str, layers: Layers, *, down: bool = False, up: bool = False) -> torch.Tensor:
    """Two convolutions and what goes around them, at half or at double size where told."""
    from torch.nn.functional import interpolate, leaky_relu

    stride = 2 if down else 1
    if up:
        x = interpolate(x, scale_factor=2, mode="nearest")
    aside = f"{name}.shortcut_func.conv2d"
    around = _padded(x, aside, layers, stride) if aside in layers.weights else x
    inner = leaky_relu(_padded(x, f"{name}.conv1.conv2d", layers), LEAK)
    return around + _padded(inner, f"{name}.conv2.conv2d", layers, stride)
