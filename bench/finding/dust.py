"""A public network that finds dust on film: a row to compare with.

Its weights, videogorillas_unet_dust8_19.pth, are published under the MIT licence. The architecture is what the names
and shapes of their tensors say: a UNet (Ronneberger and others, 2015) of four levels with 16 to 128 channels. What has
no tensor is what fits best: with this order of the two halves, and with a blur before every second pixel is dropped,
its batch norms see what they have noted, and it finds most on photos marked by hand. Other choices find less.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from bench.measuring import SHARED
from graph.context import tiles
from nodes.kinds.arrays import Floats

WEIGHTS = SHARED / "weights" / "videogorillas_unet_dust8_19.pth"

CHANNELS = (16, 32, 64, 128)

BLOCK = 2 ** len(CHANNELS)
"""Sides must be multiples of it: at the lowest level, too, something is left to mirror."""

SIDE, OVERLAP = 1024, 64
"""Pixels of a tile, and how far around it the network looks, at most: both are multiples of BLOCK."""


BINOMIAL = torch.tensor([[1.0, 2.0, 1.0], [2.0, 4.0, 2.0], [1.0, 2.0, 1.0]]) / 16


class Convolutions(nn.Module):
    """Two of 3 × 3, each followed by a rectifier and batch norm."""

    def __init__(self, before: int, after: int) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for channels in (before, after):
            layers += [nn.ReflectionPad2d(1), nn.Conv2d(channels, after, 3), nn.ReLU(), nn.BatchNorm2d(after)]
        self.block = nn.Sequential(*layers)

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        return self.block(pixels)


class Up(nn.Module):
    """Twice as large, beside what the way down saw at that size."""

    def __init__(self, before: int, after: int) -> None:
        super().__init__()
        self.up = nn.ConvTranspose2d(before, after, 2, stride=2)
        self.conv_block = Convolutions(before, after)

    def forward(self, small: torch.Tensor, seen: torch.Tensor) -> torch.Tensor:
        return self.conv_block(torch.cat([self.up(small), seen], 1))


class DustNetwork(nn.Module):
    """BGR, 0..1, (N, 3, H, W) to logits (N, 1, H, W)."""

    def __init__(self) -> None:
        super().__init__()
        self.down_path = nn.ModuleList(Convolutions(*pair) for pair in zip((3, *CHANNELS), CHANNELS, strict=False))
        self.up_path = nn.ModuleList(Up(*pair) for pair in pairwise(CHANNELS[::-1]))
        self.last = nn.Conv2d(CHANNELS[0], 1, 1)

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        seen: list[torch.Tensor] = []
        for number, down in enumerate(self.down_path):
            pixels = down(_halved(pixels) if number else pixels)
            seen.append(pixels)
        for up, before in zip(self.up_path, seen[-2::-1], strict=True):
            pixels = up(pixels, before)
        return self.last(pixels)


def _halved(pixels: torch.Tensor) -> torch.Tensor:
    blur = BINOMIAL.expand(pixels.shape[1], 1, 3, 3)
    return functional.conv2d(functional.pad(pixels, (1, 1, 1, 1), "reflect"), blur, stride=2, groups=pixels.shape[1])


@cache
def network(weights: Path = WEIGHTS) -> DustNetwork:
    """The published weights; every tensor must have its place."""
    module = DustNetwork()
    state: dict[str, Any] = torch.load(weights, map_location="cpu", weights_only=True)
    module.load_state_dict(state, strict=True)
    return module.eval().requires_grad_(requires_grad=False)


def dust(image: Floats) -> Floats:
    """How likely each pixel is dust."""
    height, width = image.shape[:2]
    padded = np.pad(image, ((0, -height % BLOCK), (0, -width % BLOCK), (0, 0)), "edge")
    bgr = torch.from_numpy(np.ascontiguousarray(padded[..., ::-1].transpose(2, 0, 1)))[None]
    likely = np.empty(padded.shape[:2], np.float32)
    with torch.inference_mode():
        for tile in tiles(*likely.shape, OVERLAP, SIDE):
            part = torch.sigmoid(network()(bgr[:, :, *tile.read]))[0, 0].numpy()
            likely[tile.write] = part[tile.core]
    return likely[:height, :width]
