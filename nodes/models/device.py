"""What networks compute on, in which precision, and how much memory they may take. Nodes never decide this."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from graph.errors import StepError

if TYPE_CHECKING:
    import torch

Name = Literal["auto", "cuda", "mps", "cpu"]
Precision = Literal["auto", "full", "half"]


@dataclass(frozen=True)
class Device:
    """Where networks run. `auto`: the first that is there of cuda, mps and cpu, and half precision where it pays."""

    name: Name = "auto"
    precision: Precision = "auto"
    memory: int = 2 * 2**30
    """Bytes that the layers of a network may take while it works on one tile."""

    @cached_property
    def kind(self) -> str:
        """cuda, mps or cpu: what is really used. StepError where that is not there."""
        import torch

        there = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available(), "cpu": True}
        if self.name == "auto":
            return next(name for name, usable in there.items() if usable)
        if not there[self.name]:
            raise StepError(f"There is no {self.name} device that can be used.", "Leave out --device, or choose cpu.")
        return self.name

    def dtype(self, half: tuple[torch.dtype, ...]) -> torch.dtype:
        """The precision for a network that also works in those halves, the better one first."""
        import torch

        if self.precision == "full":
            return torch.float32
        useful = {"cuda": (torch.float16, torch.bfloat16), "mps": (torch.float16,), "cpu": _cpu_halves()}[self.kind]
        return next((dtype for dtype in half if dtype in useful), torch.float32)


def _cpu_halves() -> tuple[torch.dtype, ...]:
    """bfloat16 where the processor multiplies it natively (avx512_bf16 or AMX); elsewhere it would be slower."""
    import torch

    native = torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()  # noqa: SLF001 - there is no public way to ask
    return (torch.bfloat16,) if native else ()
