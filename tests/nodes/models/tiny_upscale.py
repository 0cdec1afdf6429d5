"""Small random networks that enlarge pictures, as their authors save them, under the official file names.

Their weights are scaled so that what comes out varies as a photo does, and stays within 0..1 for the most part.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch

    State = dict[str, torch.Tensor]


def tiny_general(
    folder: Path, seed: int = 0, file: str = "realesr-general-x4v3.pth", width: int = 16, layers: int = 2
) -> Path:
    """SRVGGNetCompact, ×4; the published one has a width of 64 and 32 layers."""
    import torch

    random = torch.Generator().manual_seed(seed)
    sides = [(3, width), *[(width, width)] * layers, (width, 48)]
    state: State = {}
    for number, (inputs, outputs) in enumerate(sides):
        state |= _conv(f"body.{2 * number}", inputs, outputs, random, 0.3 if outputs == 48 else 1.0)
        if number <= layers:
            state[f"body.{2 * number + 1}.weight"] = torch.rand(outputs, generator=random) * 0.4
    return _saved({"params": state}, folder / file)


def tiny_weak(folder: Path) -> Path:
    """The one that tiny_general is mixed with."""
    return tiny_general(folder, 1, "realesr-general-wdn-x4v3.pth")


def tiny_x4plus(
    folder: Path, inputs: int = 3, file: str = "RealESRGAN_x4plus.pth", channels: int = 32, blocks: int = 2
) -> Path:
    """RRDBNet, ×4; the published one has 64 channels and 23 blocks."""
    import torch

    random = torch.Generator().manual_seed(2)
    state = _conv("conv_first", inputs, channels, random)
    for block in range(blocks):
        for dense in (1, 2, 3):
            for layer in range(1, 6):
                outputs = channels if layer == 5 else 32
                name = f"body.{block}.rdb{dense}.conv{layer}"
                state |= _conv(name, channels + 32 * (layer - 1), outputs, random)
    for name in ("conv_body", "conv_up1", "conv_up2", "conv_hr"):
        state |= _conv(name, channels, channels, random)
    state |= _conv("conv_last", channels, 3, random, 0.3)
    state["conv_last.bias"] += 0.5
    return _saved({"params_ema": state}, folder / file)


def tiny_x2plus(folder: Path) -> Path:
    """The same with ×2: four pixels go in as one of twelve channels."""
    return tiny_x4plus(folder, 12, "RealESRGAN_x2plus.pth")


def _conv(name: str, inputs: int, outputs: int, random: torch.Generator, gain: float = 1.0) -> State:
    import torch

    weight = torch.randn(outputs, inputs, 3, 3, generator=random) * gain * (2 / (inputs * 9)) ** 0.5
    return {f"{name}.weight": weight, f"{name}.bias": torch.randn(outputs, generator=random) * 0.02}


def _saved(state: dict[str, State], path: Path) -> Path:
    import torch

    torch.save(state, path)
    return path
