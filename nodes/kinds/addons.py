"""What is added to a diffusion model before it draws: LoRA files, another VAE, clip skip, ControlNets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import chain
from typing import Literal, get_args

from nodes.kinds.image import Image

STRONGEST = 2.0
"""Either way, as these files are used everywhere; beyond it a model draws noise."""

DEEPEST_SKIP = 12
"""The text encoder of SD 1.5 has that many layers; skipping all of them would leave no reading of the words."""


Sees = Literal["edges", "picture"]
"""What a ControlNet is shown: the lines of its picture, which is a photo, or its picture as it is, where lines have
been drawn already. One that was trained on filling is shown what lies around the hole instead."""


@dataclass(frozen=True, slots=True)
class Lora:
    """A small file that bends a model towards one subject or style."""

    name: str
    strength: float = 1.0
    """1 is what its maker meant; below 0 bends away from it."""

    def __post_init__(self) -> None:
        _check(self.name, "a Lora")
        _within(self.strength, -STRONGEST, STRONGEST, "a Lora's strength")


@dataclass(frozen=True, slots=True, eq=False)
class Control:
    """A ControlNet, and the picture whose lines it holds the model to.

    Lines are looked for only where the size is known at which is drawn: shrunk afterwards they would fade.
    """

    name: str
    picture: Image
    strength: float = 1.0
    until: float = 1.0
    """The share of the steps it watches, from the first; the rest is drawn freely."""
    sees: Sees = "edges"

    def __post_init__(self) -> None:
        _check(self.name, "a Control")
        _within(self.strength, 0.0, STRONGEST, "a Control's strength")
        _within(self.until, 0.0, 1.0, "a Control's until")
        if self.sees not in get_args(Sees):
            raise ValueError(f"a Control sees one of {', '.join(get_args(Sees))}, not {self.sees}")


@dataclass(frozen=True, slots=True)
class Addons:
    """Added in this order. Names are those of files on the shelf."""

    loras: tuple[Lora, ...] = ()
    vae: str = ""
    """Empty: the model's own."""
    clip_skip: int = 0
    """As people count it: 1 reads the text encoder's last layer, 2 the one before. 0 is the model's usual one."""
    controls: tuple[Control, ...] = ()

    def __post_init__(self) -> None:
        _within(self.clip_skip, 0, DEEPEST_SKIP, "clip skip")

    def __bool__(self) -> bool:
        """Whether anything is added at all."""
        return bool(self.loras or self.vae or self.clip_skip or self.controls)

    @property
    def names(self) -> tuple[str, ...]:
        """Of all files, each once."""
        found = chain((each.name for each in self.loras), [self.vae], (each.name for each in self.controls))
        return tuple(dict.fromkeys(name for name in found if name))

    def with_pictures(self, change: Callable[[Image], Image]) -> Addons:
        """The same, with the picture of each control changed: cut to a crop, or resized."""
        changed = tuple(replace(each, picture=change(each.picture)) for each in self.controls)
        return replace(self, controls=changed)


def _check(name: str, what: str) -> None:
    if not name:
        raise ValueError(f"{what} needs the name of a file")


def _within(value: float, low: float, high: float, what: str) -> None:
    # NaN fails the comparison too.
    if not low <= value <= high:
        raise ValueError(f"{what} lies in {low:g}..{high:g}, not at {value:g}")
