"""Networks that fill holes, whatever their files are like: pixels and what is missing in, pixels out.

What was confirmed in their sources, because each sees it otherwise:

- LaMa in ONNX (Carve's export, and OpenCV's of January 2025): `image` (1, 3, 512, 512) in RGB 0..1, `mask`
  (1, 1, 512, 512) with 1 = missing, the output in 0..255. OpenCV's own demonstration hands over BGR, but LaMa was
  trained on RGB.
- MI-GAN's pipeline in ONNX (README and scripts/create_onnx_pipeline.py of Picsart's MI-GAN): `image` (1, 3, H, W) in
  RGB and `mask` (1, 1, H, W), both uint8, with 255 = known and 0 = missing; the output is uint8 RGB with what is known
  pasted in. It crops around the hole by itself and shrinks to 512 × 512, so that is what it is given.
- LaMa through spandrel: image and mask in 0..1, 1 = missing, any size in multiples of 8, the output in 0..1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from graph.errors import StepError
from nodes.kinds.arrays import Floats
from nodes.models.device import Device
from nodes.models.network import Network, TorchModel
from nodes.models.onnx import OnnxModel, OnnxNetwork
from nodes.models.tensors import arrays_from_tensor, tensor_from_arrays

SIDE = 512
"""Pixels a side that the networks work on where they leave the choice: LaMa and MI-GAN were measured there."""

Check = Callable[[], None]
Marks = NDArray[np.bool_]


class Inpainter(Protocol):
    """A network that fills holes."""

    side: int
    """Pixels a side of the square it works on best."""
    multiple: int
    """What both sides are to be multiples of; `side` itself where it takes nothing else."""

    def fill(self, check: Check, pixels: Floats, hole: Marks) -> Floats:
        """Pixels (H, W, 3) in sRGB, 0..1, with the hole (H, W) filled; what it gives elsewhere does not count.

        Both sides are multiples of `multiple`. `check` is called on the way.
        """
        ...


@dataclass(frozen=True)
class InpaintModel:
    """A network to borrow, by the name of its file on the shelf: ONNX or a checkpoint of PyTorch."""

    name: str

    @property
    def weights(self) -> tuple[str, ...]:
        return (self.name,)

    def load(self, files: Mapping[str, Path], device: Device) -> tuple[Inpainter, int]:
        if files[self.name].suffix == ".onnx":
            loaded, size = OnnxModel(self.name).load(files, device)
            return _of_onnx(loaded), size
        # LaMa transforms to frequencies, which works in fp32 alone, whatever spandrel says of bf16.
        network, size = TorchModel(self.name).load(files, replace(device, precision="full"))
        if network.purpose != "Inpainting":
            raise StepError(f"{files[self.name].name} is no network that fills holes.", "Choose another model.")
        return _Torch(network), size


def _of_onnx(network: OnnxNetwork) -> Inpainter:
    plugs = {plug.name: plug for plug in network.inputs}
    if plugs.keys() != {"image", "mask"}:
        raise StepError(f"{network.file} is no network that fills holes.", "Choose another model.")
    if plugs["image"].dtype == "uint8":
        return _Migan(network)
    return _Lama(network, plugs["image"].shape[-1])


class _Lama:
    def __init__(self, network: OnnxNetwork, side: int | None) -> None:
        self.network, self.side, self.multiple = network, side or SIDE, side or 8

    def fill(self, check: Check, pixels: Floats, hole: Marks) -> Floats:
        found = self.network.run(check, image=_planes(pixels), mask=hole[None, None].astype(np.float32))[0]
        return _pixels(found.astype(np.float32) / np.float32(255))


class _Migan:
    side = multiple = SIDE

    def __init__(self, network: OnnxNetwork) -> None:
        self.network = network

    def fill(self, check: Check, pixels: Floats, hole: Marks) -> Floats:
        image = np.round(_planes(pixels) * 255).astype(np.uint8)
        known = np.where(hole, 0, 255).astype(np.uint8)
        found = self.network.run(check, image=image, mask=known[None, None])[0]
        return _pixels(found.astype(np.float32) / np.float32(255))


class _Torch:
    side = SIDE

    def __init__(self, network: Network) -> None:
        self.network = network
        # LaMa takes any multiple of 16, MAT nothing but its 512.
        self.multiple: int = max(16, network.requirements.minimum, network.requirements.multiple_of)

    def fill(self, check: Check, pixels: Floats, hole: Marks) -> Floats:
        import torch

        device, dtype = self.network.device, self.network.dtype
        image, mask = (tensor_from_arrays([each], device, dtype) for each in (pixels, hole.astype(np.float32)))
        with torch.random.fork_rng():
            # Some draw at random what they invent: the same photo is to be filled the same way every time.
            torch.manual_seed(0)
            return _clean(arrays_from_tensor(self.network.run(check, image, mask))[0])


def _planes(pixels: Floats) -> Floats:
    """(H, W, 3) as (1, 3, H, W)."""
    return np.ascontiguousarray(pixels.transpose(2, 0, 1)[None])


def _pixels(planes: Floats) -> Floats:
    """(1, 3, H, W) as (H, W, 3)."""
    return _clean(planes[0].transpose(1, 2, 0))


def _clean(pixels: Floats) -> Floats:
    return np.clip(np.nan_to_num(pixels), 0.0, 1.0).astype(np.float32, copy=False)
