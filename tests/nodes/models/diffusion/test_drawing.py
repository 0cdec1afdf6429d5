"""A picture made in every way that memory may ask for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from graph.context import Context
from graph.errors import Cancelled
from nodes.models.diffusion.drawing import Drawing, Networks, Photo
from nodes.models.diffusion.held import Held
from nodes.models.diffusion.memory import LADDER, Plan
from nodes.models.diffusion.parts import Parts, load_parts
from nodes.models.diffusion.wish import Wish

CPU = torch.device("cpu")

CLOSE = 1e-4
"""Of values in 0..1: what another order of the same sums may change."""


def drawing(ctx: Context, parts: Parts, height: int = 64, width: int = 64, photo: Photo | None = None) -> Drawing:
    held = Held([], parts.family.name, parts.unet.dtype, CPU)
    networks = Networks(parts.family, parts.unet, parts.vae, parts.encoders, parts.tokenizers, parts.schedule, held)
    return Drawing(ctx, networks, Wish("a fox", steps=2), height, width, CPU, photo)


@pytest.mark.parametrize("name", ["tiny-sd1", "tiny-sd2", "tiny-sdxl", "tiny-sd1-inpaint", "tiny-sdxl-inpaint"])
def test_every_plan_draws_the_same(tiny_diffusion: Path, ctx: Context, rng: np.random.Generator, name: str):
    parts = load_parts(tiny_diffusion / name, torch.float32)
    photo = Photo(rng.random((64, 64, 3), np.float32), np.eye(64, dtype=bool))
    asked = drawing(ctx, parts, photo=photo)
    first = asked.made(Plan())
    for plan in LADDER[1:]:
        assert np.abs(asked.made(plan) - first).max() < CLOSE, plan
    assert (asked.made(Plan()) == first).all()


def test_tiles_differ_little(tiny_diffusion: Path, ctx: Context):
    asked = drawing(ctx, load_parts(tiny_diffusion / "tiny-sd1", torch.float32), 64, 1024)
    whole, tiled = (asked.made(Plan(tiles=tiles)) for tiles in (False, True))
    assert (whole != tiled).any()
    assert np.abs(whole - tiled).mean() < 0.1 * whole.std()


@pytest.mark.parametrize("plan", LADDER)
def test_cancelled_or_broken_leaves_the_networks_as_they_were(tiny_diffusion: Path, ctx: Context, plan: Plan):
    parts = load_parts(tiny_diffusion / "tiny-sd1", torch.float32)
    asked = drawing(ctx, parts)
    first, before = asked.made(Plan()), {name: each.clone() for name, each in parts.unet.state_dict().items()}

    def fail(*_: object) -> None:
        raise Cancelled

    hook = parts.unet.mid_block.register_forward_pre_hook(fail)
    with pytest.raises(Cancelled):
        asked.made(plan)
    hook.remove()
    assert all((each == before[name]).all() for name, each in parts.unet.state_dict().items())
    assert not any(
        each.is_meta or hasattr(part, "_hf_hook") for part in parts.unet.modules() for each in part.parameters()
    )
    assert (asked.made(Plan()) == first).all()
