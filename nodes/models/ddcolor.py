"""DDColor, which guesses the colours of a grey photo.

Kang et al., "DDColor: Towards Photo-Realistic Image Colorization via Dual Decoders", 2023.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from graph.errors import StepError
from nodes.kinds.arrays import Floats
from nodes.models.device import Device
from nodes.models.network import Check, Network, described, read_state
from nodes.models.tensors import arrays_from_tensor, tensor_from_arrays

MULTIPLE = 32
"""The network halves its input five times."""


@dataclass(frozen=True)
class ColourModel:
    """A colouring network to borrow, by the name of its file on the shelf."""

    name: str

    @property
    def weights(self) -> tuple[str, ...]:
        return (self.name,)

    def load(self, files: Mapping[str, Path], device: Device) -> tuple[Colourist, int]:
        path = files[self.name]
        descriptor = described(read_state(path), path)
        if descriptor.architecture.id != "DDColor" or descriptor.model.num_output_channels != 2:
            raise StepError(f"{path.name} is no network that colours photos.", "Choose another model.")
        # Spandrel's own way of calling it paints the whole picture at 256 pixels; here only the chroma is wanted.
        descriptor._call_fn = lambda module, grey: module(grey)  # noqa: SLF001 - there is no public way to the bare network
        network = Network(descriptor, device)
        return Colourist(network), network.size


class Colourist:
    """The loaded network."""

    def __init__(self, network: Network) -> None:
        self._network = network

    def chroma(self, check: Check, grey: Floats) -> Floats:
        """CIE a* and b* (H, W, 2) for a grey sRGB picture (H, W) in 0..1, whose sides are multiples of MULTIPLE.

        As the network gives them, that is also outside of what a screen can show.
        """
        picture = np.repeat(grey[..., None], 3, axis=2)
        tensor = tensor_from_arrays([picture], self._network.device, self._network.dtype)
        return np.nan_to_num(arrays_from_tensor(self._network.run(check, tensor))[0])
