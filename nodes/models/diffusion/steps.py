"""The steps in which noise becomes the latents of a picture, with diffusers' networks and samplers.

diffusers' own pipelines do the same; tests hold this to their results. It is done here because

- there it is decided at the corner of each 8 × 8 pixels whether they are missing: scratches would stay
- the latents stay in fp32 while the UNet computes in half precision, and the noise comes from the processor, so that
  a seed draws much the same picture on every device
- few steps of little strength make no step at all there, and an error
- with little memory the two passes of guidance follow each other
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from inspect import signature
from typing import TYPE_CHECKING, Any, Protocol

from graph.errors import StepError

if TYPE_CHECKING:
    import torch

Told = Callable[[float, "torch.Tensor"], None]
"""Gets the share 0..1 of the steps that are done, and the latents as the model expects them to become."""

MOST_STEPS = 1000
"""So many steps of noise the models were trained on."""


class Holds(Protocol):
    """ControlNets with what they hold to."""

    def at(
        self, share: float, x: torch.Tensor, time: torch.Tensor, words: torch.Tensor, added: Mapping[str, torch.Tensor]
    ) -> Mapping[str, Any]:
        """What the UNet is given besides at that share of the steps; nothing where none watches any more."""
        ...


@dataclass(frozen=True, eq=False)
class Known:
    """The latents of a picture with a hole. All are (1, channels, h, w), in fp32."""

    whole: torch.Tensor
    """Of the picture as it is, where it begins with that or keeps it; else the other."""
    masked: torch.Tensor
    """Of the picture with grey in its hole, where the network takes that; else the other."""
    mask: torch.Tensor
    """1 where something is missing, else 0."""


@dataclass(frozen=True, eq=False)
class Denoiser:
    """A UNet with all that it is told besides the latents."""

    unet: Any
    words: torch.Tensor
    """(1, tokens, width); with guidance (2, tokens, width), those of the negative prompt first."""
    added: Mapping[str, torch.Tensor] = field(default_factory=dict["str", "torch.Tensor"])
    """What SDXL is told besides: all of the words in one vector, and the size of the picture."""
    guidance: float = 1.0
    beside: torch.Tensor | None = None
    """Channels that networks for inpainting take after the latents: the mask, and the picture around it."""
    holds: Holds | None = None
    slices: bool = False

    def __call__(self, x: torch.Tensor, time: torch.Tensor, share: float) -> torch.Tensor:
        """What the network takes for noise (or velocity) in latents that are scaled as it knows them, in fp32."""
        import torch

        passes = [slice(each, each + 1) for each in range(len(self.words))] if self.slices else [slice(None)]
        found = torch.cat([self._pass(x, time, share, each) for each in passes])
        if len(found) == 1:
            return found
        without, following = found.chunk(2)
        return without + self.guidance * (following - without)

    def _pass(self, x: torch.Tensor, time: torch.Tensor, share: float, which: slice) -> torch.Tensor:
        import torch

        words, added = self.words[which], {name: each[which] for name, each in self.added.items()}
        x = x.to(words.dtype).expand(len(words), -1, -1, -1)
        held = self.holds.at(share, x, time, words, added) if self.holds else {}
        if self.beside is not None:
            x = torch.cat([x, self.beside.to(x.dtype).expand(len(words), -1, -1, -1)], dim=1)
        return self.unet(x, time, words, added_cond_kwargs=added, return_dict=False, **held)[0].float()


def sample(
    denoise: Denoiser,
    scheduler: Any,
    steps: int,
    noise: torch.Tensor,
    generator: torch.Generator,
    told: Told,
    *,
    strength: float = 1.0,
    known: Known | None = None,
    keep: bool = False,
) -> torch.Tensor:
    """Latents (1, 4, h, w) that the noise of that shape becomes.

    With a strength below 1 the beginning is `known` under as much noise, and as many steps are left out. `keep` puts
    back at every step what is known: a network that was not trained for inpainting would change it.
    """
    times = schedule(scheduler, steps, strength, noise.device)
    if known is not None and strength < 1:
        latents = scheduler.add_noise(known.whole, noise, times[:1])
    else:
        latents = noise * scheduler.init_noise_sigma
    chance = {"generator": generator} if "generator" in signature(scheduler.step).parameters else {}
    for index, time in enumerate(times):
        x = scheduler.scale_model_input(latents, time)
        answer = scheduler.step(denoise(x, time, index / len(times)), time, latents, **chance)
        latents = answer.prev_sample
        if known is not None and keep:
            later = times[index + 1 : index + 2]
            there = scheduler.add_noise(known.whole, noise, later) if len(later) else known.whole
            latents = there + known.mask * (latents - there)
        told((index + 1) / len(times), _expected(scheduler, answer))
    return latents


def schedule(scheduler: Any, steps: int, strength: float, device: torch.device) -> torch.Tensor:
    """Prepare the scheduler, and give its times of the last steps: `strength` of all, and one at least."""
    steps = min(MOST_STEPS, max(steps, math.ceil(1 / strength)))
    scheduler.set_timesteps(steps, device=device)
    first = (steps - max(1, round(steps * strength))) * scheduler.order
    scheduler.set_begin_index(first)
    return scheduler.timesteps[first:]


def _expected(scheduler: Any, answer: Any) -> torch.Tensor:
    """The latents without noise, as the model sees them at this step."""
    import torch

    found = getattr(answer, "pred_original_sample", None)
    found = scheduler.model_outputs[-1] if found is None else found
    if not torch.isfinite(found).all():
        raise StepError(
            "The model's numbers overflowed: there is no picture.",
            "Lower guidance and the strength of what is added, or start the server with --precision full.",
        )
    return found
