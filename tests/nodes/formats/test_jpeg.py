from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageCms

from graph.errors import StepError
from nodes.formats import jpeg_segments
from nodes.formats.read import read, read_bytes
from nodes.formats.write import encode, write
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image, Origin


def in_memory(shape: tuple[int, ...]) -> Floats:
    return np.empty(shape, np.float32)


@pytest.mark.parametrize("mode", ["L", "RGB"])
@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"quality": 100, "subsampling": 0}, {"quality": 20}])
def test_pixels_are_those_of_pillow(mode, options, samples):
    file = io.BytesIO()
    Pillow.fromarray(samples).convert(mode).save(file, "JPEG", **options)
    expected = np.asarray(Pillow.open(file).convert("RGB")) / np.float32(255)
    image = read_bytes(file.getvalue(), in_memory).image
    assert image.pixels.dtype == np.float32
    assert np.array_equal(image.pixels, expected)
    assert image.origin.mode == mode


@pytest.mark.parametrize("name", ["wolf_gray.jpg", "0014.jpg", "ADE_val_00000114.jpg"])
def test_real_photos_are_those_of_pillow(name, edge_photo):
    path = edge_photo(name)
    with Pillow.open(path) as opened:
        expected = np.asarray(opened.convert("RGB")) / np.float32(255)
    assert np.array_equal(read(path, in_memory).image.pixels, expected)


def test_inks_become_light(make_file):
    """Without a profile as Pillow does it, but for its rounding."""
    content = make_file("jpeg-inks")
    expected = np.asarray(Pillow.open(io.BytesIO(content)).convert("RGB")) / 255
    image = read_bytes(content, in_memory).image
    assert np.abs(image.pixels - expected).max() <= 1.01 / 255
    assert image.origin.profile is None


def test_a_file_filled_up_with_zeros_is_damage(make_file):
    content = make_file("jpeg")
    half = len(content) * 2 // 3
    with pytest.raises(StepError, match="damaged"):
        read_bytes(content[:half] + bytes(len(content) - half), in_memory)


def test_quality_and_chroma(samples):
    image = Image(samples / np.float32(255))
    fine, coarse = (encode(image, format="jpeg", quality=quality) for quality in (95, 60))
    assert len(coarse) < len(fine)
    with Pillow.open(io.BytesIO(fine)) as opened:
        assert opened.layer[0][1:3] == (1, 1)  # pyright: ignore[reportAttributeAccessIssue]  # of JPEG pictures only
    assert np.abs(read_bytes(fine, in_memory).image.pixels - image.pixels).mean() < 0.01


def test_sixteen_bits_become_eight(deep_samples):
    image = Image(deep_samples / np.float32(65535), Origin(bits=16))
    assert read_bytes(encode(image, format="jpeg"), in_memory).image.origin.bits == 8


def test_too_wide_for_a_jpeg():
    with pytest.raises(StepError, match="at most 65500"):
        encode(Image(np.zeros((1, 65_501, 3), np.float32)), format="jpeg")


def test_a_long_profile_is_split_and_joined(samples, srgb):
    profile = srgb + bytes(150_000)
    content = encode(Image(samples / np.float32(255), Origin(profile=profile)), format="jpeg")
    assert Pillow.open(io.BytesIO(content)).info["icc_profile"] == profile
    assert read_bytes(content, in_memory).image.origin.profile == profile


def test_notes_too_long_for_a_segment_are_named(samples, tmp_path):
    origin = Origin(xmp=b"<x:xmpmeta>" + bytes(70_000), exif=b"II*\0\x08\0\0\0" + bytes(80_000))
    lost = write(tmp_path / "a.jpg", Image(samples / np.float32(255), origin))
    assert [sentence.split()[1] for sentence in lost] == ["EXIF", "XMP"]
    assert read(tmp_path / "a.jpg", in_memory).image.pixels.shape == (45, 61, 3)


def test_the_profile_of_inks_is_used_and_dropped(srgb):
    """A profile made for CMYK is hard to come by; one for RGB in a file of inks must not be applied."""
    file = io.BytesIO()
    Pillow.new("CMYK", (8, 8), (0, 255, 255, 0)).save(file, "JPEG", icc_profile=srgb, quality=100)
    image = read_bytes(file.getvalue(), in_memory).image
    assert np.allclose(image.pixels, [1, 0, 0], atol=0.02)


def test_segments_end_where_the_scan_begins(make_file):
    content = make_file("jpeg")
    markers = [marker for marker, _, _ in jpeg_segments.segments(content)]
    assert markers[-1] == jpeg_segments.SOS
    assert jpeg_segments.is_complete(content)
    assert not jpeg_segments.is_complete(content[:-2])


def test_srgb_is_not_touched_by_loading(samples):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    file = io.BytesIO()
    Pillow.fromarray(samples).save(file, "JPEG", icc_profile=profile)
    assert read_bytes(file.getvalue(), in_memory).image.origin.profile == profile
