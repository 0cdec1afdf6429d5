from __future__ import annotations

import io
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image as Pillow

from graph.errors import StepError
from nodes.formats import png_chunks, png_write
from nodes.formats.read import read, read_bytes
from nodes.formats.write import encode
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image, Origin
from nodes.kinds.mask import Mask


def in_memory(shape: tuple[int, ...]) -> Floats:
    return np.empty(shape, np.float32)


def by_libpng(content: bytes) -> np.ndarray:
    """Decoded by the reference library, which checks every checksum."""
    import imagecodecs

    return imagecodecs.png_decode(content)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_pixels_are_those_of_pillow(mode, samples):
    file = io.BytesIO()
    Pillow.fromarray(samples).convert(mode).save(file, "PNG")
    expected = np.asarray(Pillow.open(file).convert("RGBA"))
    image, alpha, _ = read_bytes(file.getvalue(), in_memory)
    assert np.array_equal(image.pixels, expected[..., :3] / np.float32(255))
    assert np.array_equal(alpha.values, expected[..., 3] / np.float32(255))


@pytest.mark.parametrize("mode", ["P", "L", "RGB"])
def test_a_transparent_colour_becomes_alpha(mode, samples):
    file = io.BytesIO()
    picture = Pillow.fromarray(samples).convert(mode)
    picture.save(file, "PNG", transparency=picture.getpixel((20, 12)))
    expected = np.asarray(Pillow.open(file).convert("RGBA"))[..., 3]
    assert 0 in expected
    assert np.array_equal(read_bytes(file.getvalue(), in_memory).alpha.values, expected / np.float32(255))


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@settings(max_examples=60, deadline=None)
@given(data=st.data(), channels=st.sampled_from([1, 2, 3, 4]))
def test_every_sample_survives(dtype, data, channels):
    height, width = data.draw(st.integers(1, 12)), data.draw(st.integers(1, 12))
    values = data.draw(arrays(dtype, (height, width, channels), elements=st.integers(0, np.iinfo(dtype).max)))
    floats = values / np.float32(np.iinfo(dtype).max)
    grey = channels < 3
    origin = Origin(mode="L" if grey else "RGB", bits=values.itemsize * 8)
    colour = np.repeat(floats[..., :1], 3, axis=2) if grey else floats[..., :3]
    alpha = Mask(np.ascontiguousarray(floats[..., -1])) if channels in (2, 4) else None
    content = encode(Image(np.ascontiguousarray(colour), origin), alpha, format="png")
    decoded = by_libpng(content).reshape(height, width, -1)
    assert decoded.dtype == dtype
    assert np.array_equal(decoded[..., : 1 if grey else 3], values[..., : 1 if grey else 3])
    again = read_bytes(content, in_memory)
    assert np.array_equal(again.image.pixels, colour)
    assert alpha is None or np.array_equal(again.alpha.values, alpha.values)


def test_many_strips_make_one_stream(rng, monkeypatch):
    """Smooth strips and noisy ones are compressed in different ways, each on its own."""
    monkeypatch.setattr("nodes.formats.samples.STRIP_BYTES", 5000)
    smooth = np.linspace(0, 1, 90 * 150 * 3, dtype=np.float32).reshape(90, 150, 3)
    pixels = np.vstack([smooth, rng.random((77, 150, 3), dtype=np.float32)])
    values = by_libpng(encode(Image(pixels), format="png"))
    assert np.array_equal(values, (pixels * 255 + 0.5).astype(np.uint8))


def test_the_stream_ends_as_zlib_wants_it(samples):
    content = encode(Image(samples / np.float32(255)), format="png")
    stream = b"".join(bytes(part) for kind, part in png_chunks.chunks(content, "it") if kind == b"IDAT")
    unpacker = zlib.decompressobj()
    rows = unpacker.decompress(stream)
    assert unpacker.eof
    assert not unpacker.unused_data
    assert len(rows) == 45 * (61 * 3 + 1)
    assert set(rows[:: 61 * 3 + 1]) <= {png_write.SUB, png_write.UP, png_write.AVERAGE}


def test_a_photo_takes_no_more_space_than_usual():
    from skimage.data import astronaut

    usual = io.BytesIO()
    Pillow.fromarray(astronaut()).save(usual, "PNG")
    assert len(encode(Image(astronaut() / np.float32(255)), format="png")) < 1.1 * len(usual.getvalue())


def test_a_wrong_checksum_is_damage(make_file):
    content = bytearray(make_file("png-rgb"))
    content[content.index(b"IDAT") + 30] ^= 1
    with pytest.raises(StepError, match="checksums"):
        read_bytes(bytes(content), in_memory)


def test_a_file_without_pixels_is_damage():
    content = png_chunks.MAGIC + png_chunks.chunk(b"IHDR", bytes([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]))
    with pytest.raises(StepError, match="middle of the picture"):
        read_bytes(content + png_chunks.chunk(b"IEND"), in_memory)


def test_pixel_data_that_stop_early_are_damage():
    """All checksums are right, only rows are missing: libpng alone would leave them black."""
    head = png_chunks.chunk(b"IHDR", bytes([0, 0, 0, 9, 0, 0, 0, 9, 8, 0, 0, 0, 0]))
    rows = png_chunks.chunk(b"IDAT", zlib.compress(bytes(10 * 4)))
    with pytest.raises(StepError):
        read_bytes(png_chunks.MAGIC + head + rows + png_chunks.chunk(b"IEND"), in_memory)


def test_a_swelling_text_is_not_unpacked():
    assert png_chunks.unpacked(zlib.compress(bytes(png_chunks.UNPACKED + 1))) == b""


def test_sixteen_bits_with_alpha_from_a_real_file(edge_photo):
    image, alpha, _ = read(edge_photo("tree_alpha_16bit.png"), in_memory)
    assert image.origin.bits == 16
    assert image.origin.profile is not None
    again = by_libpng(encode(image, alpha, format="png"))
    assert np.array_equal(again, by_libpng(edge_photo("tree_alpha_16bit.png").read_bytes()))
