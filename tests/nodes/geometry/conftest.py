"""Scans made by formula: photos at known places on a scanner's bed."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from skimage import data

from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image

Numbers = NDArray[np.float64]

BEDS = {"white": 0.97, "grey": 0.55, "black": 0.04}


@dataclass
class Scan:
    """A scanner's bed on which prints are laid."""

    height: int = 600
    width: int = 480
    bed: str = "white"
    seed: int = 1
    corners: list[Numbers] = field(default_factory=list)
    """Of each print, (4, 2), clockwise from its top left, as places counted from the scan's upper left end."""

    def __post_init__(self) -> None:
        rng = np.random.default_rng(self.seed)
        fall = 1 + 0.02 * np.linspace(-0.5, 0.5, self.width)
        bed = BEDS[self.bed] * np.broadcast_to(fall[None, :, None], (self.height, self.width, 3))
        self.pixels = (bed + rng.normal(0, 0.003, bed.shape)).clip(0, 1).astype(np.float32)
        for x, y in rng.integers(0, (self.width, self.height), (12, 2)):
            cv2.circle(self.pixels, (int(x), int(y)), 1, (0.5, 0.5, 0.5), -1)

    def lay(self, photo: Floats, x: float, y: float, angle: float = 0.0, *, torn: bool = False) -> Scan:
        """Put a photo with its middle there, turned by degrees clockwise; `torn` lacks its lower right corner."""
        height, width = photo.shape[:2]
        turn = math.radians(angle)
        place = np.array([[math.cos(turn), -math.sin(turn), x], [math.sin(turn), math.cos(turn), y]])
        middle = np.array([[1, 0, 0.5 - width / 2], [0, 1, 0.5 - height / 2], [0, 0, 1]])
        move = place @ middle
        move[:, 2] -= 0.5
        cover = np.ones((height, width), np.float32)
        if torn:
            cv2.fillPoly(cover, [np.array([[width, height * 0.6], [width * 0.7, height], [width, height]], int)], 0.0)
        size = (self.width, self.height)
        laid = cv2.warpAffine(photo, move, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        share = cv2.warpAffine(cover, move, size, flags=cv2.INTER_LINEAR)[..., None]
        self.pixels = (self.pixels * (1 - share) + laid * share).astype(np.float32)
        ends = np.array([[-width, -height], [width, -height], [width, height], [-width, height]]) / 2
        self.corners.append(ends @ place[:, :2].T + place[:, 2])
        return self

    @property
    def image(self) -> Image:
        return Image(self.pixels)


@pytest.fixture(scope="session")
def photo() -> Floats:
    """A colour photo, 240 high and 180 wide, whose edges are no paper."""
    pixels = data.astronaut()[:480, 100:460].astype(np.float32) / 255
    return np.asarray(0.1 + 0.75 * cv2.resize(pixels, (180, 240), interpolation=cv2.INTER_AREA), np.float32)


@pytest.fixture(scope="session")
def bordered(photo: Floats) -> Floats:
    """The same with a border of cream paper, 9 pixels wide."""
    paper = (0.9, 0.88, 0.82)
    return np.asarray(cv2.copyMakeBorder(photo, 9, 9, 9, 9, cv2.BORDER_CONSTANT, value=paper), np.float32)


@pytest.fixture(scope="session")
def house() -> Floats:
    """Walls, windows and a ground line: 400 wide and 300 high, all of it upright."""
    pixels = np.full((300, 400, 3), 0.7, np.float32)
    rng = np.random.default_rng(5)
    pixels[220:] = 0.35
    pixels[60:220, 60:340] = 0.5
    for left in range(80, 320, 60):
        for top in (80, 150):
            pixels[top : top + 45, left : left + 30] = rng.uniform(0.1, 0.3)
    return (pixels + rng.normal(0, 0.01, pixels.shape)).clip(0, 1).astype(np.float32)
