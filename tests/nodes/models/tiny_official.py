"""Random networks made by the classes of the official packages, saved as their own training saves them.

Those that can be small are small; GFPGAN and its parser exist in one size. They need the extra `official`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from nodes.models.official import packages

if TYPE_CHECKING:
    import torch

SPREAD = 0.3
"""Standard deviation of the last layer: the outputs of all of them spread over more than 20 of 255."""


def tiny_realesrgan(folder: Path, scale: int = 4) -> Path:
    """An RRDBNet that sees about twenty pixels far."""
    packages()
    from basicsr.archs.rrdbnet_arch import RRDBNet

    network = RRDBNet(3, 3, scale=scale, num_feat=16, num_block=1, num_grow_ch=32)
    return _saved(network, network.conv_last, 0.5, folder / f"RealESRGAN_x{scale}plus.pth", "params_ema", seed=scale)


def tiny_general(folder: Path) -> Path:
    """Two SRVGGNetCompact that see about six pixels far: the one that takes noise away, and beside it its companion."""
    packages()
    from realesrgan.archs.srvgg_arch import SRVGGNetCompact

    for seed, name in enumerate(("realesr-general-wdn-x4v3.pth", "realesr-general-x4v3.pth")):
        network = SRVGGNetCompact(3, 3, num_feat=16, num_conv=4, upscale=4, act_type="prelu")
        _saved(network, network.body[-1], 0.0, folder / name, "params", seed)
    return folder / "realesr-general-x4v3.pth"


def whole_gfpgan(folder: Path) -> Path:
    """A GFPGANv1Clean, 174 MB: the sizes that the package asks for. It draws noise at every call."""
    import torch

    packages()
    from gfpgan.archs.gfpganv1_clean_arch import GFPGANv1Clean

    torch.manual_seed(1)
    network = GFPGANv1Clean(
        512, channel_multiplier=2, fix_decoder=False, input_is_latent=True, different_w=True, sft_half=True
    )
    for name, value in network.named_parameters():
        if name.startswith("stylegan_decoder") and name.endswith("conv1.weight") and value.numel() == 1:
            torch.nn.init.constant_(value, 0.1)
    path = folder / "GFPGANv1.4.pth"
    torch.save({"params_ema": _halves(network)}, path)
    return path


def whole_parsenet(folder: Path) -> Path:
    """A ParseNet, 43 MB, whose classes are spread over the picture."""
    import torch

    packages()
    from facexlib.parsing.parsenet import ParseNet

    torch.manual_seed(2)
    path = folder / "parsing_parsenet.pth"
    network = ParseNet(in_size=512, out_size=512, parsing_ch=19)
    _unsettle(network)
    _spread(network.eval(), network.out_mask_conv.conv2d, 0.0)
    torch.save(_halves(network), path)
    return path


def _halves(network: Any) -> dict[str, torch.Tensor]:
    """The weights in half precision, which takes half the disk; whoever loads them computes in fp32 again."""
    return {name: value.half() if value.is_floating_point() else value for name, value in network.state_dict().items()}


def _saved(network: Any, last: Any, level: float, path: Path, key: str, seed: int) -> Path:
    """New weights from the seed, their output spread around that level."""
    import torch

    generator = torch.Generator().manual_seed(seed)
    for value in network.parameters():
        if value.ndim == 4:
            torch.nn.init.kaiming_normal_(value, 0.2, generator=generator)
    _spread(network, last, level)
    torch.save({key: network.state_dict()}, path)
    return path


def _spread(network: Any, last: Any, level: float) -> None:
    """Scale the weights of the last layer, so that its output has the spread, around that level, for a face."""
    import torch

    seen: list[torch.Tensor] = []
    hook = last.register_forward_hook(lambda *call: seen.append(call[-1]))
    with torch.no_grad():
        network(_portrait())
        gain = SPREAD / (seen[0] - seen[0].mean((0, 2, 3), keepdim=True)).std()
        last.weight.mul_(gain)
        last.bias.copy_((last.bias - seen[0].mean((0, 2, 3))) * gain + level)
    hook.remove()


def _portrait() -> torch.Tensor:
    """A face to measure the spread on: noise would say too little of it."""
    import skimage.data
    import torch

    pixels = skimage.data.astronaut()[60:140, 180:260]
    return torch.from_numpy(pixels).permute(2, 0, 1)[None] / 255


def whole_retinaface(folder: Path, backbone: str) -> tuple[Any, Path]:
    """facexlib's RetinaFace over that backbone, and its file; it finds anything anywhere."""
    import torch

    packages()
    from facexlib.detection.retinaface import RetinaFace

    torch.manual_seed(3)
    network = RetinaFace(backbone, device="cpu")
    _unsettle(network)
    path = folder / f"detection_{backbone}.pth"
    # The published files were saved from a network that trained on several devices.
    torch.save({f"module.{name}": value for name, value in network.state_dict().items()}, path)
    return network, path


def _unsettle(network: Any) -> None:
    """Give batch normalisations something to do: a fresh one passes on what it gets."""
    import torch

    for part in network.modules():
        if isinstance(part, torch.nn.BatchNorm2d):
            assert part.running_mean is not None
            assert part.running_var is not None
            torch.nn.init.normal_(part.running_mean, std=0.1)
            torch.nn.init.uniform_(part.running_var, 0.7, 1.4)
            torch.nn.init.uniform_(part.weight, 0.8, 1.2)
            torch.nn.init.normal_(part.bias, std=0.1)
