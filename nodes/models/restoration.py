"""Networks that make a cleaner picture of the same size: of noise, of compression, of blur."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.errors import StepError
from nodes.kinds.arrays import Floats
from nodes.models import ffdnet
from nodes.models.device import Device
from nodes.models.network import Check, Network, described, read_state
from nodes.models.tensors import tensor_from_arrays
from nodes.models.tiling import Work

if TYPE_CHECKING:
    import torch

GRIDS = {"SCUNet": 64, "FBCNN": 8, "NAFNet": 16}
"""Pixels after which a network treats its input alike: the windows of SCUNet's attention at its smallest size, JPEG's
blocks, NAFNet's four halvings. Tiles begin there, so that each pixel is seen as in the whole picture."""

ENDINGS = {"SCUNet": "m_tail", "FBCNN": "m_tail", "FFDNet": "model"}
"""The layers that make the picture itself, in networks that do not make a correction which is added to it."""


@dataclass(frozen=True)
class RestorationModel:
    """A network to borrow, by the name of its file on the shelf."""

    name: str

    @property
    def weights(self) -> tuple[str, ...]:
        return (self.name,)

    def load(self, files: Mapping[str, Path], device: Device) -> tuple[Network, int]:
        path = files[self.name]
        if path.suffix == ".onnx":
            raise _unfit(path)
        state = read_state(path)
        descriptor = ffdnet.descriptor(state) if ffdnet.is_ffdnet(state) else described(state, path)
        if not _fits(descriptor):
            raise _unfit(path)
        if descriptor.architecture.id == "FBCNN":
            descriptor._call_fn = _with_quality  # noqa: SLF001 - spandrel's own takes the picture alone
        network = Network(descriptor, device)
        if grid := GRIDS.get(network.architecture):
            network.requirements = replace(network.requirements, minimum=grid, multiple_of=grid)
        if ending := ENDINGS.get(network.architecture):
            _finish_in_full(network.module.get_submodule(ending))
        return network, network.size


def _fits(descriptor: Any) -> bool:
    """Whether it makes a picture of the same size and the same channels; FFDNet is told the noise in one more."""
    channels = (descriptor.input_channels, descriptor.output_channels)
    return (
        descriptor.scale == 1 and descriptor.purpose in {"Restoration", "SR"} and channels in {(1, 1), (3, 3), (4, 3)}
    )


def _unfit(path: Path) -> StepError:
    return StepError(f"{path.name} is no network that cleans a picture and keeps its size.", "Choose another model.")


def _with_quality(model: Any, picture: torch.Tensor, *told: torch.Tensor) -> torch.Tensor:
    """What FBCNN makes of a picture, whose quality may be told; else it finds it out."""
    return model(picture, *told)[0]


def _finish_in_full(layers: Any) -> None:
    """Let the last convolution compute in its weights' precision: the eight bits of bf16 would show as steps."""
    last = layers[-1] if hasattr(layers, "__getitem__") else layers
    compute = last.forward

    def forward(values: torch.Tensor) -> torch.Tensor:
        import torch

        with torch.autocast(values.device.type, enabled=False):
            return compute(values.to(last.weight.dtype))

    last.forward = forward


def estimated_quality(network: Network, check: Check, pieces: Sequence[Floats]) -> float:
    """The JPEG quality, 0..100, that FBCNN finds in pieces (h, w, 3) of a picture; their sides are multiples of 8.

    J. Jiang, K. Zhang and R. Timofte, "Towards Flexible Blind JPEG Artifacts Removal" (2021).
    """
    found: list[float] = []
    # The network answers 1 for the worst quality and 0 for the best, beside the picture that it makes.
    judge: Any = network.module.get_submodule("qf_pred")
    hook = judge.register_forward_hook(lambda *answer: found.append(float(answer[-1].float().mean())))
    try:
        for piece in pieces:
            seen = piece if network.inputs == 3 else piece[..., 1:2]
            network.run(check, tensor_from_arrays([seen], network.device, network.dtype))
    finally:
        hook.remove()
    return min(100.0, max(0.0, 100.0 * (1.0 - sum(found) / len(found))))


def told_quality(network: Network, quality: float) -> Work:
    """How FBCNN is run when the quality, 0..100, is told: as the same for all tiles."""
    import torch

    def work(check: Check, tensor: torch.Tensor) -> torch.Tensor:
        told = torch.full((tensor.shape[0], 1), 1.0 - quality / 100.0, device=tensor.device, dtype=tensor.dtype)
        return network.run(check, tensor, told)

    return work
