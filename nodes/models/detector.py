"""Face detectors to borrow, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from nodes.kinds.arrays import Floats
from nodes.kinds.faces import Face
from nodes.models.cascade import Cascade
from nodes.models.device import Device
from nodes.models.retinaface import RetinaFace
from nodes.models.yunet import YuNet

CASCADE = "cascade"
"""The choice that needs no file."""


class Detector(Protocol):
    """Finds faces in a picture of bounded size."""

    longest: int
    """Pixels a side that it looks at in one go."""
    finest: int
    """Pixels: the width of the smallest faces it finds reliably."""
    widest: int
    """Pixels: the width of the largest ones."""

    def faces(self, pixels: Floats, confidence: float, check: Callable[[], None]) -> list[Face]:
        """The faces in sRGB pixels (H, W, 3), 0..1, in their pixels, surest first, none below `confidence`."""
        ...


@dataclass(frozen=True)
class DetectorModel:
    """A detector by its name on the shelf, or `cascade`. What the file holds decides which it is."""

    name: str

    @property
    def weights(self) -> tuple[str, ...]:
        return () if self.name == CASCADE else (self.name,)

    def load(self, files: Mapping[str, Path], device: Device) -> tuple[Detector, int]:
        if self.name == CASCADE:
            return Cascade.load()
        path = files[self.name]
        return YuNet.load(path) if path.suffix.lower() == ".onnx" else RetinaFace.load(path, device)
