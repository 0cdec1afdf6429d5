"""FFDNet: takes noise of a known strength out of a picture. Its layers are made here, because spandrel mistakes its
files for a DnCNN of twelve channels.

K. Zhang, W. Zuo and L. Zhang, "FFDNet: Toward a Fast and Flexible Solution for CNN-Based Image Denoising" (2018): the
picture is laid out as four pictures of half the size, a map of the noise's deviation is added as one more channel, and
plain convolutions make the clean picture. The files are those of the KAIR project.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch

HALVES = 2
"""How many times smaller the pictures are that it works on."""


def is_ffdnet(state: Any) -> bool:
    """Whether a state dict is that of an FFDNet: four times the picture's channels, and one for the noise, go in."""
    weights = convolutions(state)
    if not weights:
        return False
    inputs, outputs = weights[0].shape[1], weights[-1].shape[0]
    return outputs in {HALVES**2, HALVES**2 * 3} and inputs == outputs + 1


def convolutions(state: Any) -> list[torch.Tensor]:
    """The weights of its layers in their order; none where the state dict holds anything else."""
    names = [name for name in state if name.endswith(".weight")] if hasattr(state, "keys") else []
    plain = all(name.startswith("model.") and state[name].ndim == 4 for name in names)
    return [state[name] for name in sorted(names, key=lambda name: int(name.split(".")[1]))] if plain else []


def descriptor(state: Any) -> Any:
    """What nodes.models.network.Network takes.

    The input has four channels: RGB, and the noise's deviation in the same 0..1 at every pixel.
    """
    module = _module(state)
    return SimpleNamespace(
        architecture=SimpleNamespace(id="FFDNet"),
        purpose="Restoration",
        scale=1,
        input_channels=4,
        output_channels=3,
        size_requirements=SimpleNamespace(minimum=HALVES, multiple_of=HALVES, square=False),
        supports_half=True,
        supports_bfloat16=True,
        model=module,
        _call_fn=lambda model, image: model(image),
    )


def _module(state: Any) -> torch.nn.Module:
    import torch
    from torch import nn
    from torch.nn import functional

    weights = convolutions(state)
    layers: list[nn.Module] = []
    for weight in weights:
        layers += [
            nn.Conv2d(weight.shape[1], weight.shape[0], weight.shape[2], padding=weight.shape[2] // 2),
            nn.ReLU(),
        ]

    class FFDNet(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            # Named as in the files; there is no ReLU after the last.
            self.model = nn.Sequential(*layers[:-1])
            self.planes = weights[-1].shape[0] // HALVES**2

        def forward(self, given: torch.Tensor) -> torch.Tensor:
            picture, noise = given[:, :3], given[:, 3:]
            count, _, height, width = picture.shape
            if self.planes == 1:
                picture = picture.reshape(count * 3, 1, height, width)
                noise = noise.repeat_interleave(3, dim=0)
            small = functional.pixel_unshuffle(picture, HALVES)
            made = self.model(torch.cat([small, functional.avg_pool2d(noise, HALVES)], dim=1))
            return functional.pixel_shuffle(made, HALVES).reshape(count, 3, height, width)

    module = FFDNet()
    module.load_state_dict(state)
    return module
