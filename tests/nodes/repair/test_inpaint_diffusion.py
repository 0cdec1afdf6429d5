"""Filling damage by diffusion."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import imagecodecs
import numpy as np
import pytest

from graph.context import Context
from graph.errors import Cancelled, StepError
from nodes.kinds.addons import Addons, Control, Lora
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image, Origin
from nodes.kinds.mask import Mask
from nodes.pixels.colour import is_grey
from nodes.repair.filling.proofs import LARGEST
from nodes.repair.inpaint_diffusion import Filled, inpaint_diffusion
from tests.conftest import Lend
from tests.nodes.models.tiny_addons import tiny_control_folder, tiny_lora

MODELS = ("tiny-sd1", "tiny-sd1-inpaint", "tiny-sd2", "tiny-sdxl", "tiny-sdxl-inpaint")

each_model = pytest.mark.parametrize("model", MODELS)


@pytest.fixture
def lent(lend: Lend, tiny_diffusion: Path, tmp_path: Path) -> Context:
    return lend(tiny_diffusion, tmp_path)


def marked(height: int, width: int, *places: tuple[slice, slice]) -> Floats:
    values = np.zeros((height, width), np.float32)
    for place in places:
        values[place] = 1
    return values


HOLE = slice(60, 84), slice(70, 98)
"""With its soft edge what the tiny models draw in one piece: they see 64 pixels at a time."""


def filled(ctx: Context, pixels: Floats, mask: Floats, model: str = "tiny-sd1-inpaint", **settings: object) -> Filled:
    return inpaint_diffusion(ctx, Image(pixels), Mask(mask), model=model, **{"steps": 2, "grain": 0.0, **settings})


@pytest.fixture
def photo(rng: np.random.Generator) -> Floats:
    return rng.random((160, 200, 3), np.float32)


@each_model
def test_nothing_but_the_damage_and_its_soft_edge_changes(lent: Context, photo: Floats, model: str):
    for feather in (0.0, 6.0):
        mask = marked(160, 200, HOLE)
        made = filled(lent, photo, mask, model, feather=feather, grain=1.0).image.pixels
        near = np.zeros_like(mask, bool)
        by = int(feather)
        near[HOLE[0].start - by : HOLE[0].stop + by, HOLE[1].start - by : HOLE[1].stop + by] = True
        assert np.array_equal(made[~near], photo[~near])
        assert (made != photo).any(axis=2)[mask > 0].mean() > 0.99
        assert (made != photo).any(axis=2)[near & (mask == 0)].any() == bool(feather)


def test_soft_masks_blend(lent: Context, photo: Floats):
    mask = marked(160, 200, (slice(60, 72), slice(72, 96)))
    whole = filled(lent, photo, mask, feather=0.0).image.pixels
    half = filled(lent, photo, mask * np.float32(0.5), feather=0.0).image.pixels
    assert np.allclose(half, (whole + photo) / 2, atol=1e-5)


def test_the_same_seed_gives_the_same_and_another_another(lent: Context, photo: Floats):
    mask = marked(160, 200, HOLE)
    first, again, other = (filled(lent, photo, mask, seed=seed).image.pixels for seed in (3, 3, 4))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_words_count(lent: Context, photo: Floats):
    mask = marked(160, 200, HOLE)
    settings = ({"prompt": "a wall"}, {"prompt": "a garden"}, {"prompt": "a wall", "negative": "ivy"})
    pictures = [filled(lent, photo, mask, **each).image.pixels for each in settings]
    assert not np.array_equal(pictures[0], pictures[1])
    assert not np.array_equal(pictures[0], pictures[2])


def test_a_mark_elsewhere_leaves_a_fill_as_it_is(lent: Context, rng: np.random.Generator):
    """Every place has its own seed and its own crop."""
    pixels = rng.random((160, 1700, 3), np.float32)
    alone = filled(lent, pixels, marked(160, 1700, HOLE)).image.pixels
    both = filled(lent, pixels, marked(160, 1700, HOLE, (slice(10, 30), slice(1500, 1530)))).image.pixels
    assert np.array_equal(alone[:, :600], both[:, :600])
    assert not np.array_equal(alone[:, 1400:], both[:, 1400:])


def test_two_holes_get_different_pictures(lent: Context):
    """Alike in all but their place."""
    pixels = np.full((160, 1400, 3), 0.5, np.float32)
    places = [(slice(60, 80), slice(300, 320)), (slice(60, 80), slice(1060, 1080))]
    made = filled(lent, pixels, marked(160, 1400, *places)).image.pixels
    assert not np.array_equal(made[places[0]], made[places[1]])


def test_candidates_are_those_of_the_next_seeds(lent: Context, photo: Floats):
    mask = marked(160, 200, HOLE)
    third = filled(lent, photo, mask, seed=5, candidates=3, pick=3)
    alone = filled(lent, photo, mask, seed=7)
    assert np.array_equal(third.image.pixels, alone.image.pixels)
    assert any("seed 7" in note and "candidate 3 of 3" in note for note in lent.notes)


def test_all_candidates_are_shown_whichever_is_picked(lent: Context, photo: Floats):
    mask = marked(160, 200, HOLE)
    first, second = (filled(lent, photo, mask, candidates=4, pick=pick) for pick in (1, 2))
    assert not np.array_equal(first.image.pixels, second.image.pixels)
    assert np.array_equal(first.candidates.pixels, second.candidates.pixels)
    assert max(first.candidates.pixels.shape) <= LARGEST
    assert first.candidates.width > 300


def test_a_pick_beyond_the_candidates_is_refused(lent: Context, photo: Floats):
    with pytest.raises(StepError, match="Candidate 3 is to be kept, but only 2 are made"):
        filled(lent, photo, marked(160, 200, HOLE), candidates=2, pick=3)


def test_many_pieces_are_told_of_before_they_are_drawn(lent: Context, rng: np.random.Generator):
    """A dusty photo would take hours."""
    told: list[str] = []
    ctx = replace(lent, on_warning=told.append, on_progress=lambda *_: lent.cancelled.set())
    pixels, mask = rng.random((900, 900, 3), np.float32), np.zeros((900, 900), np.float32)
    mask[20::80, 20::80] = 1
    with pytest.raises(Cancelled):
        filled(ctx, pixels, mask, feather=0.0)
    assert "quicker with Fill Damage" in told[0]


def test_grey_stays_grey_in_any_profile(lent: Context, rng: np.random.Generator):
    grey = rng.random((96, 80, 1), np.float32).repeat(3, axis=2)
    for profile in (None, imagecodecs.cms_profile("adobergb")):
        image = Image(grey, Origin(profile=profile))
        mask = Mask(marked(96, 80, (slice(20, 40), slice(20, 40))))
        made = inpaint_diffusion(lent, image, mask, model="tiny-sd1-inpaint", steps=2, candidates=2)
        assert is_grey(made.image.pixels)
        assert is_grey(made.candidates.pixels)
        assert made.image.origin is image.origin


def test_sepia_stays_sepia(lent: Context, rng: np.random.Generator):
    """A random network draws all colours."""
    light = rng.random((160, 200, 1), np.float32)
    sepia = (light ** np.array([0.75, 1.0, 1.35])).astype(np.float32)
    made = filled(lent, sepia, marked(160, 200, HOLE)).image.pixels[HOLE]
    assert (made[..., 0] >= made[..., 1] - 0.02).all()
    assert (made[..., 1] >= made[..., 2] - 0.02).all()


def test_a_wide_hole_is_drawn_again_from_nearby(lent: Context, rng: np.random.Generator):
    pixels, mask = rng.random((160, 160, 3), np.float32), marked(160, 160, (slice(40, 120), slice(40, 120)))
    afar, nearby = (filled(lent, pixels, mask, closer=closer).image.pixels for closer in (False, True))

    def fineness(made: Floats) -> float:
        return float(np.abs(np.diff(made[60:100, 60:100], axis=1)).mean())

    assert fineness(nearby) > 1.5 * fineness(afar)


def test_a_strength_of_nothing_and_an_empty_mask_give_the_photo_back(lent: Context, photo: Floats):
    image = Image(photo)
    for mask, strength, note in ((marked(160, 200), 1.0, "Nothing to fill"), (marked(160, 200, HOLE), 0.0, "strength")):
        made = inpaint_diffusion(lent, image, Mask(mask), model="tiny-sd1", strength=strength)
        assert made.image is image
        assert note in lent.notes[-1]


def test_less_strength_keeps_to_the_photo_or_to_the_colours_around(lent: Context):
    """A hole painted white in a dark photo, with a model that keeps what it knows."""
    pixels, mask = np.full((256, 256, 3), 0.2, np.float32), marked(256, 256, HOLE)
    pixels[mask > 0] = 1.0
    around, photo = (
        filled(lent, pixels, mask, "tiny-sd1", strength=0.1, steps=10, start=start).image.pixels[HOLE].mean()
        for start in ("surroundings", "photo")
    )
    assert around != photo


def test_the_whole_photo_cannot_be_filled(lent: Context, photo: Floats):
    with pytest.raises(StepError, match="covers the whole photo"):
        filled(lent, photo, np.ones((160, 200), np.float32))


@pytest.mark.parametrize("size", [(1, 2), (1, 3000), (8, 8), (30, 40), (120, 900), (300, 33)], ids=str)
def test_any_size(lent: Context, rng: np.random.Generator, size: tuple[int, int]):
    pixels, mask = rng.random((*size, 3), np.float32), marked(*size, (slice(None), slice(1, 2 + size[1] // 8)))
    made = filled(lent, pixels, mask, feather=0.0).image.pixels
    assert np.array_equal(made[mask == 0], pixels[mask == 0])
    assert not np.array_equal(made, pixels)


def test_all_but_a_corner_can_be_filled(lent: Context, photo: Floats):
    mask = np.ones((160, 200), np.float32)
    mask[:20, :20] = 0
    made = filled(lent, photo, mask, feather=0.0, closer=False).image.pixels
    assert np.array_equal(made[:20, :20], photo[:20, :20])
    assert (made[40:, 40:] != photo[40:, 40:]).any(axis=2).mean() > 0.99


def test_masks_of_another_size_are_refused(lent: Context, photo: Floats):
    with pytest.raises(StepError, match="sizes of the mask and the photo differ"):
        filled(lent, photo, marked(80, 100, (slice(9), slice(9))))


def test_ten_thousand_letters_are_read(lent: Context, photo: Floats):
    mask = marked(160, 200, HOLE)
    long, longer = (filled(lent, photo, mask, prompt="a wall, " * count).image.pixels for count in (100, 1250))
    assert not np.array_equal(long, longer)


@pytest.fixture
def with_addons(tmp_path: Path) -> None:
    tiny_lora(tmp_path, "sd1", name="style")
    tiny_lora(tmp_path, "sdxl", name="grand")
    tiny_control_folder(tmp_path, "sd1", "lines")


@pytest.mark.usefixtures("with_addons")
def test_a_lora_bends_what_is_drawn_and_leaves_no_trace(lent: Context, photo: Floats):
    mask = marked(160, 200, HOLE)
    plain = filled(lent, photo, mask).image.pixels
    bent = inpaint_diffusion(
        lent, Image(photo), Mask(mask), Addons(loras=(Lora("style.safetensors"),)), model="tiny-sd1-inpaint", steps=2
    )
    assert not np.array_equal(bent.image.pixels, plain)
    assert np.array_equal(filled(lent, photo, mask).image.pixels, plain)


@pytest.mark.usefixtures("with_addons")
def test_a_lora_of_another_family_is_refused_and_the_next_run_works(lent: Context, photo: Floats):
    mask = marked(160, 200, HOLE)
    plain = filled(lent, photo, mask).image.pixels
    with pytest.raises(StepError, match=r"grand"):
        inpaint_diffusion(
            lent, Image(photo), Mask(mask), Addons(loras=(Lora("grand.safetensors"),)), model="tiny-sd1-inpaint"
        )
    assert np.array_equal(filled(lent, photo, mask).image.pixels, plain)


@pytest.mark.usefixtures("with_addons")
def test_the_lines_of_a_control_count(lent: Context, photo: Floats):
    mask = marked(160, 200, HOLE)
    results = [filled(lent, photo, mask).image.pixels]
    for drawn in (np.zeros_like(photo), photo):
        control = Control("lines", Image(drawn), sees="picture")
        made = inpaint_diffusion(
            lent, Image(photo), Mask(mask), Addons(controls=(control,)), model="tiny-sd1-inpaint", steps=2, grain=0.0
        )
        results.append(made.image.pixels)
    assert not any(np.array_equal(results[0], each) for each in results[1:])
    assert not np.array_equal(results[1], results[2])


def test_progress_runs_once_from_nothing_to_all(lent: Context, rng: np.random.Generator):
    seen: list[tuple[float, bytes]] = []
    ctx = replace(lent, on_progress=lambda done, sketch: seen.append((done, sketch)))
    places = [HOLE, (slice(60, 80), slice(1000, 1020))]
    filled(ctx, rng.random((160, 1200, 3), np.float32), marked(160, 1200, *places), candidates=2)
    shares = [done for done, _ in seen]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert len(set(shares)) >= 2 * 2 * 2
    assert any(sketch.startswith(b"RIFF") for _, sketch in seen)


def test_cancelled_in_the_middle_nothing_is_lost(lent: Context, photo: Floats):
    mask = marked(160, 200, HOLE)
    before, plain = photo.copy(), filled(lent, photo, mask).image.pixels

    class Stopping(Context):
        looks = 0

        def check(self) -> None:
            type(self).looks += 1
            if self.looks > 60:
                self.cancelled.set()
            super().check()

    ctx = Stopping(allocate=lent.allocate, lender=lent.lender, cancelled=threading.Event())
    with pytest.raises(Cancelled):
        filled(ctx, photo, mask, steps=30)
    assert np.array_equal(photo, before)
    assert np.array_equal(filled(lent, photo, mask).image.pixels, plain)
