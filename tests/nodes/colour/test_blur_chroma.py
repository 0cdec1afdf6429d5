from __future__ import annotations

import numpy as np
import pytest
from skimage.color import deltaE_ciede2000

from graph.context import Context
from graph.errors import StepError
from nodes.colour.blur_chroma import blur_chroma
from nodes.colour.lab import lab_from_srgb, srgb_from_lab
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask


@pytest.fixture
def scene(rng):
    """Two colours with an edge of brightness between them, true and as a network gives them: run over and patchy."""
    import cv2

    light = (np.where(np.arange(300) < 150, 35, 65) + rng.normal(0, 1, (200, 300))).astype(np.float32)
    true = np.where((np.arange(300) < 150)[None, :, None], (25.0, 20.0), (-10.0, -20.0)) * np.ones((200, 1, 1))
    true = true.astype(np.float32)
    bled = cv2.GaussianBlur(true, (0, 0), 3)
    patches = cv2.GaussianBlur(rng.normal(0, 1, true.shape).astype(np.float32), (0, 0), 2)
    return srgb_from_lab(light, true), srgb_from_lab(light, bled + 4 * patches / patches.std())


def distance(one, two):
    first, second = (np.dstack(lab_from_srgb(np.asarray(each))) for each in (one, two))
    return np.asarray(deltaE_ciede2000(first, second), np.float32)


def test_it_comes_nearer_to_the_true_colours_also_beside_edges(ctx, scene):
    true, poor = scene
    before, after = distance(poor, true), distance(blur_chroma(ctx, Image(poor), blur=3.0).pixels, true)
    assert after.mean() < 0.6 * before.mean()
    assert after[:, 146:154].mean() < 0.6 * before[:, 146:154].mean()


def test_without_edges_it_is_a_plain_blur_that_runs_over(ctx, scene):
    true, poor = scene
    plain, guided = (
        distance(blur_chroma(ctx, Image(poor), blur=3.0, edges=edges).pixels, true) for edges in (0.0, 1.0)
    )
    assert guided[:, 146:154].mean() < 0.6 * plain[:, 146:154].mean()


def test_brightness_stays(ctx, scene):
    result = blur_chroma(ctx, Image(scene[1]), blur=5.0).pixels
    assert np.abs(lab_from_srgb(result)[0] - lab_from_srgb(scene[1])[0]).max() < 0.05


def test_only_the_masked_part_changes(ctx, scene):
    values = np.zeros((200, 300), np.float32)
    values[:, 200:] = 1
    result = blur_chroma(ctx, Image(scene[1]), Mask(values), mask_blur=0).pixels
    assert np.array_equal(result[:, :200], scene[1][:, :200])
    assert not np.array_equal(result[:, 200:], scene[1][:, 200:])


@pytest.mark.parametrize(
    "given", [{"strength": 0.0}, {"blur": 0.0, "blotches": 0.0}, {"mask": Mask(np.zeros((200, 300), np.float32))}]
)
def test_nothing_wanted_is_nothing_done(ctx, scene, given):
    image = Image(scene[1])
    assert blur_chroma(ctx, image, **given) is image
    assert "left as it is" in ctx.notes[0]


def test_a_grey_photo_is_left_alone(ctx, grey):
    image = Image(grey)
    assert blur_chroma(ctx, image) is image


def test_a_mask_of_another_size_is_refused(ctx, grey):
    with pytest.raises(StepError, match="sizes of the mask and the photo differ"):
        blur_chroma(ctx, Image(grey), Mask(np.ones((3, 3), np.float32)))


def test_tiles_do_not_show(ctx, scene, monkeypatch):
    mask = Mask(np.linspace(0, 1, 60000, dtype=np.float32).reshape(200, 300))
    whole = blur_chroma(ctx, Image(scene[1]), mask).pixels
    monkeypatch.setattr(Context.tiles, "__defaults__", (0, 64))
    assert np.abs(blur_chroma(ctx, Image(scene[1]), mask).pixels - whole).max() < 1e-5


def test_fine_colours_that_are_not_patchy_stay(ctx, rng):
    """A few spots of colour on an even ground, none of them lighter or darker: nothing but them differs from it."""
    light = (50 + rng.normal(0, 1, (200, 300))).astype(np.float32)
    tint = np.full((200, 300, 2), 10, np.float32)
    for y, x in rng.integers(10, 190, (12, 2)):
        tint[y - 2 : y + 3, x - 2 : x + 3] = (25, -5)
    fine = srgb_from_lab(light, tint)
    result = blur_chroma(ctx, Image(fine), blotches=0).pixels
    assert distance(result, fine).max() < 1.5


def test_patches_are_evened_where_they_are_and_not_elsewhere(ctx, rng):
    import cv2

    light = (50 + rng.normal(0, 1, (200, 400))).astype(np.float32)
    patches = cv2.GaussianBlur(rng.normal(0, 1, (200, 400, 2)).astype(np.float32), (0, 0), 1.5)
    patches[:, 200:] = 0
    even = np.full((200, 400, 2), 10, np.float32)
    patchy = srgb_from_lab(light, even + 5 * patches / patches[:, :200].std())
    after = distance(blur_chroma(ctx, Image(patchy)).pixels, srgb_from_lab(light, even))
    before = distance(patchy, srgb_from_lab(light, even))
    assert after[:, :180].mean() < 0.5 * before[:, :180].mean()
    assert after[:, 240:].max() < 1
