from __future__ import annotations

import io
import struct

import numpy as np
import pytest
from PIL import Image as Pillow
from PIL.PngImagePlugin import PngInfo

from nodes.formats import metadata
from nodes.formats.read import read, read_bytes
from nodes.formats.write import encode
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image, Origin

XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:li>M\xc3\xbcller</rdf:li></x:xmpmeta>'
IPTC = b"\x1c\x02\x78\x00\x0bGro\xc3\x9fmutter\x1c\x02\x19\x00\x06family"
WORDS = {270: "Grandmother at the lake", 271: "Agfa", 306: "1931:05:04 10:00:00", 315: "Uncle Karl", 33432: "family"}
EXPOSURE, SERIAL, LATITUDE = 33434, 42033, 2


def in_memory(shape: tuple[int, ...]) -> Floats:
    return np.empty(shape, np.float32)


def exif_block() -> bytes:
    exif = Pillow.Exif()
    for number, words in WORDS.items():
        exif[number] = words
    exif.get_ifd(0x8769).update({EXPOSURE: 0.008, SERIAL: "4711"})
    exif.get_ifd(0x8825).update({1: "N", LATITUDE: (48.0, 8.0, 15.5)})
    return exif.tobytes().removeprefix(b"Exif\0\0")


@pytest.fixture
def photo(samples, srgb) -> Image:
    origin = Origin(profile=srgb, exif=exif_block(), xmp=XMP, iptc=IPTC, dpi=(300.0, 300.0))
    return Image(samples / np.float32(255), origin)


def assert_exif(exif: Pillow.Exif) -> None:
    assert {number: exif[number] for number in WORDS} == WORDS
    assert float(exif.get_ifd(0x8769)[EXPOSURE]) == pytest.approx(0.008)
    assert exif.get_ifd(0x8769)[SERIAL] == "4711"
    assert [float(part) for part in exif.get_ifd(0x8825)[LATITUDE]] == [48, 8, 15.5]


@pytest.mark.parametrize("format", ["png", "jpeg", "tiff", "webp"])
def test_all_is_there_for_pillow_and_comes_back(format, photo):
    content = encode(photo, format=format)
    with Pillow.open(io.BytesIO(content)) as opened:
        assert_exif(opened.getexif())
        assert opened.info["icc_profile"] == photo.origin.profile
    origin = read_bytes(content, in_memory).image.origin
    assert origin.xmp == XMP
    assert origin.profile == photo.origin.profile
    if format != "webp":
        assert origin.iptc == IPTC
        assert origin.dpi == (300, 300)


@pytest.mark.parametrize("second", ["png", "jpeg", "tiff"])
@pytest.mark.parametrize("first", ["png", "jpeg", "tiff"])
def test_from_format_to_format(first, second, photo):
    middle = read_bytes(encode(photo, format=first), in_memory).image
    content = encode(middle, format=second)
    origin = read_bytes(content, in_memory).image.origin
    assert (origin.xmp, origin.iptc, origin.profile, origin.dpi) == (XMP, IPTC, photo.origin.profile, (300, 300))
    with Pillow.open(io.BytesIO(content)) as opened:
        assert_exif(opened.getexif())


def test_photoshop_resources_of_a_jpeg_are_where_pillow_looks(photo):
    with Pillow.open(io.BytesIO(encode(photo, format="jpeg"))) as opened:
        assert opened.info["photoshop"][metadata.IPTC_RESOURCE] == IPTC


@pytest.mark.parametrize("format", ["png", "jpeg", "tiff", "webp"])
def test_notes_can_be_left_out(format, photo):
    content = encode(photo, format=format, keep_metadata=False)
    origin = read_bytes(content, in_memory).image.origin
    assert (origin.exif, origin.xmp, origin.iptc) == (None, None, None)
    assert origin.profile == photo.origin.profile
    assert b"Uncle Karl" not in content


def test_big_endian_exif_stays_so_in_a_tiff(photo):
    exif = Pillow.Exif()
    exif.endian = ">"
    exif[315] = "Uncle Karl"
    image = Image(photo.pixels, Origin(exif=exif.tobytes().removeprefix(b"Exif\0\0")))
    content = encode(image, format="tiff")
    assert content[:2] == b"MM"
    with Pillow.open(io.BytesIO(content)) as opened:
        assert opened.getexif()[315] == "Uncle Karl"
        assert np.array_equal(np.asarray(opened), (photo.pixels * 255 + 0.5).astype(np.uint8))


def test_exif_that_cannot_be_read_is_kept(photo):
    image = Image(photo.pixels, Origin(exif=b"II*\0\xff\xff\xff\x7f"))
    assert read_bytes(encode(image, format="jpeg"), in_memory).image.origin.exif == image.origin.exif
    assert read_bytes(encode(image, format="tiff"), in_memory).image.origin.exif is None


def test_the_old_thumbnail_is_forgotten():
    block = b"II*\0" + struct.pack("<IHHHIII", 8, 1, 274, 3, 1, 1, 999)
    assert metadata.without_thumbnail(block) == block[:-4] + bytes(4)


def test_a_jpegs_comment_and_a_pngs_texts_move_into_exif(samples):
    jpeg, png = io.BytesIO(), io.BytesIO()
    texts = PngInfo()
    texts.add_text("Description", "Grandmother at the lake")
    texts.add_itxt("Comment", "Süß")
    Pillow.fromarray(samples).save(jpeg, "JPEG", comment=b"found in the attic")
    Pillow.fromarray(samples).save(png, "PNG", pnginfo=texts)
    from_jpeg = encode(read_bytes(jpeg.getvalue(), in_memory).image, format="png")
    from_png = encode(read_bytes(png.getvalue(), in_memory).image, format="tiff")
    with Pillow.open(io.BytesIO(from_jpeg)) as opened:
        assert opened.getexif().get_ifd(0x8769)[0x9286] == b"ASCII\0\0\0found in the attic"
    with Pillow.open(io.BytesIO(from_png)) as opened:
        assert opened.getexif()[270] == "Grandmother at the lake"
        assert opened.getexif().get_ifd(0x8769)[0x9286] == b"UNICODE\0" + "Süß".encode("utf-16-le")


def test_a_caption_never_replaces_words_that_are_there(samples):
    file, texts = io.BytesIO(), PngInfo()
    texts.add_text("Description", "another")
    Pillow.fromarray(samples).save(file, "PNG", pnginfo=texts, exif=exif_block())
    exif = read_bytes(file.getvalue(), in_memory).image.origin.exif
    assert exif is not None
    assert exif == exif_block()


def test_exif_that_imagemagick_spelled_out_is_found(samples):
    from nodes.formats.png_chunks import raw_profile_chunk

    file = io.BytesIO()
    Pillow.fromarray(samples).save(file, "PNG")
    content = file.getvalue()
    spelled = raw_profile_chunk("exif", b"Exif\0\0" + exif_block())
    assert read_bytes(content[:33] + spelled + content[33:], in_memory).image.origin.exif == exif_block()


@pytest.mark.parametrize("dpi", [72, 96, 240, 300, 600, 1200, 2400])
def test_whole_resolutions_stay_whole(dpi, photo):
    image = Image(photo.pixels, Origin(dpi=(dpi, dpi)))
    for format in ("png", "tiff", "jpeg"):
        assert read_bytes(encode(image, format=format), in_memory).image.origin.dpi == (dpi, dpi)


@pytest.mark.parametrize("format", ["png", "jpeg", "tiff", "bmp"])
def test_an_unknown_resolution_stays_unknown(format, photo):
    image = Image(photo.pixels)
    assert read_bytes(encode(image, format=format), in_memory).image.origin.dpi is None


def test_what_scanners_and_photoshop_wrote(edge_photo):
    origin = read(edge_photo("wolf_gray.jpg"), in_memory).image.origin
    assert origin.mode == "L"
    assert origin.profile is not None
    assert origin.profile[16:20] == b"GRAY"
    assert origin.iptc is not None
    assert origin.iptc.startswith(b"\x1c")
    assert origin.xmp is not None
    assert origin.dpi == (72, 72)
