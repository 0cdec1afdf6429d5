"""The map of damage: the network over pictures of any size, in two sizes, and what is made of both."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from safetensors.torch import save_file

from graph.context import Context
from graph.errors import Cancelled, StepError
from nodes.kinds.image import Image, Origin
from nodes.models.device import Device
from nodes.models.scratch_network import BLOCK, OVERLAP, TILE, ScratchModel, ScratchNetwork, channels
from nodes.repair.finding.broad import NEAR, broadened
from nodes.repair.finding.classical import classical_map
from nodes.repair.finding.damage_map import CLASSICAL, likelihood
from nodes.repair.finding.look import Look
from nodes.repair.map_damage import map_damage
from tests.conftest import Lend
from tests.nodes.models.tiny_scratches import tiny_scratches


class Nearsighted:
    """In the place of a network: it says how bright the nearest pixels of the first channel are."""

    batch = 3
    reach = 7

    def __init__(self) -> None:
        self.shapes: set[tuple[int, ...]] = set()

    def likely(self, check: Callable[[], None], seen: Sequence[np.ndarray]) -> list[np.ndarray]:
        check()
        self.shapes |= {each.shape for each in seen}
        side = 2 * self.reach + 1
        return [np.clip(cv2.blur(each[..., 0], (side, side)) / 4 + 0.5, 0, 1) for each in seen]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small random network."""
    return tiny_scratches(tmp_path_factory.mktemp("weights")).parent


@pytest.fixture
def lent(lend: Lend, tiny: Path) -> Context:
    return lend(tiny)


def light(height: int, width: int) -> np.ndarray:
    """Soft shapes with grain."""
    rng = np.random.default_rng(height + width)
    shapes = cv2.resize(rng.random((6, 9), dtype=np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    return np.clip(shapes + rng.normal(0, 0.05, (height, width)), 0, 1).astype(np.float32)


def photo(height: int, width: int) -> Image:
    return Image(np.repeat(light(height, width)[..., None], 3, axis=2))


def whole(network: Nearsighted | ScratchNetwork, values: np.ndarray) -> np.ndarray:
    """All at once, without tiles."""
    height, width = values.shape
    seen = np.pad(channels(values), ((0, -height % BLOCK), (0, -width % BLOCK), (0, 0)), "edge")
    return network.likely(lambda: None, [seen])[0][:height, :width]


@pytest.mark.parametrize("shape", [(700, 1300), (TILE, TILE + 1), (2 * TILE - OVERLAP, 200), (70, 1500)])
def test_tiles_give_what_the_whole_gives(ctx: Context, shape: tuple[int, int]):
    network, values = Nearsighted(), light(*shape)
    tiled = likelihood(ctx, network, values, wide=False, close=False)  # pyright: ignore[reportArgumentType] - it stands for one
    assert np.abs(tiled - whole(network, values)).max() < 1e-4


def test_a_small_photo_is_looked_at_enlarged_as_well(ctx: Context):
    network, values = Nearsighted(), light(70, 90)
    values[30, 40] = 1
    near, far = (likelihood(ctx, network, values, close=close) for close in (True, False))  # pyright: ignore[reportArgumentType] - it stands for one
    assert (near >= far).all()
    assert (near > far).any()
    assert near.shape == values.shape


def test_a_large_photo_is_not_enlarged(ctx: Context):
    network, values = Nearsighted(), light(1000, 1501)
    near, far = (likelihood(ctx, network, values, close=close) for close in (True, False))  # pyright: ignore[reportArgumentType] - it stands for one
    assert np.array_equal(near, far)


def test_tiles_are_equal_and_no_larger_than_they_need_be(ctx: Context):
    network = Nearsighted()
    look = Look(ctx, light(600, 1000))
    for places in look.places(network.batch):
        look.at(places, network, ctx.check)  # pyright: ignore[reportArgumentType] - it stands for one
    (shape,) = network.shapes
    assert shape[0] % BLOCK == shape[1] % BLOCK == 0
    assert max(shape) <= TILE
    assert [len(places) for places in look.places(network.batch)] == [3, 3]


def test_a_real_network_shows_no_seams(lent: Context):
    """What it sees beyond a tile's rim is nothing; the tiles overlap and fade for that."""
    values = light(200, 1100)
    with lent.borrow(ScratchModel("scratches")) as network:
        tiled = likelihood(lent, network, values, wide=False, close=False)
        at_once = whole(network, values)
    assert at_once.std() > 0.05
    apart = np.abs(tiled - at_once)
    assert apart.mean() < 0.4 * at_once.std(), "a random network sees farther than a trained one"
    steps, usual = np.abs(np.diff(tiled, axis=1)).mean(axis=0), np.abs(np.diff(at_once, axis=1)).mean(axis=0)
    assert (steps < 3 * usual.mean() + usual).all()


@pytest.mark.parametrize("shape", [(1, 1), (1, 9), (7, 5), (63, 65), (4000, 3), (129, 131)])
@pytest.mark.parametrize("wide", [True, False])
def test_any_size_works(lent: Context, shape: tuple[int, int], wide: bool):
    found = map_damage(lent, photo(*shape), wide=wide).values
    assert found.shape == shape
    assert np.isfinite(found).all()


def test_the_same_photo_gives_the_same_map(lent: Context):
    image = photo(150, 170)
    assert np.array_equal(map_damage(lent, image).values, map_damage(lent, image).values)


def test_the_network_sees_srgb(lent: Context):
    """The same picture in another profile is the same."""
    from imagecodecs import cms_profile

    from nodes.pixels.profile import convert

    image, profile = photo(100, 110), cms_profile("adobergb")
    other = Image(convert(image.pixels, None, profile), Origin(profile=profile))
    assert np.abs(map_damage(lent, image).values - map_damage(lent, other).values).max() < 0.02


def test_the_classical_way_needs_no_network(ctx: Context):
    image = photo(120, 130)
    assert np.array_equal(map_damage(ctx, image, finder=CLASSICAL).values, classical_map(ctx, image))


def test_it_stops_when_cancelled(lent: Context):
    cancelled = threading.Event()
    seen: list[float] = []

    def listen(fraction: float, _: bytes) -> None:
        seen.append(fraction)
        if fraction > 0.3:
            cancelled.set()

    with pytest.raises(Cancelled):
        map_damage(replace(lent, cancelled=cancelled, on_progress=listen), photo(600, 1300))
    assert max(seen) < 0.9


def test_without_the_file_it_says_how_to_get_it_back(lend: Lend, tmp_path: Path):
    with pytest.raises(StepError, match=r"part of Heirloom.*git checkout weights/scratches\.safetensors"):
        map_damage(lend(tmp_path), photo(9, 9))


def test_a_network_of_ones_own_is_taken_and_others_refused(lend: Lend, tmp_path: Path):
    import torch

    tiny_scratches(tmp_path, "mine.safetensors")
    save_file({"a": torch.zeros(2)}, tmp_path / "other.safetensors")
    assert map_damage(lend(tmp_path), photo(40, 50), finder="mine.safetensors").values.any()
    with pytest.raises(StepError, match="no network that finds scratches"):
        map_damage(lend(tmp_path), photo(40, 50), finder="other.safetensors")


def test_half_precision_changes_little(lend: Lend, tiny: Path):
    image = photo(200, 230)
    full, half = (map_damage(lend(tiny, device=Device("cpu", name)), image).values for name in ("full", "half"))
    assert np.abs(full - half).mean() < 0.02


def test_the_inside_of_wide_damage_is_filled(ctx: Context):
    """A bar 20 pixels wide, of which the close look sees the rims."""
    fine, coarse = np.zeros((101, 120), np.float32), np.zeros((51, 60), np.float32)
    fine[:, [50, 69]] = 0.9
    coarse[:, 25:35] = 0.8
    found = broadened(ctx, fine.copy(), coarse)
    assert (found[:, 52:68] > 0.75).all()
    assert not found[:, :45].any()
    assert not found[:, 75:].any()
    assert np.allclose(found[:, [50, 69]], 0.9)


def test_the_look_at_half_size_finds_nothing_by_itself(ctx: Context):
    fine, coarse = np.zeros((300, 300), np.float32), np.zeros((150, 150), np.float32)
    fine[40:44, 10:200] = 0.9
    coarse[20 + 2 * NEAR : 60, 20:60] = 1
    coarse[:, 100] = 1
    assert np.array_equal(broadened(ctx, fine.copy(), coarse), fine)


def test_both_looks_are_joined_without_seams(ctx: Context):
    rng = np.random.default_rng(5)
    fine, coarse = rng.random((2101, 40), dtype=np.float32) ** 4, rng.random((1051, 20), dtype=np.float32)
    at_once = broadened(ctx, fine.copy(), coarse)
    part = broadened(ctx, fine[1600:].copy(), coarse[800:])
    assert np.allclose(part[60:], at_once[1660:], atol=1e-6)


def test_with_doubt_nothing_gets_likelier(lent: Context):
    image = photo(200, 230)
    plain, doubted = (map_damage(lent, image, doubt=doubt).values for doubt in (False, True))
    assert (doubted <= plain).all()
    assert np.array_equal(doubted[plain < 0.5], plain[plain < 0.5])
