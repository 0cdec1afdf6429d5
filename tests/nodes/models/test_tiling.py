from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import Cancelled, StepError
from nodes.kinds.arrays import Floats
from nodes.models.device import Device
from nodes.models.footprint import bytes_per_pixel
from nodes.models.grid import ramp, span
from nodes.models.network import Network, TorchModel
from nodes.models.tiling import run_tiled
from tests.nodes.models.tiny_upscale import tiny_general, tiny_x2plus, tiny_x4plus

OUT_OF_MEMORY = [RuntimeError("can't allocate memory"), MemoryError(), torch.OutOfMemoryError("CUDA out of memory")]

SIZES = [(1, 1), (1, 3000), (7, 5), (3000, 2), (130, 257)]


def decibels(one: Floats, two: Floats) -> float:
    return float(-10 * np.log10(((one - two) ** 2).mean() + 1e-30))


def loaded(path, **device) -> Network:
    return TorchModel("x").load({"x": path}, replace(Device("cpu", "full"), **device))[0]


class Card(str):
    """A device that torch takes for the processor, and the tiling for a graphics card."""

    __slots__ = ()
    type = "cuda"


@dataclass
class Doubling:
    """Stands for a network: each pixel twice as wide and high, plus the mean of its neighbours."""

    most: int = 10_000
    """Pixels a side above which memory runs out."""
    needs: dict[str, Any] = field(default_factory=dict[str, Any])
    inputs: int = 3
    device: Any = field(default_factory=lambda: torch.device("cpu"))
    shapes: list[tuple[int, ...]] = field(default_factory=list[tuple[int, ...]])
    error: Exception = field(default_factory=lambda: RuntimeError("DefaultCPUAllocator: can't allocate memory"))
    helped: list[str | None] = field(default_factory=list["str | None"])
    wrong: float = 0.0
    """What is added to the result until the precision is full."""
    scale = 2
    outputs = 3
    architecture = "Doubling"
    layers = torch.float32
    dtype = torch.float32
    memory = 2**30
    per_pixel = 100

    @property
    def requirements(self) -> Any:
        return SimpleNamespace(**{"minimum": 0, "multiple_of": 1, "square": False, **self.needs})

    def run(self, check, tensor: torch.Tensor) -> torch.Tensor:
        check()
        self.shapes.append(tuple(tensor.shape))
        if max(tensor.shape[2:]) > self.most:
            raise self.error
        around = torch.nn.functional.avg_pool2d(tensor, 5, 1, 2, count_include_pad=False)
        return ((tensor + around) / 2).repeat_interleave(2, 2).repeat_interleave(2, 3) + self.wrong

    @contextmanager
    def full(self, device: str | None = None) -> Generator[None]:
        before = self.wrong, self.device, self.most
        self.helped.append(device)
        self.wrong, self.device = 0.0, torch.device(device or self.device)
        self.most = 10_000 if device else self.most
        yield
        self.wrong, self.device, self.most = before


def expected(pixels: Floats) -> Floats:
    return run_one(Doubling(), pixels)


def run_one(network: Any, pixels: Floats) -> Floats:
    tensor = torch.from_numpy(pixels.copy()).permute(2, 0, 1)[None]
    return network.run(lambda: None, tensor)[0].permute(1, 2, 0).numpy()


@given(st.integers(1, 3000), st.integers(1, 300), st.integers(0, 40), st.sampled_from([1, 2, 4, 8]), st.integers(0, 64))
def test_stretches_cover_a_side_evenly(length, most, overlap, multiple, minimum):
    found = span(length, most, overlap, multiple, minimum)
    assert found.starts[0] == 0
    assert found.starts[-1] + found.tile >= length
    assert found.tile % multiple == 0
    assert found.tile >= minimum
    assert all(start % multiple == 0 for start in found.starts)
    assert all(found.shared(index) >= overlap for index in range(1, len(found.starts)))
    assert all(start < length for start in found.starts)


@given(st.integers(1, 300))
def test_the_ramp_rises_and_ends_where_the_other_tile_counts_alone(length):
    weights = ramp(length)
    assert (np.diff(weights) >= 0).all()
    assert np.allclose(weights + weights[::-1], 1, atol=1e-6)
    assert (weights[: length // 4] < 1e-6).all()


@pytest.mark.parametrize("tiny", [tiny_general, tiny_x4plus, tiny_x2plus])
@pytest.mark.parametrize("size", [(150, 170), (97, 301)])
def test_tiles_do_not_show(ctx, rng, tmp_path, tiny, size):
    network, pixels = loaded(tiny(tmp_path)), rng.random((*size, 3), dtype=np.float32)
    whole = run_tiled(ctx, network, pixels, most=1000)
    assert whole.std() > 20 / 255
    assert decibels(run_tiled(ctx, network, pixels, most=80), whole) > 50


@pytest.mark.parametrize("tiny", [tiny_general, tiny_x2plus])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("value", [0.0, 1.0, None])
def test_any_size_black_white_or_noise(ctx, rng, tmp_path, tiny, size, value):
    network = loaded(tiny(tmp_path))
    pixels = rng.random((*size, 3), dtype=np.float32) if value is None else np.full((*size, 3), value, np.float32)
    result = run_tiled(ctx, network, pixels)
    assert result.shape == (size[0] * network.scale, size[1] * network.scale, 3)
    assert np.isfinite(result).all()
    assert result.min() >= 0
    assert result.max() <= 1


@pytest.mark.parametrize(
    "needs", [{"multiple_of": 8}, {"minimum": 64}, {"square": True}, {"square": True, "multiple_of": 4}]
)
@pytest.mark.parametrize("size", [(1, 1), (50, 70), (131, 203), (300, 20)])
def test_what_a_network_requires_of_a_size(ctx, rng, needs, size):
    network, pixels = Doubling(needs=needs), rng.random((*size, 3), dtype=np.float32)
    result = run_tiled(ctx, network, pixels, most=96)  # pyright: ignore[reportArgumentType] - stands for a Network
    for _, _, height, width in network.shapes:
        assert height % needs.get("multiple_of", 1) == width % needs.get("multiple_of", 1) == 0
        assert min(height, width) >= needs.get("minimum", 0)
        assert height == width or not needs.get("square")
    # Mirrored borders average otherwise than cut ones: only there may it differ.
    assert np.abs(result - expected(pixels))[:-4, :-4].max(initial=0) < 1e-6


def test_a_picture_that_fits_is_one_piece(ctx, rng):
    network = Doubling()
    run_tiled(ctx, network, rng.random((200, 256, 3), dtype=np.float32))  # pyright: ignore[reportArgumentType] - as above
    assert network.shapes == [(1, 3, 200, 256)]


def test_grey_and_colour_through_networks_of_one_and_three_channels(ctx, rng):
    colour = rng.random((20, 30, 3), dtype=np.float32)
    grey = np.repeat(colour[..., :1], 3, axis=2)
    one = Doubling(inputs=1)
    for pixels, planes in ((colour, 3), (grey, 1)):
        assert np.allclose(run_tiled(ctx, one, pixels), expected(pixels), atol=1e-6)  # pyright: ignore[reportArgumentType] - as above
        assert one.shapes[-1] == (planes, 1, 20, 30)
    assert np.allclose(run_tiled(ctx, Doubling(), grey[..., :1]), expected(grey), atol=1e-6)  # pyright: ignore[reportArgumentType] - as above


def test_grey_results_stay_grey(ctx, rng, tmp_path):
    pixels = np.repeat(rng.random((40, 40, 1), dtype=np.float32), 3, axis=2)
    network = loaded(tiny_general(tmp_path))
    assert np.ptp(run_tiled(ctx, network, pixels), axis=2).max() > 0
    assert np.ptp(run_tiled(ctx, network, pixels, grey=True), axis=2).max() == 0


def test_before_and_after_see_every_pixel_once(ctx, rng):
    pixels, seen = rng.random((150, 90, 3), dtype=np.float32), np.zeros(300)

    def after(rows: Floats, where: slice) -> Floats:
        seen[where] += 1
        assert rows.shape == (where.stop - where.start, 180, 3)
        return 1 - rows

    result = run_tiled(ctx, Doubling(), pixels, before=lambda piece: 1 - piece, after=after, most=80)  # pyright: ignore[reportArgumentType] - as above
    assert (seen == 1).all()
    assert np.allclose(result, expected(pixels), atol=1e-5)


@pytest.mark.parametrize("error", OUT_OF_MEMORY)
def test_memory_that_runs_out(ctx, rng, error):
    pixels, told = rng.random((200, 230, 3), dtype=np.float32), list[str]()
    network = Doubling(most=80, error=error)
    result = run_tiled(replace(ctx, on_warning=told.append), network, pixels)  # pyright: ignore[reportArgumentType] - as above
    assert np.allclose(result, expected(pixels), atol=1e-5)
    assert told == [f"Memory ran out: going on with pieces of {side} × {side} pixels." for side in (115, 64)]
    with pytest.raises(StepError, match="not enough memory for this network"):
        run_tiled(ctx, Doubling(most=10, error=error), pixels)  # pyright: ignore[reportArgumentType] - as above


def test_other_errors_are_not_taken_for_it(ctx, rng):
    network = Doubling(most=10, error=RuntimeError("the shapes do not match"))
    with pytest.raises(RuntimeError, match="the shapes do not match"):
        run_tiled(ctx, network, rng.random((100, 100, 3), dtype=np.float32))  # pyright: ignore[reportArgumentType] - as above


def test_a_card_with_too_little_memory_hands_over_to_the_processor(ctx, rng):
    pixels, told = rng.random((100, 100, 3), dtype=np.float32), list[str]()
    network = Doubling(most=20, device=Card("cpu"))
    result = run_tiled(replace(ctx, on_warning=told.append), network, pixels)  # pyright: ignore[reportArgumentType] - as above
    assert np.allclose(result, expected(pixels), atol=1e-5)
    assert network.helped == ["cpu"]
    assert "the processor does it" in told[-1]
    assert network.device.type == "cuda"


def test_a_card_works_on_several_tiles_together(ctx, rng):
    pixels = rng.random((90, 900, 3), dtype=np.float32)
    network = Doubling(device=Card("cpu"))
    assert np.allclose(run_tiled(ctx, network, pixels, most=96), expected(pixels), atol=1e-5)  # pyright: ignore[reportArgumentType] - as above
    assert [shape[0] for shape in network.shapes] == [8, 6]


def test_a_tile_that_overflows_in_half_precision_is_done_again(ctx, rng):
    pixels = rng.random((30, 30, 3), dtype=np.float32)
    network = Doubling(wrong=float("nan"))
    assert np.allclose(run_tiled(ctx, network, pixels), expected(pixels), atol=1e-6)  # pyright: ignore[reportArgumentType] - as above
    assert network.helped == [None]


def test_a_broken_network_is_told_of(ctx, rng, tmp_path):
    network = loaded(tiny_general(tmp_path))
    for weights in network.module.parameters():
        weights.fill_(float("nan"))
    nowhere = Doubling()
    with pytest.raises(StepError, match="no picture"):
        run_tiled(ctx, nowhere, rng.random((9, 9, 3), dtype=np.float32), work=lambda _, tensor: tensor * float("inf"))  # pyright: ignore[reportArgumentType] - as above


def test_cancelling_and_progress(ctx, rng, tmp_path):
    network, steps = loaded(tiny_general(tmp_path)), list[float]()
    pixels = rng.random((150, 150, 3), dtype=np.float32)
    run_tiled(replace(ctx, on_progress=lambda done, _: steps.append(done)), network, pixels, most=96)
    assert steps == sorted(steps)
    assert (steps[0], steps[-1]) == (0.0, 1.0)
    calls = 0

    def work(check, tensor):
        nonlocal calls
        calls += 1
        if calls == 2:
            ctx.cancelled.set()
        return network.run(check, tensor)

    with pytest.raises(Cancelled):
        run_tiled(ctx, network, pixels, most=96, work=work)
    assert calls == 2


def test_the_bound_decides_the_tiles(ctx, rng, tmp_path):
    shapes = list[tuple[int, ...]]()
    network = loaded(tiny_x4plus(tmp_path), memory=40 * 2**20)

    def work(check, tensor):
        shapes.append(tuple(tensor.shape[2:]))
        return network.run(check, tensor)

    run_tiled(ctx, network, rng.random((200, 200, 3), dtype=np.float32), work=work)
    assert len(shapes) > 1
    assert max(height * width for height, width in shapes) * bytes_per_pixel(network, ctx.check) <= 40 * 2**20
