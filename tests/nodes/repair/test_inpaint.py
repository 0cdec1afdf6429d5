"""Filling damage."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from graph.context import Context
from graph.errors import Cancelled, StepError
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.repair.filling.holes import widened
from nodes.repair.inpaint import METHODS, inpaint

every_method = pytest.mark.parametrize("method", METHODS)


def blank(height: int = 120, width: int = 160, level: float = 0.6) -> Floats:
    return np.full((height, width, 3), level, np.float32)


def grainy(rng: np.random.Generator, height: int = 240, width: int = 240, sigma: float = 0.04) -> Floats:
    grain = rng.normal(0, sigma, (height, width, 1))
    return (blank(height, width) + grain).clip(0, 1).astype(np.float32)


def marked(height: int, width: int, *places: tuple[slice, slice]) -> Floats:
    values = np.zeros((height, width), np.float32)
    for place in places:
        values[place] = 1
    return values


def repaired(ctx: Context, sound: Floats, mask: Floats, method: str = "texture", margin: float = 2) -> Floats:
    """What becomes of a sound picture whose marked places were painted white."""
    pixels = np.where(mask[..., None] > 0, np.float32(1), sound)
    return inpaint(ctx, Image(pixels), Mask(mask), method=method, margin=margin).pixels


THIN = (slice(None), slice(70, 76))
WIDE = (slice(30, 90), slice(50, 130))


@every_method
@pytest.mark.parametrize("margin", [0, 2])
def test_beyond_the_margin_nothing_changes(ctx: Context, rng: np.random.Generator, method: str, margin: int):
    sound, mask = grainy(rng), marked(240, 240, THIN, WIDE)
    result = repaired(ctx, sound, mask, method, margin)
    beyond = ~widened(mask > 0, margin) if margin else mask == 0
    assert np.array_equal(result[beyond], sound[beyond])


def test_the_sound_rim_of_a_scratch_stays(ctx: Context, rng: np.random.Generator):
    """Grain is not damage, but for one pixel in twenty."""
    sound, mask = grainy(rng), marked(240, 240, THIN)
    assert (repaired(ctx, sound, mask) != sound)[mask == 0].any(axis=1).sum() < 0.05 * 4 * 240


@every_method
def test_nothing_marked_gives_the_photo_itself(ctx: Context, method: str):
    image = Image(blank())
    assert inpaint(ctx, image, Mask(marked(120, 160)), method=method) is image
    assert ctx.notes == ["Nothing to fill."]


@every_method
@pytest.mark.parametrize("place", [THIN, WIDE, (slice(0, 9), slice(0, 9)), (slice(None), slice(150, None))], ids=str)
def test_a_flat_picture_becomes_flat_again(ctx: Context, method: str, place: tuple[slice, slice]):
    sound = blank()
    assert np.allclose(repaired(ctx, sound, marked(120, 160, place), method), sound, atol=2e-3)


@every_method
def test_a_gradient_goes_on(ctx: Context, method: str):
    sound = np.repeat(np.linspace(0.2, 0.8, 160, dtype=np.float32)[None, :, None], 120, axis=0).repeat(3, axis=2)
    assert np.abs(repaired(ctx, sound, marked(120, 160, THIN), method) - sound).max() < 0.03


def test_an_edge_goes_on_through_a_scratch(ctx: Context):
    sound = blank(level=0.2)
    sound[:, 80:] = 0.8
    across = marked(120, 160, (slice(57, 63), slice(None)))
    assert np.abs(repaired(ctx, sound, across) - sound).mean(axis=(1, 2)).max() < 0.01


@pytest.mark.parametrize("slope", [-1.5, -0.6, 0.6, 1.5])
def test_a_slanting_edge_goes_on_better_than_smoothly(ctx: Context, slope: float):
    y, x = np.mgrid[:120, :160].astype(np.float32)
    sound = (0.5 + 0.3 * np.tanh(x - 80 - slope * (y - 60)))[..., None].repeat(3, axis=2).astype(np.float32)
    across = marked(120, 160, (slice(56, 64), slice(None)))
    errors = {method: np.abs(repaired(ctx, sound, across, method) - sound)[across > 0].mean() for method in METHODS}
    assert errors["texture"] < 0.6 * min(errors["telea"], errors["navier-stokes"])


def test_colours_of_the_same_brightness_are_told_apart(ctx: Context):
    red, green = np.array([0.8, 0.3, 0.3], np.float32), np.array([0.4, 0.41886, 0.3], np.float32)
    sound = np.where((np.arange(160) < 80)[None, :, None], red, green) * np.ones((120, 1, 1), np.float32)
    across = marked(120, 160, (slice(50, 66), slice(None)))
    assert np.abs(repaired(ctx, sound, across) - sound).mean(axis=(1, 2)).max() < 0.01


@pytest.mark.parametrize("place", [THIN, WIDE], ids=["thin", "wide"])
def test_grain_goes_on(ctx: Context, rng: np.random.Generator, place: tuple[slice, slice]):
    """Within a fifth of the grain around it: neither plastic nor rough."""
    result = repaired(ctx, grainy(rng), marked(240, 240, place))
    assert result[place].std() == pytest.approx(0.04, rel=0.2)


def test_stripes_go_on(ctx: Context):
    """A texture that no smooth filling brings back."""
    sound = np.repeat((0.5 + 0.3 * np.sin(np.arange(160) * 0.8))[None, :, None], 120, axis=0).repeat(3, axis=2)
    sound = sound.astype(np.float32)
    hole = marked(120, 160, (slice(40, 70), slice(60, 90)))
    errors = {method: np.abs(repaired(ctx, sound, hole, method) - sound)[hole > 0].mean() for method in METHODS}
    assert errors["texture"] < 0.05 < 0.5 * errors["telea"]


def test_a_hole_wider_than_any_search_is_filled(ctx: Context, rng: np.random.Generator):
    sound = grainy(rng, 400, 400)
    result = repaired(ctx, sound, marked(400, 400, (slice(100, 300), slice(100, 300))))
    assert np.abs(result[100:300, 100:300].mean() - 0.6) < 0.02


def test_an_outline_goes_on_through_a_wide_hole(ctx: Context, rng: np.random.Generator):
    """Grain and all."""
    y, x = np.mgrid[:180, :180]
    sound = (grainy(rng, 180, 180, 0.02) - np.where(x > 75 + 0.1 * y, 0.4, 0)[..., None]).astype(np.float32)
    hole = (slice(60, 110), slice(60, 110))
    result = repaired(ctx, sound, marked(180, 180, hole))
    assert np.abs(result - sound)[hole].mean() < 0.05
    assert result[hole].std() == pytest.approx(sound[hole].std(), rel=0.1)


def test_nothing_is_smeared_into_a_torn_corner(ctx: Context, rng: np.random.Generator):
    """Where one thing ends and another begins is a guess, but it is one or the other."""
    sound = grainy(rng, 160, 160, 0.02)
    sound[:, 130:] -= 0.4
    corner = (slice(0, 50), slice(110, None))
    filled = repaired(ctx, sound, marked(160, 160, corner))[corner]
    assert np.mean(np.minimum(np.abs(filled - 0.6), np.abs(filled - 0.2)) < 0.1) > 0.95


def test_a_hole_larger_than_what_is_filled_at_once(
    ctx: Context, rng: np.random.Generator, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("nodes.repair.filling.wide.LARGEST", 5)
    result = repaired(ctx, grainy(rng), marked(240, 240, WIDE))
    assert result[WIDE].mean() == pytest.approx(0.6, abs=0.02)
    assert result[WIDE].std() == pytest.approx(0.04, rel=0.2)


def test_soft_edges_blend(ctx: Context):
    mask = marked(120, 160, THIN)
    mask[:, 70] = 0.5
    result = repaired(ctx, blank(), mask)
    assert np.allclose(result[:, 70], 0.8, atol=0.01)
    assert np.allclose(result[:, 71:76], 0.6, atol=0.01)


@every_method
def test_a_soft_rim_beyond_the_mask_goes_too(ctx: Context, rng: np.random.Generator, method: str):
    sound, mask = grainy(rng, sigma=0.01), marked(240, 240, THIN)
    pixels = sound.copy()
    pixels[:, 68:78] += 0.1
    pixels[:, 69:77] += 0.1
    pixels[THIN] = 0.95
    filled = inpaint(ctx, Image(pixels), Mask(mask), method=method, margin=2).pixels
    assert np.abs(filled[:, 66:80] - 0.6).mean() < 0.015


def test_the_rim_of_a_wide_hole_goes_too(ctx: Context):
    pixels, mask = blank(), marked(120, 160, WIDE)
    pixels[29:91, 49:131] = 0.1
    assert np.allclose(inpaint(ctx, Image(pixels), Mask(mask)).pixels, 0.6, atol=0.01)


@every_method
def test_sixteen_bits_stay(ctx: Context, method: str):
    ramp = np.linspace(0.5, 0.502, 160, dtype=np.float32)[None, :, None] + np.zeros((120, 1, 3), np.float32)
    filled = repaired(ctx, ramp, marked(120, 160, (slice(40, 60), slice(40, 140))), method)
    assert np.abs(filled - ramp).max() < 1 / 255
    assert len(np.unique(filled[40:60, 40:140])) > 2


@every_method
def test_tiles_leave_no_seam(ctx: Context, method: str):
    """A long scratch crosses tiles; on a smooth picture every step along it is small."""
    down = np.linspace(0.2, 0.8, 700, dtype=np.float32)
    sound = np.repeat(down[:, None, None], 60, axis=1).repeat(3, axis=2)
    filled = repaired(ctx, sound, marked(700, 60, (slice(None), slice(28, 33))), method)
    assert np.abs(np.diff(filled[:, 30], axis=0)).max() < 0.02


def test_the_whole_photo_cannot_be_filled(ctx: Context):
    with pytest.raises(StepError, match="whole photo"):
        inpaint(ctx, Image(blank()), Mask(np.ones((120, 160), np.float32)))


def test_a_mask_of_another_size_is_refused(ctx: Context):
    with pytest.raises(StepError, match="160 × 120"):
        inpaint(ctx, Image(blank()), Mask(marked(100, 160, THIN)))


@every_method
def test_the_same_comes_out_every_time(ctx: Context, rng: np.random.Generator, method: str):
    sound, mask = grainy(rng), marked(240, 240, THIN, WIDE)
    assert np.array_equal(repaired(ctx, sound, mask, method), repaired(ctx, sound, mask, method))


def test_it_can_be_cancelled_inside_a_tile(ctx: Context, rng: np.random.Generator):
    sound, mask = grainy(rng, 200, 200), marked(200, 200, (slice(20, 180), slice(20, 180)))
    ctx.on_progress = after(1, ctx.cancelled.set)
    with pytest.raises(Cancelled):
        repaired(ctx, sound, mask)


def after(calls: int, act: Callable[[], None]) -> Callable[[float, bytes], None]:
    """A listener that acts at its n-th call."""
    left = calls

    def listen(*_: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            act()

    return listen
