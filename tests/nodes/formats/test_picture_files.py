from __future__ import annotations

import io
import struct
import zlib

import numpy as np
import pytest
import tifffile
from PIL import Image as Pillow

from graph.errors import StepError
from graph.given import Given
from nodes.formats.picture_files import PictureFiles
from nodes.formats.read import read_bytes
from nodes.formats.write import encode
from nodes.kinds.image import Image, Origin
from nodes.kinds.mask import Mask

FILES = PictureFiles()


def floats(shape: tuple[int, ...]) -> np.ndarray:
    return np.empty(shape, np.float32)


def shown(data: bytes) -> np.ndarray:
    with Pillow.open(io.BytesIO(data)) as opened:
        assert opened.format == "WEBP"
        return np.asarray(opened.convert("RGB")).astype(int)


@pytest.fixture
def keep(tmp_path):
    """`keep(data)` is the path of a file with a name that says nothing."""

    def write(data: bytes):
        path = tmp_path / "upload.bin"
        path.write_bytes(data)
        return path

    return write


def test_every_format_is_measured_and_has_a_thumbnail(keep, any_file):
    path = keep(any_file)
    facts = FILES.measure(path)
    assert (facts.width, facts.height, facts.pages) == (61, 45, 1)
    assert facts.media_type.startswith("image/")
    for side in (7, 20, 61, 500):
        size = shown(FILES.thumbnail(path, side)).shape
        assert max(size[:2]) == min(side, 61)
        assert size[0] == pytest.approx(min(side, 61) * 45 / 61, abs=1)


@pytest.mark.parametrize(
    ("name", "suffix", "media_type"),
    [
        ("png-16", ".png", "image/png"),
        ("jpeg", ".jpg", "image/jpeg"),
        ("tiff-big", ".tif", "image/tiff"),
        ("webp", ".webp", "image/webp"),
        ("bmp", ".bmp", "image/bmp"),
        ("heic", ".heic", "image/heic"),
        ("jpeg2000", ".jp2", "image/jp2"),
        ("jpeg2000-stream", ".j2k", "image/j2c"),
    ],
)
def test_the_type_is_that_of_the_content(keep, make_file, name, suffix, media_type):
    facts = FILES.measure(keep(make_file(name)))
    assert (facts.suffix, facts.media_type) == (suffix, media_type)


@pytest.mark.parametrize(
    "name", ["png-rgb", "png-16", "jpeg", "tiff-16-tiles", "tiff-16-planes", "webp-lossless", "bmp"]
)
def test_a_thumbnail_looks_like_the_picture(keep, make_file, samples, name):
    small = shown(FILES.thumbnail(keep(make_file(name)), 15))
    reference = np.asarray(Pillow.fromarray(samples).resize((15, 11), Pillow.Resampling.BOX)).astype(int)
    # WebP halves the resolution of colours: what is left of those is compared in grey.
    assert np.abs(small.mean(axis=2) - reference.mean(axis=2)).mean() < 4


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_thumbnail_is_upright(keep, orientation):
    exif = Pillow.Exif()
    exif[0x0112] = orientation
    file = io.BytesIO()
    stored = np.zeros((64, 96, 3), np.uint8)
    stored[:16, :32] = 255
    Pillow.fromarray(stored).save(file, "JPEG", exif=exif, quality=95)
    path = keep(file.getvalue())
    with Pillow.open(path) as opened:
        from PIL import ImageOps

        upright = np.asarray(ImageOps.exif_transpose(opened).resize((12, 8) if orientation < 5 else (8, 12))).astype(
            int
        )
    facts = FILES.measure(path)
    assert (facts.height, facts.width) == ((64, 96) if orientation < 5 else (96, 64))
    assert np.abs(shown(FILES.thumbnail(path, 12)) - upright).mean() < 12


def test_a_thumbnail_is_in_srgb(keep):
    import imagecodecs

    pixels = np.full((40, 40, 3), 0.5, np.float32)
    pixels[..., 0] = 0.2
    wide, plain = (
        shown(FILES.thumbnail(keep(encode(Image(pixels, Origin(profile=profile)), format="png")), 20))
        for profile in (imagecodecs.cms_profile("adobergb"), None)
    )
    assert wide[..., 0].mean() < plain[..., 0].mean() - 15


def test_what_is_transparent_is_light_grey(keep):
    layer = np.zeros((40, 80, 4), np.uint8)
    layer[:, 40:] = 255
    file = io.BytesIO()
    Pillow.fromarray(layer).save(file, "PNG")
    small = shown(FILES.thumbnail(keep(file.getvalue()), 20))
    assert np.abs(small[:, :8] - 191).max() < 6
    assert small[:, 12:].min() > 245


def test_a_grey_16_bit_scan(keep):
    file = io.BytesIO()
    tifffile.imwrite(file, np.full((33, 77), 40_000, np.uint16), photometric="minisblack")
    assert np.abs(shown(FILES.thumbnail(keep(file.getvalue()), 16)) - 155.6).max() < 3


@pytest.mark.parametrize("size", [(1, 1), (1, 900), (900, 1), (3, 1001)])
def test_odd_sizes(keep, size):
    data = encode(Image(np.full((*size, 3), 0.5, np.float32)), format="png")
    assert max(shown(FILES.thumbnail(keep(data), 64)).shape[:2]) == min(64, max(size))


def test_pages_are_counted(keep):
    file = io.BytesIO()
    tifffile.imwrite(file, np.zeros((3, 5, 6), np.uint8), photometric="minisblack")
    assert FILES.measure(keep(file.getvalue())).pages == 3


def claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims that size."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def test_more_pixels_than_the_limit_are_measured_and_not_decoded(keep):
    path = keep(claiming(65535, 65535))
    assert FILES.measure(path)[2:4] == (65535, 65535)
    with pytest.raises(StepError, match="too large"):
        FILES.thumbnail(path, 9)


def test_the_limit_can_be_chosen(keep, make_file):
    path = keep(make_file("png-rgb"))
    assert PictureFiles(61 * 45).thumbnail(path, 9)
    with pytest.raises(StepError, match="too large"):
        PictureFiles(61 * 45 - 1).thumbnail(path, 9)


@pytest.mark.parametrize(
    "data", [b"", b"PK\3\4zip", b"<html></html>", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a", b"\xff" * 99]
)
def test_what_is_no_picture_is_refused(keep, data):
    with pytest.raises(StepError):
        FILES.measure(keep(data))


def test_a_truncated_picture_has_no_thumbnail(keep, any_file):
    with pytest.raises(StepError):
        FILES.thumbnail(keep(any_file[: len(any_file) // 2]), 20)


def test_the_workflow_of_a_saved_picture(keep):
    image = Image(np.zeros((3, 3, 3), np.float32))
    assert FILES.workflow(keep(encode(image, format="png", workflow="{}"))) == "{}"
    assert FILES.workflow(keep(encode(image, format="jpeg"))) is None
    with pytest.raises(StepError):
        FILES.workflow(keep(b""))


def test_a_picture_in_memory_is_answered_about_as_well(keep):
    data = encode(Image(np.full((9, 20, 3), 0.5, np.float32)), format="png", workflow="{}")
    given = Given("a.jpg", data)
    path = keep(data)
    assert FILES.measure(given) == FILES.measure(path)
    assert FILES.thumbnail(given, 8) == FILES.thumbnail(path, 8)
    assert FILES.workflow(given) == "{}"


def test_a_picture_in_another_format_keeps_what_that_can_hold(keep, srgb):
    origin = Origin(bits=16, profile=srgb, dpi=(300, 300))
    picture = Image(np.random.default_rng(1).random((5, 7, 3), np.float32), origin)
    path = keep(encode(picture, format="tiff", workflow="{}"))
    deep = read_bytes(FILES.convert(path, ".png", None), floats).image
    assert (deep.origin.bits, deep.origin.profile, deep.origin.dpi) == (16, srgb, (300, 300))
    assert np.abs(deep.pixels - picture.pixels).max() <= 1 / 65535
    flat = FILES.convert(path, ".jpg", 95)
    assert read_bytes(flat, floats).image.origin.profile == srgb
    assert FILES.workflow(Given("a.jpg", flat)) == "{}"


def test_a_picture_keeps_its_transparency_where_the_format_has_one(keep):
    alpha = Mask(np.linspace(0, 1, 35, dtype=np.float32).reshape(5, 7))
    path = keep(encode(Image(np.full((5, 7, 3), 0.5, np.float32)), alpha, format="png"))
    again = read_bytes(FILES.convert(path, ".webp", 100), floats)
    assert np.abs(again.alpha.values - alpha.values).max() <= 1 / 255
    assert read_bytes(FILES.convert(path, ".jpg", None), floats).alpha.values.min() == 1


def test_only_pictures_are_converted(keep):
    with pytest.raises(StepError):
        FILES.convert(keep(b"{}"), ".png", None)
