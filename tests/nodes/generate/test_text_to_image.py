from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image as Pillow

from graph.errors import Cancelled, StepError
from nodes.generate.clip_skip import clip_skip
from nodes.generate.control import control
from nodes.generate.text_to_image import text_to_image
from nodes.kinds.image import Image
from nodes.models.diffusion.samplers import SAMPLERS

SMALL = {"width": 64, "height": 64, "steps": 2, "model": "tiny-sd1"}


@pytest.fixture
def ctx(lend, tiny_diffusion):
    return lend(tiny_diffusion)


@pytest.mark.parametrize("model", ["tiny-sd1", "tiny-sd2", "tiny-sdxl"])
@pytest.mark.parametrize("size", [(64, 128), (136, 72)], ids=str)
def test_a_picture_of_the_size_asked_for(ctx, model, size):
    made = text_to_image(ctx, **{**SMALL, "model": model, "width": size[0], "height": size[1]})
    assert (made.width, made.height) == size
    assert made.origin.profile is None
    assert np.ptp(made.pixels) > 0.05
    assert "invented" in ctx.notes[-1]


def test_the_seed_decides(ctx):
    first, again, other = (text_to_image(ctx, **SMALL, seed=seed).pixels for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert np.abs(first - other).mean() > 0.005


@pytest.mark.parametrize(
    "changed",
    [{"prompt": "a barn"}, {"negative": "a barn"}, {"guidance": 1.0}, {"steps": 3}, {"sampler": "Euler a"}],
    ids=str,
)
def test_every_wish_counts(ctx, changed):
    assert np.abs(text_to_image(ctx, **SMALL).pixels - text_to_image(ctx, **{**SMALL, **changed}).pixels).max() > 1e-4


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_every_sampler_draws(ctx, sampler):
    assert np.isfinite(text_to_image(ctx, **{**SMALL, "steps": 3, "sampler": sampler}).pixels).all()


def test_addons_count(ctx):
    plain, skipped = text_to_image(ctx, **SMALL), text_to_image(ctx, clip_skip(layer=2), **SMALL)
    assert np.abs(plain.pixels - skipped.pixels).max() > 1e-4


@pytest.mark.parametrize("prompt", ["", "(((", "x, " * 3300, "Größe 写真 🙂"], ids=["none", "open", "long", "letters"])
def test_any_words(ctx, prompt):
    assert np.isfinite(text_to_image(ctx, **SMALL, prompt=prompt).pixels).all()


def test_a_missing_file_is_named(ctx):
    addons = control(ctx, Image(np.zeros((9, 9, 3), np.float32)), model="nowhere").addons
    with pytest.raises(StepError, match="nowhere is not there"):
        text_to_image(ctx, addons, **SMALL)
    assert np.isfinite(text_to_image(ctx, **SMALL).pixels).all()


def test_it_shows_what_is_becoming(ctx):
    told = []
    text_to_image(replace(ctx, on_progress=lambda *each: told.append(each)), **{**SMALL, "steps": 4})
    shares, sketches = [share for share, _ in told], [sketch for _, sketch in told if sketch]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert len(sketches) >= 3
    with Pillow.open(io.BytesIO(sketches[-1])) as opened:
        assert opened.format == "WEBP"


def test_it_can_be_cancelled_and_works_again(ctx):
    def stop(share: float, _sketch: bytes) -> None:
        if share > 0.3:
            ctx.cancelled.set()

    with pytest.raises(Cancelled):
        text_to_image(replace(ctx, on_progress=stop), **{**SMALL, "steps": 30})
    ctx.cancelled.clear()
    assert np.isfinite(text_to_image(ctx, **SMALL).pixels).all()
