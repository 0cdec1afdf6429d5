from __future__ import annotations

import numpy as np
import pytest

from graph.context import Context
from graph.errors import Cancelled, StepError
from nodes.background import refine as module
from nodes.background.refine import refine
from nodes.kinds.faces import Face, Faces
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from tests.nodes.background.hair import hair


@pytest.mark.parametrize("grey", [False, True], ids=["colour", "grey"])
@pytest.mark.parametrize("method", ["closed-form", "knn"])
def test_strands_that_the_mask_lacks_are_found(ctx, capfd, method, grey):
    given = hair(grey=grey)
    found = refine(ctx, Image(given.picture), Mask(given.rough), method=method, inside=2.0, outside=10.0).values
    assert np.abs(found - given.alpha).mean() < 0.5 * np.abs(given.rough - given.alpha).mean()
    assert capfd.readouterr().out == ""


def test_what_is_certain_stays_certain(ctx):
    given = hair()
    found = refine(ctx, Image(given.picture), Mask(given.rough), inside=2.0, outside=5.0).values
    assert (found[90:130, 75:105] == 1).all()
    assert (found[:10] == 0).all()


def test_faces_widen_the_band_where_hair_is(ctx):
    given = hair()
    points = ((80.0, 90.0), (100.0, 90.0), (90.0, 100.0), (82.0, 115.0), (98.0, 115.0))
    faces = Faces((Face((55, 60, 125, 150), points),), height=200, width=180)
    narrow, wide = (
        refine(ctx, Image(given.picture), Mask(given.rough), each, inside=1.0, outside=0.5, hair=0.3).values
        for each in (None, faces)
    )
    assert np.abs(wide - given.alpha).mean() < 0.8 * np.abs(narrow - given.alpha).mean()


def test_smaller_copies_and_tiles_do_not_show(ctx, monkeypatch):
    given = hair()
    picture, mask = Image(given.picture), Mask(given.rough)
    whole = refine(ctx, picture, mask, inside=2.0, outside=8.0).values
    monkeypatch.setattr(Context.tiles, "__defaults__", (0, 64))
    assert np.abs(refine(ctx, picture, mask, inside=2.0, outside=8.0).values - whole).max() < 1e-5
    monkeypatch.setattr(module, "WORKED", 200 * 180 // 2)
    halved = refine(ctx, picture, mask, inside=2.0, outside=8.0).values
    assert np.abs(halved - given.alpha).mean() < 0.6 * np.abs(given.rough - given.alpha).mean()


@pytest.mark.parametrize("level", [0.0, 1.0])
def test_a_mask_without_an_edge_passes_unchanged(ctx, level):
    mask = Mask(np.full((30, 40), level, np.float32))
    assert refine(ctx, Image(np.full((30, 40, 3), 0.5, np.float32)), mask) is mask
    assert "no edge" in ctx.notes[-1]


def test_a_mask_of_another_size_is_refused(ctx):
    with pytest.raises(StepError, match="sizes"):
        refine(ctx, Image(np.zeros((5, 5, 3), np.float32)), Mask(np.zeros((5, 6), np.float32)))


def test_it_can_be_cancelled(ctx):
    given = hair()
    ctx.cancelled.set()
    with pytest.raises(Cancelled):
        refine(ctx, Image(given.picture), Mask(given.rough))
