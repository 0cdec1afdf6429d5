"""ControlNets at work: at every step they tell the UNet where lines are to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from nodes.models.diffusion.control import Hold
from nodes.models.diffusion.family import Name
from nodes.models.diffusion.fitting import check_family
from nodes.models.diffusion.placing import arrangement
from nodes.models.tensors import tensor_from_arrays

if TYPE_CHECKING:
    import torch


class Held:
    """What a picture of one size is held to. StepError for a ControlNet of another family than the model's."""

    def __init__(self, holds: Sequence[Hold], family: Name, dtype: torch.dtype, device: torch.device) -> None:
        self._holds = [hold for hold in holds if hold.strength > 0 and hold.until > 0]
        for hold in self._holds:
            check_family(hold.control.name, [hold.control.family], family)
        self.networks = [
            hold.control.network.to(dtype=dtype, memory_format=arrangement(device)) for hold in self._holds
        ]
        self._pictures = [tensor_from_arrays([hold.picture], device, dtype) for hold in self._holds]

    def at(
        self, share: float, x: torch.Tensor, time: torch.Tensor, words: torch.Tensor, added: Mapping[str, torch.Tensor]
    ) -> Mapping[str, Any]:
        """What the UNet is given besides at that share 0..1 of the steps; nothing where none watches any more.

        `x` are the latents as the UNet takes them, `words` and `added` what it is told.
        """
        told = [
            network(x, time, words, picture, hold.strength, added_cond_kwargs=added, return_dict=False)
            for hold, network, picture in zip(self._holds, self.networks, self._pictures, strict=True)
            if share < hold.until
        ]
        if not told:
            return {}
        return {
            "down_block_additional_residuals": [sum(each) for each in zip(*(down for down, _ in told), strict=True)],
            "mid_block_additional_residual": sum(middle for _, middle in told),
        }
