"""How one picture is made: words are read, what is there is seen, noise becomes latents, latents become pixels."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from graph.context import Context
from nodes.kinds.arrays import Floats
from nodes.models.cancelling import looking
from nodes.models.diffusion.family import Family
from nodes.models.diffusion.held import Held
from nodes.models.diffusion.latents import SCALE, latents_from_pixels, pixels_from_latents
from nodes.models.diffusion.memory import TILE, Offload, Plan
from nodes.models.diffusion.placing import at_work
from nodes.models.diffusion.prompts import Conditioning, encode
from nodes.models.diffusion.samplers import scheduler
from nodes.models.diffusion.sketch import sketch
from nodes.models.diffusion.steps import Denoiser, Known, sample
from nodes.models.diffusion.wish import Wish
from nodes.models.tensors import arrays_from_tensor, tensor_from_arrays

if TYPE_CHECKING:
    import torch

Marks = NDArray[np.bool_]

DRAWN = 0.95
"""The share of the work that is done when the last step is; the rest is the VAE's."""


@dataclass(frozen=True, eq=False)
class Networks:
    """What draws: the parts of a checkpoint, or what stands for them this time."""

    family: Family
    unet: Any
    vae: Any
    encoders: tuple[Any, ...]
    tokenizers: tuple[Any, ...]
    schedule: Mapping[str, Any]
    held: Held


@dataclass(frozen=True, eq=False)
class Photo:
    """What is there, and what of it is missing."""

    pixels: Floats
    """(H, W, 3) in sRGB, 0..1."""
    hole: Marks
    """(H, W)."""


@dataclass(frozen=True, eq=False)
class Drawing:
    """A picture to make. Its sides are multiples of 8."""

    ctx: Context
    networks: Networks
    wish: Wish
    height: int
    width: int
    device: torch.device
    photo: Photo | None = None

    @property
    def passes(self) -> int:
        """How often the UNet looks at each step: once more without the words where these are to be followed closely."""
        return 2 if self.wish.guidance > 1 else 1

    def made(self, plan: Plan) -> Floats:
        """The picture (H, W, 3) in sRGB, 0..1."""
        import torch

        self.ctx.progress(0.0)
        with torch.no_grad():
            words = self._read(plan.offload)
            known = self._seen(self.photo, plan) if self.photo else None
            latents = self._drawn(words, known, plan)
            pixels = self._developed(latents, plan)
        self.ctx.progress(1.0)
        return pixels

    def _read(self, offload: Offload) -> Conditioning:
        own, wish = self.networks, self.wish
        skip = max(0, wish.addons.clip_skip - own.family.reads_to)
        with at_work(own.encoders, self.device, offload):
            return encode(
                own.tokenizers, own.encoders, wish.prompt, wish.negative, clip_skip=skip, check=self.ctx.check
            )

    def _seen(self, photo: Photo, plan: Plan) -> Known:
        import torch

        grey = np.where(photo.hole[..., None], np.float32(0.5), photo.pixels)
        # Encoding costs as much as a step or two: only what is looked at.
        masks, begins = self.networks.family.inpaint, self.wish.strength < 1
        with self._vae_at_work(plan) as vae:
            whole = latents_from_pixels(vae, photo.pixels if begins or not masks else grey, self.ctx.check)
            masked = latents_from_pixels(vae, grey, self.ctx.check) if begins and masks else whole
        return Known(whole, masked, tensor_from_arrays([_cells(photo.hole)], self.device, torch.float32))

    def _drawn(self, words: Conditioning, known: Known | None, plan: Plan) -> torch.Tensor:
        own, wish = self.networks, self.wish
        generator, noise = self._noise()
        denoise = self._denoiser(words, known, plan)
        working = [own.unet, *own.held.networks]
        with ExitStack() as stack:
            stack.enter_context(at_work(working, self.device, plan.offload))
            for network in working:
                stack.enter_context(looking(network, self.ctx.check))
            return sample(
                denoise, scheduler(wish.sampler, own.schedule), wish.steps, noise, generator, self._told,
                strength=wish.strength, known=known, keep=not own.family.inpaint,
            )  # fmt: skip

    def _developed(self, latents: torch.Tensor, plan: Plan) -> Floats:
        with self._vae_at_work(plan) as vae:
            return pixels_from_latents(vae, latents, self.ctx.check)

    def _noise(self) -> tuple[torch.Generator, torch.Tensor]:
        """What chance comes from, and the first of it. Both from the processor: a graphics card draws other numbers."""
        import torch

        generator = torch.Generator().manual_seed(self.wish.seed)
        noise = torch.randn(1, 4, self.height // SCALE, self.width // SCALE, generator=generator)
        return generator, noise.to(self.device)

    def _denoiser(self, words: Conditioning, known: Known | None, plan: Plan) -> Denoiser:
        import torch

        own = self.networks
        beside = torch.cat([known.mask, known.masked], dim=1) if known and own.family.inpaint else None
        added: dict[str, torch.Tensor] = {}
        if words.pooled is not None and words.pooled_negative is not None:
            # Asked for at this size, shown whole: SDXL learned from photos of all sizes and crops, and was told.
            size = torch.tensor([[self.height, self.width, 0, 0, self.height, self.width]], dtype=own.unet.dtype)
            added = {"text_embeds": self._both(words.pooled_negative, words.pooled), "time_ids": self._both(size, size)}
        told = self._both(words.negative, words.positive)
        return Denoiser(own.unet, told, added, self.wish.guidance, beside, own.held, plan.slices)

    def _both(self, without: torch.Tensor, following: torch.Tensor) -> torch.Tensor:
        """What each pass is told: one without the words and one with them, or that alone."""
        import torch

        each = [without, following][-self.passes :]
        return torch.cat([one.to(self.device, self.networks.unet.dtype) for one in each])

    def _told(self, share: float, latents: torch.Tensor) -> None:
        self.ctx.progress(DRAWN * share, sketch(arrays_from_tensor(latents)[0], self.networks.family.name))

    @contextmanager
    def _vae_at_work(self, plan: Plan) -> Generator[Any]:
        vae = self.networks.vae
        vae.use_tiling, vae.tile_sample_min_size, vae.tile_latent_min_size = plan.tiles, TILE, TILE // SCALE
        with at_work([vae], self.device, "parts" if plan.offload == "layers" else plan.offload):
            yield vae


def _cells(hole: Marks) -> Floats:
    """The latents that a hole (H, W) touches: (H/8, W/8), 1 or 0."""
    height, width = hole.shape
    touched = hole.reshape(height // SCALE, SCALE, width // SCALE, SCALE).any(axis=(1, 3))
    return np.asarray(touched, np.float32)
