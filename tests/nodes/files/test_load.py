from __future__ import annotations

import numpy as np
import pytest
import tifffile
from PIL import Image as Pillow

from graph.errors import Cancelled, StepError
from graph.given import Given
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


def test_a_photo_in_memory_is_the_same_photo(ctx, path):
    from_disk, given = load(ctx, photo=path), load(ctx, photo=Given("grandma.png", path.read_bytes()))
    assert np.array_equal(from_disk.image.pixels, given.image.pixels)
    assert np.array_equal(from_disk.alpha.values, given.alpha.values)
    assert from_disk.image.origin == given.image.origin


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n"])
def test_a_damaged_photo_in_memory_is_called_by_its_name(ctx, data):
    with pytest.raises(StepError, match=r"^grandma\.png is"):
        load(ctx, photo=Given("grandma.png", data))


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
