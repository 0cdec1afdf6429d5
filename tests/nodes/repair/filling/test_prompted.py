"""What a diffusion model is shown of a crop, and what is taken of its answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

from graph.context import Context
from nodes.kinds.addons import Addons, Control
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.models.diffusion.wish import Wish
from nodes.repair.filling.crops import Crop
from nodes.repair.filling.prompted import CLOSER, LEAST, Prompted, seed_at


@dataclass
class Echo:
    """Gives back what it is shown, darker: a model whose answer is known."""

    side: int = 512
    multiple: int = 8
    shown: list[tuple[Wish, Floats, np.ndarray]] = field(default_factory=list[Any])

    def fill(self, ctx: Context, wish: Wish, pixels: Floats, hole: np.ndarray) -> Floats:
        self.shown.append((wish, pixels, hole))
        return pixels - np.float32(0.05)


def crop(height: int, width: int, top: int = 0, left: int = 0, factor: int = 1) -> Crop:
    box = slice(top, top + height), slice(left, left + width)
    return Crop(box, box, np.ones((-(-height // 8), -(-width // 8)), bool), factor)


def slope(height: int, width: int) -> Floats:
    y, x = np.mgrid[:height, :width].astype(np.float32)
    planes = [0.3 + 0.4 * x / width, 0.3 + 0.4 * y / height, 0.7 - 0.4 * x / width]
    return np.stack(planes, axis=-1).astype(np.float32)


def middle(height: int, width: int) -> np.ndarray:
    hole = np.zeros((height, width), bool)
    hole[height // 3 : -(-height * 2 // 3), width // 3 : -(-width * 2 // 3)] = True
    return hole


SIZES = [(1, 2), (8, 8), (30, 40), (512, 3), (3, 512), (300, 512), (511, 509), (512, 512)]


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_model_sees_sizes_that_it_likes(ctx: Context, size: tuple[int, int]):
    echo = Echo()
    fill = Prompted(echo, Wish(""), "photo", size)
    made = fill(ctx, slope(*size), middle(*size), crop(*size))
    assert made.shape == (*size, 3)
    ((_, pixels, hole),) = echo.shown
    assert pixels.shape[:2] == hole.shape
    assert all(side % 8 == 0 and 512 * LEAST <= side <= 512 for side in hole.shape)
    assert max(hole.shape) == 512


@pytest.mark.parametrize("size", [(8, 8), (30, 40), (300, 512), (512, 512)], ids=str)
def test_what_comes_back_lies_where_it_was(ctx: Context, size: tuple[int, int]):
    """In the tones of what surrounds it, too: the model darkened everything."""
    made = Prompted(Echo(), Wish(""), "photo", size)(ctx, slope(*size), middle(*size), crop(*size))
    assert np.abs(made - slope(*size)).max() < 0.03


def test_a_thin_scratch_is_hidden_whole(ctx: Context):
    """A model looks at one of 8 × 8 pixels of the mask."""
    echo, hole = Echo(), np.zeros((512, 512), bool)
    hole[:, 101:103] = True
    Prompted(echo, Wish(""), "photo", (512, 512))(ctx, slope(512, 512), hole, crop(512, 512))
    assert echo.shown[0][2][::8, ::8].sum() == 64
    assert echo.shown[0][2].sum() == 8 * 512


def test_a_hole_begins_with_the_colours_around_it_or_the_photo(ctx: Context):
    pixels, hole = slope(512, 512), middle(512, 512)
    damaged = np.where(hole[..., None], np.float32(1), pixels)
    for start, expected in (("surroundings", pixels), ("photo", damaged)):
        echo = Echo()
        Prompted(echo, Wish(""), start, (512, 512))(ctx, damaged, hole, crop(512, 512))
        assert np.abs(echo.shown[0][1] - expected)[hole].mean() < 0.03


def test_every_place_has_a_seed_of_its_own():
    places = [crop(64, 64, top, left, factor) for top in (0, 64) for left in (0, 64) for factor in (1, 2)]
    seeds = {seed_at(seed, place) for place in places for seed in (1, 2)}
    assert len(seeds) == 2 * len(places)
    assert seed_at(7, crop(64, 64, 8, 8)) == seed_at(7, crop(64, 64, 8, 8))


@pytest.mark.parametrize("scale", [1, 0.5, 2.0])
def test_the_lines_of_a_control_are_cut_to_the_crop(ctx: Context, scale: float):
    """Whatever the size of their picture."""
    lines = np.zeros((int(600 * scale), int(800 * scale), 3), np.float32)
    lines[int(100 * scale) : int(300 * scale), int(200 * scale) : int(400 * scale)] = 1
    addons = Addons(controls=(Control("lines", Image(lines)),))
    echo = Echo(side=128)
    fill = Prompted(echo, Wish("", addons=addons), "photo", (600, 800))
    fill(ctx, slope(128, 128), middle(128, 128), crop(128, 128, top=36, left=136))
    ((wish, _, _),) = echo.shown
    (control,) = wish.addons.controls
    expected = np.zeros((128, 128))
    expected[64:, 64:] = 1
    assert control.picture.pixels.shape == (128, 128, 3)
    assert np.abs(control.picture.pixels[..., 0] - expected).mean() < 0.02


def test_what_was_drawn_from_afar_is_drawn_over_with_less_strength(ctx: Context):
    """And begins with what is there, whatever the first look began with."""
    pixels, hole = slope(512, 512), middle(512, 512)
    drawn = np.where(hole[..., None], np.float32(1), pixels)
    echo = Echo()
    for strength in (1.0, 0.2):
        fill = Prompted(echo, Wish("", strength=strength), "surroundings", (512, 512))
        fill(ctx, drawn, hole, crop(512, 512)._replace(again=True))
    assert [wish.strength for wish, _, _ in echo.shown] == [CLOSER, 0.2]
    assert all(np.array_equal(shown, drawn) for _, shown, _ in echo.shown)
