from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image as Pillow
from PIL.ImageSequence import Iterator as Film

from graph.errors import StepError
from nodes.formats.animation import GROUND, HELD, KEPT, SIDE, STEPS, write


@pytest.fixture
def before(rng) -> np.ndarray:
    soft = cv2.resize(rng.random((6, 8, 3), np.float32), (120, 90), interpolation=cv2.INTER_LINEAR)
    return np.clip(soft * 0.5, 0, 1)


@pytest.fixture(params=[".webp", ".gif"])
def path(request, tmp_path: Path) -> Path:
    return tmp_path / f"moving{request.param}"


def frames(path: Path) -> tuple[list[np.ndarray], list[int]]:
    with Pillow.open(path) as opened:
        # Copied one by one: a GIF's picture is only whole while its turn lasts.
        found = [(np.asarray(frame.convert("RGB"), np.float32) / 255, frame.info["duration"]) for frame in Film(opened)]
    return [pixels for pixels, _ in found], [duration for _, duration in found]


def test_it_begins_with_before_and_ends_with_after(path, before):
    after = 1 - before
    write(path, before, after)
    found, durations = frames(path)
    assert len(found) == STEPS + 2
    assert np.abs(found[0] - before).mean() < 0.03
    assert np.abs(found[-1] - after).mean() < 0.03
    assert (durations[0], durations[-1]) == (HELD, KEPT)


def test_the_line_wipes_from_left_to_right(path, before):
    after = 1 - before
    write(path, before, after)
    found, _ = frames(path)
    nearer = [np.abs(frame - after).mean(axis=(0, 2)) < np.abs(frame - before).mean(axis=(0, 2)) for frame in found]
    shares = [each.mean() for each in nearer]
    assert shares == sorted(shares)
    assert 0.3 < shares[len(shares) // 2] < 0.7
    middle = nearer[len(nearer) // 2]
    assert middle[:40].all()
    assert not middle[-40:].any()


@pytest.mark.parametrize("shape", [(1, 1), (1, 500), (700, 1), (33, 17)])
def test_any_shape(path, shape):
    write(path, np.zeros((*shape, 3), np.float32), np.ones((*shape, 3), np.float32))
    assert frames(path)[0][-1].shape[:2] == shape


def test_a_large_photo_is_shrunk(path):
    after = np.broadcast_to(np.float32(0.5), (1000, 2000, 3))
    write(path, np.broadcast_to(np.float32(0.2), (500, 1000, 3)), after)
    assert frames(path)[0][0].shape[:2] == (SIDE[path.suffix] // 2, SIDE[path.suffix])


def test_a_photo_of_another_shape_stands_on_neutral_ground(path):
    write(path, np.ones((50, 100, 3), np.float32), np.zeros((100, 100, 3), np.float32))
    first = frames(path)[0][0]
    assert np.abs(first[:20] - GROUND).max() < 0.05
    assert first[40:60].min() > 0.95


def test_no_folder_to_write_to_is_an_error_and_leaves_nothing(tmp_path: Path, before):
    (tmp_path / "file").write_text("")
    with pytest.raises(StepError, match="cannot be written"):
        write(tmp_path / "file" / "moving.webp", before, before)
