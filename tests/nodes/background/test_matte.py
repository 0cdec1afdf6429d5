from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from graph.context import Context
from graph.errors import Cancelled
from graph.pool import Pool
from nodes.background import matte as module
from nodes.background.matte import matte
from nodes.kinds.arrays import allocator
from nodes.kinds.faces import Face, Faces
from nodes.kinds.image import Image, Origin
from nodes.models.device import Device
from nodes.models.lending import Lending
from nodes.models.shelf import Shelf
from tests.nodes.models.tiny_background import FILES, tiny_subject

MODEL = FILES["u2netp"][0]


@pytest.fixture(scope="module")
def lender(tmp_path_factory):
    folder = tmp_path_factory.mktemp("subjects")
    tiny_subject(folder)
    return Lending(Pool(2**30), Shelf([folder]), Device("cpu", "full"))


@pytest.fixture
def ctx(ctx, lender):
    return replace(ctx, lender=lender)


@pytest.fixture
def disc():
    """Where the light subject stands, (150, 200)."""
    y, x = np.mgrid[:150, :200]
    return (y - 75) ** 2 + (x - 90) ** 2 < 45**2


@pytest.fixture
def photo(disc, rng):
    """A light disc before a dark wall."""
    light = np.where(disc, 0.85, 0.15)[..., None] + rng.normal(0, 0.01, (150, 200, 3))
    return Image(light.clip(0, 1).astype(np.float32))


def test_the_subject_is_one_and_the_rest_is_none(ctx, photo, disc):
    values = matte(ctx, photo, model=MODEL).values
    assert values.shape == disc.shape
    assert values[disc].mean() > 0.95
    assert values[~disc].mean() < 0.05


def test_its_edge_follows_the_photos(ctx, photo, monkeypatch):
    # The network's own edge is a pixel or two wide here, so the photo is made to be seen smaller.
    monkeypatch.setattr(module, "SEEN", 24)
    monkeypatch.setattr(module, "NEAR", 1 / 20)
    rows = [matte(ctx, photo, model=MODEL, refine=refine).values[75] for refine in (0.0, 0.5, 1.0)]
    steps = [np.abs(np.diff(row))[44:46].max() for row in rows]
    assert steps[0] < steps[1] < steps[2]
    assert steps[2] > 2 * steps[0]


def test_alpha_matting_draws_the_exact_edge(ctx, photo, disc):
    plain = matte(ctx, photo, model=MODEL).values
    fine = matte(ctx, photo, model=MODEL, alpha_matting=True, erode=4.0).values
    assert np.abs(fine - disc).mean() < 0.6 * np.abs(plain - disc).mean()


def test_matting_without_anything_certain_says_so(ctx, photo):
    result = matte(ctx, photo, model=MODEL, alpha_matting=True, foreground=1.0)
    assert "nowhere sure enough" in ctx.notes[-1]
    assert np.array_equal(result.values, matte(ctx, photo, model=MODEL).values)


def test_tiles_and_smaller_copies_do_not_show(ctx, photo, disc, monkeypatch):
    whole = matte(ctx, photo, model=MODEL).values
    monkeypatch.setattr(Context.tiles, "__defaults__", (0, 64))
    assert np.abs(matte(ctx, photo, model=MODEL).values - whole).max() < 1e-5
    monkeypatch.setattr(module, "WORKED", 150 * 200 // 4)
    assert np.abs(matte(ctx, photo, model=MODEL).values - disc).mean() < 0.05


def test_the_profile_of_the_photo_counts(ctx, photo):
    import imagecodecs

    wide = replace(photo, origin=Origin(profile=imagecodecs.cms_profile("adobergb")))
    assert np.abs(matte(ctx, wide, model=MODEL).values - matte(ctx, photo, model=MODEL).values).mean() < 0.02


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 1), (7, 5), (4000, 3)], ids=str)
@pytest.mark.parametrize("matting", [False, True])
def test_any_size(ctx, rng, size, matting):
    image = Image(rng.random((*size, 3), np.float32))
    result = matte(ctx, image, model=MODEL, alpha_matting=matting)
    assert result.values.shape == size
    assert np.isfinite(result.values).all()


@pytest.mark.parametrize("level", [0.0, 1.0])
def test_black_and_white(ctx, level):
    values = matte(ctx, Image(np.full((40, 50, 3), level, np.float32)), model=MODEL).values
    assert np.isfinite(values).all()


def test_nothing_found_is_an_empty_mask_and_says_so(ctx, photo, monkeypatch):
    monkeypatch.setattr(module, "_found", lambda *_: np.zeros((80, 80), np.float32))
    assert not matte(ctx, photo, model=MODEL).values.any()
    assert "No subject" in ctx.notes[0]


def test_it_can_be_cancelled(ctx, photo):
    ctx.cancelled.set()
    with pytest.raises(Cancelled):
        matte(ctx, photo, model=MODEL)


def test_grabcut_needs_no_model(disc, photo, tmp_path):
    free = Context(allocate=allocator(tmp_path))
    values = matte(free, photo, model="grabcut").values
    assert values[disc].mean() > 0.95
    assert values[~disc].mean() < 0.05
    assert "No face" in free.notes[0]


def test_grabcut_takes_whose_face_is_known(photo, disc, tmp_path):
    points = ((80.0, 60.0), (100.0, 60.0), (90.0, 75.0), (82.0, 90.0), (98.0, 90.0))
    faces = Faces((Face((70, 45, 110, 105), points),), height=150, width=200)
    free = Context(allocate=allocator(tmp_path))
    values = matte(free, photo, faces, model="grabcut").values
    assert values[disc].mean() > 0.9
    assert free.notes == []
