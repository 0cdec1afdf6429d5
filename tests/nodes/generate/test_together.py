"""Add-ons one after another, and what is drawn with them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from graph.context import Context
from graph.errors import StepError
from nodes.generate.clip_skip import clip_skip
from nodes.generate.control import control
from nodes.generate.lora import lora
from nodes.generate.text_to_image import text_to_image
from nodes.generate.vae import vae
from nodes.kinds.addons import Addons
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from tests.conftest import Lend
from tests.nodes.models.tiny_addons import tiny_control_folder, tiny_lora, tiny_vae_file


@pytest.fixture(scope="module")
def addons_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("addons")
    tiny_lora(folder, name="style")
    tiny_lora(folder, "sdxl", name="of-xl")
    tiny_vae_file(folder, "other-vae.safetensors")
    tiny_control_folder(folder, name="lines")
    return folder


@pytest.fixture
def ctx(lend: Lend, tiny_diffusion: Path, addons_folder: Path) -> Context:
    return lend(tiny_diffusion, addons_folder)


@pytest.fixture
def square() -> Image:
    pixels = np.full((64, 96, 3), 0.2, np.float32)
    pixels[16:48, 24:72] = 0.8
    return Image(pixels)


def drawn(ctx: Context, addons: Addons | None = None, **settings: object) -> Floats:
    return text_to_image(ctx, addons, width=96, height=64, steps=2, model="tiny-sd1", **settings).pixels  # pyright: ignore[reportArgumentType] - settings of all kinds


def test_each_changes_the_picture_and_none_stays_behind(ctx: Context, square: Image):
    chain = [
        lora(ctx, model="style.safetensors", strength=0.8),
        vae(model="other-vae.safetensors"),
        clip_skip(layer=2),
        control(ctx, square, model="lines").addons,
    ]
    plain = drawn(ctx)
    for addons in chain:
        assert np.abs(drawn(ctx, addons) - plain).max() > 1e-3, addons.names
        assert np.array_equal(drawn(ctx), plain)


def test_all_at_once(ctx: Context, square: Image):
    style = lora(ctx, model="style.safetensors", strength=0.8)
    more = clip_skip(vae(style, model="other-vae.safetensors"), layer=2)
    whole = control(ctx, square, more, model="lines").addons
    assert np.array_equal(drawn(ctx, whole), drawn(ctx, whole))
    assert np.abs(drawn(ctx, whole) - drawn(ctx, more)).max() > 1e-3


def test_the_other_way_round_a_lora_leads_away(ctx: Context):
    there, back = (drawn(ctx, lora(ctx, model="style.safetensors", strength=each)) for each in (1.0, -1.0))
    assert np.abs(there - back).max() > 1e-3


def test_lines_are_those_of_the_picture(ctx: Context, square: Image):
    other = Image(np.ascontiguousarray(0.5 * square.pixels + 0.25))
    flat = Image(np.full((64, 96, 3), 0.5, np.float32))
    first, same, none = (drawn(ctx, control(ctx, each, model="lines").addons) for each in (square, other, flat))
    # Flatter by half, the square has the same lines, up to rounding.
    assert np.abs(first - same).max() < np.abs(first - none).max() / 3


def test_one_for_another_family_is_refused_and_the_next_run_works(ctx: Context):
    plain = drawn(ctx)
    with pytest.raises(StepError, match=r"of-xl.*Stable Diffusion"):
        drawn(ctx, lora(ctx, model="of-xl.safetensors"))
    assert np.array_equal(drawn(ctx), plain)
