"""Where to act."""

from __future__ import annotations

from dataclasses import InitVar, dataclass

from nodes.kinds.arrays import Floats, seal


@dataclass(frozen=True, slots=True, eq=False)
class Mask:
    """Values as float32 (H, W), 0..1, finite, read-only: 1 means "act here". Soft edges allowed."""

    values: Floats
    checked: InitVar[bool] = False
    """True skips the range check; see Image."""

    def __post_init__(self, checked: bool) -> None:
        shape = self.values.shape
        if len(shape) != 2 or 0 in shape:
            raise ValueError(f"a Mask is (H, W) with at least one pixel, not {shape}")
        object.__setattr__(self, "values", seal(self.values, "a Mask", checked))

    @property
    def height(self) -> int:
        return self.values.shape[0]

    @property
    def width(self) -> int:
        return self.values.shape[1]
