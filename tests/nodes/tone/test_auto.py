from __future__ import annotations

import numpy as np
import pytest

from nodes.kinds.image import Image
from nodes.pixels.colour import is_grey, luma
from nodes.tone.auto import auto


def distance(first, second):
    return float(np.sqrt(np.mean((first - second) ** 2)))


@pytest.mark.parametrize("state", ["sound", "grey", "sepia"])
def test_a_sound_photo_comes_back_untouched(ctx, prints, state):
    image = Image(getattr(prints, state))
    assert auto(ctx, image) is image
    assert ctx.notes == ["Neither faded, uneven nor dull: left as it is."]


def test_a_faded_photo_is_restored_and_it_says_so(ctx, prints):
    result = auto(ctx, Image(prints.faded)).pixels
    assert distance(result, prints.sound) < 0.7 * distance(prints.faded, prints.sound)
    assert any(note.startswith("Faded tones restored: ") for note in ctx.notes)


def test_dark_corners_are_lit(ctx, rng):
    scene = 0.35 + 0.3 * np.kron(rng.random((64, 64, 1)), np.ones((4, 4, 3)))
    side = (np.arange(256) - 127.5) / 181.0
    dark = scene * np.exp(-0.5 * np.hypot(side[:, None], side[None])[..., None] ** 3)
    auto(ctx, Image(dark.astype(np.float32)))
    assert ctx.notes[0].startswith("Light evened out: ")


def test_a_dull_dark_photo_is_stretched(ctx, prints):
    dull = (0.04 + 0.4 * prints.grey).astype(np.float32)
    result = auto(ctx, Image(dull)).pixels
    assert luma(result).std() > 1.2 * luma(dull).std()


def test_a_toned_print_keeps_its_tone_unless_told_otherwise(ctx, prints):
    washed = Image(prints.washed(prints.sepia))
    assert not is_grey(auto(ctx, washed).pixels, tolerance=0.05)
    assert is_grey(auto(ctx, washed, tone="neutral").pixels, tolerance=1e-5)


def test_strength_0_changes_nothing(ctx, prints):
    image = Image(prints.faded)
    assert auto(ctx, image, strength=0.0) is image
    assert ctx.notes == ["No correction is wanted."]


def test_progress_rises_to_the_end(ctx, prints):
    seen = []
    ctx.on_progress = lambda done, _: seen.append(done)
    auto(ctx, Image(prints.faded))
    assert seen == sorted(seen)
    assert 0 <= seen[0] <= seen[-1] <= 1
