from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image as Pillow

from graph.errors import CacheError, StepError
from nodes.formats.read import read, read_bytes
from nodes.kinds.arrays import allocator
from nodes.kinds.image import Image, Origin
from nodes.kinds.image_codec import KIND, ImageCodec, image_from_mask
from nodes.kinds.mask import Mask
from nodes.pixels.profile import convert

CODEC = ImageCodec()

units = st.floats(0, 1, width=32)
blocks = st.none() | st.binary(min_size=1, max_size=50)
resolutions = st.none() | st.tuples(st.floats(1, 5000), st.floats(1, 5000))
origins = st.builds(
    Origin,
    mode=st.sampled_from(["L", "RGB"]),
    bits=st.sampled_from([8, 16]),
    profile=blocks,
    exif=blocks,
    xmp=blocks,
    iptc=blocks,
    dpi=resolutions,
    sha256=st.none() | st.just("ab" * 32),
)
shapes = st.tuples(st.integers(1, 9), st.integers(1, 9), st.just(3))
images = st.builds(Image, arrays(np.float32, shapes, elements=units), origins)


def stored(meta: Any) -> Any:
    """The meta as it comes back from a file."""
    return json.loads(json.dumps(meta))


@given(images)
def test_what_is_stored_comes_back(image):
    meta, buffers = CODEC.encode(image)
    again = CODEC.decode(stored(meta), [memoryview(bytes(buffer)) for buffer in buffers])
    assert np.array_equal(again.pixels, image.pixels)
    assert again.origin == image.origin
    assert not again.pixels.flags.writeable


def test_nothing_is_copied(rng):
    image = Image(rng.random((20, 30, 3), dtype=np.float32))
    meta, (buffer,) = CODEC.encode(image)
    assert np.shares_memory(np.frombuffer(buffer, np.float32), image.pixels)
    assert np.shares_memory(CODEC.decode(meta, [buffer]).pixels, image.pixels)


@pytest.mark.parametrize("harm", [{"shape": [2, 2, 3]}, {"shape": None}, {"origin": {}}, {"origin": {"bits": 8}}])
def test_what_was_harmed_is_named(harm):
    meta, buffers = CODEC.encode(Image(np.zeros((1, 1, 3), np.float32)))
    with pytest.raises(CacheError, match="cannot be read"):
        CODEC.decode({**meta, **harm}, buffers)
    with pytest.raises(CacheError):
        CODEC.decode(meta, [])


def test_size_counts_memory_only(tmp_path):
    assert CODEC.size(Image(np.zeros((10, 10, 3), np.float32))) == 1200
    mapped = allocator(tmp_path, limit=100)((10, 10, 3))
    mapped[:] = 0.5
    assert CODEC.size(Image(mapped)) == 0


def test_the_backing_file_holds_the_pixels(tmp_path):
    mapped = allocator(tmp_path, limit=100)((10, 10, 3))
    mapped[:] = 0.25
    path = CODEC.backing(Image(mapped))
    assert path is not None
    assert path.read_bytes() == np.full(300, 0.25, np.float32).tobytes()
    assert CODEC.backing(Image(mapped[2:])) is None
    assert CODEC.backing(Image(np.zeros((2, 2, 3), np.float32))) is None


@settings(max_examples=50)
@given(images, st.floats(0.01, 1))
def test_shrinking_stays_in_range(image, scale):
    small = CODEC.shrink(image, scale)
    assert CODEC.extent(small) == (max(1, round(image.height * scale)), max(1, round(image.width * scale)))
    assert small.origin == image.origin
    assert image.pixels.min() - 1e-6 <= small.pixels.min()
    assert small.pixels.max() <= min(1, image.pixels.max() + 1e-6)


def test_shrinking_to_the_same_size_gives_the_image_itself():
    image = Image(np.zeros((3, 3, 3), np.float32))
    assert CODEC.shrink(image, 0.99) is image


@pytest.mark.parametrize(("size", "expected"), [((300, 150), (50, 100)), ((40, 20), (20, 40)), ((1000, 1), (1, 100))])
def test_a_preview_is_a_small_webp(size, expected):
    width, height = size
    with Pillow.open(io.BytesIO(CODEC.preview(Image(np.full((height, width, 3), 0.5, np.float32)), 100))) as opened:
        assert opened.format == "WEBP"
        assert opened.size[::-1] == expected


def test_a_preview_is_in_srgb(adobe_like):
    """Full green of a wide profile is more than sRGB has; unconverted it would look half as green."""
    pixels = np.full((60, 60, 3), 0.5, np.float32)
    pixels[..., 0] = 0.2
    wide, plain = (Image(pixels, Origin(profile=profile)) for profile in (adobe_like, None))
    shown = [np.asarray(Pillow.open(io.BytesIO(CODEC.preview(image, 60)))).mean(axis=(0, 1)) for image in (wide, plain)]
    assert np.allclose(shown[1], [51, 127.5, 127.5], atol=3)
    assert shown[0][0] < shown[1][0] - 15


@pytest.fixture
def adobe_like() -> bytes:
    import imagecodecs

    return imagecodecs.cms_profile("adobergb")


def test_a_file_carries_the_workflow(tmp_path):
    from nodes.formats.workflow import read_workflow

    path = tmp_path / "a.png"
    CODEC.write(Image(np.full((4, 4, 3), 0.5, np.float32), Origin(dpi=(300, 300))), path, "{}")
    assert read_workflow(path) == "{}"
    assert read(path, allocator(tmp_path)).image.origin.dpi == (300, 300)


def test_a_mask_is_an_image_without_a_copy(rng):
    mask = Mask(rng.random((5, 7), dtype=np.float32))
    image = image_from_mask(mask)
    assert np.shares_memory(image.pixels, mask.values)
    assert image.origin.mode == "L"
    assert np.array_equal(image.pixels[..., 2], mask.values)
    meta, buffers = CODEC.encode(image)
    assert np.array_equal(CODEC.decode(meta, buffers).pixels, image.pixels)


def test_the_kind_takes_masks():
    assert KIND.name == "image"
    assert KIND.type is Image
    assert set(KIND.accepts) == {"mask"}
    assert replace(KIND, colour="#ffffff").codec is KIND.codec


# Parts of it, and its file in memory


def shown(data: bytes) -> np.ndarray:
    with Pillow.open(io.BytesIO(data)) as opened:
        assert opened.format == "WEBP"
        return np.asarray(opened.convert("RGB")).astype(int)


def quarters() -> Image:
    """40 × 60, each quarter a grey of its own."""
    pixels = np.zeros((40, 60, 3), np.float32)
    pixels[:20, :30], pixels[:20, 30:], pixels[20:, :30], pixels[20:, 30:] = 0.2, 0.4, 0.6, 0.8
    return Image(pixels)


@pytest.mark.parametrize(
    ("box", "side", "size", "grey"),
    [
        ((0, 0, 30, 20), 100, (20, 30), 51),
        ((30, 20, 30, 20), 15, (10, 15), 204),
        ((30, 0, 1000, 20), 100, (20, 30), 102),
        ((-50, 20, 80, 1000), 100, (20, 30), 153),
        ((59, 39, 1, 1), 1, (1, 1), 204),
        ((31, 3, 7, 5), 3, (2, 3), 102),
    ],
)
def test_a_tile_is_a_part_of_the_picture(box, side, size, grey):
    tile = shown(CODEC.tile(quarters(), box, side))
    assert tile.shape[:2] == size
    assert np.abs(tile - grey).max() <= 4


@pytest.mark.parametrize(
    "box", [(60, 0, 5, 5), (0, 40, 5, 5), (-5, 0, 5, 5), (0, -9, 5, 5), (3, 3, 0, 5), (3, 3, 5, -1)]
)
def test_a_tile_outside_of_the_picture_is_refused(box):
    with pytest.raises(ValueError, match="outside of a picture of 60 × 40 pixels"):
        CODEC.tile(quarters(), box, 100)


@given(images, st.tuples(*[st.integers(-5, 12)] * 4), st.integers(1, 20))
def test_any_part_is_a_tile_or_refused(image, box, side):
    left, top, width, height = box
    inside = max(0, left) < min(image.width, left + width) and max(0, top) < min(image.height, top + height)
    if not inside:
        with pytest.raises(ValueError, match="outside"):
            CODEC.tile(image, box, side)
        return
    plain = replace(image, origin=Origin())
    assert max(shown(CODEC.tile(plain, box, side)).shape[:2]) <= side


def test_a_tile_is_in_srgb_and_only_its_part_is_converted(adobe_like, monkeypatch):
    seen: list[tuple[int, ...]] = []

    def watching(pixels, *profiles):
        seen.append(pixels.shape)
        return convert(pixels, *profiles)

    monkeypatch.setattr("nodes.kinds.image_codec.convert", watching)
    pixels = np.full((300, 400, 3), 0.5, np.float32)
    pixels[..., 0] = 0.2
    wide = shown(CODEC.tile(Image(pixels, Origin(profile=adobe_like)), (100, 100, 64, 32), 64))
    plain = shown(CODEC.tile(Image(pixels), (100, 100, 64, 32), 64))
    assert seen == [(32, 64, 3)] * 2
    assert wide[..., 0].mean() < plain[..., 0].mean() - 15


def test_neighbouring_tiles_fit():
    """Each half as large: together they are the preview of the whole, but for the compression."""
    rows, columns = np.mgrid[:64, :128]
    image = Image(np.repeat(((rows + columns) / 192).astype(np.float32)[..., None], 3, axis=2))
    halves = [shown(CODEC.tile(image, (left, 0, 64, 64), 32)) for left in (0, 64)]
    assert np.abs(np.hstack(halves) - shown(CODEC.preview(image, 64))).max() <= 6


@pytest.mark.parametrize("suffix", [".png", ".PNG", ".tif", ".jpg", ".webp", ".bmp"])
@pytest.mark.parametrize("origin", [Origin(), Origin(mode="L"), Origin(bits=16), Origin(mode="L", bits=16)])
def test_the_file_in_memory_is_the_file(tmp_path, suffix, origin):
    pixels = np.repeat(np.linspace(0, 1, 35, dtype=np.float32).reshape(5, 7, 1), 3, axis=2)
    image = Image(pixels, origin)
    data = CODEC.to_bytes(image, suffix, "{}")
    CODEC.write(image, tmp_path / f"a{suffix}", "{}")
    assert data == (tmp_path / f"a{suffix}").read_bytes()
    again = read_bytes(data, allocator(tmp_path)).image
    deep = suffix.lower() in (".png", ".tif")
    assert again.origin.bits == (origin.bits if deep else 8)
    tolerance = 0.05 if suffix in (".jpg", ".webp") else 0.5 / (65535 if deep and origin.bits == 16 else 255) + 1e-7
    assert np.abs(again.pixels - pixels).max() <= tolerance


def test_the_file_in_memory_keeps_its_profile(adobe_like, tmp_path):
    image = Image(np.full((3, 5, 3), 0.25, np.float32), Origin(profile=adobe_like, dpi=(300, 300)))
    again = read_bytes(CODEC.to_bytes(image, ".png", None), allocator(tmp_path)).image
    assert again.origin.profile == adobe_like
    assert again.origin.dpi == (300, 300)


def test_the_quality_of_the_file_in_memory(rng):
    image = Image(rng.random((40, 60, 3), dtype=np.float32))
    for suffix in (".jpg", ".webp"):
        sizes = [len(CODEC.to_bytes(image, suffix, None, quality)) for quality in (10, None, 100)]
        assert sizes == sorted(set(sizes))
    assert CODEC.to_bytes(image, ".png", None, 10) == CODEC.to_bytes(image, ".png", None)


@pytest.mark.parametrize("suffix", ["", "png", ".gif", ".exe", ".json", "." + "x" * 999])
def test_a_suffix_that_is_not_written(suffix):
    with pytest.raises(StepError, match="cannot be written as"):
        CODEC.to_bytes(quarters(), suffix, None)
