from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import nodes.repair.finding.trees
from training.boosting import Boosting, fit, save

NAMES = ("one", "other", "noise")
SMALL = Boosting(rounds=30, depth=3, measures=1)


@pytest.fixture
def lesson(rng) -> tuple[np.ndarray, np.ndarray]:
    """Exclusive or: neither measure alone says anything."""
    table = rng.uniform(-1, 1, (3000, 3)).astype(np.float32)
    return table, (table[:, 0] > 0) != (table[:, 1] > 0)


def _fit(lesson, boosting=SMALL, weights=None):
    table, truth = lesson
    return fit(NAMES, table, truth, np.ones(len(table), np.float32) if weights is None else weights, boosting)


def _judged(trees, table) -> np.ndarray:
    return trees.probability(dict(zip(NAMES, table.T, strict=True)))


def test_exclusive_or_is_learnt(lesson, rng):
    fresh = rng.uniform(-1, 1, (1000, 3)).astype(np.float32)
    likely = _judged(_fit(lesson), fresh)
    assert ((likely > 0.5) == ((fresh[:, 0] > 0) != (fresh[:, 1] > 0))).mean() > 0.95


def test_more_trees_are_surer(lesson):
    table, truth = lesson
    losses = [-np.log(np.abs(_judged(_fit(lesson, replace(SMALL, rounds=n)), table) - ~truth)).mean() for n in (2, 30)]
    assert losses[1] < 0.7 * losses[0]


def test_a_seed_gives_the_same_trees(lesson):
    one, same, other = (_fit(lesson, replace(SMALL, seed=seed)) for seed in (1, 1, 2))
    assert np.array_equal(one.leaf, same.leaf)
    assert np.array_equal(one.threshold, same.threshold)
    assert not np.array_equal(one.leaf, other.leaf)


def test_weights_shift_what_is_likely(lesson):
    table, truth = lesson
    heavy = np.where(truth, 5, 1).astype(np.float32)
    assert _judged(_fit(lesson, weights=heavy), table).mean() > _judged(_fit(lesson), table).mean() + 0.03


def test_where_nothing_can_be_learnt_the_share_remains(rng):
    table = np.ones((400, 3), np.float32)
    truth = rng.random(400) < 0.25
    assert _judged(_fit((table, truth)), table) == pytest.approx(truth.mean(), abs=0.02)


def test_progress_is_told_once_a_tree(lesson):
    told: list[int] = []
    table, truth = lesson
    fit(NAMES, table, truth, np.ones(len(table), np.float32), SMALL, lambda: told.append(1))
    assert len(told) == SMALL.rounds


@pytest.mark.parametrize("truth", [False, True])
def test_rows_that_are_all_alike_are_refused(truth):
    with pytest.raises(ValueError, match="nothing to tell apart"):
        _fit((np.ones((10, 3), np.float32), np.full(10, truth)))


def test_saved_trees_load_where_the_search_looks_for_them(lesson, tmp_path, monkeypatch):
    trees = _fit(lesson)
    save(trees, tmp_path / "xor.npz")
    monkeypatch.setattr(nodes.repair.finding.trees, "__file__", str(tmp_path / "trees.py"))
    loaded = nodes.repair.finding.trees.trees("xor")
    assert np.array_equal(_judged(loaded, lesson[0]), _judged(trees, lesson[0]))
    assert loaded.names == NAMES
