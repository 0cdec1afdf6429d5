"""Filling damage with networks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import imagecodecs
import numpy as np
import pytest

from graph.context import Context
from graph.errors import Cancelled, StepError
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image, Origin
from nodes.kinds.mask import Mask
from nodes.pixels.colour import is_grey
from nodes.repair.inpaint import inpaint
from tests.conftest import Lend
from tests.nodes.models.tiny_inpaint import tiny_lama, tiny_migan
from tests.nodes.models.tiny_onnx import node, plug, write

both = pytest.mark.parametrize("method", ["lama", "migan"])


@pytest.fixture
def lent(tmp_path: Path, lend: Lend) -> Context:
    tiny_lama(tmp_path)
    tiny_lama(tmp_path, "inpainting_lama_2025jan.onnx")
    tiny_migan(tmp_path)
    return lend(tmp_path)


def blank(height: int = 120, width: int = 160, level: float = 0.6) -> Floats:
    return np.full((height, width, 3), level, np.float32)


def marked(height: int, width: int, *places: tuple[slice, slice]) -> Floats:
    values = np.zeros((height, width), np.float32)
    for place in places:
        values[place] = 1
    return values


def repaired(ctx: Context, sound: Floats, mask: Floats, method: str = "lama", grain: float = 0.0) -> Floats:
    """What becomes of a sound picture whose marked places were painted white."""
    pixels = np.where(mask[..., None] > 0, np.float32(1), sound)
    return inpaint(ctx, Image(pixels), Mask(mask), method=method, grain=grain).pixels


def slope(height: int, width: int) -> Floats:
    """A colour that changes over the picture."""
    y, x = np.mgrid[:height, :width].astype(np.float32)
    planes = [0.3 + 0.4 * x / width, 0.3 + 0.4 * y / height, 0.7 - 0.4 * x / width]
    return np.stack(planes, axis=-1).astype(np.float32)


@pytest.mark.parametrize("method", ["lama", "lama-opencv", "migan"])
@pytest.mark.parametrize(
    "place",
    [
        (slice(None), slice(70, 73)),
        (slice(40, 60), slice(60, 80)),
        (slice(0, 9), slice(0, 9)),
        (slice(60, 120), slice(150, None)),
    ],
    ids=["scratch", "hole", "corner", "border"],
)
def test_damage_takes_the_colour_around_it(lent: Context, method: str, place: tuple[slice, slice]):
    sound = slope(120, 160)
    assert np.abs(repaired(lent, sound, marked(120, 160, place), method) - sound).max() < 0.06


@both
def test_nothing_but_the_damage_changes(lent: Context, rng: np.random.Generator, method: str):
    sound, mask = rng.random((150, 300, 3), np.float32), marked(150, 300, (slice(40, 60), slice(None)))
    result = repaired(lent, sound, mask, method, grain=1.0)
    assert np.array_equal(result[mask == 0], sound[mask == 0])
    assert not np.array_equal(result[mask > 0], np.ones_like(result[mask > 0]))


@both
def test_soft_edges_blend(lent: Context, method: str):
    mask = marked(120, 160, (slice(None), slice(70, 77)))
    mask[:, 70] = 0.5
    result = repaired(lent, blank(), mask, method)
    assert np.allclose(result[:, 70], 0.8, atol=0.01)
    assert np.allclose(result[:, 71:77], 0.6, atol=0.01)


def test_the_rim_of_the_damage_is_not_smeared_in(lent: Context):
    pixels, mask = blank(), marked(120, 160, (slice(None), slice(70, 76)))
    pixels[:, 68:78] = 0.9
    filled = inpaint(lent, Image(pixels), Mask(mask), method="lama", margin=3, grain=0.0).pixels
    assert np.allclose(filled[:, 70:76], 0.6, atol=0.01)


def test_a_hole_wider_than_the_network_sees_is_filled(lent: Context):
    """The tiny network takes 128 pixels and looks 15 around; a hole of 300 is only filled on a smaller picture."""
    sound = slope(500, 600)
    result = repaired(lent, sound, marked(500, 600, (slice(100, 400), slice(150, 450))))
    assert np.abs(result - sound).max() < 0.25


def test_a_long_scratch_shows_no_seam(lent: Context):
    sound = slope(700, 90)
    filled = repaired(lent, sound, marked(700, 90, (slice(None), slice(40, 45))))
    assert np.abs(np.diff(filled[:, 42], axis=0)).max() < 0.02


def test_specks_share_crops(lent: Context):
    """A dusty photo has thousands; one crop each would take hours."""
    mask = marked(400, 400)
    mask[5::20, 5::20] = 1
    seen: list[float] = []
    lent.on_progress = lambda done, _: seen.append(done)
    assert np.abs(repaired(lent, blank(400, 400), mask) - 0.6).max() < 0.01
    assert 0.0 <= min(seen) < max(seen) == 1.0
    assert len(seen) <= 26


@both
def test_grain_goes_on(lent: Context, rng: np.random.Generator, method: str):
    grain = rng.normal(0, 0.04, (240, 240, 1))
    sound = (blank(240, 240) + grain).clip(0, 1).astype(np.float32)
    place = slice(100, 124), slice(100, 124)
    mask = marked(240, 240, place)
    assert repaired(lent, sound, mask, method, grain=1.0)[place].std() == pytest.approx(0.04, rel=0.25)
    assert repaired(lent, sound, mask, method, grain=0.0)[place].std() < 0.01


@both
def test_grain_goes_on_in_a_slanting_scratch(lent: Context, rng: np.random.Generator, method: str):
    """Most of what the network gives back there is the grainy photo itself."""
    grain = rng.normal(0, 0.04, (240, 240, 1))
    sound = (blank(240, 240) + grain).clip(0, 1).astype(np.float32)
    y, x = np.indices((240, 240))
    mask = (np.abs(x - y) < 5).astype(np.float32)
    assert repaired(lent, sound, mask, method, grain=1.0)[mask > 0].std() == pytest.approx(0.04, rel=0.25)


@both
def test_grey_stays_grey_in_any_profile(lent: Context, rng: np.random.Generator, method: str):
    sound = rng.random((64, 80, 1), np.float32).repeat(3, axis=2)
    for profile in (None, imagecodecs.cms_profile("adobergb")):
        image = Image(sound, Origin(profile=profile))
        filled = inpaint(lent, image, Mask(marked(64, 80, (slice(20, 30), slice(None)))), method=method)
        assert is_grey(filled.pixels)
        assert filled.origin is image.origin


def test_the_network_sees_srgb(lent: Context):
    """A mean in another encoding is another mean; where all is one colour it must be that colour."""
    image = Image(
        blank(64, 64, 0.2) * np.array([3, 2, 1], np.float32), Origin(profile=imagecodecs.cms_profile("adobergb"))
    )
    filled = inpaint(lent, image, Mask(marked(64, 64, (slice(20, 30), slice(20, 30)))), method="lama", grain=0.0)
    assert np.abs(filled.pixels - image.pixels).max() < 0.004


def test_sixteen_bits_stay(lent: Context):
    ramp = np.linspace(0.5, 0.502, 160, dtype=np.float32)[None, :, None] + np.zeros((120, 1, 3), np.float32)
    filled = repaired(lent, ramp, marked(120, 160, (slice(40, 50), slice(40, 140))))
    assert np.abs(filled - ramp).max() < 1 / 1000
    assert len(np.unique(filled[40:50, 40:140])) > 50


@both
@pytest.mark.parametrize(("height", "width"), [(1, 2), (1, 3000), (7, 5), (33, 129)])
@pytest.mark.parametrize("level", [0.0, 0.4, 1.0])
def test_any_size_and_level(lent: Context, method: str, height: int, width: int, level: float):
    mask = marked(height, width, (slice(None), slice(1, 2)))
    assert np.abs(repaired(lent, blank(height, width, level), mask, method, grain=1.0) - level).max() < 0.01


@both
def test_the_same_comes_out_every_time(lent: Context, rng: np.random.Generator, method: str):
    sound, mask = rng.random((100, 200, 3), np.float32), marked(100, 200, (slice(20, 50), slice(20, 180)))
    first, second = (repaired(lent, sound, mask, method, grain=1.0) for _ in range(2))
    assert np.array_equal(first, second)


def test_nothing_marked_is_nothing_done(lent: Context):
    image = Image(blank())
    assert inpaint(lent, image, Mask(marked(120, 160)), method="lama") is image


def test_the_whole_photo_cannot_be_filled(lent: Context):
    with pytest.raises(StepError, match="whole photo"):
        inpaint(lent, Image(blank()), Mask(np.ones((120, 160), np.float32)), method="lama")


@pytest.mark.parametrize("content", [b"", b"no network", None], ids=["empty", "text", "truncated"])
def test_a_damaged_file_is_named(tmp_path: Path, lend: Lend, content: bytes | None):
    path = tiny_lama(tmp_path)
    path.write_bytes(path.read_bytes()[:-60] if content is None else content)
    with pytest.raises(StepError, match=r"lama_fp32\.onnx"):
        repaired(lend(tmp_path), blank(), marked(120, 160, (slice(9), slice(9))))


def test_a_network_for_something_else_is_refused(tmp_path: Path, lend: Lend):
    shape = [1, 3, None, None]
    write(tmp_path / "other.onnx", [node("Relu", ["x"], ["y"])], [plug("x", shape)], [plug("y", shape)])
    with pytest.raises(StepError, match="no network that fills holes"):
        repaired(lend(tmp_path), blank(), marked(120, 160, (slice(9), slice(9))), "other.onnx")


def test_a_missing_file_is_named(tmp_path: Path, lend: Lend):
    with pytest.raises(StepError, match="lama"):
        repaired(lend(tmp_path), blank(), marked(120, 160, (slice(9), slice(9))))


def test_it_can_be_cancelled(lent: Context):
    ctx = replace(lent, on_progress=lambda done, _: lent.cancelled.set() if done > 0.3 else None)
    with pytest.raises(Cancelled):
        repaired(ctx, blank(500, 500), marked(500, 500, (slice(None), slice(200, 204))))
