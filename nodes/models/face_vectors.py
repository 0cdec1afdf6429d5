"""Face vectors: 128 numbers that lie near each other where two photos show one person. dlib is imported here alone.

D. King, "Dlib-ml: A Machine Learning Toolkit" (2009). The network is dlib's face_recognition_resnet_model_v1, which
lies in the package face-recognition-models. That package is not imported: it asks for the long-gone pkg_resources.
Both come with the extra `identity`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.errors import StepError
from nodes.kinds.arrays import Floats
from nodes.models.device import Device

PACKAGE, FILE = "face_recognition_models", Path("models", "dlib_face_recognition_resnet_model_v1.dat")

INSTALL = "Install them: python -m pip install -e '.[identity]'."

SIDE = 150
"""Pixels of the square that the network takes."""

CENTRE, ACROSS = (258.5, 311.0), 351.0
"""What of the aligned square of 512 pixels that square shows: its middle and side. Medians over 62 faces that dlib's
detector found in such squares; there its own cutting-out scatters by 4 pixels and by 15 in size."""

SAME = 0.6
"""Distance of two vectors below which two photos show one person, as the network's author has it."""


def installed() -> bool:
    """Whether the extra `identity` is there."""
    return find_spec("dlib") is not None and _weights() is not None


@dataclass(frozen=True)
class FaceVectorModel:
    """The network to borrow. It needs no file from the shelf."""

    @property
    def weights(self) -> tuple[str, ...]:
        return ()

    def load(self, files: Mapping[str, Path], device: Device) -> tuple[FaceVectors, int]:
        """The network and its bytes. It always works on the processor."""
        path = _weights()
        if path is None or not installed():
            raise StepError("The packages dlib-bin and face-recognition-models are not installed.", INSTALL)
        return FaceVectors.load(path), path.stat().st_size


class FaceVectors:
    """The loaded network. It works for one borrower at a time: between its layers it keeps what it computed."""

    def __init__(self, network: Any) -> None:
        self.network = network

    @classmethod
    def load(cls, path: Path) -> FaceVectors:
        """The network in a file. StepError where that holds none."""
        import dlib

        try:
            return cls(dlib.face_recognition_model_v1(str(path)))  # pyright: ignore[reportAttributeAccessIssue] - it has no stubs
        except RuntimeError as error:
            raise StepError(f"{path.name} cannot be read: {error}.", INSTALL) from error

    def vector(self, face: Floats) -> NDArray[np.float64]:
        """The vector (128,) of an aligned face (512, 512, 3), sRGB in 0..1. It takes about 0.15 s."""
        return np.asarray(self.network.compute_face_descriptor(_chip(face)), np.float64)


def _chip(face: Floats) -> NDArray[np.uint8]:
    """The part of it (150, 150, 3) that the network was trained on, in 8 bits."""
    import cv2

    scale = SIDE / ACROSS
    # Half a pixel of the chip blurs away what sampling at less than half the size would alias.
    soft = cv2.GaussianBlur(face, (0, 0), 0.4 / scale)
    matrix = np.array([[scale, 0, SIDE / 2 - CENTRE[0] * scale], [0, scale, SIDE / 2 - CENTRE[1] * scale]])
    chip = cv2.warpAffine(soft, matrix, (SIDE, SIDE), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.rint(np.clip(chip, 0.0, 1.0) * 255).astype(np.uint8)


def _weights() -> Path | None:
    """The network's file inside the package."""
    spec = find_spec(PACKAGE)
    places = (spec.submodule_search_locations or ()) if spec else ()
    return next((path for place in places if (path := Path(place) / FILE).is_file()), None)
