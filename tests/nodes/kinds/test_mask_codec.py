from __future__ import annotations

import io
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image as Pillow

from graph.errors import CacheError, StepError
from nodes.kinds.arrays import allocator
from nodes.kinds.mask import Mask
from nodes.kinds.mask_codec import KIND, MaskCodec

CODEC = MaskCodec()

shapes = st.tuples(st.integers(1, 9), st.integers(1, 9))
units = st.floats(0, 1, width=32)
constants = st.builds(np.broadcast_to, units.map(np.float32), shapes)
masks = st.builds(Mask, arrays(np.float32, shapes, elements=units) | constants)


@given(masks)
def test_what_is_stored_comes_back(mask):
    meta, buffers = CODEC.encode(mask)
    again = CODEC.decode(json.loads(json.dumps(meta)), [memoryview(bytes(buffer)) for buffer in buffers])
    assert np.array_equal(again.values, mask.values)
    assert not again.values.flags.writeable


def test_a_constant_is_stored_as_its_value():
    mask = Mask(np.broadcast_to(np.float32(0.5), (4000, 6000)))
    meta, buffers = CODEC.encode(mask)
    assert [buffer.nbytes for buffer in buffers] == [4]
    again = CODEC.decode(meta, buffers)
    assert again.values.shape == (4000, 6000)
    assert again.values.strides == (0, 0)


def test_nothing_is_copied(rng):
    mask = Mask(rng.random((20, 30), dtype=np.float32))
    meta, (buffer,) = CODEC.encode(mask)
    assert np.shares_memory(CODEC.decode(meta, [buffer]).values, mask.values)


@pytest.mark.parametrize("meta", [{}, {"shape": [3, 3]}, {"shape": "wide"}, {"shape": [4]}])
def test_what_was_harmed_is_named(meta):
    _, buffers = CODEC.encode(Mask(np.zeros((2, 2), np.float32)))
    with pytest.raises(CacheError, match="cannot be read"):
        CODEC.decode(meta, buffers)


def test_size_and_backing(tmp_path):
    assert CODEC.size(Mask(np.zeros((10, 10), np.float32))) == 400
    mapped = allocator(tmp_path, limit=100)((10, 10))
    mapped[:] = 1
    assert CODEC.size(Mask(mapped)) == 0
    path = CODEC.backing(Mask(mapped))
    assert path is not None
    assert path.stat().st_size == 400


@given(masks, st.floats(0.01, 1))
def test_shrinking_stays_in_range(mask, scale):
    small = CODEC.shrink(mask, scale)
    assert CODEC.extent(small) == (max(1, round(mask.height * scale)), max(1, round(mask.width * scale)))
    assert mask.values.min() - 1e-6 <= small.values.min()
    assert small.values.max() <= min(1, mask.values.max() + 1e-6)


def test_a_preview_is_white_where_the_mask_is_one():
    values = np.zeros((40, 80), np.float32)
    values[:, 40:] = 1
    with Pillow.open(io.BytesIO(CODEC.preview(Mask(values), 20))) as opened:
        assert opened.size == (20, 10)
        shown = np.asarray(opened.convert("L"))
    assert shown[:, :8].max() < 10
    assert shown[:, 12:].min() > 245


def test_a_tile_is_a_part_of_it():
    values = np.zeros((40, 80), np.float32)
    values[:, 40:] = 1
    for box, grey in (((0, 0, 40, 40), 0), ((40, 0, 999, 40), 255)):
        with Pillow.open(io.BytesIO(CODEC.tile(Mask(values), box, 20))) as opened:
            assert opened.size == (20, 20)
            assert np.abs(np.asarray(opened.convert("L")).astype(int) - grey).max() < 5
    with pytest.raises(ValueError, match="outside"):
        CODEC.tile(Mask(values), (80, 0, 1, 1), 20)


def test_a_tile_of_a_constant_costs_nothing():
    large = Mask(np.broadcast_to(np.float32(1), (40_000, 60_000)))
    with Pillow.open(io.BytesIO(CODEC.tile(large, (0, 0, 60_000, 40_000), 30))) as opened:
        assert opened.size == (30, 20)


def test_the_file_in_memory_is_the_file(tmp_path, rng):
    mask = Mask(rng.random((5, 7), dtype=np.float32))
    CODEC.write(mask, tmp_path / "a.png", "{}")
    assert CODEC.to_bytes(mask, ".png", "{}") == (tmp_path / "a.png").read_bytes()
    with pytest.raises(StepError, match="cannot be written as"):
        CODEC.to_bytes(mask, ".json", None)


def test_a_file_is_grey(tmp_path, rng):
    values = rng.integers(0, 256, (6, 9)).astype(np.float32) / np.float32(255)
    CODEC.write(Mask(values), tmp_path / "mask.png", None)
    with Pillow.open(tmp_path / "mask.png") as opened:
        assert opened.mode == "L"
        assert np.array_equal(np.asarray(opened), np.rint(values * 255))


def test_the_kind():
    assert (KIND.name, KIND.type, dict(KIND.accepts)) == ("mask", Mask, {})
