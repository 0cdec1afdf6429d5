"""Lines across narrow holes."""

from __future__ import annotations

import numpy as np
import pytest

from nodes.kinds.arrays import Floats
from nodes.repair.filling.diffusion import membrane
from nodes.repair.filling.holes import Holes, Marks
from nodes.repair.filling.rays import Idea, across


def idea(pixels: Floats, hole: Marks) -> Idea:
    """What the rays make of a picture whose hole was painted black."""
    damaged = np.where(hole[..., None], np.float32(0), pixels)
    holes = Holes(hole, np.zeros_like(hole), hole)
    return across(damaged, holes, membrane(damaged, ~hole))


def stripe(width: int, side: int = 80) -> Marks:
    """A scratch from left to right."""
    hole = np.zeros((side, side), np.bool_)
    hole[side // 2 : side // 2 + width] = True
    return hole


def edge(angle: float, side: int = 80) -> Floats:
    """Dark on one side of a soft line through the middle, light on the other."""
    y, x = np.mgrid[:side, :side].astype(np.float32) - side / 2
    across_it = x * np.sin(np.radians(angle)) - y * np.cos(np.radians(angle))
    return (0.5 + 0.3 * np.tanh(across_it))[..., None].repeat(3, axis=2).astype(np.float32)


def test_known_pixels_stay_and_are_trusted(rng: np.random.Generator):
    pixels, hole = rng.random((40, 50, 3), np.float32), stripe(4)[:40, :50]
    found = idea(pixels, hole)
    assert np.array_equal(found.pixels[~hole], pixels[~hole])
    assert (found.trust[~hole] == 1).all()


@pytest.mark.parametrize("channels", [1, 3])
def test_a_slope_is_continued_exactly(channels: int):
    y, x = np.mgrid[:80, :80].astype(np.float32)
    slope = (0.1 + 0.004 * x + 0.005 * y)[..., None].repeat(channels, axis=2)
    hole = stripe(6)
    inside = (slice(None), slice(30, 50))
    assert np.allclose(idea(slope, hole).pixels[inside], slope[inside], atol=0.004)


@pytest.mark.parametrize("angle", [30, 45, 60, 75, 90, 120, 150])
def test_edges_are_joined_again(angle: float):
    """At every angle nearer to the truth than a smooth skin, by half."""
    pixels, hole = edge(angle), stripe(7)
    skin = membrane(np.where(hole[..., None], np.float32(0), pixels), ~hole)
    found = np.abs(idea(pixels, hole).pixels - pixels)[hole].mean()
    assert found < 0.5 * np.abs(skin - pixels)[hole].mean()


def test_sides_that_disagree_are_trusted_less(rng: np.random.Generator):
    flat = np.full((80, 80, 3), 0.5, np.float32)
    noise = rng.random((80, 80, 3), np.float32)
    hole = stripe(5)
    assert idea(noise, hole).trust[hole].mean() < 0.2 * idea(flat, hole).trust[hole].mean()


def test_the_wider_the_hole_the_less_trust():
    flat = np.full((80, 80, 3), 0.5, np.float32)
    trust = [float(idea(flat, stripe(width)).trust[41].mean()) for width in (3, 9, 15)]
    assert trust[0] > trust[1] > trust[2] > 0


def test_where_no_line_has_two_ends_the_skin_stays():
    pixels = edge(60)
    hole = stripe(40)
    found = idea(pixels, hole)
    skin = membrane(np.where(hole[..., None], np.float32(0), pixels), ~hole)
    assert (found.trust[hole] == 0).all()
    assert np.array_equal(found.pixels[hole], skin[hole])


@pytest.mark.parametrize("shape", [(1, 9), (9, 1), (3, 3)], ids=str)
def test_tiny_windows(shape: tuple[int, int]):
    pixels = np.full((*shape, 3), 0.5, np.float32)
    hole = np.zeros(shape, np.bool_)
    hole[shape[0] // 2, shape[1] // 2] = True
    assert np.allclose(idea(pixels, hole).pixels, 0.5, atol=1e-5)
