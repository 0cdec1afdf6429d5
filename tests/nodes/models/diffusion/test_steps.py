"""The steps: the same pictures as diffusers' own pipelines make, and which steps are made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from graph.context import Context
from nodes.models.device import Device
from nodes.models.diffusion.diffuser import DiffusionModel
from nodes.models.diffusion.package import package
from nodes.models.diffusion.samplers import SAMPLERS, scheduler
from nodes.models.diffusion.steps import schedule
from nodes.models.diffusion.wish import Wish

SCHEDULE = {"beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear"}

CLOSE = 2e-4
"""Of values in 0..1: what another order of the same sums may change."""

PLAIN = ("tiny-sd1", "tiny-sd2", "tiny-sdxl")


def pipeline(folder: Path, sampler: str, *, filling: bool = False) -> Any:
    made = package().DiffusionPipeline.from_pretrained(folder, local_files_only=True)
    made.scheduler = scheduler(sampler, made.scheduler.config)
    if filling:
        made = package().AutoPipelineForInpainting.from_pipe(made)
    made.set_progress_bar_config(disable=True)
    return made


def loaded(folder: Path) -> Any:
    return DiffusionModel(folder.name).load({folder.name: folder}, Device("cpu", "full"))[0]


def call(pipe: Any, wish: Wish, **more: Any) -> Any:
    made = pipe(
        wish.prompt, negative_prompt=wish.negative, num_inference_steps=wish.steps, guidance_scale=wish.guidance,
        generator=torch.Generator().manual_seed(wish.seed), output_type="np", **more,
    )  # fmt: skip
    return made.images[0]


@pytest.mark.parametrize("sampler", ["Euler", "Heun", "DPM++ 2M Karras", "DPM++ SDE"])
@pytest.mark.parametrize("name", PLAIN)
def test_draws_as_diffusers_does(tiny_diffusion: Path, ctx: Context, name: str, sampler: str):
    wish = Wish("a fox in the snow", "a dog", steps=4, guidance=5.0, seed=3, sampler=sampler)
    ours = loaded(tiny_diffusion / name).draw(ctx, wish, 64, 96)
    theirs = call(pipeline(tiny_diffusion / name, sampler), wish, height=64, width=96)
    assert np.abs(ours - theirs).max() < CLOSE


def test_one_pass_without_guidance_as_diffusers_does(tiny_diffusion: Path, ctx: Context):
    wish = Wish("a fox", steps=3, guidance=1.0, sampler="Euler")
    ours = loaded(tiny_diffusion / "tiny-sd1").draw(ctx, wish, 64, 64)
    assert np.abs(ours - call(pipeline(tiny_diffusion / "tiny-sd1", "Euler"), wish, height=64, width=64)).max() < CLOSE


@pytest.mark.parametrize("strength", [1.0, 0.5])
@pytest.mark.parametrize("name", ["tiny-sd1", "tiny-sd1-inpaint", "tiny-sd2", "tiny-sdxl", "tiny-sdxl-inpaint"])
def test_fills_as_diffusers_does(
    tiny_diffusion: Path, ctx: Context, rng: np.random.Generator, name: str, strength: float
):
    assert filled_apart(tiny_diffusion / name, ctx, rng, "Euler", strength) < CLOSE


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_fills_with_every_sampler_as_diffusers_does(
    tiny_diffusion: Path, ctx: Context, rng: np.random.Generator, sampler: str
):
    assert filled_apart(tiny_diffusion / "tiny-sd1", ctx, rng, sampler, 0.5) < CLOSE


def filled_apart(folder: Path, ctx: Context, rng: np.random.Generator, sampler: str, strength: float) -> float:
    """How far our fill and theirs lie apart."""
    # The hole is of whole latents: in others diffusers leaves out what its corners do not show.
    pixels, hole = rng.random((64, 80, 3), np.float32), np.zeros((64, 80), bool)
    hole[16:48, 24:56] = True
    pipe, own = pipeline(folder, sampler, filling=True), loaded(folder)
    wish = Wish("a fox", "a dog", steps=6, strength=strength, sampler=sampler)
    seen = [_latents(pipe.vae, each) for each in (pixels, np.where(hole[..., None], np.float32(0.5), pixels))]
    theirs = call(
        pipe, wish, image=seen[0], masked_image_latents=seen[1], mask_image=torch.from_numpy(hole[None, None]).float(),
        height=64, width=80, strength=strength,
    )  # fmt: skip
    return float(np.abs(own.fill(ctx, wish, pixels, hole) - theirs).max())


def _latents(vae: Any, pixels: np.ndarray) -> torch.Tensor:
    """The middle of what the encoder holds possible, where the pipelines would draw from it."""
    with torch.no_grad():
        found = vae.encode(torch.from_numpy(pixels.transpose(2, 0, 1)[None]) * 2 - 1).latent_dist.mode()
    return found * vae.config.scaling_factor


@pytest.mark.parametrize("sampler", SAMPLERS)
@pytest.mark.parametrize(
    ("steps", "strength", "made"), [(10, 1.0, 10), (10, 0.5, 5), (1, 1.0, 1), (1, 0.3, 1), (3, 0.01, 1)]
)
def test_at_least_one_step_is_made(sampler: str, steps: int, strength: float, made: int):
    chosen = scheduler(sampler, SCHEDULE)
    times = schedule(chosen, steps, strength, torch.device("cpu"))
    # Samplers of second order look twice at a step, but for the last one.
    assert len(set(times.tolist())) in {made, made * chosen.order, made * chosen.order - 1}


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_less_strength_begins_later(sampler: str):
    begins = [
        float(schedule(scheduler(sampler, SCHEDULE), 20, each, torch.device("cpu"))[0])
        for each in (1.0, 0.6, 0.2, 0.01)
    ]
    assert begins == sorted(begins, reverse=True)
    assert len(set(begins)) == len(begins)
