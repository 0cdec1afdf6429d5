from __future__ import annotations

import hashlib
from dataclasses import replace

import numpy as np
import psdtags
import pytest
from PIL import Image as Pillow

from graph.errors import StepError
from nodes.files.load import load
from nodes.files.save_steps import save_steps
from nodes.formats.workflow import read_workflow
from nodes.kinds.image import Image, Origin
from nodes.kinds.mask import Mask


@pytest.fixture
def before(rng) -> Image:
    return Image(rng.random((60, 80, 3), np.float32), Origin())


@pytest.fixture
def repairs(before) -> Image:
    pixels = before.pixels.copy()
    pixels[10:20, 10:30] = 0.5
    return before.like(pixels)


@pytest.fixture
def after(repairs) -> Image:
    return repairs.like(repairs.pixels ** np.float32(0.8))


def layers(ctx, name: str = "photo-steps.tif") -> list[str]:
    return [layer.name for layer in psdtags.TiffImageSourceData.fromtiff(ctx.outputs / name).layers]


def test_it_writes_all_three_and_reports_them(ctx, before, repairs, after):
    ctx.stem, ctx.workflow = "anna", '{"version": 1}'
    save_steps(ctx, before, after, repairs, mask=Mask(np.ones((60, 80), np.float32)))
    assert [path.name for path in ctx.written] == ["anna-steps.png", "anna-steps.webp", "anna-steps.tif"]
    assert all(path.is_file() for path in ctx.written)
    assert layers(ctx, "anna-steps.tif") == ["Before", "Repairs", "After"]
    assert read_workflow(ctx.outputs / "anna-steps.tif") == '{"version": 1}'
    with Pillow.open(ctx.outputs / "anna-steps.tif") as flat:
        assert np.array_equal(np.asarray(flat), np.floor(after.pixels * 255 + 0.5))


@pytest.mark.parametrize(
    ("settings", "suffixes"),
    [
        ({"sheet": False}, {".webp", ".tif"}),
        ({"animation": "gif"}, {".png", ".gif", ".tif"}),
        ({"animation": "none", "layers": False}, {".png"}),
        ({"sheet": False, "animation": "none", "layers": False}, set()),
    ],
)
def test_only_what_is_wanted(ctx, before, after, settings, suffixes):
    save_steps(ctx, before, after, **settings)
    assert {path.suffix for path in ctx.written} == suffixes
    assert len(ctx.written) == len(suffixes)


def test_the_sheet_has_one_tile_for_each_step_and_the_mask(ctx, before, repairs, after):
    save_steps(ctx, before, after, animation="none", layers=False)
    with Pillow.open(ctx.outputs / "photo-steps.png") as sheet:
        two = sheet.size
    mask = Mask(np.ones((60, 80), np.float32))
    save_steps(ctx, before, after, repairs, repairs, repairs, mask, animation="none", layers=False)
    with Pillow.open(ctx.outputs / "photo-steps.png") as sheet:
        six = sheet.size
    assert six[0] > two[0]
    assert six[1] > 1.5 * two[1]


def test_a_finished_photo_that_is_a_step_is_no_layer_of_its_own(ctx, before, after):
    save_steps(ctx, before, after, tone=after)
    assert layers(ctx) == ["Before", "Tone"]


def test_a_photo_of_which_nothing_changed(ctx, before):
    save_steps(ctx, before, before)
    assert layers(ctx) == ["Before"]


def test_a_step_of_another_shape_is_left_out_and_said(ctx, before, after):
    cropped = after.like(after.pixels[:, :40])
    save_steps(ctx, before, cropped)
    assert layers(ctx) == ["After"]
    assert ctx.notes == ["Before has another shape than the finished photo and is no layer."]


def test_sixteen_bits_grey_and_a_larger_result(ctx, before):
    grey = np.repeat(before.pixels[..., :1], 3, axis=2)
    small = Image(grey, Origin(mode="L", bits=16))
    large = small.like(np.repeat(np.repeat(grey, 2, axis=0), 2, axis=1))
    save_steps(ctx, small, large)
    assert layers(ctx) == ["Before", "After"]
    with Pillow.open(ctx.outputs / "photo-steps.tif") as flat:
        assert flat.mode.startswith("I;16")
        assert flat.size == (160, 120)


@pytest.mark.parametrize("shape", [(1, 1), (1, 300), (300, 1), (5, 3)])
def test_any_shape(ctx, shape):
    image = Image(np.zeros((*shape, 3), np.float32))
    save_steps(ctx, image, image.like(np.ones((*shape, 3), np.float32)), mask=Mask(np.ones(shape, np.float32)))
    assert len(ctx.written) == 3


def test_the_loaded_photo_is_not_written_over(ctx, before):
    ctx.outputs.mkdir()
    photo = ctx.outputs / "photo-steps.tif"
    Pillow.fromarray((before.pixels * 255).astype(np.uint8)).save(photo)
    loaded = load(ctx, photo=str(photo)).image
    digest = hashlib.sha256(photo.read_bytes()).hexdigest()
    with pytest.raises(StepError, match="not written over"):
        save_steps(ctx, loaded, before)
    assert hashlib.sha256(photo.read_bytes()).hexdigest() == digest


@pytest.mark.parametrize("name", ["../up", "a/b", "", "CON"])
def test_names_stay_in_the_folder(ctx, before, after, name):
    with pytest.raises(StepError):
        save_steps(ctx, before, after, name=name)
    assert not ctx.written


def test_photos_in_a_profile_are_shown_in_srgb(ctx):
    import imagecodecs

    grey = Image(np.full((40, 40, 3), 0.5, np.float32), Origin(profile=bytes(imagecodecs.cms_profile("adobergb"))))
    red = replace(grey, pixels=np.broadcast_to(np.array([0.8, 0.2, 0.2], np.float32), (40, 40, 3)))
    save_steps(ctx, grey, red, layers=False)
    with Pillow.open(ctx.outputs / "photo-steps.png") as sheet:
        colours = np.asarray(sheet.convert("RGB"))
        assert "icc_profile" not in sheet.info
    assert colours[..., 0].max() > 0.8 * 255 + 5
