"""Makes a diffusion model quicker on the processor, without changing what it draws."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nodes.models.fused import available

if TYPE_CHECKING:
    import torch

SPARE = 4
"""How often what is gained this way must fit into the free memory, for the picture's sake."""


def quicken(network: Any, free: int) -> int:
    """Have a network on the processor pack the weights of its convolutions once, and not in every step again.

    Measured on SD 1.5's UNet, one core with AMX, channels last, beside what diffusers leaves: in bf16 1.5 times as fast
    at 256 pixels a side and 1.3 times at 512, in fp32 1.2 times at 256. Packed linear layers gained nothing, nor
    did the VAE. The results differ by single roundings.

    Returns how many bytes that takes besides the weights; 0 where nothing is gained, or less than four times as much
    is free.
    """
    import torch

    found = [part for part in network.modules() if isinstance(part, torch.nn.Conv2d) and _gains(part)]
    size = sum(part.weight.nbytes for part in found)
    if SPARE * size > free:
        return 0
    for part in found:
        part.forward = Packed(part)
    return size


def _gains(part: torch.nn.Conv2d) -> bool:
    import torch

    plain = part.padding_mode == "zeros" and not isinstance(part.padding, str)
    kinds = {torch.float32, torch.bfloat16} if available() else set()
    return plain and part.weight.dtype in kinds and part.weight.device.type == "cpu"


class Packed:
    """What a convolution does, with its weights also in the order that oneDNN computes with.

    It holds the weights and not the layer, so that both go when the model goes.
    """

    def __init__(self, conv: torch.nn.Conv2d) -> None:
        self._weight, self._bias = conv.weight, conv.bias
        self._how = conv.padding, conv.stride, conv.dilation, conv.groups
        self._packed: torch.Tensor | None = None
        self._shape: torch.Size | None = None

    def __call__(self, input: torch.Tensor) -> torch.Tensor:
        pack, convolve = _operators()
        if self._shape != input.shape:
            self._shape = input.shape
            self._packed = pack(self._weight.detach(), *self._how, list(input.shape))
        return convolve(input, self._packed, self._bias, *self._how, "none", [], "")


def _operators() -> tuple[Any, Any]:
    """Private to torch, as in nodes.models.fused: its compiler writes calls of them."""
    import torch

    own = torch.ops.mkldnn
    return getattr(own, "_reorder_convolution_weight"), getattr(own, "_convolution_pointwise")  # noqa: B009 - as said
