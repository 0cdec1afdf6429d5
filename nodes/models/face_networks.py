"""Networks that restore one aligned face: GFPGAN, RestoreFormer and CodeFormer, loaded through spandrel.

X. Wang et al., "Towards Real-World Blind Face Restoration with Generative Facial Prior" (2021); Z. Wang et al.,
"RestoreFormer" (2022); S. Zhou et al., "Towards Robust Blind Face Restoration with Codebook Lookup Transformer" (2022).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from graph.errors import StepError
from nodes.kinds.arrays import Floats
from nodes.models.device import Device
from nodes.models.network import described, looking, read_state
from nodes.models.tensors import arrays_from_tensor, tensor_from_arrays

if TYPE_CHECKING:
    import torch

SIDE = 512
"""Pixels of the aligned face that all of them take and give."""

PURPOSE = "FaceSR"
"""What spandrel calls them."""

ROUNDABLE = ("GFPGAN",)
"""Architectures that give the same face in bf16, to 2 of 255. The others look up their nearest code: after rounding
that is another one, and another face comes out."""

WITH_FIDELITY = "CodeFormer"
"""The architecture that has a setting between quality and likeness."""


@dataclass(frozen=True)
class FaceModel:
    """A face network by its name on the shelf."""

    name: str

    @property
    def weights(self) -> tuple[str, ...]:
        return (self.name,)

    def load(self, files: Mapping[str, Path], device: Device) -> tuple[FaceNetwork, int]:
        import torch

        path = files[self.name]
        found = described(read_state(path), path)
        if found.purpose != PURPOSE:
            raise StepError(
                f"{path.name} is a model of {found.architecture.id}, which does not restore faces.",
                "Choose GFPGAN, RestoreFormer or CodeFormer.",
            )
        layers = device.dtype((torch.bfloat16,) if found.architecture.id in ROUNDABLE else ())
        network = FaceNetwork(found.model, found.architecture.id, torch.device(device.kind), layers)
        return network, network.size


class FaceNetwork:
    """A loaded network. It works for one borrower at a time.

    In bf16 only its layers compute; what is added up between them stays in fp32.
    """

    def __init__(self, module: Any, architecture: str, device: torch.device, layers: torch.dtype) -> None:
        self.module = module.eval().requires_grad_(requires_grad=False).to(device)
        self.architecture, self.device, self.layers = architecture, device, layers

    @property
    def size(self) -> int:
        """Bytes of its weights."""
        return sum(each.nbytes for each in self.module.state_dict().values())

    @property
    def has_fidelity(self) -> bool:
        return self.architecture == WITH_FIDELITY

    def restored(self, face: Floats, check: Callable[[], None], *, fidelity: float = 0.5, seed: int = 1) -> Floats:
        """The restored face (512, 512, 3) for an aligned one, both sRGB in 0..1; `check` is called between layers.

        `fidelity` (0..1: from quality to likeness) counts for CodeFormer alone, `seed` for GFPGAN, whose decoder adds
        noise in every layer.
        """
        import torch

        # These networks flatten with `view`, which asks for channels first in memory.
        tensor = tensor_from_arrays([face * np.float32(2) - np.float32(1)], self.device, torch.float32).contiguous()
        noises = getattr(getattr(self.module, "stylegan_decoder", None), "noises", None)
        if noises is not None:
            _draw(noises, seed)
        mixed = torch.autocast(self.device.type, self.layers, enabled=self.layers is torch.bfloat16)
        with torch.inference_mode(), looking(self.module, check), mixed:
            # Each takes what it knows of these and ignores the rest.
            output = self.module(tensor, weight=fidelity, return_rgb=False, randomize_noise=False)[0]
        pixels = arrays_from_tensor(output)[0] * np.float32(0.5) + np.float32(0.5)
        return np.clip(np.nan_to_num(pixels, nan=0.5), 0.0, 1.0)


def _draw(noises: Any, seed: int) -> None:
    """Put noise into the decoder's stored noise, layer after layer, always the same for a seed, on every device."""
    import torch

    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for number in range(len(dict(noises.named_buffers()))):
            buffer = getattr(noises, f"noise{number}")
            buffer.copy_(torch.empty(buffer.shape).normal_(generator=generator))
