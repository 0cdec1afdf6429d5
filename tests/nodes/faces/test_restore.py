from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import cv2
import imagecodecs
import numpy as np
import pytest
from skimage.data import astronaut

from graph.context import Context
from graph.errors import Cancelled, StepError
from nodes.faces.align import TEMPLATE
from nodes.faces.restore import restore as guarded
from nodes.kinds.faces import Face, Faces
from nodes.kinds.image import Image, Origin
from nodes.pixels.colour import is_grey, luma
from tests.nodes.models.tiny_faces import Stand, tiny_parsenet, tiny_restoreformer

PIXELS = (astronaut()[:300, 90:390] / 255).astype(np.float32)
PHOTO = Image(PIXELS)
LANDMARKS = ((111.0, 106.0), (155.0, 107.0), (135.0, 133.0), (117.0, 152.0), (151.0, 152.0))
FACE = Face((85.0, 60.0, 175.0, 180.0), LANDMARKS, 0.9)
FACES = Faces((FACE,), height=300, width=300)

restore = partial(guarded, likeness=0.0)
"""What is restored is all laid over the photo; test_guard.py has the other case."""


def lent(ctx: Context, change=lambda face: face * 0.5) -> tuple[Context, Stand]:
    stand = Stand(change)
    return replace(ctx, lender=stand, notes=[]), stand


def sharpened(face: np.ndarray) -> np.ndarray:
    return face + 1.5 * (face - cv2.GaussianBlur(face, (0, 0), 4))


def at(left: float, top: float, scale: float) -> Face:
    points = tuple((left + x * scale, top + y * scale) for x, y in TEMPLATE)
    return Face((left + 100 * scale, top + 80 * scale, left + 410 * scale, top + 450 * scale), points, 1.0)


def test_no_face_is_said(ctx: Context):
    none = Faces((), height=300, width=300)
    large = Image(np.zeros((600, 600, 3), np.float32))
    assert restore(ctx, PHOTO, none) is PHOTO
    assert restore(ctx, large, none, PHOTO) is large
    assert ctx.notes == ["There are no faces in this photo.", "No face was restored."] * 2


def test_nothing_to_do_gives_the_photo_itself(ctx: Context):
    assert restore(ctx, PHOTO, FACES, strength=0.0) is PHOTO
    assert restore(ctx, PHOTO, FACES, which=[4]) is PHOTO
    assert restore(ctx, PHOTO, FACES, smallest=200.0) is PHOTO
    assert ctx.notes[-1] == "No face was restored."


def test_a_face_is_restored_where_it_is(ctx: Context):
    ctx, _ = lent(ctx, sharpened)
    found = restore(ctx, PHOTO, FACES, strength=1.0, grain=0.0)
    changed = np.abs(found.pixels - PIXELS).max(axis=2)
    assert changed[100:160, 105:165].mean() > 0.01
    assert not changed[200:].any()
    assert not changed[:, 230:].any()
    assert ctx.notes == ["Restored 1 of 1 face."]


def test_a_network_that_changes_nothing_leaves_nearly_nothing_behind(ctx: Context):
    soft = Image(cv2.GaussianBlur(PIXELS, (0, 0), 1))
    ctx, _ = lent(ctx, np.copy)
    found = restore(ctx, soft, FACES, strength=1.0, grain=1.0)
    assert np.abs(found.pixels - soft.pixels).mean() < 0.001
    assert np.abs(found.pixels - soft.pixels).max() < 0.05


def test_the_inputs_are_untouched_and_the_same_comes_out_again(ctx: Context):
    before = PIXELS.copy()
    ctx, _ = lent(ctx)
    first, second = (restore(ctx, PHOTO, FACES, seed=3).pixels for _ in range(2))
    assert np.array_equal(first, second)
    assert np.array_equal(PHOTO.pixels, before)
    assert first.min() >= 0
    assert first.max() <= 1


def test_another_seed_is_other_grain(ctx: Context):
    noisy = np.clip(PIXELS + np.random.default_rng(1).normal(0, 0.05, PIXELS.shape), 0, 1).astype(np.float32)
    ctx, _ = lent(ctx, lambda face: cv2.GaussianBlur(face, (0, 0), 6))
    one, other = (restore(ctx, Image(noisy), FACES, seed=seed, grain=1.0).pixels for seed in (1, 2))
    assert (one != other).any()
    plain = restore(ctx, Image(noisy), FACES, grain=0.0).pixels
    middle = np.s_[118:128, 125:145]
    assert one[middle].std() > plain[middle].std()


def test_a_colour_shift_of_the_network_is_taken_back(ctx: Context):
    ctx, _ = lent(ctx, lambda face: face * np.array([1.0, 0.7, 0.6], np.float32))
    face = np.s_[90:165, 100:165]
    as_it_is = restore(ctx, PHOTO, FACES, strength=1.0, match_colour=0.0, grain=0.0).pixels
    matched = restore(ctx, PHOTO, FACES, strength=1.0, match_colour=1.0, grain=0.0).pixels
    shift, left = (
        np.abs(each[face].mean(axis=(0, 1)) - PIXELS[face].mean(axis=(0, 1))).max() for each in (as_it_is, matched)
    )
    assert left < 0.2 * shift


def test_grey_stays_grey(ctx: Context):
    grey = Image(np.repeat(luma(PIXELS)[..., None], 3, axis=2), Origin(mode="L"))
    ctx, _ = lent(ctx, lambda face: face * np.array([1.0, 0.7, 0.6], np.float32))
    for match in (0.0, 1.0):
        found = restore(ctx, grey, FACES, strength=1.0, match_colour=match, grain=1.0)
        assert is_grey(found.pixels)
        assert (found.pixels != grey.pixels).any()


@pytest.mark.parametrize("times", [2, 4])
def test_into_the_enlarged_photo(ctx: Context, times: int):
    soft = cv2.GaussianBlur(PIXELS, (0, 0), 2)
    large = Image(np.clip(cv2.resize(soft, None, fx=times, fy=times, interpolation=cv2.INTER_CUBIC), 0, 1))
    ctx, _ = lent(ctx, np.copy)
    found = restore(ctx, large, FACES, Image(soft), strength=1.0, grain=0.0)
    assert found.pixels.shape == (300 * times, 300 * times, 3)
    # The same face in the same place: half a pixel of shift would show at every edge.
    assert np.abs(found.pixels - large.pixels).mean() < 0.001
    assert np.abs(found.pixels - large.pixels).max() < 0.02


def test_another_picture_as_original_is_refused(ctx: Context):
    with pytest.raises(StepError, match="differ in shape"):
        restore(ctx, PHOTO, FACES, Image(np.zeros((300, 900, 3), np.float32)))


def test_faces_of_another_photo_are_refused(ctx: Context):
    with pytest.raises(StepError, match="another photo"):
        restore(ctx, PHOTO, Faces((FACE,), height=300, width=900))


def test_the_faces_of_a_smaller_copy_fit(ctx: Context):
    ctx, _ = lent(ctx)
    whole = restore(ctx, PHOTO, FACES, grain=0.0).pixels
    again = restore(ctx, PHOTO, FACES.resized(150, 150), grain=0.0).pixels
    assert np.abs(whole - again).max() < 0.02


def test_two_hundred_faces(ctx: Context):
    found = Faces(tuple(at(80 * (n % 20), 80 * (n // 20), 0.15) for n in range(200)), height=800, width=1600)
    photo = Image(np.random.default_rng(2).random((800, 1600, 3), dtype=np.float32))
    ctx, stand = lent(ctx, np.copy)
    shares: list[float] = []
    done = restore(
        replace(ctx, on_progress=lambda done, _: shares.append(done)), photo, found, match_colour=0.0, grain=0.0
    )
    assert stand.calls == 200
    assert len(shares) > 200
    assert np.isfinite(done.pixels).all()
    assert ctx.notes == ["Restored 200 of 200 faces."]


def test_cancelling_between_faces(ctx: Context):
    found = Faces(tuple(at(80 * n, 0, 0.15) for n in range(5)), height=100, width=500)
    ctx, stand = lent(ctx)
    stand.change = lambda face: (ctx.cancelled.set(), face)[1]
    with pytest.raises(Cancelled):
        restore(ctx, Image(np.full((100, 500, 3), 0.5, np.float32)), found)
    assert stand.calls == 1


@pytest.mark.parametrize("place", [(-60, -50), (200, 220), (-1000, -1000), (120, -90)])
def test_a_face_cut_by_the_border(ctx: Context, place: tuple[int, int]):
    cut = Faces((at(*place, 0.3),), height=300, width=300)
    ctx, _ = lent(ctx)
    found = restore(ctx, PHOTO, cut)
    assert np.isfinite(found.pixels).all()


@pytest.mark.parametrize("size", [(1, 1), (1, 37), (7, 5), (4000, 3)], ids=str)
def test_any_size(ctx: Context, size: tuple[int, int]):
    height, width = size
    ctx, _ = lent(ctx)
    photo = Image(np.full((*size, 3), 0.5, np.float32))
    found = restore(ctx, photo, Faces((at(0, 0, 0.2),), height=height, width=width), smallest=0.0)
    assert found.pixels.shape == photo.pixels.shape
    assert np.isfinite(found.pixels).all()


@pytest.mark.parametrize("level", [0.0, 1.0])
def test_flat_pictures(ctx: Context, level: float):
    flat = Image(np.full((300, 300, 3), level, np.float32))
    ctx, _ = lent(ctx, np.copy)
    assert np.abs(restore(ctx, flat, FACES).pixels - level).max() < 0.02


def test_points_that_are_no_face_are_left_out(ctx: Context):
    ctx, stand = lent(ctx)
    flat = Face((0.0, 0.0, 90.0, 90.0), ((5.0, 5.0),) * 5)
    restore(ctx, PHOTO, Faces((flat, FACE), height=300, width=300))
    assert stand.calls == 1
    assert ctx.notes[0] == "Face 1 is left out: its eyes, nose and mouth do not make a face."


@pytest.mark.parametrize("profile", ["adobergb", "gray"])
def test_the_network_sees_srgb_and_the_photo_keeps_its_profile(ctx: Context, profile: str):
    soft = cv2.GaussianBlur(PIXELS, (0, 0), 1)
    if profile == "gray":
        soft = np.repeat(luma(soft)[..., None], 3, axis=2)
    photo = Image(soft, Origin(profile=imagecodecs.cms_profile(profile, gamma=1.8)))
    seen: list[np.ndarray] = []
    ctx, _ = lent(ctx, lambda face: (seen.append(face), face)[1])
    found = restore(ctx, photo, FACES, strength=1.0, grain=0.0)
    restore(ctx, Image(soft), FACES, strength=1.0, grain=0.0)
    assert found.origin == photo.origin
    assert np.abs(found.pixels - soft).max() < 0.05
    assert np.abs(seen[0] - seen[1]).max() > 0.03


def test_a_face_larger_than_the_network_is_told(ctx: Context):
    ctx, _ = lent(ctx, np.copy)
    restore(ctx, Image(np.full((1500, 1500, 3), 0.5, np.float32)), Faces((at(0, 0, 2.5),), height=1500, width=1500))
    assert ctx.notes[0].startswith("1 face is larger than the network's 512 pixels")


def test_sixteen_bits_are_kept(ctx: Context):
    ctx, _ = lent(ctx, sharpened)
    found = restore(ctx, PHOTO, FACES, grain=0.0).pixels * 255
    assert np.abs(found - np.rint(found)).max() > 0.3


def test_a_real_network_from_its_file(lend, tmp_path: Path):
    tiny_restoreformer(tmp_path)
    tiny_parsenet(tmp_path)
    ctx = lend(tmp_path)
    found = restore(ctx, PHOTO, FACES, model="RestoreFormer.pth", parsing="parsing_parsenet.pth", match_colour=0.0)
    assert found.pixels.shape == PIXELS.shape
    assert 0 <= found.pixels.min() <= found.pixels.max() <= 1
    assert (found.pixels != PIXELS).any()


def test_a_missing_file_is_named(lend, tmp_path: Path):
    with pytest.raises(StepError, match=r"RestoreFormer\.pth is not there"):
        restore(lend(tmp_path), PHOTO, FACES, model="RestoreFormer.pth")
