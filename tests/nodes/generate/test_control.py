from __future__ import annotations

import imagecodecs
import numpy as np
import pytest

from nodes.generate.control import SEEN, control
from nodes.kinds.addons import Addons, Lora
from nodes.kinds.image import Image, Origin


@pytest.fixture
def photo() -> Image:
    """A light square on dark ground."""
    pixels = np.full((120, 160, 3), 0.2, np.float32)
    pixels[30:90, 40:120] = 0.8
    return Image(pixels)


def test_the_picture_and_its_settings_are_added(ctx, photo):
    before = Addons((Lora("sepia"),))
    made = control(ctx, photo, before, model="canny", strength=0.7, until=0.5).addons
    (one,) = made.controls
    assert one.picture is photo
    assert (one.name, one.strength, one.until, one.sees) == ("canny", 0.7, 0.5, "edges")
    assert made.loras == before.loras


def test_several_follow_one_another(ctx, photo):
    first = control(ctx, photo, model="canny").addons
    second = control(ctx, photo, first, model="scribble", sees="picture").addons
    assert [each.name for each in second.controls] == ["canny", "scribble"]
    assert second.controls[1].sees == "picture"


def test_the_lines_are_shown(ctx, photo):
    lines = control(ctx, photo).lines.pixels[..., 0]
    assert lines[28:33, 60:100].max(axis=0).min() > 0.5
    assert lines[50:70, 60:100].max() == 0
    assert lines[5:20].max() == 0


def test_a_drawing_is_shown_as_it_is(ctx, photo):
    assert np.array_equal(control(ctx, photo, sees="picture").lines.pixels, photo.pixels)


def test_lines_of_a_large_photo_are_shown_small(ctx, rng):
    large = Image(rng.random((1000, 2000, 3), np.float32))
    made = control(ctx, large)
    assert (made.lines.height, made.lines.width) == (SEEN // 2, SEEN)
    assert made.addons.controls[0].picture is large


@pytest.mark.parametrize("settings", [{"strength": 0.0}, {"until": 0.0}])
def test_nothing_is_added_where_nothing_is_asked(ctx, photo, settings):
    before = Addons(vae="mse")
    assert control(ctx, photo, before, **settings).addons is before
    assert "nothing is added" in ctx.notes[-1]


@pytest.mark.parametrize("size", [(1, 1), (1, 50), (900, 2)], ids=str)
@pytest.mark.parametrize("sees", ["edges", "picture"])
def test_any_size(ctx, rng, size, sees):
    made = control(ctx, Image(rng.random((*size, 3), np.float32)), sees=sees)
    assert len(made.addons.controls) == 1
    assert np.isfinite(made.lines.pixels).all()


def test_lines_do_not_hang_on_the_profile(ctx, photo):
    wide = Image(photo.pixels, Origin(profile=imagecodecs.cms_profile("adobergb")))
    assert control(ctx, wide).lines.origin.profile is None
