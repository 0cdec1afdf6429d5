"""Small random networks that clean pictures, under the official file names, made by spandrel's own classes.

Each changes the picture by about 20 of 255, so that a wrong pixel shows, and leaves it a picture.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nodes.models.compatibility import mend_torchvision

if TYPE_CHECKING:
    import torch

CHANGE = 20 / 255


def tiny_scunet(folder: Path) -> Path:
    _begin()
    from spandrel.architectures.SCUNet import SCUNet

    network = SCUNet(in_nc=3, config=[2, 1, 1, 1, 1, 1, 1], dim=64)
    return _saved(network, "m_tail.0", folder / "scunet_color_real_psnr.pth", passes=False)


def tiny_nafnet(folder: Path, file: str = "NAFNet-GoPro-width64.pth") -> Path:
    _begin()
    from spandrel.architectures.NAFNet import NAFNet

    network = NAFNet(img_channel=3, width=8, middle_blk_num=1, enc_blk_nums=[1, 1, 1, 1], dec_blk_nums=[1, 1, 1, 1])
    return _saved(network, "ending", folder / file, passes=True, wrapped="params")


def tiny_fbcnn(folder: Path, channels: int = 3) -> Path:
    _begin()
    from spandrel.architectures.FBCNN import FBCNN

    network = FBCNN(in_nc=channels, out_nc=channels, nc=[8, 16, 32, 512], nb=2)
    file = "fbcnn_color.pth" if channels == 3 else "fbcnn_gray_double.pth"
    return _saved(network, "m_tail", folder / file, passes=False)


def tiny_dncnn(folder: Path) -> Path:
    _begin()
    from spandrel.architectures.DnCNN import DnCNN

    network = DnCNN(in_nc=3, out_nc=3, nc=16, nb=10, act_mode="R")
    return _saved(network, "model.18", folder / "dncnn_color_blind.pth", passes=True)


def tiny_ffdnet(folder: Path, planes: int = 3) -> Path:
    """Its last layer looks at the noise too: without the map something else comes out."""
    from torch import nn

    _begin()
    sides = [planes * 4 + 1, 24, 24, planes * 4]
    layers: list[nn.Module] = []
    for inputs, outputs in pairwise(sides):
        layers += [nn.Conv2d(inputs, outputs, 3, padding=1), nn.ReLU()]
    network = nn.Sequential()
    network.add_module("model", nn.Sequential(*layers[:-1]))
    return _saved(network, "model.4", folder / "ffdnet_color.pth", passes=False)


def _begin() -> None:
    """The same random weights, whichever test ran before."""
    import torch

    mend_torchvision()
    torch.manual_seed(1)


def _saved(network: torch.nn.Module, last: str, path: Path, *, passes: bool, wrapped: str = "") -> Path:
    """The checkpoint of a network of random weights whose last layer is scaled to the wanted change.

    One that `passes` adds its input to what it makes by itself; the others get a middle grey to start from.
    """
    import torch

    network.eval().requires_grad_(requires_grad=False)
    for name, weights in network.named_parameters():
        if name.endswith(("beta", "gamma")) and weights.ndim == 4:
            weights.copy_(torch.rand_like(weights))
    layer: Any = network.get_submodule(last)
    seen = torch.rand(1, _inputs(network), 128, 128)
    made = _picture(network, seen)
    spread = (made - seen if passes else made).std()
    layer.weight.mul_(CHANGE / spread)
    if layer.bias is not None:
        layer.bias.mul_(CHANGE / spread)
        if not passes:
            layer.bias.add_(0.5 - _picture(network, seen).mean())
    state = network.state_dict()
    # Some layers have a fixed size: in half precision the files stay small.
    state = {name: weights.half() for name, weights in state.items()} if path.name.startswith("fbcnn") else state
    torch.save({wrapped: state} if wrapped else state, path)
    return path


def _inputs(network: torch.nn.Module) -> int:
    import torch

    return next(part.in_channels for part in network.modules() if isinstance(part, torch.nn.Conv2d))


def _picture(network: torch.nn.Module, seen: torch.Tensor) -> torch.Tensor:
    made = network(seen)
    return made[0] if isinstance(made, tuple) else made
