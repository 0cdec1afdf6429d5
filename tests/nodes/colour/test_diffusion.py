from __future__ import annotations

import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse.linalg import spsolve

from graph.context import Context
from graph.errors import Cancelled
from nodes.colour.diffusion import diffused, equations


@pytest.fixture
def scene(rng):
    """Lightness in two halves with grain, and a dot of another value in each."""
    light = (np.where(np.arange(80) < 40, 30, 70) + rng.normal(0, 1, (60, 80))).astype(np.float32)
    known, certain = np.zeros((60, 80, 2), np.float32), np.zeros((60, 80), np.float32)
    for column, values in ((10, (40, 5)), (70, (-20, 5))):
        known[28:32, column : column + 4], certain[28:32, column : column + 4] = values, 1
    return light[..., None], known, certain


def test_it_solves_the_equations(ctx, scene):
    """Against scipy's direct solver."""
    guide, known, certain = scene
    matrix, right = equations(guide, known, certain, 1e-3)
    expected = spsolve(matrix.tocsc().astype(np.float64), right)
    assert np.abs(diffused(ctx, guide, known, certain, 1e-3).reshape(-1, 2) - expected).max() < 0.2


def test_the_equations_are_symmetric_and_each_row_sums_to_what_holds_it(scene):
    guide, known, certain = scene
    matrix, right = equations(guide, known, certain, 0.0)
    assert abs(matrix - matrix.T).max() == 0
    assert np.allclose(matrix.sum(axis=1) * known.reshape(-1, 2).T, right.T, atol=2e-3)


def test_values_keep_to_their_side_of_an_edge(ctx, scene):
    guide, known, certain = scene
    found = diffused(ctx, guide, known, certain, 0.0)
    assert np.abs(found[:, :38, 0] - 40).max() < 5
    assert np.abs(found[:, 42:, 0] + 20).max() < 5


def test_a_value_known_in_one_place_fills_the_picture(ctx, rng):
    guide = (rng.random((50, 70, 1)) * 100).astype(np.float32)
    known, certain = np.full((50, 70, 1), 17, np.float32), np.zeros((50, 70), np.float32)
    certain[20, 30] = 1
    assert np.abs(diffused(ctx, guide, known, certain, 0.0) - 17).max() < 0.1


def test_with_a_pull_it_fades_with_that_reach(ctx):
    known, certain = np.ones((9, 200, 1), np.float32), np.zeros((9, 200), np.float32)
    certain[:, :3] = 1
    found = diffused(ctx, np.zeros((9, 200, 1), np.float32), known, certain, 1 / 20**2)[4, :, 0]
    assert found[22] == pytest.approx(np.exp(-1), abs=0.03)
    assert (np.diff(found) < 1e-4).all()


@settings(max_examples=20, deadline=None)
@given(height=st.integers(1, 70), width=st.integers(1, 70), seed=st.integers(0, 2**16))
def test_nothing_goes_beyond_what_is_known(height, width, seed):
    rng = np.random.default_rng(seed)
    certain = (rng.random((height, width)) < 0.1).astype(np.float32)
    certain[0, 0] = 1
    known = rng.uniform(-50, 50, (height, width, 2)).astype(np.float32)
    found = diffused(Context(), (rng.random((height, width, 1)) * 100).astype(np.float32), known, certain, 0.0)
    assert np.isfinite(found).all()
    assert np.abs(found).max() <= 50.5


def test_it_can_be_cancelled(scene):
    guide, known, certain = scene
    stop = threading.Event()
    stop.set()
    with pytest.raises(Cancelled):
        diffused(Context(cancelled=stop), guide, known, certain, 0.0)
