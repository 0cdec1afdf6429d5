from __future__ import annotations

import io
import json
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Pillow

from graph.errors import CacheError, StepError
from nodes.kinds.addons import Addons, Control, Lora, Sees
from nodes.kinds.addons_codec import KIND, AddonsCodec
from nodes.kinds.arrays import allocator
from nodes.kinds.image import Image, Origin

CODEC = AddonsCodec()

names = st.text(min_size=1, max_size=30)
pictures = st.tuples(st.integers(1, 9), st.integers(1, 9), st.floats(0, 1, width=32)).map(
    lambda each: Image(
        np.full((each[0], each[1], 3), each[2], np.float32), Origin(profile=b"x" if each[0] > 4 else None)
    )
)
loras = st.builds(Lora, names, st.floats(-2, 2))
controls = st.builds(Control, names, pictures, st.floats(0, 2), st.floats(0, 1), st.sampled_from(get_args(Sees)))
several = st.builds(
    Addons,
    st.lists(loras, max_size=4).map(tuple),
    st.text(max_size=9),
    st.integers(0, 12),
    st.lists(controls, max_size=3).map(tuple),
)


def photo(height: int, width: int) -> Image:
    pixels = np.zeros((height, width, 3), np.float32)
    pixels[height // 3 : height // 2] = 1.0
    return Image(pixels)


def shown(addons: Addons, side: int) -> np.ndarray:
    with Pillow.open(io.BytesIO(CODEC.preview(addons, side))) as opened:
        return np.asarray(opened.convert("L")).astype(int)


@given(several)
def test_what_is_stored_comes_back(addons):
    meta, buffers = CODEC.encode(addons)
    back = CODEC.decode(json.loads(json.dumps(meta)), [memoryview(bytes(each)) for each in buffers])
    assert (back.loras, back.vae, back.clip_skip) == (addons.loras, addons.vae, addons.clip_skip)
    for one, two in zip(back.controls, addons.controls, strict=True):
        assert (one.name, one.strength, one.until, one.sees) == (two.name, two.strength, two.until, two.sees)
        assert np.array_equal(one.picture.pixels, two.picture.pixels)
        assert one.picture.origin == two.picture.origin


SOUND = {"loras": [], "vae": "", "clip_skip": 0, "controls": []}


@pytest.mark.parametrize(
    "meta",
    [
        {},
        {**SOUND, "loras": [["a"]]},
        {**SOUND, "loras": [["a", "much"]]},
        {**SOUND, "clip_skip": 99},
        {**SOUND, "controls": [{"name": "a"}]},
        {**SOUND, "controls": 7},
    ],
)
@pytest.mark.parametrize("buffers", [[], [memoryview(b"\0" * 12)]])
def test_what_was_harmed_is_named(meta, buffers):
    with pytest.raises(CacheError, match="cannot be read"):
        CODEC.decode(meta, buffers)


def test_a_picture_that_lies_in_a_file_is_not_copied(tmp_path):
    pixels = allocator(tmp_path, limit=0)((3, 4, 3))
    pixels[:] = 0.5
    addons = Addons(controls=(Control("canny", Image(pixels)),))
    assert CODEC.backing(addons) is not None
    assert CODEC.size(addons) < 10_000
    assert CODEC.backing(Addons()) is None
    assert CODEC.backing(Addons(controls=(*addons.controls, *addons.controls))) is None


def test_a_picture_in_memory_counts():
    assert CODEC.size(Addons(controls=(Control("canny", photo(100, 200)),))) > 100 * 200 * 3 * 4


def test_for_a_smaller_photo_the_picture_is_smaller():
    addons = Addons((Lora("a"),), controls=(Control("canny", photo(100, 200)),))
    small = CODEC.shrink(addons, 0.25)
    assert (small.controls[0].picture.height, small.controls[0].picture.width) == (25, 50)
    assert small.loras == addons.loras


@given(several, st.integers(16, 200))
def test_any_have_a_preview(addons, side):
    height, width = shown(addons, side).shape
    assert width == side
    assert height <= side


def test_a_preview_lists_what_is_added():
    plain, listed = shown(Addons(), 256), shown(Addons((Lora("sepia", 0.8),), "mse", 2), 256)
    assert np.ptp(plain) < 10
    lines = (listed.max(axis=1) > 150).astype(int)
    assert np.count_nonzero(np.diff(lines, prepend=0) == 1) >= 3


def test_a_preview_shows_the_lines_of_a_control():
    card = shown(Addons(controls=(Control("canny", photo(120, 160)),)), 256)
    assert card[45, 128] > 240
    assert card[5, 128] < 20


@pytest.mark.parametrize("size", [(1, 1), (1, 4000), (4000, 1)])
def test_a_preview_of_any_picture(size):
    assert shown(Addons(controls=(Control("canny", photo(*size)),)), 128).shape == (96, 128)


def test_its_card_can_be_looked_at_part_by_part():
    addons = Addons((Lora("sepia", 0.8),), controls=(Control("canny", photo(120, 160)),))
    height, width = CODEC.extent(addons)
    assert shown(addons, 5000).shape == (height, width)
    for box in ((0, 0, width // 2, height // 2), (width // 2, height // 2, width, height)):
        with Pillow.open(io.BytesIO(CODEC.tile(addons, box, 128))) as opened:
            assert opened.size == (128, 96)
    with pytest.raises(ValueError, match="outside"):
        CODEC.tile(addons, (width, 0, 5, 5), 128)


def test_no_file_holds_them(tmp_path):
    with pytest.raises(StepError, match="cannot be written"):
        CODEC.write(Addons(), tmp_path / "a.png", None)
    assert not list(tmp_path.iterdir())


def test_the_kind():
    assert (KIND.name, KIND.type, KIND.writes, KIND.reads) == ("addons", Addons, (), ())
