"""Samplers: on tiny pipelines, and against a model whose answers are known."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from graph.errors import StepError
from nodes.models.diffusion.package import package
from nodes.models.diffusion.samplers import SAMPLERS, scheduler

SCHEDULE = {"beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear", "clip_sample": False}
"""As all of Stable Diffusion was trained."""

TINY = ("tiny-sd1", "tiny-sd2", "tiny-sdxl", "tiny-sd1-inpaint", "tiny-sdxl-inpaint")


@pytest.fixture(scope="module")
def pipes(tiny_diffusion: Path) -> dict[str, Any]:
    load = package().DiffusionPipeline.from_pretrained
    made = {name: load(tiny_diffusion / name, local_files_only=True) for name in TINY}
    filling = package().AutoPipelineForInpainting.from_pipe
    for pipe in made.values():
        pipe.set_progress_bar_config(disable=True)
    return made | {f"{name} filling": filling(made[name]) for name in ("tiny-sd1", "tiny-sdxl")}


def picture(pipe: Any, name: str, seed: int = 1, steps: int = 3) -> np.ndarray:
    """Drawn with that sampler, or half filled where it is a pipeline that fills."""
    pipe.scheduler = scheduler(name, pipe.scheduler.config)
    more: dict[str, Any] = {"height": 64, "width": 64}
    if "Inpaint" in type(pipe).__name__:
        hole = np.zeros((64, 64), np.float32)
        hole[:, 32:] = 1
        more |= {"image": np.full((64, 64, 3), 0.4, np.float32), "mask_image": hole}
        more |= {"strength": 0.75, "num_inference_steps": 2 * steps}
    more = {"num_inference_steps": steps} | more
    generator = torch.Generator().manual_seed(seed)
    return pipe("a fox", generator=generator, output_type="np", **more).images[0]


@pytest.mark.parametrize("name", SAMPLERS)
@pytest.mark.parametrize("kind", [*TINY, "tiny-sd1 filling", "tiny-sdxl filling"])
def test_every_sampler_draws_and_fills(pipes, kind, name):
    one = picture(pipes[kind], name)
    assert one.shape == (64, 64, 3)
    assert np.isfinite(one).all()
    assert one.std() > 0
    assert (picture(pipes[kind], name) == one).all()
    assert (picture(pipes[kind], name, seed=2) != one).any()


def test_samplers_differ(pipes):
    made = {name: picture(pipes["tiny-sd1"], name, steps=5).tobytes() for name in SAMPLERS}
    assert len(set(made.values())) == len(SAMPLERS)


@pytest.mark.parametrize("steps", [1, 2, 3, 150])
@pytest.mark.parametrize("name", SAMPLERS)
def test_any_number_of_steps(name, steps):
    assert landed(name, "epsilon", steps)[0].isfinite().all()


MEAN, SPREAD = 0.5, 0.3


def landed(name: str, prediction: str, steps: int) -> tuple[torch.Tensor, Any]:
    """Where noise ends with a perfect model of numbers that lie about 0.5 with a spread of 0.3."""
    sampler = scheduler(name, SCHEDULE | {"prediction_type": prediction})
    generator = torch.Generator().manual_seed(3)
    chance = {"generator": generator} if "generator" in inspect.signature(sampler.step).parameters else {}
    sampler.set_timesteps(steps)
    sample = torch.randn(1, 4, 64, 64, generator=generator) * sampler.init_noise_sigma
    ratios = torch.log((1 - sampler.alphas_cumprod) / sampler.alphas_cumprod).numpy()
    for moment in sampler.timesteps:
        seen = sampler.scale_model_input(sample, moment)
        # Heun and DPM2 also ask between the moments that were trained.
        sigma = np.exp(np.interp(float(moment), np.arange(len(ratios)), ratios) / 2)
        kept, noisy = 1 / np.hypot(1, sigma), sigma / np.hypot(1, sigma)
        clean = MEAN + kept * SPREAD**2 * (seen - kept * MEAN) / (kept**2 * SPREAD**2 + noisy**2)
        noise = (seen - kept * clean) / noisy
        answer = noise if prediction == "epsilon" else kept * noise - noisy * clean
        sample = sampler.step(answer, moment, sample, **chance).prev_sample
    return sample, sampler


@pytest.mark.parametrize("prediction", ["epsilon", "v_prediction"])
@pytest.mark.parametrize("name", SAMPLERS)
def test_a_perfect_model_ends_where_it_was_trained(name, prediction):
    sample, sampler = landed(name, prediction, 100)
    assert sampler.config.prediction_type == prediction
    assert float(sample.mean()) == pytest.approx(MEAN, abs=0.02)
    assert float(sample.std()) == pytest.approx(SPREAD, rel=0.12)


@pytest.mark.parametrize("name", [name for name in SAMPLERS if name.endswith("Karras")])
def test_karras_sigmas_are_those_of_the_paper(name):
    """Equation 5 of Karras et al. (2022) with ρ = 7, between the smallest and largest noise that was trained."""
    found = scheduler(name, SCHEDULE)
    trained = ((1 - found.alphas_cumprod) / found.alphas_cumprod).sqrt().numpy()
    found.set_timesteps(30)
    ends = trained.max() ** (1 / 7), trained.min() ** (1 / 7)
    np.testing.assert_allclose(found.sigmas, [*np.linspace(*ends, 30) ** 7, 0], rtol=1e-4)
    plain = scheduler(name.removesuffix(" Karras"), SCHEDULE)
    plain.set_timesteps(30)
    assert float((plain.sigmas - found.sigmas).abs().max()) > 1


@pytest.mark.parametrize("name", SAMPLERS)
def test_all_begin_at_the_strongest_noise(name):
    """Whatever the files of Stable Diffusion say, with which the first step would be one in 30 later."""
    found = scheduler(name, SCHEDULE | {"timestep_spacing": "leading", "steps_offset": 1})
    found.set_timesteps(30)
    assert float(found.timesteps[0]) == 999


def test_a_schedule_with_no_signal_at_its_end_is_kept():
    """Models trained by Lin et al. (2023) say so in their files."""
    asked = SCHEDULE | {
        "rescale_betas_zero_snr": True,
        "timestep_spacing": "trailing",
        "prediction_type": "v_prediction",
    }
    found = scheduler("Euler", asked)
    assert {key: found.config[key] for key in asked if key != "clip_sample"} == {
        key: value for key, value in asked.items() if key != "clip_sample"
    }
    assert float(found.alphas_cumprod[-1]) < 1e-6


def test_an_unknown_sampler_is_refused():
    with pytest.raises(StepError, match=r"no sampler 'Euler A'.*Euler, Euler a, LMS"):
        scheduler("Euler A", SCHEDULE)
