from __future__ import annotations

import numpy as np
import pytest
from PIL import Image as Pillow

from graph.errors import Cancelled, StepError
from nodes.files.load import load
from nodes.files.save import SUFFIXES, save
from nodes.formats.workflow import read_workflow
from nodes.kinds.image import Image, Origin
from nodes.kinds.mask import Mask


@pytest.fixture
def photo(rng) -> Image:
    pixels = rng.integers(0, 256, (8, 6, 3)).astype(np.float32) / np.float32(255)
    return Image(pixels, Origin(xmp=b"<x/>"))


@pytest.mark.parametrize("format", SUFFIXES)
def test_it_is_written_and_reported(ctx, photo, format):
    ctx.stem, ctx.workflow = "anna", '{"version": 1}'
    save(ctx, photo, format=format)
    path = ctx.outputs / f"anna-restored{SUFFIXES[format]}"
    assert ctx.written == [path]
    with Pillow.open(path) as opened:
        assert opened.format == format.upper()
        assert opened.size == (6, 8)
    assert read_workflow(path) == ('{"version": 1}' if format in ("png", "jpeg", "tiff") else None)


@pytest.mark.parametrize(
    ("name", "written"),
    [("{photo}", "anna.png"), ("a b.c", "a b.c.png"), ("x.PNG", "x.png"), (" größer ", "größer.png")],
)
def test_names(ctx, photo, name, written):
    ctx.stem = "anna"
    save(ctx, photo, name=name)
    assert [path.name for path in ctx.outputs.iterdir()] == [written]


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "../up",
        "a/b",
        "a\\b",
        "..",
        ".hidden",
        "CON",
        "nul.x",
        "com1",
        "a:b",
        "what?",
        "a\nb",
        "x." * 120,
        "end.",
    ],
)
def test_names_that_are_refused(ctx, photo, name):
    with pytest.raises(StepError) as caught:
        save(ctx, photo, name=name)
    assert caught.value.remedy
    assert not ctx.outputs.exists()


def test_the_photos_own_name_cannot_lead_out(ctx, photo):
    ctx.stem = "../../etc/passwd"
    with pytest.raises(StepError, match="cannot hold '/'"):
        save(ctx, photo)


def test_settings(ctx, photo):
    save(ctx, photo, name="deep", depth="16", metadata=False)
    image, _ = load(ctx, photo=ctx.outputs / "deep.png")
    assert image.origin.bits == 16
    assert image.origin.xmp is None
    save(ctx, photo, name="plain")
    image, _ = load(ctx, photo=ctx.outputs / "plain.png")
    assert image.origin.bits == 8
    assert image.origin.xmp == b"<x/>"


def test_a_result_is_replaced_but_never_the_photo(ctx, photo):
    save(ctx, photo, name="anna")
    loaded, _ = load(ctx, photo=ctx.outputs / "anna.png")
    before = (ctx.outputs / "anna.png").read_bytes()
    with pytest.raises(StepError, match="is the photo that was loaded"):
        save(ctx, loaded, name="anna")
    assert (ctx.outputs / "anna.png").read_bytes() == before
    save(ctx, loaded.like(loaded.pixels * np.float32(0.5)), name="other")
    save(ctx, loaded.like(1 - loaded.pixels), name="other")
    again, _ = load(ctx, photo=ctx.outputs / "other.png")
    assert np.allclose(again.pixels, 1 - photo.pixels)


def test_alpha_is_saved_or_its_loss_told(ctx, photo):
    alpha = Mask(np.tile(np.array([0, 1], np.float32), (8, 3)))
    save(ctx, photo, alpha, name="a")
    assert np.array_equal(load(ctx, photo=ctx.outputs / "a.png").alpha.values, alpha.values)
    assert ctx.notes == []
    save(ctx, photo, alpha, name="a", format="jpeg")
    assert ctx.notes == ["A JPEG has no transparency: it was left out."]


def test_nothing_is_left_behind_when_cancelled(ctx, photo):
    ctx.cancelled.set()
    with pytest.raises(Cancelled):
        save(ctx, photo)
    assert list(ctx.outputs.iterdir()) == []
    assert ctx.written == []
