"""SRVGGNetCompact (realesr-general-x4v3 and its kin) on the processor: its layers through oneDNN's own operators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nodes.models.cancelling import Check
from nodes.models.fused import Convolution, planes_of

if TYPE_CHECKING:
    import torch


class CompactNetwork:
    """As `Network.run`, for one batch (N, C, H, W) in fp32."""

    def __init__(self, module: Any, dtype: torch.dtype) -> None:
        layers = list(module.body)
        self.dtype, self.factor = dtype, int(module.upscale)
        self.first, self.start = layers[0], layers[1]
        self.middle = [
            (Convolution(conv, dtype), act) for conv, act in zip(layers[2:-1:2], layers[3:-1:2], strict=True)
        ]
        self.last = Convolution(layers[-1], dtype)

    @staticmethod
    def fits(module: Any) -> bool:
        """Whether each layer ends in a PReLU, as in the published networks."""
        import torch

        return all(isinstance(layer, torch.nn.PReLU) for layer in list(module.body)[1::2])

    def __call__(self, check: Check, batch: torch.Tensor) -> torch.Tensor:
        import torch

        return torch.cat([self._one(check, each[None]) for each in batch])

    def _one(self, check: Check, picture: torch.Tensor) -> torch.Tensor:
        import torch
        from torch.nn.functional import interpolate, pixel_shuffle

        check()
        # Eight bits are too few for the picture itself: it enters in fp32, and what the layers find is added to it.
        start = self.start(self.first(picture.contiguous(memory_format=torch.channels_last)))
        plane = planes_of(start.to(self.dtype).contiguous(memory_format=torch.channels_last))
        for layer, act in self.middle:
            check()
            plane = _prelu(layer(plane), act)
        check()
        found = pixel_shuffle(self.last(plane)[:, :, 0].float(), self.factor)
        return found + interpolate(picture, scale_factor=self.factor, mode="nearest")


def _prelu(plane: torch.Tensor, act: Any) -> torch.Tensor:
    """The PReLU of a plane. Its slopes are laid out for a whole row: long runs are quicker than single pixels."""
    import torch

    row = act.weight.to(plane.dtype).expand(plane.shape[-1], -1).contiguous()
    slopes = row.view(1, 1, 1, *row.shape).permute(0, 4, 1, 2, 3)
    return torch.ops.aten._prelu_kernel(plane, slopes)  # noqa: SLF001 - torch's prelu takes one slope per channel only
