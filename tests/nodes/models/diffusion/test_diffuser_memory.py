"""When memory runs out, and in which precision is drawn."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from graph.context import Context
from graph.errors import StepError
from nodes.models.device import Device
from nodes.models.diffusion.diffuser import Diffuser, DiffusionModel
from nodes.models.diffusion.parts import load_parts
from nodes.models.diffusion.wish import Wish

WISH = Wish("a fox", steps=3)
CPU = torch.device("cpu")


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def ctx(ctx: Context, told: list[str]) -> Context:
    return replace(ctx, on_warning=told.append)


@contextmanager
def running_out(unet: Any, *calls: int) -> Generator[None]:
    """Memory runs out at these passes of the UNet."""
    done = 0

    def fail(*_: Any) -> None:
        nonlocal done
        done += 1
        if done in calls:
            raise torch.OutOfMemoryError("CUDA out of memory")

    hook = unet.register_forward_pre_hook(fail)
    try:
        yield
    finally:
        hook.remove()


@pytest.fixture
def parts(tiny_diffusion: Path) -> Any:
    return load_parts(tiny_diffusion / "tiny-sd1", torch.float32)


def test_running_out_once_is_made_good(ctx: Context, parts: Any, told: list[str]):
    diffuser = Diffuser(parts, CPU)
    before = diffuser.draw(ctx, WISH, 64, 64)
    with running_out(parts.unet, 2):
        found = diffuser.draw(ctx, WISH, 64, 64)
    assert np.abs(found - before).max() < 1e-4
    assert len(told) == 1
    assert "Memory ran out" in told[0]


def test_running_out_again_and_again_says_what_to_do_and_the_next_run_works(ctx: Context, parts: Any, told: list[str]):
    diffuser = Diffuser(parts, CPU)
    before = diffuser.draw(ctx, WISH, 64, 64)
    with running_out(parts.unet, *range(100)), pytest.raises(StepError, match=r"64 × 64 pixels.*smaller"):
        diffuser.draw(ctx, WISH, 64, 64)
    assert len(told) == 2
    assert (diffuser.draw(ctx, WISH, 64, 64) == before).all()


def test_another_failure_is_not_taken_for_it(ctx: Context, parts: Any, told: list[str]):
    def fail(*_: Any) -> None:
        raise RuntimeError("a defect")

    diffuser, hook = Diffuser(parts, CPU), parts.unet.register_forward_pre_hook(fail)
    with pytest.raises(RuntimeError, match="a defect"):
        diffuser.draw(ctx, WISH, 64, 64)
    hook.remove()
    assert not told


def test_numbers_that_overflow_are_an_error(ctx: Context, parts: Any):
    def overflow(_: Any, __: Any, answer: Any) -> Any:
        return (answer[0] * torch.inf,)

    diffuser, hook = Diffuser(parts, CPU), parts.unet.register_forward_hook(overflow)
    with pytest.raises(StepError, match="overflowed"):
        diffuser.draw(ctx, WISH, 64, 64)
    hook.remove()
    assert np.isfinite(diffuser.draw(ctx, WISH, 64, 64)).all()


@pytest.mark.parametrize("name", ["tiny-sd1", "tiny-sdxl"])
def test_the_device_chooses_the_precision(tiny_diffusion: Path, name: str):
    for device in (Device("cpu"), Device("cpu", "full")):
        diffuser, size = DiffusionModel(name).load({name: tiny_diffusion / name}, device)
        drawn = load_parts(tiny_diffusion / name, device.dtype((torch.float16, torch.bfloat16)))
        networks = (drawn.unet, drawn.vae, *drawn.encoders)
        weights = sum(each.nbytes for part in networks for each in part.state_dict().values())
        # In half precision the processor has some of the UNet's a second time.
        assert weights <= size == diffuser.size < 2 * weights


@pytest.mark.parametrize("name", ["tiny-sd1", "tiny-sd2", "tiny-sdxl"])
def test_half_precision_draws_nearly_the_same(tiny_diffusion: Path, ctx: Context, name: str):
    full, half = (
        Diffuser(load_parts(tiny_diffusion / name, dtype), CPU).draw(ctx, WISH, 64, 64)
        for dtype in (torch.float32, torch.bfloat16)
    )
    assert 0 < np.abs(full - half).mean() < 0.02


@pytest.mark.parametrize(("name", "halved"), [("tiny-sd1", True), ("tiny-sd2", True), ("tiny-sdxl", False)])
def test_the_vae_is_halved_only_where_that_is_safe(tiny_diffusion: Path, name: str, halved: bool):
    for dtype in (torch.float16, torch.bfloat16):
        parts = load_parts(tiny_diffusion / name, dtype)
        Diffuser(parts, CPU)
        assert parts.vae.dtype is (torch.float16 if halved and dtype is torch.float16 else torch.float32)
