"""Which way of drawing is chosen for the memory there is."""

from __future__ import annotations

from itertools import pairwise

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from nodes.models.diffusion.memory import FLAT, LADDER, STREAMED, Demand, Plan, demand, free, plan, thriftier

MB, GB = 2**20, 2**30

SD1 = (235 * MB, 1640 * MB, 160 * MB)
"""Bytes of text encoder, UNet and VAE of Stable Diffusion 1.5 in fp16."""
SDXL = (1560 * MB, 4900 * MB, 320 * MB)
"""Of SDXL, whose VAE is in fp32."""

demands = st.builds(
    Demand,
    encoders=st.integers(0, 4 * GB),
    unet=st.integers(STREAMED, 12 * GB),
    vae=st.integers(0, GB),
    drawing=st.integers(0, 40 * GB),
    decoding=st.integers(0, 40 * GB),
    tile=st.integers(0, GB),
    passes=st.integers(1, 2),
)


def test_the_usual_cards():
    small, large = demand("sd1", SD1, (512, 512), (2, 2), 2), demand("sdxl", SDXL, (1024, 1024), (2, 4), 2)
    assert plan(small, 8 * GB) == Plan()
    assert plan(small, int(2.2 * GB)) == Plan("parts")
    assert plan(small, GB) == Plan("layers", slices=True, tiles=True)
    assert plan(large, 24 * GB) == Plan()
    assert plan(large, 8 * GB) == Plan("parts")
    assert plan(large, 4 * GB) == Plan("layers", slices=True, tiles=True)


def test_a_large_picture_is_developed_in_tiles():
    assert plan(demand("sd1", SD1, (2048, 3072), (2, 2), 2), 12 * GB).tiles
    assert plan(demand("sd1", SD1, (2048, 3072), (4, 4), 2), 20 * GB, FLAT) == Plan(slices=True, tiles=True)


@given(demands, st.integers(0, 80 * GB), st.sampled_from([LADDER, FLAT]))
def test_the_fastest_that_fits(wanted: Demand, there: int, ladder: tuple[Plan, ...]):
    chosen = plan(wanted, there, ladder)
    assert wanted.of(chosen) <= there or chosen == ladder[-1]
    assert all(wanted.of(faster) > there for faster in ladder[: ladder.index(chosen)])


@given(demands, st.sampled_from([LADDER, FLAT]))
def test_every_next_plan_takes_no_more(wanted: Demand, ladder: tuple[Plan, ...]):
    taken = [wanted.of(each) for each in ladder]
    assert all(later <= before for before, later in pairwise(taken))


@given(demands, st.integers(0, 80 * GB), st.integers(0, 80 * GB))
def test_more_memory_is_never_slower(wanted: Demand, one: int, other: int):
    less, more = sorted((one, other))
    assert LADDER.index(plan(wanted, more)) <= LADDER.index(plan(wanted, less))


@pytest.mark.parametrize("ladder", [LADDER, FLAT])
def test_thriftier_ends(ladder: tuple[Plan, ...]):
    chosen, seen = ladder[0], [ladder[0]]
    while found := thriftier(chosen, ladder):
        chosen = found
        seen.append(found)
    assert tuple(seen) == ladder


def test_free_memory_is_what_this_machine_may_have():
    there = free(torch.device("cpu"))
    assert 16 * MB < there < 16 * 1024 * GB
