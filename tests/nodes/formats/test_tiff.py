from __future__ import annotations

import io
import struct
import tracemalloc

import numpy as np
import pytest
import tifffile
from PIL import Image as Pillow

from graph.errors import StepError
from nodes.formats import tiff_tags
from nodes.formats.ifd import Reader
from nodes.formats.read import measure, read, read_bytes
from nodes.formats.source import bytes_source
from nodes.formats.write import encode, write
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image, Origin
from nodes.kinds.mask import Mask


def in_memory(shape: tuple[int, ...]) -> Floats:
    return np.empty(shape, np.float32)


def made(values, **options) -> bytes:
    file = io.BytesIO()
    tifffile.imwrite(file, values, **options)
    return file.getvalue()


def samples_of(content: bytes) -> np.ndarray:
    with tifffile.TiffFile(io.BytesIO(content)) as tiff:
        return tiff.pages[0].asarray()


DEEP = ["tiff-16", "tiff-16-big-endian", "tiff-16-tiles", "tiff-16-planes", "tiff-big"]


@pytest.mark.parametrize("name", DEEP)
def test_sixteen_bits_come_and_go_unchanged(name, make_file, deep_samples):
    image = read_bytes(make_file(name), in_memory).image
    assert np.array_equal(image.pixels, deep_samples / np.float32(65535))
    assert np.array_equal(samples_of(encode(image, format="tiff")), deep_samples)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("channels", [1, 3, 4])
def test_load_and_save_change_no_sample(dtype, channels, rng):
    values = rng.integers(0, np.iinfo(dtype).max, (37, 23, channels), dtype=dtype, endpoint=True)
    stored = values[..., 0] if channels == 1 else values
    options = {"extrasamples": ["unassalpha"]} if channels == 4 else {}
    content = made(stored, photometric="minisblack" if channels == 1 else "rgb", **options)
    image, alpha, _ = read_bytes(content, in_memory)
    again = encode(image, alpha, format="tiff")
    assert np.array_equal(samples_of(again), stored)
    assert samples_of(again).dtype == dtype


@pytest.mark.parametrize("kind", ["1-fax", "palette", "rgb", "rgba", "inks", "jpeg", "lzw", "packbits"])
def test_eight_bit_files_are_those_of_pillow(kind, make_file):
    content = make_file(f"tiff-{kind}")
    with Pillow.open(io.BytesIO(content)) as opened:
        expected = np.asarray(opened.convert("RGB")) / np.float32(255)
    # Pillow rounds inks to 8 bits.
    tolerance = 1.01 / 255 if kind == "inks" else 0
    assert np.abs(read_bytes(content, in_memory).image.pixels - expected).max() <= tolerance


def test_white_is_zero(samples):
    content = made(samples[..., 0], photometric="miniswhite")
    image = read_bytes(content, in_memory).image
    assert np.array_equal(image.pixels[..., 1], (255 - samples[..., 0]) / np.float32(255))
    assert image.origin.mode == "L"


def test_twelve_bits(deep_samples):
    values = deep_samples[..., 0] >> 4
    image = read_bytes(made(values, photometric="minisblack", bitspersample=12), in_memory).image
    assert np.allclose(image.pixels[..., 0], values / 4095, atol=1e-7)
    assert image.origin.bits == 16


def test_floats_are_clipped_and_never_nan():
    values = np.array([[-1, 0.25, 0.5], [2, np.nan, np.inf]], np.float32)
    image = read_bytes(made(values, photometric="minisblack"), in_memory).image
    assert image.pixels[..., 0].tolist() == [[0, 0.25, 0.5], [1, 0, 1]]


def test_premultiplied_colour_is_divided_back(samples):
    alpha = np.full((45, 61, 1), 0.5)
    stored = np.dstack([samples * alpha, alpha * 255]).round().astype(np.uint8)
    content = made(stored, photometric="rgb", extrasamples=["assocalpha"])
    image, mask, _ = read_bytes(content, in_memory)
    assert np.abs(image.pixels - samples / 255).max() < 1.5 / 128
    assert np.allclose(mask.values, 128 / 255)


def test_a_spot_colour_is_no_alpha(samples):
    stored = np.dstack([samples, samples[..., :1]])
    assert read_bytes(made(stored, photometric="rgb", extrasamples=["unspecified"]), in_memory).alpha.values.min() == 1


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"photometric": "cielab"}, "Lab"),
        ({"photometric": "ycbcr"}, "YCbCr"),
    ],
)
def test_what_cannot_be_shown_faithfully_is_refused(options, words, samples):
    with pytest.raises(StepError, match=words):
        read_bytes(made(samples, **options), in_memory)


def book(samples) -> bytes:
    """Three pages of different sizes, each with a thumbnail that is no page."""
    file = io.BytesIO()
    with tifffile.TiffWriter(file) as writer:
        for number in (1, 2, 3):
            writer.write(samples[: 10 * number], photometric="rgb")
            writer.write(samples[::8, ::8], photometric="rgb", subfiletype=1)
    return file.getvalue()


@pytest.mark.parametrize("page", [1, 2, 3])
def test_pages_one_by_one(page, samples, tmp_path):
    path = tmp_path / "book.tif"
    path.write_bytes(book(samples))
    assert measure(path, page=page) == (10 * page, 61, 3)
    image, _, pages = read_bytes(book(samples), in_memory, page=page)
    assert pages == 3
    assert np.array_equal(image.pixels, samples[: 10 * page] / np.float32(255))


@pytest.mark.parametrize("page", [0, 4])
def test_a_page_that_is_not_there(page, samples):
    with pytest.raises(StepError, match="has 3 pages"):
        read_bytes(book(samples), in_memory, page=page)


def test_pages_in_a_circle_are_damage(samples):
    content = bytearray(made(samples, photometric="rgb"))
    first = struct.unpack_from("<I", content, 4)[0]
    entries = struct.unpack_from("<H", content, first)[0]
    struct.pack_into("<I", content, first + 2 + 12 * entries, first)
    with pytest.raises(StepError, match="circle"):
        read_bytes(bytes(content), in_memory)


def test_a_size_given_twice_does_not_pass_the_limit(samples):
    """The other of two heights must not be decoded unchecked."""
    content = bytearray(made(samples, photometric="rgb"))
    entry = content.index(struct.pack("<HH", 259, 3))
    content[entry : entry + 12] = struct.pack("<HHII", 257, 4, 1, 45_000)
    with pytest.raises(StepError):
        read_bytes(bytes(content), in_memory, limit=1_000_000)


def test_holes_between_strips_are_damage(samples):
    """Two strips where the page needs five: what libraries fill with black is refused."""
    content = bytearray(made(samples, photometric="rgb", rowsperstrip=9, compression="zlib"))
    for number in (273, 279):
        entry = next(
            content.index(head) for kind in (3, 4) if (head := struct.pack("<HHI", number, kind, 5)) in content
        )
        struct.pack_into("<HI", content, entry + 2, 4, 2)
    with pytest.raises(StepError):
        read_bytes(bytes(content), in_memory)


def test_tags_are_read_as_they_stand(make_file):
    content = make_file("tiff-16-big-endian")
    (page,), order = tiff_tags.pages(bytes_source(content))
    assert order == ">"
    assert tiff_tags.first(page[1], tiff_tags.WIDTH, order) == 61
    assert Reader(io.BytesIO(content), "it").order == ">"


def test_many_strips_and_odd_rows(rng, monkeypatch):
    monkeypatch.setattr("nodes.formats.samples.STRIP_BYTES", 2000)
    pixels = (rng.integers(0, 65536, (101, 33, 3)) / 65535).astype(np.float32)
    content = encode(Image(pixels, Origin(bits=16)), format="tiff")
    with tifffile.TiffFile(io.BytesIO(content)) as tiff:
        assert len(tiff.pages[0].dataoffsets) > 5
    assert np.array_equal(read_bytes(content, in_memory).image.pixels, pixels)


def test_pillow_reads_what_is_written(samples, rng):
    image = Image(samples / np.float32(255), Origin(dpi=(300.0, 300.0)))
    alpha = Mask(rng.integers(0, 256, (45, 61)).astype(np.float32) / np.float32(255))
    with Pillow.open(io.BytesIO(encode(image, alpha, format="tiff"))) as opened:
        assert opened.mode == "RGBA"
        assert opened.info["dpi"] == (300, 300)
        assert np.array_equal(np.asarray(opened)[..., :3], samples)


def test_a_large_scan_is_never_held_in_memory(tmp_path, monkeypatch):
    """Nothing as large as the picture is made besides the array that was asked for."""
    path = tmp_path / "scan.tif"
    tifffile.imwrite(path, np.zeros((3000, 2000, 3), np.uint16), photometric="rgb")
    monkeypatch.setattr("nodes.formats.canvas.STRIP", 2**14)
    out = np.empty((3000, 2000, 3), np.float32)
    tracemalloc.start()
    image = read(path, lambda _: out).image
    write(tmp_path / "again.tif", image)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < path.stat().st_size // 2
