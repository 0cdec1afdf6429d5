from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
import pytest
from skimage.data import astronaut

from graph.context import Context
from graph.errors import Cancelled
from nodes.faces.search import found
from nodes.kinds.faces import Face
from nodes.kinds.image import Image


class Squares:
    """Finds white squares as a detector finds faces: of a range of sizes, in pictures of a bounded one."""

    longest, finest, widest = 640, 16, 300

    def __init__(self) -> None:
        self.looks = 0

    def faces(self, pixels: np.ndarray, confidence: float, check: Callable[[], None]) -> list[Face]:
        check()
        self.looks += 1
        assert max(pixels.shape[:2]) <= self.longest + 1
        bright = (pixels[..., 0] > 0.5).astype(np.uint8)
        _, _, stats, _ = cv2.connectedComponentsWithStats(bright)
        found: list[Face] = []
        for left, top, width, height, _ in stats[1:].tolist():
            if self.finest <= width <= self.widest:
                box = (left - 0.5, top - 0.5, left + width - 0.5, top + height - 0.5)
                found.append(Face(box, ((left, top),) * 5, 0.5 + width / 1000))
        return found


def picture(height: int, width: int, *squares: tuple[int, int, int]) -> Image:
    pixels = np.zeros((height, width, 3), np.float32)
    for top, left, side in squares:
        pixels[top : top + side, left : left + side] = 1
    return Image(pixels)


@pytest.mark.parametrize("side", [40, 70, 150, 290, 500, 900, 1400])
@pytest.mark.parametrize("place", [(10, 10), (760, 1000), (1100, 630)])
def test_squares_of_every_size_anywhere(ctx: Context, side: int, place: tuple[int, int]):
    image = picture(2600, 2500, (*place, side))
    (one,) = found(ctx, image, Squares(), 0.5, 32)
    top, left = place
    assert one.box == pytest.approx((left - 0.5, top - 0.5, left + side - 0.5, top + side - 0.5), abs=side * 0.06 + 2)


def test_small_ones_are_left_out_and_cost_nothing(ctx: Context):
    image = picture(2600, 2500, (100, 100, 60), (800, 800, 300))
    many, few = Squares(), Squares()
    assert len(found(ctx, image, many, 0.5, 32)) == 2
    assert len(found(ctx, image, few, 0.5, 200)) == 1
    assert few.looks < many.looks / 4


def test_two_hundred(ctx: Context):
    squares = [(60 + 110 * (n // 20), 40 + 120 * (n % 20), 60) for n in range(200)]
    faces = found(ctx, picture(1200, 2500, *squares), Squares(), 0.5, 32)
    assert len(faces) == 200
    centres = [face.box[0] + face.box[2] for face in faces]
    assert centres == sorted(centres)


def test_a_cut_one_at_the_photos_border(ctx: Context):
    faces = found(ctx, picture(2000, 2000, (0, 1900, 100), (1950, 700, 50)), Squares(), 0.5, 32)
    assert len(faces) == 2


def test_it_can_be_cancelled(ctx: Context):
    detector = Squares()
    stopping = replace(ctx, on_progress=lambda done, _: ctx.cancelled.set() if done > 0.3 else None)
    with pytest.raises(Cancelled):
        found(stopping, picture(2600, 2500), detector, 0.5, 32)
    assert detector.looks < 20


@pytest.mark.parametrize("size", [(1, 1), (1, 37), (4000, 3), (7, 5)], ids=str)
def test_any_size(ctx: Context, size: tuple[int, int]):
    faces = found(ctx, picture(*size), Squares(), 0.5, 32)
    assert (faces.height, faces.width, len(faces)) == (*size, 0)


def test_a_face_seen_twice_is_one(ctx: Context):
    class Twice(Squares):
        def faces(self, pixels: np.ndarray, confidence: float, check: Callable[[], None]) -> list[Face]:
            inner = super().faces(pixels, confidence, check)
            return [*inner, *(face.mapped(0.5, 0.5, face.box[0] * 0.5 + 2, face.box[1] * 0.5 + 2) for face in inner)]

    assert len(found(ctx, picture(600, 600, (200, 200, 200)), Twice(), 0.5, 32)) == 1


def test_the_photo_is_untouched(ctx: Context):
    image = Image((astronaut() / 255).astype(np.float32))
    before = image.pixels.copy()
    found(ctx, image, Squares(), 0.5, 32)
    assert np.array_equal(image.pixels, before)
