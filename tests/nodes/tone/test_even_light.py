from __future__ import annotations

import numpy as np
import pytest

from nodes.kinds.image import Image
from nodes.pixels.colour import is_grey, luma
from nodes.tone.even_light import even_light, lit


@pytest.fixture
def radius():
    """The distance from the middle of a photo of 256 × 256, 1 at its corners."""
    side = (np.arange(256) - 127.5) / 181.0
    return np.hypot(side[:, None], side[None])[..., None].astype(np.float32)


def distance(first, second):
    return float(np.sqrt(np.mean((first - second) ** 2)))


def softened(pixels):
    """A photo of middling brightness throughout, as a garden is."""
    return (0.35 + 0.3 * pixels).astype(np.float32)


@pytest.mark.parametrize("state", ["sound", "grey", "sepia", "faded"])
def test_even_light_is_left_as_it_is(ctx, prints, state):
    image = Image(getattr(prints, state))
    assert even_light(ctx, image) is image
    assert ctx.notes == ["The light is even: left as it is."]


@pytest.mark.parametrize("power", [2, 3, 4])
def test_dark_corners_are_lit(ctx, rng, radius, power):
    scene = softened(np.kron(rng.random((64, 64, 1)), np.ones((4, 4, 3))))
    dark = (scene * np.exp(-0.5 * radius**power)).astype(np.float32)
    result = even_light(ctx, Image(dark), strength=1.0).pixels
    assert "dark corners" in ctx.notes[0]
    assert distance(result, scene) < 0.6 * distance(dark, scene)


def test_a_face_before_a_dark_backdrop_is_no_vignette(ctx, prints, radius):
    portrait = np.where(radius < 0.4, softened(prints.sound), np.float32(0.15)).astype(np.float32)
    assert even_light(ctx, image := Image(portrait)) is image


def test_three_dark_corners_are_what_was_photographed(ctx, rng, radius):
    scene = softened(np.kron(rng.random((64, 64, 1)), np.ones((4, 4, 3))))
    dark = scene * np.exp(-0.6 * radius**3)
    dark[:128, :128] = scene[:128, :128]
    assert even_light(ctx, image := Image(dark.astype(np.float32))) is image


def test_uneven_light_shows_on_the_paper(ctx, prints):
    page = prints.framed(softened(prints.sound), 0.9)
    light = np.linspace(0.7, 1.0, page.shape[1])[None, :, None]
    lopsided = (page * light).astype(np.float32)
    result = even_light(ctx, Image(lopsided), strength=1.0).pixels
    assert "paper" in ctx.notes[0]
    sides = result[:, 2:10].mean(), result[:, -10:-2].mean()
    assert abs(sides[0] - sides[1]) < 0.3 * abs(lopsided[:, 2:10].mean() - lopsided[:, -10:-2].mean())


def test_a_yellowed_zone_of_a_black_and_white_print_is_evened_out(ctx, prints, radius):
    stain = 1 - 0.35 * np.clip(1.2 * radius - 0.2, 0, 1) * np.array([0.15, 0.4, 1.0])
    stained = (prints.washed(prints.grey) * stain).astype(np.float32)
    result = even_light(ctx, Image(stained), strength=1.0).pixels

    def uneven(pixels):
        ratio = pixels[..., 2] / pixels[..., 0]
        return abs(float(ratio[96:160, 96:160].mean() - ratio[:24].mean()))

    assert "stains" in ctx.notes[0]
    assert uneven(result) < 0.5 * uneven(stained)
    assert even_light(ctx, image := Image(stained), what="light only") is image


def test_broad_changes_go_but_a_dark_coat_stays(ctx, rng):
    scene = 0.55 + 0.05 * rng.standard_normal((256, 256, 1)).astype(np.float32) * np.ones(3, np.float32)
    scene[90:200, 100:160] *= 0.3
    side = np.linspace(0.75, 1.15, 256, dtype=np.float32)[None, :, None]
    result = even_light(ctx, Image((scene * side).clip(0, 1)), auto=False, size=100, strength=1.0).pixels
    left, right = result[:, :40].mean(), result[:, -40:].mean()
    assert abs(left - right) < 0.06
    coat = result[100:190, 110:150].mean() / result[:80].mean()
    assert coat == pytest.approx(0.3, abs=0.05)


def test_light_alone_keeps_colours(ctx, prints):
    side = np.linspace(0.5, 1.0, 256, dtype=np.float32)[None, :, None]
    dim = (softened(prints.sound) * side).astype(np.float32)
    result = even_light(ctx, Image(dim), auto=False, what="light only").pixels
    before, after = dim / luma(dim)[..., None], result / luma(result)[..., None]
    assert np.abs(after - before).max() < 1e-4
    assert is_grey(even_light(ctx, Image((prints.grey * side).astype(np.float32)), auto=False).pixels, tolerance=1e-6)


def test_strength_0_changes_nothing(ctx, prints):
    assert even_light(ctx, image := Image(prints.sound), auto=False, strength=0.0) is image


def test_white_does_not_clip_and_order_is_kept():
    ramp = np.linspace(0, 1, 1001, dtype=np.float32)
    for gain in (0.6, 1.0, 1.3, 2.0):
        result = lit(ramp, np.full_like(ramp, gain))
        assert (np.diff(result) > 0).all()
        assert result[-1] <= 1.0
        assert result[300] == pytest.approx(0.3 * gain, abs=1e-6)
