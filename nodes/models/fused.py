"""Convolutions for the processor through oneDNN's own operators: weights packed once, activation and sum fused in.

A convolution here works on planes: (1, C, D, H, W) with the channels last in memory. D planes of C channels are the
same as D × C channels of a picture, but planes lie one after the other: those already computed are read as they lie,
where torch would first copy all of them together (`torch.cat`) into a new tensor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import torch

PADDING, ONES = (0, 1, 1), (1, 1, 1)


def available() -> bool:
    """Whether this build of torch has oneDNN with the operators that torch's own compiler uses."""
    import torch

    return torch.backends.mkldnn.is_available() and hasattr(torch.ops.mkldnn, "_convolution_pointwise")


class _Operators(NamedTuple):
    """Private to torch, and stable since 2.1: its compiler writes calls of them into the code it makes."""

    convolve: Any
    convolve_onto: Any
    pack: Any


def _operators() -> _Operators:
    import torch

    names = ("_convolution_pointwise", "_convolution_pointwise_", "_reorder_convolution_weight")
    return _Operators(*(getattr(torch.ops.mkldnn, name) for name in names))


class Convolution:
    """A 3 × 3 convolution with padding 1 over planes, and the activation after it."""

    def __init__(
        self, conv: Any, dtype: torch.dtype, *, slope: float | None = None, planes: int = 1, gain: float = 1.0
    ) -> None:
        """`slope` of the leaky ReLU that follows (0: ReLU; None: nothing follows); `gain` multiplies the result."""
        outputs, inputs = conv.weight.shape[:2]
        weight = (conv.weight * gain).reshape(outputs, planes, inputs // planes, 3, 3)
        self._weight = weight.transpose(1, 2).to(dtype)
        self._bias = (conv.bias * gain).to(dtype)
        self._activation = ("none", []) if slope is None else ("leaky_relu", [slope])
        self._packed: Any = None
        self._shape: tuple[int, ...] = ()

    def __call__(self, planes: torch.Tensor) -> torch.Tensor:
        """(1, C, D, H, W) → (1, C', 1, H, W)."""
        weight, (name, scalars) = self._for(planes), self._activation
        return _operators().convolve(planes, weight, self._bias, PADDING, ONES, ONES, 1, name, scalars, "")

    def plus(self, planes: torch.Tensor, other: torch.Tensor) -> torch.Tensor:
        """The result and `other`, added before they are rounded."""
        weight = self._for(planes)
        more = (self._bias, PADDING, ONES, ONES, 1, "add", 1.0, None, [], None)
        return _operators().convolve.binary(planes, other, weight, *more)

    def onto(self, target: torch.Tensor, planes: torch.Tensor) -> None:
        """As `plus`, in place."""
        weight = self._for(planes)
        more = (self._bias, PADDING, ONES, ONES, 1, "add", 1.0, None, [], None)
        _operators().convolve_onto(target, planes, weight, *more)

    def _for(self, planes: torch.Tensor) -> torch.Tensor:
        """The weights in the order that is fastest for planes of that size."""
        if self._shape != tuple(planes.shape):
            self._shape = tuple(planes.shape)
            self._packed = _operators().pack(self._weight, PADDING, ONES, ONES, 1, self._shape)
        return self._packed


def planes_of(picture: torch.Tensor) -> torch.Tensor:
    """(1, C, H, W) with channels last as one plane (1, C, 1, H, W) of the same memory."""
    return picture.permute(0, 2, 3, 1).unsqueeze(1).permute(0, 4, 1, 2, 3)


def enlarged(plane: torch.Tensor, factor: int) -> torch.Tensor:
    """(1, C, 1, H, W) with every pixel repeated `factor` times in both directions."""
    import torch

    rows = plane.permute(0, 2, 3, 4, 1)[0, 0]
    height, width, channels = rows.shape
    out = torch.empty(height, factor, width, factor, channels, dtype=plane.dtype)
    out.copy_(rows[:, None, :, None])
    return out.view(1, 1, height * factor, width * factor, channels).permute(0, 4, 1, 2, 3)
