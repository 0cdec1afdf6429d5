"""The second thought about a map of damage: its pieces measured, and what belongs to the picture spared."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from bench.judging.damages import damaged, from_packages, smaller
from graph.context import Context, Tile, tiles
from graph.errors import Cancelled
from nodes.kinds.image import Image, Origin
from nodes.models.catalog import SHIPPED
from nodes.pixels.profile import convert
from nodes.repair.finding.components import SURE, Components
from nodes.repair.finding.damage_map import damage_map
from nodes.repair.finding.doubt import LEAST, doubted, found
from nodes.repair.finding.pieces import Pieces
from tests.conftest import Lend

SURELY = 0.8
"""What the shipped workflows ask for."""

LINE, EDGE = (slice(20, 120), slice(59, 63)), (slice(20, 120), slice(139, 143))


def print_(rng: np.random.Generator) -> np.ndarray:
    """A light line on a grey ground, and a step from grey to bright, under a little grain."""
    pixels = np.full((160, 200), 0.4, np.float32)
    pixels[:, 141:] = 0.8
    pixels[LINE] = 0.9
    return np.repeat((cv2.GaussianBlur(pixels, (0, 0), 0.6) + rng.normal(0, 0.01, pixels.shape))[..., None], 3, 2)


def a_map(*places: tuple[slice, slice]) -> np.ndarray:
    likely = np.zeros((160, 200), np.float32)
    for place in places:
        likely[place] = 0.9
    return likely


def pieces(ctx: Context, image: Image, likely: np.ndarray) -> Pieces:
    pieces = found(ctx, image, likely)
    assert pieces is not None
    return pieces


def test_a_line_has_the_same_on_both_sides_and_an_edge_has_not(ctx: Context, rng: np.random.Generator):
    image = Image(print_(rng).clip(0, 1).astype(np.float32))
    measures = pieces(ctx, image, a_map(LINE, EDGE)).measures
    line, edge = (int(np.flatnonzero(measures["light"] == value)[0]) for value in sorted(measures["light"])[::-1])
    assert measures["ridge"][line] == pytest.approx(0.5, abs=0.05)
    assert measures["sides"][line] < 0.03
    assert measures["contrast"][line] == pytest.approx(0.5, abs=0.05)
    assert measures["ridge"][edge] < 0.01
    assert measures["sides"][edge] == pytest.approx(0.4, abs=0.05)


def test_shapes_are_those_of_the_pieces(ctx: Context, rng: np.random.Generator):
    image = Image(print_(rng).clip(0, 1).astype(np.float32))
    measures = pieces(ctx, image, a_map(LINE)).measures
    assert np.exp(measures["length"][0]) == pytest.approx(100, rel=0.05)
    assert np.exp(measures["breadth"][0]) == pytest.approx(4, rel=0.1)
    assert measures["straight"][0] == pytest.approx(1, abs=0.05)
    assert measures["flat"][0] == pytest.approx(0.04, abs=0.01)


def test_tiles_do_not_show(ctx: Context, rng: np.random.Generator, monkeypatch: pytest.MonkeyPatch):
    image, likely = Image(rng.random((150, 170, 3), np.float32)), rng.random((150, 170), np.float32) ** 3
    whole = pieces(ctx, image, likely).measures
    monkeypatch.setattr("nodes.repair.finding.pieces.tiles", _tiles)
    parts = pieces(ctx, image, likely).measures
    for name in whole:
        assert np.allclose(whole[name], parts[name], atol=2e-3), name


def _tiles(height: int, width: int, reach: int) -> list[Tile]:
    return tiles(height, width, reach, 40)


def test_it_only_ever_lowers_what_is_likely_enough(ctx: Context, rng: np.random.Generator):
    image, likely = Image(print_(rng).clip(0, 1).astype(np.float32)), a_map(LINE, EDGE)
    likely[100:150, 10:40] = 0.3
    after = doubted(ctx, image, likely.copy())
    assert (after <= likely).all()
    assert np.array_equal(after[likely < LEAST], likely[likely < LEAST])
    assert after.min() >= 0


def test_a_dusty_print_keeps_its_dust_and_the_same_sound_is_spared(lend: Lend):
    """A launch pad with a lattice mast, which the network takes for scratches."""
    lent, photo = lend(SHIPPED), smaller(from_packages()[3], 640)
    dusty = damaged(photo, "dust", 3)
    hurt = np.abs(dusty - photo.truth).max(axis=2) > 0.08
    before, after = (damage_map(lent, Image(dusty), doubt=doubt) >= SURELY for doubt in (False, True))
    assert np.count_nonzero(after & hurt) > 0.8 * np.count_nonzero(before & hurt)
    assert np.count_nonzero(after & ~hurt) < 0.8 * np.count_nonzero(before & ~hurt)
    sound, spared = (damage_map(lent, Image(photo.truth), doubt=doubt) >= SURELY for doubt in (False, True))
    assert sound.any()
    assert not spared.any()


def test_a_map_without_finds_stays(ctx: Context):
    likely = np.full((9, 11), 0.4, np.float32)
    assert found(ctx, Image(np.zeros((9, 11, 3), np.float32)), likely) is None
    assert (doubted(ctx, Image(np.zeros((9, 11, 3), np.float32)), likely) == np.float32(0.4)).all()


@pytest.mark.parametrize("shape", [(1, 1), (1, 40), (40, 1), (7, 5)])
@pytest.mark.parametrize("level", [0.0, 0.5, 1.0])
def test_any_size_works_and_a_map_that_is_all_damage(ctx: Context, shape: tuple[int, int], level: float):
    image = Image(np.full((*shape, 3), level, np.float32))
    after = doubted(ctx, image, np.ones(shape, np.float32))
    assert np.isfinite(after).all()
    assert after.min() >= 0


def test_the_same_picture_in_another_profile_is_judged_alike(ctx: Context, rng: np.random.Generator):
    from imagecodecs import cms_profile

    profile = cms_profile("adobergb")
    image = Image(print_(rng).clip(0, 1).astype(np.float32))
    other = Image(convert(image.pixels, None, profile), Origin(profile=profile))
    one, two = (pieces(ctx, each, a_map(LINE)).measures for each in (image, other))
    assert one["contrast"][0] == pytest.approx(two["contrast"][0], abs=0.01)


def test_it_stops_when_cancelled(ctx: Context):
    ctx.cancelled.set()
    marks = np.full((50, 50), SURE, np.uint8)
    with pytest.raises(Cancelled):
        Pieces(ctx, Components(Context(), marks), Image(np.zeros((50, 50, 3), np.float32)), np.ones((50, 50), "f4"))
