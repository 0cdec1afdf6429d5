from __future__ import annotations

import io
import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow

from graph.errors import StepError
from nodes.formats import jpeg_segments
from nodes.formats.workflow import read_workflow
from nodes.formats.write import encode, write
from nodes.kinds.image import Image

LONG = json.dumps({"version": 1, "title": "Größer", "nodes": {f"n{i}": {"type": "x/y"} for i in range(12_000)}})
CARRIERS = ["png", "jpeg", "tiff"]


@pytest.fixture
def photo(samples) -> Image:
    return Image(samples / np.float32(255))


@pytest.mark.parametrize("text", ["", "{}", LONG])
@pytest.mark.parametrize("format", CARRIERS)
def test_it_comes_back_from_bytes_and_from_a_file(format, text, photo, tmp_path):
    assert len(LONG) > 300_000
    assert (read_workflow(encode(photo, format=format, workflow=text)) or "") == text
    path = tmp_path / f"photo.{format}"
    write(path, photo, workflow=text)
    assert (read_workflow(path) or "") == text


@pytest.mark.parametrize("format", CARRIERS)
@settings(max_examples=25, deadline=None)
@given(text=st.text(min_size=1))
def test_any_text_comes_back(format, text):
    content = encode(Image(np.zeros((1, 1, 3), np.float32)), format=format, workflow=text)
    assert read_workflow(content) == text


@pytest.mark.parametrize("format", CARRIERS)
def test_the_picture_is_the_same_with_it(format, photo):
    plain, carrying = (encode(photo, format=format, workflow=text) for text in (None, LONG))
    pictures = [np.asarray(Pillow.open(io.BytesIO(content))) for content in (plain, carrying)]
    assert np.array_equal(pictures[0], pictures[1])


def test_the_description_stays_the_photos_own(photo):
    exif = Pillow.Exif()
    exif[270] = "Grandmother at the lake"
    described = replace(photo, origin=replace(photo.origin, exif=exif.tobytes().removeprefix(b"Exif\0\0")))
    for format in CARRIERS:
        with Pillow.open(io.BytesIO(encode(described, format=format, workflow=LONG))) as opened:
            assert opened.getexif()[270] == "Grandmother at the lake"


def test_pillow_finds_it_in_a_png(photo):
    with Pillow.open(io.BytesIO(encode(photo, format="png", workflow='{"ü": 1}'))) as opened:
        assert opened.info["workflow"] == '{"ü": 1}'


def test_pictures_without_one(any_file):
    assert read_workflow(any_file) is None


def test_a_missing_piece_is_not_glued_over(photo):
    content = encode(photo, format="jpeg", workflow=LONG)
    pieces = [data for marker, data, _ in jpeg_segments.segments(content) if marker == jpeg_segments.APP10]
    assert len(pieces) > 4
    assert read_workflow(content.replace(jpeg_segments.segment(jpeg_segments.APP10, pieces[2]), b"")) is None


def test_a_damaged_file_is_refused(photo):
    with pytest.raises(StepError, match="damaged"):
        read_workflow(encode(photo, format="tiff", workflow="{}")[:200])
    with pytest.raises(StepError, match="empty"):
        read_workflow(b"")
