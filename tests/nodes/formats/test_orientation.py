from __future__ import annotations

import io

import numpy as np
import pytest
import tifffile
from PIL import Image as Pillow
from PIL import ImageOps

from nodes.formats.orientation import exif_orientation, upright_exif, upright_xmp
from nodes.formats.read import measure, read_bytes
from nodes.formats.write import encode
from nodes.kinds.arrays import Floats

ALL = range(1, 9)


def in_memory(shape: tuple[int, ...]) -> Floats:
    return np.empty(shape, np.float32)


def turned(samples, orientation: int, format: str, **options) -> bytes:
    exif = Pillow.Exif()
    exif[274] = orientation
    exif[315] = "Uncle Karl"
    file = io.BytesIO()
    Pillow.fromarray(samples).save(file, format, exif=exif, **options)
    return file.getvalue()


def upright(content: bytes) -> np.ndarray:
    return np.asarray(ImageOps.exif_transpose(Pillow.open(io.BytesIO(content))))


@pytest.mark.parametrize("orientation", ALL)
@pytest.mark.parametrize(("format", "options"), [("JPEG", {}), ("PNG", {}), ("WEBP", {"lossless": True})])
def test_a_photo_is_turned_exactly_once(format, options, orientation, samples, tmp_path):
    content = turned(samples, orientation, format, **options)
    expected = upright(content)
    image = read_bytes(content, in_memory).image
    assert np.array_equal(image.pixels, expected / np.float32(255))
    path = tmp_path / "photo"
    path.write_bytes(content)
    assert measure(path)[:2] == expected.shape[:2]
    # Saved and loaded again, by us and by others, it stays as it is.
    for again in ("png", "tiff"):
        saved = encode(image, format=again)
        assert np.array_equal(upright(saved), expected)
        assert np.array_equal(read_bytes(saved, in_memory).image.pixels, image.pixels)
        with Pillow.open(io.BytesIO(saved)) as opened:
            assert opened.getexif()[315] == "Uncle Karl"


@pytest.mark.parametrize("orientation", ALL)
@pytest.mark.parametrize("options", [{}, {"tile": (16, 16)}, {"rowsperstrip": 7, "compression": "zlib"}])
def test_a_scan_is_turned_piece_by_piece(orientation, options, deep_samples):
    file = io.BytesIO()
    tifffile.imwrite(file, deep_samples, photometric="rgb", extratags=[(274, 3, 1, orientation, False)], **options)
    small = (deep_samples >> 8).astype(np.uint8)
    expected = upright(turned(small, orientation, "PNG"))
    pixels = read_bytes(file.getvalue(), in_memory).image.pixels
    assert np.array_equal((pixels * 65535 + 0.5).astype(np.uint16) >> 8, expected)


def test_alpha_is_turned_along(samples, rng):
    alpha = rng.integers(0, 255, samples.shape[:2], dtype=np.uint8)
    content = turned(np.dstack([samples, alpha]), 6, "PNG")
    assert np.array_equal(read_bytes(content, in_memory).alpha.values, upright(content)[..., 3] / np.float32(255))


@pytest.mark.parametrize("spelling", [b'tiff:Orientation="6"', b"tiff:Orientation='8'", b"<tiff:Orientation>3</tiff"])
def test_xmp_does_not_ask_for_another_turn(spelling):
    found = upright_xmp(b"before " + spelling + b" after")
    assert found is not None
    assert b"1" in found
    assert len(found) == len(spelling) + 13


@pytest.mark.parametrize("order", ["<", ">"])
def test_only_the_orientation_changes_in_exif(order):
    exif = Pillow.Exif()
    exif.endian = order
    exif[274], exif[315] = 8, "Uncle Karl"
    block = exif.tobytes().removeprefix(b"Exif\0\0")
    assert exif_orientation(block) == 8
    changed = upright_exif(block)
    assert changed is not None
    assert exif_orientation(changed) == 1
    assert sum(a != b for a, b in zip(block, changed, strict=True)) == 1


@pytest.mark.parametrize("block", [b"", b"II*\0", b"II*\0\xff\xff\xff\xff", b"MM\0*\0\0\0\x08\xff\xff"])
def test_broken_exif_asks_for_no_turn(block):
    assert exif_orientation(block) == 1
    assert upright_exif(block) == block
