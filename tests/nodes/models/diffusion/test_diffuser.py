"""Diffusion models as nodes borrow them, on tiny ones of all five kinds."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image as Picture

from graph.context import Context
from graph.errors import Cancelled
from graph.pool import Pool
from nodes.models.device import Device
from nodes.models.diffusion.diffuser import Diffuser, DiffusionModel
from nodes.models.diffusion.wish import Wish
from nodes.models.lending import Lending
from nodes.models.shelf import Shelf

PLAIN = ("tiny-sd1", "tiny-sd2", "tiny-sdxl")
KINDS = (*PLAIN, "tiny-sd1-inpaint", "tiny-sdxl-inpaint")
WISH = Wish("a fox in the snow", steps=3)

Draw = Callable[[Context, Diffuser, Wish], Any]


@pytest.fixture(scope="module")
def lender(tiny_diffusion: Path) -> Lending:
    return Lending(Pool(2**30), Shelf([tiny_diffusion]), Device("cpu", "full"))


@pytest.fixture
def ctx(ctx: Context, lender: Lending) -> Context:
    return replace(ctx, lender=lender)


@pytest.fixture
def photo(rng: np.random.Generator) -> Any:
    """Two halves, the right one with a hole in."""
    pixels = np.full((64, 96, 3), 0.3, np.float32)
    pixels[:, 48:] = 0.7
    pixels += rng.normal(0, 0.02, pixels.shape).astype(np.float32)
    hole = np.zeros((64, 96), bool)
    hole[16:48, 56:88] = True
    return pixels, hole


def made(ctx: Context, name: str, wish: Wish, photo: Any) -> Any:
    """A picture drawn, or the photo filled, whichever the model is for."""
    with ctx.borrow(DiffusionModel(name)) as diffuser:
        if diffuser.family.inpaint:
            return diffuser.fill(ctx, wish, *photo)
        return diffuser.draw(ctx, wish, 64, 72)


@pytest.mark.parametrize("name", KINDS)
def test_the_same_seed_gives_the_same_bits(ctx: Context, lender: Lending, photo: Any, name: str):
    first = made(ctx, name, WISH, photo)
    assert first.dtype == np.float32
    assert 0 <= first.min() < first.max() <= 1
    assert made(ctx, name, WISH, photo).tobytes() == first.tobytes()
    anew = replace(ctx, lender=replace(lender, pool=Pool(2**30)))
    assert made(anew, name, WISH, photo).tobytes() == first.tobytes()


@pytest.mark.parametrize("name", KINDS)
def test_every_wish_counts(ctx: Context, photo: Any, name: str):
    more = {"seed": 2, "prompt": "a dog", "negative": "a dog", "guidance": 2.0, "sampler": "Heun", "steps": 2}
    wishes = [WISH, *(replace(WISH, **{each: value}) for each, value in more.items())]
    assert len({made(ctx, name, wish, photo).tobytes() for wish in wishes}) == len(wishes)


def test_a_seed_draws_the_same_whatever_was_drawn_before(ctx: Context, photo: Any):
    first = made(ctx, "tiny-sd1", WISH, photo)
    torch.manual_seed(99)
    made(ctx, "tiny-sd1", replace(WISH, seed=5), photo)
    assert (made(ctx, "tiny-sd1", WISH, photo) == first).all()


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("size", [(1, 1), (5, 130), (100, 75)])
def test_every_size_is_filled(ctx: Context, rng: np.random.Generator, name: str, size: tuple[int, int]):
    pixels, hole = rng.random((*size, 3), np.float32), np.ones(size, bool)
    with ctx.borrow(DiffusionModel(name)) as diffuser:
        assert diffuser.fill(ctx, WISH, pixels, hole).shape == (*size, 3)


@pytest.mark.parametrize("size", [(64, 64), (500, 3000), (67, 10)])
def test_every_size_is_drawn(ctx: Context, size: tuple[int, int]):
    with ctx.borrow(DiffusionModel("tiny-sd1")) as diffuser:
        assert diffuser.draw(ctx, replace(WISH, steps=1, guidance=1.0), *size).shape == (*size, 3)


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("wish", [replace(WISH, steps=1), replace(WISH, guidance=1.0), replace(WISH, prompt="")])
def test_the_least_that_can_be_wished(ctx: Context, photo: Any, name: str, wish: Wish):
    assert np.isfinite(made(ctx, name, wish, photo)).all()


@pytest.mark.parametrize("name", KINDS)
def test_less_strength_keeps_more(ctx: Context, photo: Any, name: str):
    pixels, hole = photo
    other = np.where(hole[..., None], 1 - pixels, pixels)

    def seen(strength: float) -> float:
        """How much it matters what lies in the hole."""
        wish = replace(WISH, steps=10, guidance=1.0, strength=strength, sampler="Euler")
        one, two = (diffuser.fill(ctx, wish, each, hole) for each in (pixels, other))
        return float(np.abs(one - two)[hole].mean())

    with ctx.borrow(DiffusionModel(name)) as diffuser:
        assert seen(0.1) > 2 * seen(0.8)


@pytest.mark.parametrize("name", ["tiny-sd1-inpaint", "tiny-sdxl-inpaint"])
def test_at_full_strength_nothing_shows_of_what_was_in_the_hole(ctx: Context, photo: Any, name: str):
    pixels, hole = photo
    other = np.where(hole[..., None], 1 - pixels, pixels)
    assert (made(ctx, name, WISH, (pixels, hole)) == made(ctx, name, WISH, (other, hole))).all()


def test_nothing_to_fill_changes_nothing(ctx: Context, photo: Any):
    pixels, hole = photo
    with ctx.borrow(DiffusionModel("tiny-sd1")) as diffuser:
        assert (diffuser.fill(ctx, replace(WISH, strength=0.0), pixels, hole) == pixels).all()
        assert (diffuser.fill(ctx, WISH, pixels, np.zeros_like(hole)) == pixels).all()


@pytest.mark.parametrize("name", PLAIN)
def test_a_plain_model_keeps_what_is_known(ctx: Context, photo: Any, name: str):
    pixels, hole = photo
    with ctx.borrow(DiffusionModel(name)) as diffuser:
        one, other = (diffuser.fill(ctx, replace(WISH, seed=seed), pixels, hole) for seed in (1, 2))
    differs = np.abs(one - other).max(axis=2)
    assert differs[hole].mean() > 5 * differs[:, :32].mean()


@pytest.mark.parametrize("name", KINDS)
def test_a_thin_scratch_is_filled(ctx: Context, name: str):
    # One pixel wide, and never where the corner of a square of 8 pixels lies.
    pixels, hole = np.full((64, 64, 3), 0.5, np.float32), np.zeros((64, 64), bool)
    hole[:, 29] = True
    with ctx.borrow(DiffusionModel(name)) as diffuser:
        one, other = (diffuser.fill(ctx, replace(WISH, seed=seed), pixels, hole) for seed in (1, 2))
    assert np.abs(one - other)[hole].max() > 0.01


@pytest.mark.parametrize("name", KINDS)
def test_every_step_is_told_with_a_sketch(ctx: Context, photo: Any, name: str):
    told: list[tuple[float, bytes]] = []
    made(replace(ctx, on_progress=lambda *each: told.append(each)), name, replace(WISH, sampler="Euler"), photo)
    fractions, sketches = [each[0] for each in told], [each[1] for each in told if each[1]]
    assert fractions == sorted(fractions)
    assert (fractions[0], fractions[-1]) == (0.0, 1.0)
    assert len(sketches) == WISH.steps
    assert len(set(sketches)) == WISH.steps
    for each in sketches:
        assert max(Picture.open(io.BytesIO(each)).size) == 128


def layers(lender: Lending, name: str) -> dict[str, list[Any]]:
    """The layers of a loaded model that compute, by its parts."""
    with lender.borrow(DiffusionModel(name), threading.Event()) as diffuser:
        parts = {"unet": diffuser._parts.unet, "vae": diffuser._parts.vae}
        parts |= {f"encoder {index}": each for index, each in enumerate(diffuser._parts.encoders)}
    return {name: [each for each in part.modules() if not list(each.children())] for name, part in parts.items()}


@pytest.mark.parametrize("name", ["tiny-sd1", "tiny-sdxl", "tiny-sd1-inpaint"])
def test_cancelled_inside_a_step_stops_at_once(ctx: Context, lender: Lending, photo: Any, name: str):
    before = made(ctx, name, WISH, photo)
    for part, all_layers in layers(lender, name).items():
        calls = _cancelled_in(ctx, all_layers, name, photo)
        assert calls == 0, part
        assert (made(ctx, name, WISH, photo) == before).all(), part


def _cancelled_in(ctx: Context, all_layers: list[Any], name: str, photo: Any) -> int:
    """Ask to stop in the middle of a part, and count how many layers compute from then on."""
    asked, calls = threading.Event(), 0

    def stop(*_: Any) -> None:
        asked.set()

    def count(*_: Any) -> None:
        nonlocal calls
        calls += asked.is_set()

    # Before that layer computes: nothing may any more.
    hooks = [all_layers[len(all_layers) // 2].register_forward_pre_hook(stop)]
    hooks += [each.register_forward_hook(count) for each in all_layers]
    try:
        with pytest.raises(Cancelled):
            made(replace(ctx, cancelled=asked), name, WISH, photo)
    finally:
        for hook in hooks:
            hook.remove()
    return calls


def test_cancelled_after_a_step_makes_no_other(ctx: Context, photo: Any):
    asked, steps = threading.Event(), 0

    def told(_: float, sketch: bytes) -> None:
        nonlocal steps
        steps += bool(sketch)
        asked.set() if sketch else None

    with pytest.raises(Cancelled):
        made(replace(ctx, cancelled=asked, on_progress=told), "tiny-sd1", replace(WISH, steps=50), photo)
    assert steps == 1
    assert np.isfinite(made(ctx, "tiny-sd1", WISH, photo)).all()


@pytest.mark.parametrize("name", KINDS)
def test_the_pool_is_told_how_many_bytes_it_holds(tiny_diffusion: Path, name: str):
    pool = Pool(2**30)
    with Lending(pool, Shelf([tiny_diffusion]), Device("cpu", "full")).borrow(DiffusionModel(name), threading.Event()):
        # On disk they take as much, with some bytes more for their names; the processor may pack some a second time.
        there = sum(file.stat().st_size for file in (tiny_diffusion / name).rglob("*.safetensors"))
        assert 0.9 * there < pool.used < 2 * there
