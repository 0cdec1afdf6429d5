"""Layers of networks whose architecture is written here: convolutions, each with its batch normalisation folded in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import torch

EPSILON = 1e-5
"""PyTorch's default of batch normalisation, which all published checkpoints were trained with."""


@dataclass(frozen=True)
class Layers:
    """The weights of a network by their names in its state dict. KeyError for a name that is not there."""

    weights: Mapping[str, tuple[torch.Tensor, torch.Tensor | None]]
    check: Callable[[], None] = lambda: None
    """Called before every layer, so that a pass can be cancelled."""

    @property
    def size(self) -> int:
        """Bytes of the weights."""
        return sum(each.nbytes for pair in self.weights.values() for each in pair if each is not None)

    def checking(self, check: Callable[[], None]) -> Layers:
        """The same layers, looking at another flag."""
        return Layers(self.weights, check)

    def count(self, prefix: str) -> int:
        """How many numbered parts stand below a name."""
        numbers = {name[len(prefix) + 1 :].partition(".")[0] for name in self.weights if name.startswith(f"{prefix}.")}
        return len({number for number in numbers if number.isdigit()})

    def conv(self, x: torch.Tensor, name: str, stride: int = 1, padding: int = 0, groups: int = 1) -> torch.Tensor:
        """A convolution, with the normalisation that follows it."""
        from torch.nn.functional import conv2d

        self.check()
        weight, bias = self.weights[name]
        return conv2d(x, weight, bias, stride=stride, padding=padding, groups=groups)


def folded(state: Mapping[str, Any], norms: Callable[[str], str | None], device: torch.device) -> Layers:
    """The convolutions of a state dict in fp32; `norms` names the batch normalisation behind each, or None.

    A normalisation at rest is a multiplication and an addition, which the weights before it can take over.
    """
    found: dict[str, tuple[Any, Any]] = {}
    for key, value in state.items():
        name = key.removesuffix(".weight")
        if key.endswith(".weight") and np.ndim(value) == 4:
            weight, bias = value.double(), state.get(f"{name}.bias")
            norm = norms(name)
            if norm is not None and f"{norm}.running_var" in state:
                weight, bias = _with_norm(weight, bias, {part: state[f"{norm}.{part}"].double() for part in PARTS})
            found[name] = (weight.float().to(device), None if bias is None else bias.float().to(device))
    return Layers(found)


PARTS = ("weight", "bias", "running_mean", "running_var")


def _with_norm(weight: Any, bias: Any, norm: Mapping[str, Any]) -> tuple[Any, Any]:
    gain = norm["weight"] / (norm["running_var"] + EPSILON).sqrt()
    before = 0 if bias is None else bias.double()
    return weight * gain[:, None, None, None], norm["bias"] + (before - norm["running_mean"]) * gain
