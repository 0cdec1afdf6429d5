"""The network that finds scratches: its architecture, what it sees of a photo, and its files."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from graph.errors import StepError
from nodes.kinds.arrays import Floats
from nodes.models.compatibility import mend_torchvision
from nodes.models.device import Device
from nodes.models.network import looking
from nodes.models.tensors import arrays_from_tensor, tensor_from_arrays

if TYPE_CHECKING:
    import torch


class Form(NamedTuple):
    """What a U-Net is made of."""

    encoder: str
    """As segmentation_models_pytorch calls it."""
    depth: int
    """How often it halves the picture."""
    decoder: tuple[int, ...]
    """Channels on the way back, a number for each doubling."""


FORMS = {
    "resnet10t": Form("tu-resnet10t", 4, (96, 64, 32, 16)),
    "mobilenetv3": Form("tu-tf_mobilenetv3_small_minimal_100", 5, (56, 40, 32, 24, 16)),
}
"""By the name that files carry. The first, of full convolutions, has 1.8 million weights, 3.7 MB in half precision; the
second, of separable ones, 0.9 million."""

TILE, OVERLAP = 512, 64
"""Pixels: what the network is shown at once, and how far tiles overlap. Both are multiples of BLOCK, so that every tile
measures the surroundings of a place on the same blocks."""

BATCH = 4
"""Tiles that a graphics card looks at together. A processor is no quicker with several."""

BLOCK = 32
"""Pixels a side of the squares whose surroundings are measured; the network halves a picture five times at most."""

SIDE = 8
"""Pixels a side of them that are looked at."""

FLOOR, FINEST = 0.02, 0.01
"""Least spread of a print's and of its details' tones, so that the noise of a flat picture is not blown up."""

NARROW, WIDE = 3.0, 16.0
"""Pixels: details differ from a blur of the first deviation; they are weighed against others within the second."""

LIMIT = 6.0
"""Spreads: beyond it all is equally far."""


def channels(light: Floats) -> Floats:
    """What the network sees of a picture's brightness (H, W): (H, W, 2), about -2..2.

    First brightness against the median of some 100 pixels around, in spreads (median absolute deviation) of it: faded
    and dense prints look alike. Then the finest details against how strong details are nearby.
    """
    middle, spread = _surroundings(light)
    level = (light - middle) / (1.4826 * spread + FLOOR)
    detail = np.asarray(light - _blurred(light, NARROW), np.float32)
    contrast = detail / (np.sqrt(np.maximum(_blurred(detail * detail, WIDE), 0)) + FINEST)
    return np.clip(np.stack([level, contrast], axis=-1), -LIMIT, LIMIT, dtype=np.float32) * np.float32(2 / LIMIT)


def architecture(encoder: str = "resnet10t") -> torch.nn.Module:
    """The network with random weights: (N, 2, H, W) to logits (N, 1, H, W); height and width are multiples of BLOCK."""
    mend_torchvision()
    import segmentation_models_pytorch as smp

    form = FORMS[encoder]
    return smp.Unet(
        form.encoder,
        encoder_depth=form.depth,
        encoder_weights=None,
        decoder_channels=form.decoder,
        in_channels=2,
        classes=1,
    )


def write(path: Path, module: torch.nn.Module, encoder: str, card: Mapping[str, Any]) -> None:
    """The weights in half precision as safetensors, and beside them the card that says what they are, as JSON."""
    import torch
    from safetensors.torch import save_file

    state = {name: value for name, value in module.state_dict().items() if not name.endswith("num_batches_tracked")}
    halves = {name: value.detach().to("cpu", torch.float16).contiguous() for name, value in state.items()}
    beside = path.with_suffix(".part")
    save_file(halves, beside, {"network": "scratches", "encoder": encoder})
    # The library leaves a file that only its owner can read.
    beside.chmod(0o644)
    beside.replace(path)
    path.with_suffix(".json").write_text(json.dumps(dict(card), indent=2) + "\n", "utf-8")


def read(path: Path) -> torch.nn.Module:
    """The network in such a file, in fp32. StepError where it is none."""
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, "pt") as file:
            about = file.metadata() or {}
            state = {name: file.get_tensor(name).float() for name in file.keys()}  # noqa: SIM118 - it is no mapping
    except (SafetensorError, OSError) as error:
        raise StepError(f"{path.name} is no model file that can be read.", "Fetch it again.") from error
    if about.get("network") != "scratches" or about.get("encoder") not in FORMS:
        raise StepError(f"{path.name} is no network that finds scratches.", "Choose another model.")
    module = architecture(about["encoder"])
    missing, unknown = module.load_state_dict(state, strict=False)
    if unknown or any(not name.endswith("num_batches_tracked") for name in missing):
        raise StepError(f"{path.name} is of another version of this network.", "Fetch it again.")
    return module


def is_scratch_network(path: Path) -> bool:
    """Whether a file says that it is one, whatever it is called."""
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, "pt") as file:
            return (file.metadata() or {}).get("network") == "scratches"
    except SafetensorError:
        return False


@dataclass(frozen=True)
class ScratchModel:
    """The network to borrow, by the name of its file on the shelf."""

    name: str

    @property
    def weights(self) -> tuple[str, ...]:
        return (self.name,)

    def load(self, files: Mapping[str, Path], device: Device) -> tuple[ScratchNetwork, int]:
        network = ScratchNetwork(read(files[self.name]), device)
        return network, sum(each.nbytes for each in network.module.state_dict().values())


class ScratchNetwork:
    """The loaded network on its device, in its precision."""

    def __init__(self, module: torch.nn.Module, device: Device) -> None:
        import torch

        self.layers = device.dtype((torch.bfloat16,))
        self.device = torch.device(device.kind)
        module.to(self.device, memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue] - torch's overloads lack it
        self.module = module.eval().requires_grad_(requires_grad=False)
        self.batch = 1 if device.kind == "cpu" else BATCH
        """Tiles that are quickest looked at together."""

    def probability(self, check: Callable[[], None], pictures: Sequence[Floats]) -> list[Floats]:
        """How likely each pixel is damaged, 0..1 (H, W), for brightnesses (H, W) of one size."""
        height, width = pictures[0].shape
        found = self.likely(check, [channels(_padded(each)) for each in pictures])
        return [each[:height, :width] for each in found]

    def likely(self, check: Callable[[], None], seen: Sequence[Floats]) -> list[Floats]:
        """The same for what `channels` made (H, W, 2); height and width are multiples of BLOCK."""
        import torch

        batch = tensor_from_arrays(seen, self.device, torch.float32)
        mixed = self.layers is torch.bfloat16
        with torch.inference_mode(), looking(self.module, check), torch.autocast(self.device.type, self.layers, mixed):
            probability = torch.sigmoid(self.module(batch).float())
        return [each[..., 0] for each in arrays_from_tensor(probability)]


def _padded(light: Floats) -> Floats:
    """With its last rows and columns repeated up to whole blocks."""
    height, width = light.shape
    return np.pad(light, ((0, -height % BLOCK), (0, -width % BLOCK)), "edge")


def _surroundings(light: Floats) -> tuple[Floats, Floats]:
    """Median and median absolute deviation of the blocks around each pixel, interpolated."""
    import cv2

    height, width = light.shape
    padded = np.pad(_padded(light), BLOCK, "edge")
    # Some 600 pixels tell the median of 9000 to a twentieth of their spread.
    thin = padded[:: BLOCK // SIDE, :: BLOCK // SIDE]
    side, rows, columns = SIDE, thin.shape[0] // SIDE, thin.shape[1] // SIDE
    blocks = thin.reshape(rows, side, columns, side).swapaxes(1, 2).reshape(rows, columns, -1)
    around = np.concatenate(
        [blocks[y : rows - 2 + y, x : columns - 2 + x] for y in range(3) for x in range(3)],
        axis=2,
    )
    middle = np.median(around, axis=2)
    spread = np.median(np.abs(around - middle[..., None]), axis=2)
    size = (columns - 2) * BLOCK, (rows - 2) * BLOCK
    large = (cv2.resize(each, size, interpolation=cv2.INTER_LINEAR)[:height, :width] for each in (middle, spread))
    first, second = (np.asarray(each, np.float32) for each in large)
    return first, second


def _blurred(values: Floats, sigma: float) -> Floats:
    import cv2

    return np.asarray(cv2.GaussianBlur(values, (0, 0), sigma), np.float32)
