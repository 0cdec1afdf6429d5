from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image as Pillow

from graph.errors import StepError
from nodes.formats.read import read, read_bytes
from nodes.formats.write import FORMATS, SUFFIXES, encode, write
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image, Origin
from nodes.kinds.mask import Mask
from nodes.pixels.profile import convert


def in_memory(shape: tuple[int, ...]) -> Floats:
    return np.empty(shape, np.float32)


def opened(content: bytes) -> Pillow.Image:
    return Pillow.open(io.BytesIO(content))


@pytest.fixture
def photo(samples) -> Image:
    return Image(samples / np.float32(255))


@pytest.fixture
def grey_photo(samples) -> Image:
    pixels = np.repeat(samples[..., :1], 3, axis=2).astype(np.float32) / np.float32(255)
    return Image(pixels, Origin(mode="L"))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_suffix_names_the_format(suffix, photo, tmp_path):
    path = tmp_path / f"photo{suffix.upper()}"
    assert write(path, photo) == []
    with Pillow.open(path) as picture:
        assert picture.format == SUFFIXES[suffix].upper()
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("format", ["png", "tiff", "bmp"])
def test_eight_bits_change_no_sample(format, photo, samples):
    content = encode(photo, format=format)
    assert np.array_equal(np.asarray(opened(content)), samples)
    assert np.array_equal(read_bytes(content, in_memory).image.pixels, photo.pixels)


def test_a_lossless_webp_changes_no_sample(photo, samples):
    assert np.array_equal(np.asarray(opened(encode(photo, format="webp", quality=100))), samples)


@pytest.mark.parametrize("format", FORMATS)
def test_grey_stays_grey_only_while_it_is(format, grey_photo, photo):
    assert opened(encode(grey_photo, format=format)).mode == ("RGB" if format == "webp" else "L")
    coloured = Image(photo.pixels, grey_photo.origin)
    assert opened(encode(coloured, format=format)).mode == "RGB"
    grey_in_rgb = Image(grey_photo.pixels)
    assert opened(encode(grey_in_rgb, format=format)).mode == "RGB"


@pytest.mark.parametrize("format", FORMATS)
def test_a_coloured_grey_photo_leaves_its_grey_profile(format, photo, edge_photo):
    profile = read(edge_photo("wolf_gray.jpg"), in_memory).image.origin.profile
    content = encode(Image(photo.pixels, Origin(mode="L", profile=profile)), format=format, quality=100)
    picture = opened(content)
    assert not picture.info.get("icc_profile")
    expected = convert(photo.pixels, profile, None) * 255
    assert np.abs(np.asarray(picture) - expected).max() <= (40 if format == "jpeg" else 0.51)


def test_depth_is_kept_or_chosen(photo, deep_samples):
    deep = Image(deep_samples / np.float32(65535), Origin(bits=16))
    depths = {bits: read_bytes(encode(deep, format="png", bits=bits), in_memory).image.origin.bits for bits in (8, 16)}
    assert depths == {8: 8, 16: 16}
    assert read_bytes(encode(deep, format="tiff"), in_memory).image.origin.bits == 16
    assert read_bytes(encode(photo, format="tiff"), in_memory).image.origin.bits == 8
    with pytest.raises(StepError, match="8 or 16"):
        encode(photo, format="png", bits=12)


@pytest.mark.parametrize("format", ["png", "tiff", "webp"])
def test_alpha_is_written_where_it_says_something(format, photo, rng):
    alpha = Mask((rng.integers(0, 256, (45, 61)) / 255).astype(np.float32))
    content = encode(photo, alpha, format=format)
    assert np.array_equal(read_bytes(content, in_memory).alpha.values, alpha.values)
    for opaque in (np.ones((45, 61), np.float32), np.broadcast_to(np.float32(1), (45, 61))):
        assert opened(encode(photo, Mask(opaque), format=format)).mode == "RGB"


@pytest.mark.parametrize("format", ["jpeg", "bmp"])
def test_lost_alpha_is_told(format, photo, tmp_path):
    lost = write(tmp_path / f"photo.{format}", photo, Mask(np.zeros((45, 61), np.float32)))
    assert any("transparency" in sentence for sentence in lost)


def test_alpha_of_another_size(photo):
    with pytest.raises(StepError, match="differ in size: 3 × 2 and 61 × 45"):
        encode(photo, Mask(np.zeros((2, 3), np.float32)), format="png")


def test_lost_notes_are_told(photo, srgb, tmp_path):
    noted = replace(photo, origin=Origin(profile=srgb, iptc=b"\x1c\x02\x19\0\1a"))
    assert len(write(tmp_path / "a.bmp", noted)) == 1
    assert len(write(tmp_path / "a.webp", noted)) == 1
    assert write(tmp_path / "a.png", noted) == []


@pytest.mark.parametrize("name", ["photo.gif", "photo", "photo.heic"])
def test_other_formats_are_refused(name, photo, tmp_path):
    with pytest.raises(StepError, match="cannot be written as"):
        write(tmp_path / name, photo)
    with pytest.raises(StepError, match="Did you mean 'jpeg'"):
        encode(photo, format="jpg")


def test_a_failed_write_leaves_what_was_there(photo, tmp_path):
    path = tmp_path / "photo.png"
    path.write_bytes(b"the old one")

    class Stop(BaseException):
        pass

    def stop() -> None:
        raise Stop

    with pytest.raises(Stop):
        write(path, photo, check=stop)
    assert path.read_bytes() == b"the old one"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_cannot_be_written_to(photo, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StepError, match="cannot be written"):
        write(tmp_path / "file" / "photo.png", photo)


def test_missing_folders_are_made(photo, tmp_path):
    write(tmp_path / "a" / "b" / "photo.png", photo)
    assert (tmp_path / "a" / "b" / "photo.png").is_file()


def test_rounding_is_to_the_nearest():
    values = np.array([0, 0.4 / 255, 0.6 / 255, 254.4 / 255, 254.6 / 255, 1], np.float32)
    pixels = np.repeat(values[None, :, None], 3, axis=2)
    assert np.asarray(opened(encode(Image(pixels), format="png")))[0, :, 0].tolist() == [0, 0, 1, 254, 255, 255]
