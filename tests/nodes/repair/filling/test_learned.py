"""Crops filled by whatever fills them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from graph.context import Context
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.pixels.one_tone import Toning
from nodes.repair.filling.crops import SEEING, Crop, Plan
from nodes.repair.filling.holes import Marks
from nodes.repair.filling.learned import Work, fill, part_of

if TYPE_CHECKING:
    from tests.nodes.conftest import Prints

LEVEL = 0.5
"""What every crop is filled with."""


def flat(_ctx: Context, pixels: Floats, _hole: Marks, _crop: Crop) -> Floats:
    return np.full_like(pixels, LEVEL)


def marked(height: int, width: int, *places: tuple[slice, slice]) -> Floats:
    values = np.zeros((height, width), np.float32)
    for place in places:
        values[place] = 1
    return values


def work_on(photo: Floats, mask: Floats, grain: float = 0.0, tone: Toning | None = None) -> Work:
    return Work.on(Image(photo), mask, mask, photo.copy(), 0.0, grain, tone)


def test_the_grain_of_the_photo_is_put_on_what_is_smooth(ctx: Context, rng: np.random.Generator):
    photo = (0.5 + rng.normal(0, 0.04, (320, 320, 1))).clip(0, 1).astype(np.float32).repeat(3, axis=2)
    mask = marked(320, 320, (slice(100, 180), slice(100, 180)))
    for grain, expected in ((1.0, 0.04), (0.0, 0.0)):
        work = work_on(photo, mask, grain)
        fill(ctx, work, Plan(mask, 128), flat)
        assert work.out[mask > 0].std() == pytest.approx(expected, abs=0.01)
        assert np.array_equal(work.out[mask == 0], photo[mask == 0])


def test_what_is_hidden_and_what_is_blended_may_differ(ctx: Context, rng: np.random.Generator):
    """A soft edge is drawn by one who sees what lies under it."""
    photo, hidden = rng.random((96, 96, 3), np.float32), marked(96, 96, (slice(40, 56), slice(40, 56)))
    share = hidden.copy()
    share[32:64, 32:64] = np.maximum(share[32:64, 32:64], 0.25)
    seen: list[Marks] = []

    def looking(ctx: Context, pixels: Floats, hole: Marks, crop: Crop) -> Floats:
        seen.append(hole)
        return flat(ctx, pixels, hole, crop)

    work = replace(work_on(photo, share), damage=hidden)
    fill(ctx, work, Plan(share, 128), looking)
    assert seen[0].sum() == 16 * 16
    assert np.allclose(work.out[33, 33], photo[33, 33] * 0.75 + LEVEL * 0.25, atol=1e-6)
    assert np.allclose(work.out[40:56, 40:56], LEVEL)


@pytest.mark.parametrize("side", [64, 128])
def test_a_closer_look_sees_what_the_first_one_made(ctx: Context, rng: np.random.Generator, side: int):
    photo, mask = rng.random((300, 300, 3), np.float32), marked(300, 300, (slice(60, 240), slice(60, 240)))
    found: list[Floats] = []

    def looking(ctx: Context, pixels: Floats, hole: Marks, crop: Crop) -> Floats:
        if crop.again:
            found.append(pixels[hole])
        return flat(ctx, pixels, hole, crop)

    fill(ctx, work_on(photo, mask), Plan(mask, side, SEEING._replace(again=True)), looking)
    assert found
    assert all(np.allclose(each, LEVEL, atol=0.02) for each in found)


def test_a_tone_is_given_to_all_that_is_made(ctx: Context, prints: Prints):
    light = np.linspace(0, 1, 256, dtype=np.float32)
    tone = Toning(light, np.stack([np.full_like(light, 0.1), np.full_like(light, -0.1)], axis=-1))
    mask = marked(256, 256, (slice(60, 100), slice(60, 100)))
    work = work_on(prints.sepia, mask, tone=tone)
    fill(ctx, work, Plan(mask, 128), flat)
    assert np.allclose(work.out[80, 80, ::2] - LEVEL, [0.1, -0.1], atol=0.01)


def test_parts_make_up_the_whole(ctx: Context):
    seen: list[tuple[float, bytes]] = []
    whole = replace(ctx, on_progress=lambda done, sketch: seen.append((done, sketch)))
    for number in range(4):
        part_of(part_of(whole, number // 2, 2), number % 2, 2).progress(0.5, b"sketch")
    assert seen == [(0.125, b"sketch"), (0.375, b"sketch"), (0.625, b"sketch"), (0.875, b"sketch")]
    whole.cancelled.set()
    assert part_of(whole, 0, 2).cancelled.is_set()
