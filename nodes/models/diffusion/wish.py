"""What a diffusion model is asked for, apart from where."""

from __future__ import annotations

from dataclasses import dataclass, field

from nodes.kinds.addons import Addons
from nodes.models.diffusion.samplers import USUAL


@dataclass(frozen=True)
class Wish:
    """A picture in words, and how it is drawn. Equal wishes give equal pictures on the same device."""

    prompt: str
    negative: str = ""
    """What is not to be seen; without effect where `guidance` is 1 or less."""
    steps: int = 30
    guidance: float = 7.0
    """How closely the words are followed. 1 or less looks at the words alone, in half the time."""
    strength: float = 1.0
    """How much of what is there may change when something is filled: 1 begins with nothing but noise."""
    seed: int = 1
    sampler: str = USUAL
    """One of samplers.SAMPLERS."""
    addons: Addons = field(default_factory=Addons)
