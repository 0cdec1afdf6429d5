from __future__ import annotations

import io
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Pillow

from graph.errors import CacheError, StepError
from nodes.kinds.faces import Face, Faces
from nodes.kinds.faces_codec import KIND, FacesCodec

CODEC = FacesCodec()

numbers = st.floats(-1e4, 1e5)
points = st.tuples(numbers, numbers)
boxes = st.tuples(numbers, numbers, st.floats(0, 1e4), st.floats(0, 1e4)).map(
    lambda each: (each[0], each[1], each[0] + each[2], each[1] + each[3])
)
one = st.builds(Face, boxes, st.tuples(*[points] * 5), st.floats(0, 1))
several = st.builds(Faces, st.lists(one, max_size=5).map(tuple), height=st.integers(1, 90), width=st.integers(1, 90))


@given(several)
def test_what_is_stored_comes_back(faces):
    meta, buffers = CODEC.encode(faces)
    assert buffers == []
    assert CODEC.decode(json.loads(json.dumps(meta)), []) == faces


@pytest.mark.parametrize(
    "meta",
    [
        {},
        {"height": 3, "width": 3},
        {"height": 3, "width": 3, "faces": [{"box": [1, 2, 3]}]},
        {"height": "high", "width": 3, "faces": []},
        {"height": 3, "width": 3, "faces": [{"box": [1, 2, 3, 4], "landmarks": [[1, 2]], "score": 1}]},
        {"height": 3, "width": 3, "faces": 7},
    ],
)
def test_what_was_harmed_is_named(meta):
    with pytest.raises(CacheError, match="cannot be read"):
        CODEC.decode(meta, [])


@given(several, st.floats(0.05, 1))
def test_shrinking_shrinks_the_photo_they_belong_to(faces, scale):
    small = CODEC.shrink(faces, scale)
    assert CODEC.extent(small) == (max(1, round(faces.height * scale)), max(1, round(faces.width * scale)))
    assert len(small) == len(faces)


@given(several)
def test_any_faces_have_a_preview(faces):
    with Pillow.open(io.BytesIO(CODEC.preview(faces, 40))) as opened:
        assert max(opened.size) <= 40


def test_a_preview_shows_where_they_are():
    marks = ((60.0, 40.0), (90.0, 40.0), (75.0, 55.0), (62.0, 70.0), (88.0, 70.0))
    faces = Faces((Face((50.0, 20.0, 100.0, 90.0), marks),), height=100, width=200)
    with Pillow.open(io.BytesIO(CODEC.preview(faces, 200))) as opened:
        shown = np.asarray(opened.convert("L")).astype(int)
    assert shown[55, 50] > 100
    assert shown[40, 60] > 100
    assert shown[50, 150] < 60


def test_a_tile_shows_those_in_it():
    marks = ((60.0, 40.0), (90.0, 40.0), (75.0, 55.0), (62.0, 70.0), (88.0, 70.0))
    faces = Faces((Face((50.0, 20.0, 100.0, 90.0), marks),), height=100, width=200)
    with Pillow.open(io.BytesIO(CODEC.tile(faces, (40, 10, 80, 60), 80))) as opened:
        assert opened.size == (80, 60)
        seen = np.asarray(opened.convert("L")).astype(int)
    assert seen[45, 10] > 100
    assert seen[30, 20] > 100
    with Pillow.open(io.BytesIO(CODEC.tile(faces, (110, 0, 500, 100), 45))) as opened:
        assert opened.size == (40, 45)
        assert np.asarray(opened.convert("L")).max() < 60
    with pytest.raises(ValueError, match="outside"):
        CODEC.tile(faces, (200, 0, 1, 1), 20)


@pytest.mark.parametrize("suffix", ["", ".png", "json"])
def test_faces_are_no_picture_file(suffix):
    with pytest.raises(StepError, match="cannot be written as"):
        CODEC.to_bytes(Faces((), height=1, width=1), suffix, None)


def test_a_file_is_json(tmp_path):
    faces = Faces((Face((1.0, 2.0, 3.5, 4.0), ((1.0, 2.0),) * 5, 0.5),), height=10, width=20)
    CODEC.write(faces, tmp_path / "faces.json", '{"version": 1}')
    read = json.loads((tmp_path / "faces.json").read_text(encoding="utf-8"))
    assert read["workflow"] == {"version": 1}
    assert read["faces"][0]["box"] == [1.0, 2.0, 3.5, 4.0]
    assert CODEC.decode(read, []) == faces
    assert CODEC.to_bytes(faces, ".json", '{"version": 1}') == (tmp_path / "faces.json").read_bytes()


def test_the_kind():
    assert (KIND.name, KIND.type, KIND.writes) == ("faces", Faces, (".json",))
    assert CODEC.backing(Faces((), height=1, width=1)) is None
    assert CODEC.size(Faces((), height=1, width=1)) > 0
