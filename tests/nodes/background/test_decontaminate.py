from __future__ import annotations

import numpy as np
import pytest

from graph.context import Context
from graph.errors import Cancelled, StepError
from nodes.background import decontaminate as module
from nodes.background.decontaminate import decontaminate
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from tests.nodes.background.hair import hair


@pytest.fixture
def given():
    return hair()


def edge_error(pixels, given):
    edge = (given.alpha > 0.1) & (given.alpha < 1)
    return np.abs(pixels - given.subject)[edge].mean()


def test_the_edge_gets_the_subjects_own_colours(ctx, given):
    result = decontaminate(ctx, Image(given.picture), Mask(given.alpha)).pixels
    assert edge_error(result, given) < 0.2 * edge_error(given.picture, given)


def test_only_the_soft_edge_changes(ctx, given):
    result = decontaminate(ctx, Image(given.picture), Mask(given.alpha)).pixels
    hard = (given.alpha == 0) | (given.alpha == 1)
    assert np.array_equal(result[hard], given.picture[hard])


def test_half_the_strength_goes_half_the_way(ctx, given):
    whole, half = (decontaminate(ctx, Image(given.picture), Mask(given.alpha), strength=s).pixels for s in (1.0, 0.5))
    assert np.allclose(half, (given.picture + whole) / 2, atol=1e-5)


def test_smaller_copies_and_tiles_do_not_show(ctx, given, monkeypatch):
    whole = decontaminate(ctx, Image(given.picture), Mask(given.alpha)).pixels
    monkeypatch.setattr(Context.tiles, "__defaults__", (0, 64))
    assert np.abs(decontaminate(ctx, Image(given.picture), Mask(given.alpha)).pixels - whole).max() < 1e-5
    monkeypatch.setattr(module, "WORKED", given.alpha.size // 4)
    assert edge_error(decontaminate(ctx, Image(given.picture), Mask(given.alpha)).pixels, given) < 0.4 * edge_error(
        given.picture, given
    )


def test_a_grey_photo_stays_grey(ctx):
    given = hair(grey=True)
    result = decontaminate(ctx, Image(given.picture), Mask(given.alpha)).pixels
    assert np.ptp(result, axis=2).max() == 0


@pytest.mark.parametrize(("alpha", "strength"), [(0.0, 1.0), (1.0, 1.0), (0.5, 0.0)])
def test_nothing_to_do_returns_the_photo(ctx, alpha, strength):
    image = Image(np.full((20, 30, 3), 0.4, np.float32))
    assert decontaminate(ctx, image, Mask(np.full((20, 30), alpha, np.float32)), strength=strength) is image
    assert "unchanged" in ctx.notes[-1]


def test_a_mask_of_another_size_is_refused(ctx, given):
    with pytest.raises(StepError, match="sizes"):
        decontaminate(ctx, Image(given.picture), Mask(np.zeros((5, 6), np.float32)))


def test_it_can_be_cancelled(ctx, given):
    ctx.cancelled.set()
    with pytest.raises(Cancelled):
        decontaminate(ctx, Image(given.picture), Mask(given.alpha))
