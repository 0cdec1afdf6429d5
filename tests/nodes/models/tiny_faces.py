"""Small random networks that work on faces, and a stand-in for them all."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from nodes.models.device import Device
from nodes.models.face_vectors import FaceVectorModel


def tiny_restoreformer(folder: Path) -> Path:
    """A RestoreFormer of few channels, in bands that its six halvings of 512 pixels need."""
    import torch

    from nodes.models.compatibility import mend_torchvision

    mend_torchvision()
    from spandrel.architectures.RestoreFormer import RestoreFormer

    torch.manual_seed(1)
    network = RestoreFormer(n_embed=16, embed_dim=32, ch=32, ch_mult=(1,) * 6, num_res_blocks=1, z_channels=32)
    path = folder / "RestoreFormer.pth"
    torch.save({"params": _lively(network).state_dict()}, path)
    return path


def tiny_gfpgan() -> Any:
    """A GFPGAN of few channels. spandrel loads only the full size of it, so it comes as a module."""
    import torch

    from nodes.models.compatibility import mend_torchvision

    mend_torchvision()
    from spandrel.architectures.GFPGAN import GFPGAN

    torch.manual_seed(2)
    few: Any = 1 / 16
    network = GFPGAN(out_size=512, num_style_feat=8, channel_multiplier=1, num_mlp=2, narrow=few)
    for value in network.stylegan_decoder.parameters():
        # How much noise each layer adds: nothing in a fresh network.
        if value.shape == (1,):
            torch.nn.init.constant_(value, 0.3)
    return network.eval()


def tiny_parsenet(folder: Path) -> Path:
    """A ParseNet of eight channels and two blocks."""
    import torch

    generator = torch.Generator().manual_seed(3)
    state: dict[str, Any] = {}

    def conv(name: str, inputs: int, outputs: int, *, norm: bool) -> None:
        state[f"{name}.conv2d.weight"] = torch.randn(outputs, inputs, 3, 3, generator=generator) * 0.3
        if not norm:
            state[f"{name}.conv2d.bias"] = torch.randn(outputs, generator=generator) * 0.1
            return
        state[f"{name}.norm.norm.weight"] = torch.rand(outputs, generator=generator) + 0.5
        state[f"{name}.norm.norm.bias"] = torch.randn(outputs, generator=generator) * 0.1
        state[f"{name}.norm.norm.running_mean"] = torch.randn(outputs, generator=generator) * 0.1
        state[f"{name}.norm.norm.running_var"] = torch.rand(outputs, generator=generator) + 0.5

    def block(name: str, *, aside: bool) -> None:
        if aside:
            conv(f"{name}.shortcut_func", 8, 8, norm=False)
        conv(f"{name}.conv1", 8, 8, norm=True)
        conv(f"{name}.conv2", 8, 8, norm=True)

    conv("encoder.0", 3, 8, norm=False)
    block("encoder.1", aside=True)
    block("body.0", aside=False)
    block("decoder.0", aside=True)
    conv("out_mask_conv", 8, 19, norm=False)
    path = folder / "parsing_parsenet.pth"
    torch.save(state, path)
    return path


def _lively(network: Any) -> Any:
    """Weights so large that the output really varies."""
    import torch

    with torch.no_grad():
        for name, value in network.named_parameters():
            if name == "decoder.conv_out.weight":
                value.mul_(3.0)
    return network


class Stand:
    """Lends one function for every face network, and the real face vectors: for the work around, on many faces."""

    def __init__(self, change: Callable[[np.ndarray], np.ndarray] = np.copy) -> None:
        self.calls = 0
        self.change = change

    @contextmanager
    def borrow(self, spec: Any, cancelled: threading.Event) -> Generator[Any]:
        if isinstance(spec, FaceVectorModel):
            yield spec.load({}, Device("cpu", "full"))[0]
        else:
            yield SimpleNamespace(restored=self._restored)

    def _restored(self, face: np.ndarray, check: Callable[[], None], **_: Any) -> np.ndarray:
        check()
        self.calls += 1
        return np.clip(self.change(face), 0, 1).astype(np.float32)
