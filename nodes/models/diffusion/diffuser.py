"""Diffusion models as nodes borrow them: words in, a picture out; or a picture with a hole in, the filled one out.

No safety checker is loaded. It blanks whole pictures on a guess, and guesses wrong on what family albums hold:
bathing children, nursing mothers. Whoever offers this to strangers has to look at what it makes.

What is known to be weak, and left to those who ask:

- The VAE changes what is known a little, too. Put back what was outside the hole.
- Networks that were not trained for inpainting see the hole's surroundings only as noise is taken away: at strength 1
  what they draw may not continue them. Below 0.9, over a first guess of what is missing, they do better.
- The hole is filled in squares of 8 × 8 pixels, all of those that it touches.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from graph.context import Context
from graph.errors import StepError
from nodes.kinds.addons import Control
from nodes.kinds.arrays import Floats
from nodes.models.device import Device
from nodes.models.diffusion.control import ControlFile, ControlModel, Hold, holed
from nodes.models.diffusion.drawing import Drawing, Marks, Networks, Photo
from nodes.models.diffusion.edges import edges
from nodes.models.diffusion.held import Held
from nodes.models.diffusion.latents import SCALE
from nodes.models.diffusion.lora import LoraModel, with_loras
from nodes.models.diffusion.memory import FLAT, LADDER, Plan, demand, free, plan, thriftier
from nodes.models.diffusion.package import package
from nodes.models.diffusion.parts import Parts, load_parts
from nodes.models.diffusion.placing import arrangement, send_home
from nodes.models.diffusion.swift import quicken
from nodes.models.diffusion.vae import VaeModel, with_vae
from nodes.models.diffusion.wish import Wish
from nodes.models.grid import padded
from nodes.models.tiling import out_of_memory
from nodes.pixels.profile import convert
from nodes.pixels.resample import resampled

if TYPE_CHECKING:
    import torch

Size = tuple[int, int]
"""Height and width in pixels."""

SMALLEST = 64
"""Pixels a side: at less, the deepest layers of the UNet have nothing to look at."""


@dataclass(frozen=True)
class DiffusionModel:
    """A diffusion model to borrow, by the name of its file or folder on the shelf."""

    name: str

    @property
    def weights(self) -> tuple[str, ...]:
        return (self.name,)

    def load(self, files: Mapping[str, Path], device: Device) -> tuple[Diffuser, int]:
        package()
        import torch

        dtype = device.dtype((torch.float16, torch.bfloat16))
        loaded = Diffuser(load_parts(files[self.name], dtype), torch.device(device.kind))
        return loaded, loaded.size


class Diffuser:
    """A loaded diffusion model. It works for one borrower at a time, and for the next one as if it were new."""

    multiple = SCALE
    """Pixels a side that are drawn at once: other sizes are drawn larger, and cut."""

    def __init__(self, parts: Parts, device: torch.device) -> None:
        self.family = parts.family
        self.side = parts.family.side
        """Pixels a side of what it draws best."""
        self._device, self._parts = device, parts
        self._pipe = _pipeline(parts)
        parts.vae.to(dtype=_precision_of_vae(parts), memory_format=arrangement(device))
        parts.unet.to(memory_format=arrangement(device))
        self._packed = quicken(parts.unet, free(device)) if device.type == "cpu" else 0

    @property
    def size(self) -> int:
        """Bytes of all its weights."""
        return self._packed + sum(map(_bytes, self._modules()))

    def draw(self, ctx: Context, wish: Wish, height: int, width: int) -> Floats:
        """A new picture (height, width, 3) in sRGB, 0..1."""
        return self._made(ctx, wish, (height, width), None)

    def fill(self, ctx: Context, wish: Wish, pixels: Floats, hole: Marks) -> Floats:
        """Pixels (H, W, 3) in sRGB, 0..1, with the hole (H, W) filled; what it gives elsewhere does not count.

        The pictures of ControlNets are stretched over the pixels. Strength 0 or no hole changes nothing.
        """
        if wish.strength <= 0 or not hole.any():
            return pixels.copy()
        return self._made(ctx, wish, hole.shape, Photo(pixels, hole))

    def _made(self, ctx: Context, wish: Wish, size: Size, photo: Photo | None) -> Floats:
        height, width = whole = _whole(size)
        if photo:
            missing = np.pad(photo.hole, ((0, height - size[0]), (0, width - size[1])))
            photo = Photo(_extended(photo.pixels, whole), missing)
        with self._networks(ctx, wish, size, photo) as networks:
            drawing = Drawing(ctx, networks, wish, height, width, self._device, photo)
            return self._drawn(drawing)[: size[0], : size[1]]

    def _drawn(self, drawing: Drawing) -> Floats:
        """Made in the fastest way that there is memory for; where that was not enough, in thriftier ones."""
        ladder = FLAT if self._device.type in {"cpu", "mps"} else LADDER
        chosen = self._plan(drawing, ladder)
        while (found := self._attempt(drawing, chosen)) is None:
            next_one = thriftier(chosen, ladder)
            if next_one is None:
                raise _too_large(drawing)
            drawing.ctx.warn("Memory ran out: trying again with less of it at a time, which takes longer.")
            chosen = next_one
        return found

    def _attempt(self, drawing: Drawing, chosen: Plan) -> Floats | None:
        """The picture, or None if memory ran out. Leaving this function frees what the attempt held."""
        if chosen.offload != "none":
            send_home(self._modules())
        try:
            return drawing.made(chosen)
        except (MemoryError, RuntimeError) as error:
            if not out_of_memory(error):
                raise
        return None

    def _plan(self, drawing: Drawing, ladder: tuple[Plan, ...]) -> Plan:
        own = drawing.networks
        encoders, unet = (sum(map(_bytes, each)) for each in (own.encoders, [own.unet, *own.held.networks]))
        wanted = demand(
            self.family.name, (encoders, unet, _bytes(own.vae)), (drawing.height, drawing.width),
            (own.unet.dtype.itemsize, own.vae.dtype.itemsize), drawing.passes,
        )  # fmt: skip
        there = sum(_bytes(each) for each in self._modules() if each.device.type == self._device.type)
        return plan(wanted, free(self._device) + there, ladder)

    @contextmanager
    def _networks(self, ctx: Context, wish: Wish, size: Size, photo: Photo | None) -> Generator[Networks]:
        """The model with the add-ons of a wish, which are taken off again afterwards."""
        own, addons = self._parts, wish.addons
        with ExitStack() as stack:
            loras = [(stack.enter_context(ctx.borrow(LoraModel(each.name))), each.strength) for each in addons.loras]
            vae = stack.enter_context(ctx.borrow(VaeModel(addons.vae))) if addons.vae else None
            controls = [(stack.enter_context(ctx.borrow(ControlModel(each.name))), each) for each in addons.controls]
            holds = [
                Hold(control, _structure(ctx, each, control, size, photo), each.strength, each.until)
                for control, each in controls
            ]
            stack.enter_context(with_loras(self._pipe, self.family.name, loras))
            stack.enter_context(with_vae(self._pipe, self.family.name, vae))
            held = Held(holds, self.family.name, own.unet.dtype, self._device)
            yield Networks(self.family, own.unet, self._pipe.vae, own.encoders, own.tokenizers, own.schedule, held)

    def _modules(self) -> tuple[Any, ...]:
        return (*self._parts.encoders, self._parts.unet, self._parts.vae)


def _pipeline(parts: Parts) -> Any:
    """The same parts as diffusers keeps them together: what puts add-ons on expects that."""
    names = [f"text_encoder{end}" for end in ("", "_2")], [f"tokenizer{end}" for end in ("", "_2")]
    readers = dict(zip(names[0], parts.encoders, strict=False)) | dict(zip(names[1], parts.tokenizers, strict=False))
    if parts.family.name == "sdxl":
        made, more = package().StableDiffusionXLPipeline, {"add_watermarker": False}
    else:
        made = package().StableDiffusionPipeline
        more = {"safety_checker": None, "feature_extractor": None, "requires_safety_checker": False}
    return made(unet=parts.unet, vae=parts.vae, scheduler=None, **readers, **more)


def _precision_of_vae(parts: Parts) -> torch.dtype:
    """fp16 where that is known to do. SDXL's overflows, and the eight bits of bf16 would show as steps of colour."""
    import torch

    halved = parts.unet.dtype is torch.float16 and parts.family.name != "sdxl"
    return torch.float16 if halved else torch.float32


def _structure(ctx: Context, wanted: Control, control: ControlFile, size: Size, photo: Photo | None) -> Floats:
    """What a ControlNet sees, as large as what is drawn: only there lines have the width that it was trained on."""
    if photo and control.inpaints:
        return holed(photo.pixels, photo.hole)
    quiet = replace(ctx, on_progress=lambda *_: None)
    pixels = wanted.picture.pixels
    stretched = pixels if pixels.shape[:2] == size else resampled(quiet, pixels, *size, "bicubic")
    srgb = convert(stretched, wanted.picture.origin.profile, None)
    return _extended(edges(srgb) if wanted.sees == "edges" else srgb, _whole(size))


def _whole(size: Size) -> Size:
    """The size that is drawn."""
    height, width = (-(-max(side, SMALLEST) // SCALE) * SCALE for side in size)
    return height, width


def _extended(pixels: Floats, whole: Size) -> Floats:
    return padded(pixels, whole[0] - pixels.shape[0], whole[1] - pixels.shape[1])


def _bytes(module: torch.nn.Module) -> int:
    return sum(each.nbytes for each in module.state_dict().values())


def _too_large(drawing: Drawing) -> StepError:
    elsewhere = "" if drawing.device.type == "cpu" else ", or start the server with --device cpu"
    return StepError(
        f"There is not enough memory to draw {drawing.width} × {drawing.height} pixels with this model.",
        f"Close other programs, choose a smaller model or ask for a smaller picture{elsewhere}.",
    )
