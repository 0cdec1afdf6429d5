"""Networks that find the subject of a photo, through the package rembg: the only place where it is imported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from graph.errors import StepError
from nodes.kinds.arrays import Floats
from nodes.models.device import Device
from nodes.models.onnx import OnnxModel, OnnxNetwork

if TYPE_CHECKING:
    from rembg.sessions.base import BaseSession

    from nodes.models.network import Check

LIKE = {"birefnet": "birefnet-general", "isnet": "isnet-general-use", "dis": "isnet-general-use"}
"""How a file that rembg does not know is to be used, by what its name begins with; all others as u2net."""


@dataclass(frozen=True)
class SubjectModel:
    """A network to borrow, by the name of its file on the shelf."""

    name: str

    @property
    def weights(self) -> tuple[str, ...]:
        return (self.name,)

    def load(self, files: Mapping[str, Path], device: Device) -> tuple[Subject, int]:
        network, size = OnnxModel(self.name).load(files, device)
        pictures = [plug for plug in network.inputs if len(plug.shape) == 4]
        if len(network.inputs) != 1 or not pictures or len(network.outputs[0].shape) != 4:
            raise StepError(f"{network.file} is no network that finds the subject.", "Choose another model.")
        return Subject(self.name, network), size


class Subject:
    """The loaded network."""

    def __init__(self, name: str, network: OnnxNetwork) -> None:
        self._network = network
        self._family = _family(Path(name).stem.lower())

    def mask(self, check: Check, pixels: Floats) -> Floats:
        """How much each place of a picture, sRGB (H, W, 3) in 0..1, belongs to the subject: (h, w) in 0..1.

        The size is the network's own. The picture is prepared and the answer stretched to 0..1 as rembg does; an
        answer without any differences finds nothing.
        """
        from PIL import Image

        inner = _Inner(self._network, check)
        session = _with(self._family, inner)
        picture = Image.fromarray((pixels * 255 + 0.5).astype(np.uint8))
        # An answer without differences is divided by zero there, and looked at below.
        with np.errstate(invalid="ignore", divide="ignore"):
            session.predict(picture)
        answer = np.nan_to_num(inner.answer[0, 0].astype(np.float32))
        if hasattr(session, "sigmoid"):
            answer = 1 / (1 + np.exp(-answer.clip(-60, 60)))
        low, high = float(answer.min()), float(answer.max())
        return (answer - low) / (high - low) if high - low > 1e-6 else np.zeros_like(answer)


class _Inner:
    """Stands where rembg has its onnxruntime session. Keeps the answer, which rembg would round to 8 bits."""

    def __init__(self, network: OnnxNetwork, check: Check) -> None:
        self.network, self.check = network, check
        self.answer = np.zeros((1, 1, 1, 1), np.float32)

    def get_inputs(self) -> Any:
        return self.network.inputs

    def run(self, outputs: None, inputs: Mapping[str, Floats]) -> Any:
        found = self.network.run(self.check, **inputs)
        self.answer = found[0]
        return found


def _family(stem: str) -> type[BaseSession]:
    """The class of rembg for a network of that name."""
    from rembg.sessions import sessions

    known = ("u2net", "u2netp", "u2net_human_seg", "silueta", "isnet-general-use", "isnet-anime")
    if stem in known or (stem in sessions and stem.startswith("birefnet")):
        return sessions[stem]
    return sessions[next((name for start, name in LIKE.items() if stem.startswith(start)), "u2net")]


def _with(family: type[BaseSession], inner: _Inner) -> BaseSession:
    """A session of rembg's that never looks for a file, let alone downloads one."""

    class Session(family):
        def __init__(self) -> None:
            self.inner_session: Any = inner

    return Session()
