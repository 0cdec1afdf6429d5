"""The packages realesrgan, gfpgan, basicsr and facexlib themselves: the only place where they are imported.

They come with the extra `official`. Nodes of ours do not need them; see nodes/official, and tests/parity.
"""

from __future__ import annotations

import math
import threading
import warnings
from collections.abc import Generator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from graph.context import Context
from graph.errors import StepError
from nodes.models.compatibility import mend_basicsr
from nodes.models.device import Device
from nodes.models.network import looking, read_state

if TYPE_CHECKING:
    import torch

Bytes = NDArray[np.uint8]
"""Pixels as the packages take and give them: (H, W, 3) in the order blue, green, red, or (H, W) grey; 0..255."""

INSTALL = "Install them: make official, or python -m pip install -e '.[official]'."

DETECTORS = {"mobilenet0.25": "retinaface_mobile0.25", "resnet50": "retinaface_resnet50"}
"""facexlib's names for its two RetinaFaces, by what the backbone is."""

_lock = threading.Lock()
"""Names inside the packages are replaced while one of their objects is made."""


@dataclass(frozen=True)
class OfficialEnlarger:
    """realesrgan's RealESRGANer to borrow, with the weights of one file or of two mixed."""

    name: str
    other: str = ""
    """A second file; only plain files with the key `params`, which are those of realesr-general, can be mixed."""
    share: float = 0.0
    """How much of the second one, 0..1."""

    @property
    def weights(self) -> tuple[str, ...]:
        return (self.name, self.other) if self.other else (self.name,)

    def load(self, files: Mapping[str, Path], device: Device) -> tuple[Enlarger, int]:
        """Ready to run on that device; in half precision where the package does so by itself, on CUDA."""
        import torch

        path = files[self.name]
        state = read_state(path)
        realesrgan, _ = packages()
        network, scale = _enlarging(state, path)
        half = device.dtype((torch.float16,)) == torch.float16 and device.kind == "cuda"
        paths = [str(path), str(files[self.other])] if self.other else str(path)
        with _fitting(path):
            worker = realesrgan.RealESRGANer(
                scale=scale, model_path=paths, dni_weight=[1 - self.share, self.share], model=network, pre_pad=0,
                half=half, device=torch.device(device.kind),
            )  # fmt: skip
        return Enlarger(worker), _size(worker.model)


class Enlarger:
    """A loaded RealESRGANer."""

    def __init__(self, worker: Any) -> None:
        self.worker = worker

    @property
    def scale(self) -> int:
        """How many times as wide and high the network itself makes a picture."""
        return self.worker.scale

    def run(self, ctx: Context, pixels: Bytes, outscale: float, tile: int, pad: int) -> Bytes:
        """The picture `outscale` times as wide and high, in tiles of that side; 0 takes it whole."""
        self.worker.tile_size, self.worker.tile_pad = tile, pad
        total = math.prod(-(-side // tile) for side in pixels.shape[:2]) if tile else 1
        done = count()
        hook = self.worker.model.register_forward_pre_hook(lambda *_: ctx.progress(next(done) / total))
        try:
            with looking(self.worker.model, ctx.check), _computing():
                return self.worker.enhance(pixels, outscale=outscale)[0]
        finally:
            hook.remove()


@dataclass(frozen=True)
class OfficialFaces:
    """gfpgan's GFPGANer to borrow, with the detector and the parser of facexlib."""

    name: str
    detector: str
    parser: str

    @property
    def weights(self) -> tuple[str, ...]:
        return (self.name, self.detector, self.parser)

    def load(self, files: Mapping[str, Path], device: Device) -> tuple[Restorer, int]:
        import torch

        path = files[self.name]
        kind = _restoring(read_state(path), path)
        detector = _detecting(read_state(files[self.detector]), files[self.detector])
        _, gfpgan = packages()
        with _lock, _taking(gfpgan, detector, files[self.detector], files[self.parser]), _fitting(*files.values()):
            worker = gfpgan.GFPGANer(str(path), arch=kind, device=torch.device(device.kind))
        parts = (worker.gfpgan, worker.face_helper.face_det, worker.face_helper.face_parse)
        return Restorer(worker), sum(_size(part) for part in parts)


class Restorer:
    """A loaded GFPGANer."""

    def __init__(self, worker: Any) -> None:
        self.worker = worker

    def run(
        self,
        ctx: Context,
        pixels: Bytes,
        upscale: float,
        seed: int,
        *,
        only_center_face: bool = False,
        background: Enlarger | None = None,
    ) -> tuple[Bytes, int]:
        """The picture `upscale` times as wide and high with its faces restored, and how many those are."""
        self.worker.upscale = upscale
        self.worker.bg_upsampler = _Background(background, ctx) if background else None
        helper = self.worker.face_helper
        helper.set_upscale_factor(upscale)
        parts = (self.worker.gfpgan, helper.face_det, helper.face_parse)
        with ExitStack() as around:
            for part in parts:
                around.enter_context(looking(part, ctx.check))
            around.enter_context(_computing())
            around.enter_context(seeded(seed))
            _, faces, result = self.worker.enhance(pixels, only_center_face=only_center_face)
        helper.clean_all()
        return result, len(faces)


@dataclass(frozen=True)
class _Background:
    """What GFPGANer calls to enlarge what is no face, with the tiles that gfpgan's own script gives it."""

    enlarger: Enlarger
    ctx: Context

    def enhance(self, pixels: Bytes, outscale: float) -> tuple[Bytes, str]:
        return self.enlarger.run(self.ctx, pixels, outscale, tile=400, pad=10), "RGB"


@contextmanager
def seeded(seed: int) -> Generator[None]:
    """Draw PyTorch's chance from this seed inside the block: GFPGAN's decoder adds noise at every call."""
    import torch

    with torch.random.fork_rng(devices=range(torch.cuda.device_count())):
        torch.manual_seed(seed)
        yield


def packages() -> tuple[ModuleType, ModuleType]:
    """realesrgan.utils and gfpgan.utils. StepError where they are not installed."""
    try:
        mend_basicsr()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # they were written for older releases of scipy, torch and torchvision
            import gfpgan.utils
            import realesrgan.utils
    except ModuleNotFoundError as error:
        raise StepError(f"The packages gfpgan and realesrgan are not installed: {error}.", INSTALL) from error
    for module in (realesrgan.utils, gfpgan.utils):
        vars(module)["print"] = _told  # hides the builtin there
    return realesrgan.utils, gfpgan.utils


def _told(*words: object) -> None:
    """What the packages print. After printing that a network failed they go on with another picture: not here."""
    text = " ".join(str(word) for word in words).strip()
    if text.startswith(("Error", "Failed")):
        raise StepError(f"The package failed: {text}.", "Choose smaller tiles, or a smaller photo.")


@contextmanager
def _computing() -> Generator[None]:
    try:
        yield
    except RuntimeError as error:
        raise StepError(f"The package failed: {error}.", "Choose smaller tiles, or a smaller photo.") from error


@contextmanager
def _fitting(*paths: Path) -> Generator[None]:
    """Turn what the packages raise for files of another kind into a StepError."""
    try:
        yield
    except (RuntimeError, KeyError, ValueError, AttributeError) as error:
        names = ", ".join(path.name for path in paths)
        raise StepError(f"The package cannot use {names}.", "Choose the official model files.") from error


@contextmanager
def _taking(gfpgan: ModuleType, detector: str, found: Path, parsed: Path) -> Generator[None]:
    """Let GFPGANer use that detector and those files, where it would download its own into the current folder."""
    import facexlib.detection
    import facexlib.parsing

    helper = gfpgan.FaceRestoreHelper

    def helping(*sizes: Any, **options: Any) -> Any:
        return helper(*sizes, **{**options, "det_model": detector, "model_rootpath": None})

    with (
        _replaced(gfpgan, FaceRestoreHelper=helping),
        _replaced(facexlib.detection, load_file_from_url=lambda **_: str(found)),
        _replaced(facexlib.parsing, load_file_from_url=lambda **_: str(parsed)),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")  # facexlib builds its ResNet with arguments that torchvision has renamed
        yield


@contextmanager
def _replaced(module: ModuleType, **values: Any) -> Generator[None]:
    """Give names of a module other values inside the block."""
    before = {name: getattr(module, name) for name in values}
    try:
        vars(module).update(values)
        yield
    finally:
        vars(module).update(before)


def _enlarging(state: Mapping[str, torch.Tensor], path: Path) -> tuple[torch.nn.Module, int]:
    """The network that these weights belong to, and its scale; its size is read off the weights."""
    from basicsr.archs.rrdbnet_arch import RRDBNet
    from realesrgan.archs.srvgg_arch import SRVGGNetCompact

    if "body.0.rdb1.conv1.weight" in state:
        features, channels = state["conv_first.weight"].shape[:2]
        scale = {48: 1, 12: 2, 3: 4}[channels]  # smaller scales fold the picture into more channels first
        blocks = sum(name.endswith(".rdb1.conv1.weight") for name in state)
        grown = len(state["body.0.rdb1.conv1.bias"])
        return RRDBNet(3, 3, scale=scale, num_feat=features, num_block=blocks, num_grow_ch=grown), scale
    convolutions = [name for name, value in state.items() if value.ndim == 4]
    if convolutions and convolutions[0] == "body.0.weight":
        features, scale = len(state["body.0.weight"]), round((len(state[convolutions[-1]]) / 3) ** 0.5)
        return SRVGGNetCompact(3, 3, features, len(convolutions) - 2, scale, "prelu"), scale
    raise StepError(f"RealESRGANer does not run {path.name}.", "Choose one of the Real-ESRGAN models.")


def _restoring(state: Mapping[str, torch.Tensor], path: Path) -> str:
    """GFPGANer's name for the architecture."""
    if "stylegan_decoder.style_convs.0.modulated_conv.weight" in state:
        return "clean"
    if "encoder.conv_in.weight" in state and "decoder.conv_in.weight" in state:
        return "RestoreFormer"
    raise StepError(f"GFPGANer does not run {path.name}.", "Choose GFPGAN 1.3, GFPGAN 1.4 or RestoreFormer.")


def _detecting(state: Mapping[str, torch.Tensor], path: Path) -> str:
    """The detector's name in facexlib."""
    if any(name.startswith("body.stage1.") for name in state):
        return DETECTORS["mobilenet0.25"]
    if any(name.startswith("body.layer1.") for name in state):
        return DETECTORS["resnet50"]
    raise StepError(f"GFPGANer finds no faces with {path.name}.", "Choose one of the RetinaFace models.")


def _size(module: torch.nn.Module) -> int:
    return sum(each.nbytes for each in module.state_dict().values())
