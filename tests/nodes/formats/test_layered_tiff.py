"""Layered TIFFs, read back by psdtags, tifffile, Pillow and our own reader."""

from __future__ import annotations

import struct
import threading
from dataclasses import replace
from pathlib import Path

import imagecodecs
import numpy as np
import psdtags
import pytest
import tifffile
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow
from PIL.ImageSequence import all_frames

from graph.context import Context
from graph.errors import Cancelled, StepError
from nodes.formats import psd_layers
from nodes.formats.ifd import EXIF, Tag, block_from_tags
from nodes.formats.layered_tiff import Stage, alike, write
from nodes.formats.read import read
from nodes.formats.source import file_source
from nodes.formats.tiff_tags import pages
from nodes.formats.workflow import read_workflow
from nodes.kinds.arrays import allocator
from nodes.kinds.image import Image, Origin
from nodes.kinds.mask import Mask


def stage(name: str, image: Image, mask: Mask | None = None) -> Stage:
    return Stage(name, lambda: image, lambda: mask)


def samples(image: Image) -> np.ndarray:
    full = 2**image.origin.bits - 1
    return (image.pixels * np.float32(full) + np.float32(0.5)).astype(np.int64)


def planes(layer: psdtags.PsdLayer) -> dict[int, np.ndarray]:
    return {int(channel.channelid): np.asarray(channel.data, np.int64) for channel in layer.channels}


def composed(path: Path, bits: int) -> np.ndarray:
    """What a program shows that lays the layers over each other."""
    full = 2**bits - 1
    shown: np.ndarray | None = None
    for layer in psdtags.TiffImageSourceData.fromtiff(path).layers:
        found = planes(layer)
        colours = np.stack([found[number] for number in sorted(found) if number >= 0], axis=-1)
        if shown is None:
            shown = colours.astype(float)
        else:
            cover = (found[-1] / full * found[-2] / full)[..., None]
            shown = shown * (1 - cover) + colours * cover
    assert shown is not None
    return shown


@pytest.fixture
def original(rng) -> Image:
    return Image(rng.random((37, 53, 3), np.float32), Origin(bits=8, dpi=(300.0, 300.0)))


@pytest.fixture
def repaired(original) -> Image:
    pixels = original.pixels.copy()
    pixels[5:12, 7:20] = 0.5
    return original.like(pixels)


@pytest.fixture
def toned(repaired) -> Image:
    return repaired.like(repaired.pixels ** np.float32(0.7))


@pytest.mark.parametrize("bits", [8, 16])
def test_layers_add_up_to_the_result_to_the_bit(ctx, tmp_path, original, repaired, toned, bits):
    stages = [replace(image, origin=replace(image.origin, bits=bits)) for image in (original, repaired, toned)]
    path = tmp_path / "layers.tif"
    names = ("Original", "Repairs", "Tone")
    write(path, ctx, [stage(name, image) for name, image in zip(names, stages, strict=True)], stages[-1])
    found = psdtags.TiffImageSourceData.fromtiff(path)
    assert [layer.name for layer in found.layers] == list(names)
    assert found.layers.dtype.itemsize * 8 == bits
    assert np.array_equal(composed(path, bits), samples(stages[-1]))
    assert np.array_equal(tifffile.imread(path), samples(stages[-1]))
    assert np.array_equal(np.stack([planes(found.layers[0])[n] for n in range(3)], -1), samples(stages[0]))


@given(data=st.data())
@settings(max_examples=30, deadline=None)
def test_any_stack_of_any_size_adds_up(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("stack")
    height, width = data.draw(st.integers(1, 40)), data.draw(st.integers(1, 40))
    bits, grey = data.draw(st.sampled_from([8, 16])), data.draw(st.booleans())
    rng = np.random.default_rng(data.draw(st.integers(0, 99)))
    pixels = rng.random((height, width, 1 if grey else 3), np.float32) * np.ones(3, np.float32)
    origin = Origin(mode="L" if grey else "RGB", bits=bits)
    images = [Image(pixels, origin)]
    for _ in range(data.draw(st.integers(0, 3))):
        changed = rng.random((height, width, 1)) < data.draw(st.sampled_from([0, 0.1, 0.9]))
        images.append(Image(np.where(changed, 1 - images[-1].pixels, images[-1].pixels).astype(np.float32), origin))
    mask = Mask(rng.random((height, width), np.float32))
    context = Context(allocate=allocator(folder))
    stages = [stage(str(number), image, mask if number else None) for number, image in enumerate(images)]
    write(folder / "layers.tif", context, stages, images[-1])
    wanted = samples(images[-1])
    assert np.array_equal(composed(folder / "layers.tif", bits), wanted[..., :1] if grey else wanted)


def test_a_layer_holds_only_what_changed(ctx, tmp_path, original, repaired):
    write(tmp_path / "a.tif", ctx, [stage("Original", original), stage("Repairs", repaired)], repaired)
    _, layer = psdtags.TiffImageSourceData.fromtiff(tmp_path / "a.tif").layers
    found, changed = planes(layer), (samples(original) != samples(repaired)).any(axis=2)
    assert np.array_equal(found[-1], changed * 255)
    assert np.array_equal(found[-2], changed * 255)
    assert not np.stack([found[n] for n in range(3)], -1)[~changed].any()


def test_the_repair_mask_is_the_layers_mask_where_nothing_changed(ctx, tmp_path, original, repaired):
    marked = np.zeros((37, 53), np.float32)
    marked[3:30, 5:40] = 0.4
    stages = [stage("Original", original), stage("Repairs", repaired, Mask(marked))]
    write(tmp_path / "a.tif", ctx, stages, repaired)
    _, layer = psdtags.TiffImageSourceData.fromtiff(tmp_path / "a.tif").layers
    changed = (samples(original) != samples(repaired)).any(axis=2)
    assert np.array_equal(planes(layer)[-2], np.where(changed, 255, np.rint(marked * 255)))
    assert np.array_equal(composed(tmp_path / "a.tif", 8), samples(repaired))


def test_a_stage_that_changed_most_of_the_photo_covers_all_of_it(ctx, tmp_path, original):
    brighter = original.like(np.clip(original.pixels * np.float32(1.01), 0, 1))
    assert 0.5 < (samples(original) != samples(brighter)).any(axis=2).mean() < 1
    write(tmp_path / "a.tif", ctx, [stage("Original", original), stage("Tone", brighter)], brighter)
    _, layer = psdtags.TiffImageSourceData.fromtiff(tmp_path / "a.tif").layers
    assert planes(layer)[-1].min() == planes(layer)[-2].min() == 255
    assert np.array_equal(composed(tmp_path / "a.tif", 8), samples(brighter))


def test_a_smaller_stage_is_enlarged_with_its_mask(ctx, tmp_path, original, rng):
    large = original.like(rng.random((74, 106, 3), np.float32))
    mask = Mask(np.ones((37, 53), np.float32))
    write(tmp_path / "a.tif", ctx, [stage("Original", original), stage("Enlarged", large, mask)], large)
    found = psdtags.TiffImageSourceData.fromtiff(tmp_path / "a.tif")
    assert found.layers.shape == (74, 106)
    assert np.array_equal(composed(tmp_path / "a.tif", 8), samples(large))


@pytest.mark.parametrize(
    ("size", "other", "same"),
    [
        ((100, 50), (200, 100), True),
        ((100, 50), (33, 17), True),
        ((101, 67), (404, 268), True),
        ((100, 50), (50, 100), False),
        ((100, 50), (100, 60), False),
        ((1, 1), (9, 9), True),
        ((1, 9), (9, 9), False),
    ],
)
def test_shapes(size, other, same):
    blank, another = (Mask(np.zeros(shape, np.float32)) for shape in (size, other))
    assert alike(blank, another) is same
    assert alike(another, blank) is same


def test_the_file_keeps_profile_metadata_and_workflow(ctx, tmp_path, original):
    profile = bytes(imagecodecs.cms_profile("adobergb"))
    words = {270: Tag(2, 5, b"Anna\0"), 305: Tag(2, 3, b"me\0"), EXIF: {33434: Tag(5, 1, struct.pack("<2I", 1, 60))}}
    origin = replace(original.origin, profile=profile, exif=block_from_tags(words, "<"), xmp=b"<x/>")
    image = replace(original, origin=origin)
    path = tmp_path / "a.tif"
    write(path, ctx, [stage("Original", image)], image, '{"version": 1}')
    back = read(path, ctx.empty).image
    assert (back.origin.profile, back.origin.xmp, back.origin.dpi) == (profile, b"<x/>", (300.0, 300.0))
    assert np.array_equal(samples(back), samples(image))
    assert read_workflow(path) == '{"version": 1}'
    ((_, tags),), order = pages(file_source(path))
    assert order == ">"
    assert tags[270] == words[270]
    assert tags[EXIF] == {33434: Tag(5, 1, struct.pack(">2I", 1, 60))}


def test_a_stage_in_another_profile_is_converted(ctx, tmp_path, original):
    wide = replace(original, origin=replace(original.origin, profile=bytes(imagecodecs.cms_profile("adobergb"))))
    write(tmp_path / "a.tif", ctx, [stage("Original", wide), stage("Result", original)], original)
    base, _ = psdtags.TiffImageSourceData.fromtiff(tmp_path / "a.tif").layers
    assert not np.array_equal(planes(base)[0], samples(wide)[..., 0])
    assert np.array_equal(composed(tmp_path / "a.tif", 8), samples(original))


def test_to_other_programs_it_is_the_finished_photo(ctx, tmp_path, original, toned):
    write(tmp_path / "a.tif", ctx, [stage("Original", original), stage("Tone", toned)], toned)
    with Pillow.open(tmp_path / "a.tif") as opened:
        assert opened.mode == "RGB"
        assert len(all_frames(opened)) == 1
        assert np.array_equal(np.asarray(opened), samples(toned))


@pytest.mark.parametrize("name", ["Größe", "写真", "x" * 400, "", "a\0b", "\U0001f642" * 80])
def test_any_name(ctx, tmp_path, original, name):
    write(tmp_path / "a.tif", ctx, [stage("Original", original), stage(name, original)], original)
    _, layer = psdtags.TiffImageSourceData.fromtiff(tmp_path / "a.tif").layers
    (unicode,) = layer.info
    assert str(unicode.value) == name[: psd_layers.LONGEST_NAME]


def test_too_large_for_the_format_is_said_and_leaves_nothing(ctx, tmp_path, original, monkeypatch):
    monkeypatch.setattr(psd_layers, "LIMIT", 3000)
    with pytest.raises(StepError, match="4 GB"):
        write(tmp_path / "a.tif", ctx, [stage("Original", original)], original)
    wide = Image(np.broadcast_to(np.float32(0), (1, psd_layers.LONGEST_SIDE + 1, 3)))
    with pytest.raises(StepError, match="30,000 pixels"):
        write(tmp_path / "a.tif", ctx, [stage("Original", wide)], wide)
    assert list(tmp_path.iterdir()) == []


def test_cancelling_leaves_nothing(tmp_path, original):
    stop = threading.Event()
    ctx = Context(cancelled=stop, allocate=allocator(tmp_path))

    def late() -> Image:
        stop.set()
        return original

    with pytest.raises(Cancelled):
        write(tmp_path / "a.tif", ctx, [Stage("Original", lambda: original), Stage("Tone", late)], original)
    assert list(tmp_path.iterdir()) == []
