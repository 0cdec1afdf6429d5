from __future__ import annotations

import io
import struct
import zlib
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow

from graph.errors import StepError
from nodes.formats.read import SUFFIXES, measure, read, read_bytes
from nodes.formats.write import encode
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image


def in_memory(shape: tuple[int, ...]) -> Floats:
    """Every sample that is not written afterwards stays conspicuous."""
    return np.full(shape, np.nan, np.float32)


def test_every_kind_of_file_is_read(any_file):
    image, alpha, pages = read_bytes(any_file, in_memory)
    assert image.pixels.shape == (45, 61, 3)
    assert alpha.values.shape == (45, 61)
    assert pages == 1
    assert np.isfinite(image.pixels).all()
    assert np.isfinite(alpha.values).all()
    assert not image.pixels.flags.writeable


def test_measuring_agrees_with_reading(any_file, tmp_path):
    path = tmp_path / "photo.bin"
    path.write_bytes(any_file)
    assert measure(path) == (45, 61, 1)


def test_a_file_cut_anywhere_is_refused_or_whole(any_file):
    whole = read_bytes(any_file, in_memory).image.pixels
    ends = {len(any_file) - back for back in range(1, 20)}
    for end in sorted(ends | set(range(0, len(any_file), max(1, len(any_file) // 50)))):
        try:
            cut = read_bytes(any_file[:end], in_memory).image.pixels
        except StepError:
            continue
        # Only bytes that fill up the last row may be missing.
        assert np.array_equal(cut, whole)
        assert end >= len(any_file) - 3


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_garbled_file_is_read_or_refused(make_file, data):
    names = st.sampled_from(["png-16-alpha", "jpeg", "tiff-lzw", "tiff-16-tiles", "webp", "bmp", "heic", "jpeg2000"])
    whole = bytearray(make_file(data.draw(names)))
    for _ in range(data.draw(st.integers(1, 6))):
        # Half of the harm is done where headers stand.
        place = data.draw(st.integers(0, 80) | st.integers(0, len(whole) - 1))
        whole[place] = data.draw(st.integers(0, 255))
    with suppress(StepError):
        image, alpha, _ = read_bytes(bytes(whole), in_memory, limit=1_000_000)
        assert np.isfinite(image.pixels).all()
        assert np.isfinite(alpha.values).all()


@settings(max_examples=100)
@given(
    st.binary(max_size=200), st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0+", b"BM"])
)
def test_noise_is_refused(noise, start):
    with pytest.raises(StepError):
        read_bytes(start + noise, in_memory)


def test_the_content_counts_not_the_name(make_file, tmp_path):
    path = tmp_path / "photo.tif"
    path.write_bytes(make_file("png-16"))
    assert read(path, in_memory).image.origin.bits == 16


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "it is empty"),
        (b"Dear Anna, here is the photo.", "not a picture of a known format"),
        (b"GIF89a" + bytes(60), "not a picture of a known format"),
    ],
)
def test_what_is_no_picture_is_named(content, words, tmp_path):
    path = tmp_path / "anna.jpg"
    path.write_bytes(content)
    with pytest.raises(StepError, match=r"^anna\.jpg .*" + words) as caught:
        read(path, in_memory)
    assert caught.value.remedy


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path):
    with pytest.raises(StepError, match="There is no photo"):
        read(tmp_path / "nowhere.png", in_memory)
    with pytest.raises(StepError, match="is a folder"):
        measure(tmp_path)


def huge_png(width: int, height: int) -> bytes:
    """A header that claims that many pixels, and nothing behind it."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))


def test_a_huge_picture_is_refused_by_its_header():
    with pytest.raises(StepError, match=r"too large: 100000 × 90000 pixels, 9,000 megapixels") as caught:
        read_bytes(huge_png(100_000, 90_000), in_memory)
    assert "400 megapixels" in caught.value.remedy


def test_the_limit_can_be_chosen(any_file):
    with pytest.raises(StepError, match="too large"):
        read_bytes(any_file, in_memory, limit=45 * 61 - 1)
    assert read_bytes(any_file, in_memory, limit=45 * 61).image.width == 61


def test_pillow_does_not_refuse_what_is_within_the_limit(tmp_path):
    path = tmp_path / "wide.bmp"
    Pillow.new("1", (20_000, 9_500)).save(path)
    assert measure(path) == (9_500, 20_000, 1)


def test_only_tiffs_have_several_pages(any_file):
    with pytest.raises(StepError, match="has only one page, so there is no page 2"):
        read_bytes(any_file, in_memory, page=2)


def test_an_opaque_alpha_costs_nothing(make_file):
    alpha = read_bytes(make_file("jpeg"), in_memory).alpha.values
    assert alpha.strides == (0, 0)
    assert alpha[0, 0] == 1


def test_reading_stops_when_asked(any_file):
    class Stop(BaseException):
        pass

    def stop() -> None:
        raise Stop

    with pytest.raises(Stop):
        read_bytes(any_file, in_memory, check=stop)


@pytest.mark.parametrize("format", ["png", "jpeg", "tiff", "webp", "bmp"])
@pytest.mark.parametrize("size", [(1, 1), (1, 9), (9, 1), (3, 700)])
def test_any_size_comes_back(format, size, rng):
    image = Image(rng.random((*size, 3), dtype=np.float32))
    again = read_bytes(encode(image, format=format), in_memory).image
    assert again.pixels.shape == image.pixels.shape


def test_suffixes_are_what_pictures_are_called():
    assert {".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".bmp", ".heic", ".jp2"} <= set(SUFFIXES)


def test_the_hash_is_that_of_the_file(make_file):
    import hashlib

    content = make_file("tiff-lzw")
    assert read_bytes(content, in_memory).image.origin.sha256 == hashlib.sha256(content).hexdigest()


def test_the_source_file_is_closed(make_file, tmp_path):
    path = tmp_path / "photo.tif"
    path.write_bytes(make_file("tiff-16"))
    read(path, in_memory)
    path.unlink()
    assert not list(Path(tmp_path).iterdir())


def test_an_animation_gives_its_first_picture(samples):
    file = io.BytesIO()
    first, second = Pillow.fromarray(samples), Pillow.fromarray(255 - samples)
    first.save(file, "WEBP", save_all=True, append_images=[second], lossless=True)
    assert np.array_equal(read_bytes(file.getvalue(), in_memory).image.pixels, samples / np.float32(255))
