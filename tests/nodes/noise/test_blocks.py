"""Finding JPEG's traces."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image as Pillow
from skimage import data

from nodes.kinds.arrays import Floats
from nodes.noise.blocks import LUMA, find, steps


def portrait() -> Floats:
    return (data.astronaut()[:320, :320] / 255).astype(np.float32)


def compressed(pixels: Floats, quality: int, **options: int) -> Floats:
    """What is read back from a JPEG file of libjpeg."""
    file = io.BytesIO()
    Pillow.fromarray((pixels * 255).round().astype(np.uint8)).save(file, "JPEG", quality=quality, **options)
    return np.asarray(Pillow.open(file), np.float32) / np.float32(255)


@pytest.mark.parametrize("quality", [5, 10, 30, 49, 50, 75, 85])
def test_the_steps_are_libjpegs(quality: int):
    file = io.BytesIO()
    Pillow.new("L", (8, 8)).save(file, "JPEG", quality=quality)
    assert steps(LUMA, quality).tolist() == Pillow.open(file).quantization[0]  # pyright: ignore[reportAttributeAccessIssue] - only a JPEG has it


@pytest.mark.parametrize("quality", [10, 30, 60, 85])
@pytest.mark.parametrize("subsampling", [0, 2])
def test_quality_and_place_are_found(quality: int, subsampling: int):
    pixels = compressed(portrait(), quality, subsampling=subsampling)
    for top, left in ((0, 0), (3, 5), (7, 1)):
        found = find(pixels[top:, left:])
        assert found is not None
        assert found.offset == (-top % 8, -left % 8)
        assert abs(found.quality - quality) <= 1


@pytest.mark.parametrize("quality", [20, 40, 85])
def test_a_photo_turned_on_its_side_is_found(quality: int):
    """As cameras do it: the file lies on its side, and a note says how to turn it."""
    found = find(np.ascontiguousarray(np.rot90(compressed(portrait()[:, :316], quality))))
    assert found is not None
    assert found.offset == (4, 0)
    assert found.turned
    assert abs(found.quality - quality) <= 1


def test_grey_files_are_found():
    grey = compressed(portrait().mean(axis=2), 40)[..., None].repeat(3, axis=2)
    found = find(grey)
    assert found is not None
    assert abs(found.quality - 40) <= 1


def test_what_was_never_a_jpeg_has_no_traces(rng: np.random.Generator):
    noisy = (portrait() + rng.normal(0, 0.05, (320, 320, 3))).clip(0, 1).astype(np.float32)
    for pixels in (portrait(), noisy, rng.random((300, 200, 3), np.float32), np.zeros((64, 64, 3), np.float32)):
        assert find(pixels) is None


def test_a_resized_jpeg_has_no_traces():
    pixels = compressed(portrait(), 40)
    small = Pillow.fromarray((pixels * 255).astype(np.uint8)).resize((277, 277), Pillow.Resampling.LANCZOS)
    assert find(np.asarray(small, np.float32) / np.float32(255)) is None


@pytest.mark.parametrize("shape", [(1, 1, 3), (1, 300, 3), (31, 31, 3)])
def test_too_small_a_picture_has_none(shape: tuple[int, ...]):
    assert find(np.full(shape, 0.5, np.float32)) is None
