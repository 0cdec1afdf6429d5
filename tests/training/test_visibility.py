from __future__ import annotations

import numpy as np
import pytest

from training.visibility import drowned


def _grain(rng: np.random.Generator, sigma: float) -> np.ndarray:
    return (0.5 + sigma * rng.standard_normal((96, 128))).astype(np.float32)


def _line(contrast: float, before: np.ndarray, length: int) -> tuple[np.ndarray, np.ndarray]:
    mask = np.zeros(before.shape, bool)
    mask[40:43, 10 : 10 + length] = True
    return before + np.float32(contrast) * mask, mask


@pytest.mark.parametrize(
    ("contrast", "length", "told"), [(0.3, 2, True), (0.1, 100, True), (0.1, 2, False), (0.02, 100, False)]
)
def test_a_mark_is_told_by_its_contrast_to_the_grain_and_its_area(rng, contrast, length, told):
    before = _grain(rng, 0.03)
    after, mask = _line(contrast, before, length)
    hidden = drowned(before, after, mask)
    assert not hidden[~mask].any()
    assert (np.mean(hidden[mask]) < 0.2) == told


def test_dashes_are_judged_as_one_line(rng):
    before = _grain(rng, 0.03)
    after, mask = _line(0.13, before, 110)
    mask[:, ::4] = False
    assert np.mean(drowned(before, np.where(mask, after, before), mask)[mask]) < 0.3


def test_the_faint_rim_of_a_clear_mark_is_drowned(rng):
    before = _grain(rng, 0.01)
    mask = np.zeros(before.shape, bool)
    mask[30:50, 30:60] = True
    after = before + np.float32(0.4) * mask
    after[30:50, 54:60] = before[30:50, 54:60] + np.float32(0.02)
    hidden = drowned(before, after, mask)
    assert not hidden[32:48, 32:50].any()
    assert hidden[32:48, 57:60].all()


def test_no_damage_hides_nothing(rng):
    before = _grain(rng, 0.02)
    assert not drowned(before, before, np.zeros(before.shape, bool)).any()
