"""How a diffusion model is made to fit into the memory there is: what waits elsewhere, what is done piece by piece."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from nodes.models.diffusion.family import Name

if TYPE_CHECKING:
    import torch

Offload = Literal["none", "parts", "layers"]

SCRATCH = 1.7
"""Convolutions and attention take buffers beside the tensors that are counted here. Measured on a processor at
512 × 512 pixels: the UNet of SD 1.5 took 1.65 times as much in bf16, the VAE 1.1 times in fp32."""

DRAWING = {"sd1": 130, "sd2": 130, "sdxl": 79}
"""Numbers that the UNet's layers hold at once, per pixel of the picture and pass. Counted on the published sizes."""

DECODING = 768
"""The same for the VAE's decoder; its encoder holds 640."""

TILE = 512
"""Pixels a side of the VAE's tiles, as its settings say for SD 1; SDXL's are larger, and set to the same."""

STREAMED = 256 * 2**20
"""Bytes of weights on the device while layers are fetched one by one: the largest layer has 113 MiB in fp32."""

READING = 64 * 2**20
"""Bytes that the text encoders' layers take for a prompt."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is done to make a picture fit. Only `tiles` changes it, by as little as two tiles of the VAE differ."""

    offload: Offload = "none"
    """What waits in the processor's memory: nothing, the parts that are not at work, or all layers but one."""
    slices: bool = False
    """Whether the pass with the words and the one without follow each other."""
    tiles: bool = False
    """Whether the VAE works on pieces."""


LADDER = (
    Plan(),
    Plan("parts"),
    Plan("parts", slices=True),
    Plan("parts", slices=True, tiles=True),
    Plan("layers", slices=True, tiles=True),
)
"""From the fastest to the thriftiest. Moving parts costs a second or so, moving layers takes several times as long."""

FLAT = (Plan(), Plan(slices=True), Plan(slices=True, tiles=True))
"""The same where the device has no memory of its own that something could wait outside of."""


@dataclass(frozen=True, slots=True)
class Demand:
    """What a picture takes, in bytes."""

    encoders: int
    """Weights of the text encoders."""
    unet: int
    """Weights of the UNet, and of ControlNets."""
    vae: int
    """Weights of the VAE."""
    drawing: int
    """What the UNet's layers hold in one pass."""
    decoding: int
    """What the VAE's layers hold for the whole picture."""
    tile: int
    """What they hold for a tile of it."""
    passes: int = 2

    def of(self, plan: Plan) -> int:
        """Bytes that are on the device at once."""
        reading = self.encoders + READING
        drawing = self.drawing * (1 if plan.slices else self.passes)
        decoding = min(self.decoding, self.tile) if plan.tiles else self.decoding
        if plan.offload == "none":
            return self.encoders + self.unet + self.vae + max(READING, drawing, decoding)
        if plan.offload == "parts":
            return max(reading, self.unet + drawing, self.vae + decoding)
        return max(STREAMED + drawing, self.vae + decoding)


def demand(
    name: Name, weights: tuple[int, int, int], size: tuple[int, int], samples: tuple[int, int], passes: int
) -> Demand:
    """What a picture of that height and width takes.

    `weights` are the bytes of text encoders, UNet and VAE; `samples` those of a number in UNet and VAE.
    """
    pixel = int(DECODING * samples[1] * SCRATCH)
    drawing = int(DRAWING[name] * samples[0] * SCRATCH)
    area = size[0] * size[1]
    return Demand(*weights, area * drawing, area * pixel, TILE**2 * pixel, passes)


def plan(wanted: Demand, free: int, ladder: tuple[Plan, ...] = LADDER) -> Plan:
    """The fastest plan that fits into the free bytes; the thriftiest where none does."""
    return next((each for each in ladder if wanted.of(each) <= free), ladder[-1])


def thriftier(than: Plan, ladder: tuple[Plan, ...] = LADDER) -> Plan | None:
    """The next one, or None."""
    return next(iter(ladder[ladder.index(than) + 1 :]), None)


def free(device: torch.device) -> int:
    """Bytes that can be had on the device now, among them what torch keeps in reserve."""
    import torch

    if device.type == "cuda":
        reserve = torch.cuda.memory_reserved(device) - torch.cuda.memory_allocated(device)
        return torch.cuda.mem_get_info(device)[0] + reserve
    if device.type == "mps":
        return torch.mps.recommended_max_memory() - torch.mps.driver_allocated_memory()
    return _free_in_system()


def _free_in_system() -> int:
    """Bytes that programs can still have: Linux and Windows tell; of others, half of all there is."""
    told = Path("/proc/meminfo")
    if told.is_file():
        lines = (line.split() for line in told.read_text().splitlines())
        available = next((int(words[1]) * 1024 for words in lines if words[0] == "MemAvailable:"), 0)
        return min([available, *_free_in_group()])
    if os.name == "nt":
        return _free_in_windows()
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2


def _free_in_group(folder: Path = Path("/sys/fs/cgroup")) -> list[int]:
    """What a container's bound leaves, if there is one. Cached files are given back when memory is wanted."""
    try:
        most, used = ((folder / name).read_text().strip() for name in ("memory.max", "memory.current"))
        stat = dict(line.split() for line in (folder / "memory.stat").read_text().splitlines())
        return [int(most) - int(used) + int(stat.get("inactive_file", 0))]
    except (OSError, ValueError):
        # There is no such group, or its bound is "max".
        return []


def _free_in_windows() -> int:
    import ctypes

    class Status(ctypes.Structure):
        """MEMORYSTATUSEX of the Windows API."""

        _fields_ = [
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            *((name, ctypes.c_ulonglong) for name in ("total", "free", "pages", "free_pages", "space", "free_space")),
            ("extended", ctypes.c_ulonglong),
        ]

    status = Status(length=ctypes.sizeof(Status))
    kernel: Any = ctypes.windll.kernel32  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType] - there is one on Windows alone
    kernel.GlobalMemoryStatusEx(ctypes.byref(status))
    return int(status.free)
