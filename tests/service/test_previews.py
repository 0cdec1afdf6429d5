from __future__ import annotations

import io
import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Pillow

from graph.cache import Cache, Result
from graph.kinds import Kinds
from nodes.kinds.image import Image
from nodes.kinds.image_codec import KIND as IMAGE
from nodes.kinds.image_codec import ImageCodec
from nodes.kinds.mask import Mask
from nodes.kinds.mask_codec import KIND as MASK
from service.kept import Kept
from service.previews import OVERLAP, TILE, Levels, Previews
from service.refusals import Refusal

KEY = "a" * 64


def previews(**outputs: Any) -> Previews:
    """Previews of one cached result."""
    cache = Cache(Kinds([IMAGE, MASK]), 2**28)
    kinds = {name: "mask" if isinstance(value, Mask) else "image" for name, value in outputs.items()}
    cache.put(KEY, Result(outputs, kinds))
    return Previews(cache)


def ramp(height: int, width: int) -> Image:
    """Red grows to the right, green downwards."""
    pixels = np.zeros((height, width, 3), np.float32)
    pixels[..., 0] = np.linspace(0, 1, width)
    pixels[..., 1] = np.linspace(0, 1, height)[:, None]
    return Image(pixels)


def decoded(data: bytes) -> np.ndarray:
    return np.asarray(Pillow.open(io.BytesIO(data)).convert("RGB"), np.float32) / 255


@given(st.integers(1, 40_000), st.integers(1, 40_000), st.data())
def test_the_tiles_of_a_level_cover_it(width: int, height: int, data: st.DataObject) -> None:
    levels = Levels(width, height)
    assert levels.size(levels.top) == (width, height)
    assert levels.size(0) == (1, 1)
    level = data.draw(st.integers(0, levels.top))
    across, down = levels.size(level)
    columns, rows = -(-across // TILE), -(-down // TILE)
    boxes = [levels.box(level, x, 0) for x in range(columns)]
    assert all(boxes)
    edges = [(box[0], box[2]) for box in boxes if box]
    assert (edges[0][0], edges[-1][1]) == (0, across)
    assert all(left[1] - right[0] == 2 * OVERLAP for left, right in pairwise(edges))
    assert levels.box(level, columns, 0) is None
    assert levels.box(level, 0, rows) is None
    assert levels.box(levels.top + 1, 0, 0) is None
    assert levels.box(-1, 0, 0) is None


@pytest.mark.parametrize("size", [(1300, 2100), (1, 1), (1, 3000), (2500, 3)])
def test_tiles_show_their_part_of_the_picture(size: tuple[int, int]) -> None:
    image = ramp(*size)
    drawn = previews(image=image)
    levels = drawn.levels(KEY, "")
    for level in range(levels.top + 1):
        width, height = levels.size(level)
        x, y = (width - 1) // TILE, (height - 1) // TILE
        box = levels.box(level, x, y)
        assert box
        tile = decoded(drawn.tile(KEY, "image", level, x, y))
        assert abs(tile.shape[1] - (box[2] - box[0])) <= 1
        assert abs(tile.shape[0] - (box[3] - box[1])) <= 1
        middle = tile.mean((0, 1))
        wanted = (box[0] + box[2]) / 2 / width, (box[1] + box[3]) / 2 / height
        if min(size) > 1 and level > 6:
            assert abs(middle[0] - wanted[0]) < 0.03
            assert abs(middle[1] - wanted[1]) < 0.03


def test_neighbours_meet_without_a_seam() -> None:
    drawn = previews(image=ramp(1500, 2500))
    levels = drawn.levels(KEY, "image")
    for level in (levels.top, levels.top - 1):
        left, right = (decoded(drawn.tile(KEY, "image", level, x, 0)) for x in (0, 1))
        # The last two columns of the one are the first two of the other.
        assert np.abs(left[:, -2:].mean((0, 1)) - right[:, :2].mean((0, 1))).max() < 0.02


def test_small_levels_do_not_read_the_large_picture_again(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    tile = ImageCodec.tile

    def watched(self: ImageCodec, value: Image, box: tuple[int, int, int, int], side: int) -> bytes:
        read.append(box[2] * box[3])
        return tile(self, value, box, side)

    monkeypatch.setattr(ImageCodec, "tile", watched)
    drawn = previews(image=ramp(1100, 4200))
    for level in range(drawn.levels(KEY, "").top):
        drawn.tile(KEY, "", level, 0, 0)
    assert max(read[:10]) <= 1024 * 1024
    assert max(read) <= (4 * (TILE + OVERLAP)) ** 2


def test_what_is_not_kept_is_refused() -> None:
    drawn = previews(image=ramp(40, 30), mask=Mask(np.ones((40, 30), np.float32)))
    assert drawn.whole(KEY, "", 100) == drawn.whole(KEY, "image", 100)
    assert decoded(drawn.whole(KEY, "mask", 10)).min() > 0.9
    asked = [("b" * 64, "image"), (KEY, "imag"), (KEY, "../image")]
    for key, output in asked:
        with pytest.raises(Refusal) as refusal:
            drawn.whole(key, output, 100)
        assert refusal.value.status == 404
        with pytest.raises(Refusal):
            drawn.levels(key, output)
    with pytest.raises(Refusal):
        drawn.tile(KEY, "image", 6, 1, 0)


def test_a_hundred_who_want_the_same_wait_for_one() -> None:
    kept: Kept[bytes] = Kept(1000, len)
    made: list[int] = []
    everybody = threading.Barrier(20)

    def make() -> bytes:
        made.append(1)
        return b"x" * 10

    def ask(_: int) -> bytes:
        everybody.wait(30)
        return kept.get("name", make)

    with ThreadPoolExecutor(20) as pool:
        assert set(pool.map(ask, range(20))) == {b"x" * 10}
    assert len(made) == 1


def test_what_is_kept_is_bounded_and_the_oldest_goes() -> None:
    kept: Kept[bytes] = Kept(100, len)
    made: list[int] = []

    def ask(number: int, size: int = 40) -> bytes:
        def make() -> bytes:
            made.append(number)
            return bytes(size)

        return kept.get(number, make)

    for number in (1, 2, 1, 3, 1, 2):
        ask(number)
    assert made == [1, 2, 3, 2]
    ask(9, size=500)
    ask(9, size=500)
    assert made[-2:] == [9, 9]


def test_an_error_reaches_whoever_waits_and_is_not_kept() -> None:
    kept: Kept[bytes] = Kept(100, len)

    def fail() -> bytes:
        raise Refusal(404, "gone")

    for _ in range(2):
        with pytest.raises(Refusal):
            kept.get("name", fail)
    assert kept.get("name", lambda: b"back") == b"back"
