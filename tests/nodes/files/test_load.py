from __future__ import annotations

import numpy as np
import pytest
import tifffile
from PIL import Image as Pillow

from graph.errors import Cancelled, StepError
from nodes.files.load import load


@pytest.fixture
def path(tmp_path, rng):
    path = tmp_path / "photo.png"
    Pillow.fromarray(rng.integers(0, 256, (9, 7, 4), dtype=np.uint8)).save(path)
    return path


@pytest.mark.parametrize("kind", [str, lambda path: path])
def test_a_photo_and_its_alpha(ctx, path, kind):
    image, alpha = load(ctx, photo=kind(path))
    with Pillow.open(path) as opened:
        expected = np.asarray(opened) / np.float32(255)
    assert np.array_equal(image.pixels, expected[..., :3])
    assert np.array_equal(alpha.values, expected[..., 3])
    assert ctx.notes == []


@pytest.mark.parametrize("photo", ["", "  "])
def test_no_photo(ctx, photo):
    with pytest.raises(StepError, match="No photo is chosen"):
        load(ctx, photo=photo)


def test_a_missing_photo(ctx, tmp_path):
    with pytest.raises(StepError, match="There is no photo"):
        load(ctx, photo=tmp_path / "gone.png")


def test_pages_are_told(ctx, tmp_path):
    values = np.arange(3 * 5 * 6, dtype=np.uint8).reshape(3, 5, 6)
    tifffile.imwrite(tmp_path / "album.tif", values, photometric="minisblack")
    image, _ = load(ctx, photo=tmp_path / "album.tif", page=2)
    assert np.array_equal(image.pixels[..., 0], values[1] / np.float32(255))
    assert ctx.notes == ["This file has 3 pages; this is page 2."]


def test_it_stops_when_cancelled(ctx, path):
    ctx.cancelled.set()
    with pytest.raises(Cancelled):
        load(ctx, photo=path)
