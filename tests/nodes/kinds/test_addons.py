from __future__ import annotations

import math

import numpy as np
import pytest

from nodes.kinds.addons import DEEPEST_SKIP, Addons, Control, Lora
from nodes.kinds.image import Image

PICTURE = Image(np.zeros((4, 6, 3), np.float32))


def test_nothing_is_added_by_default():
    assert not Addons()
    assert Addons().names == ()


@pytest.mark.parametrize(
    "addons", [Addons((Lora("a"),)), Addons(vae="b"), Addons(clip_skip=2), Addons(controls=(Control("c", PICTURE),))]
)
def test_anything_counts(addons):
    assert addons


def test_each_file_is_named_once():
    addons = Addons((Lora("a"), Lora("b", 0.5), Lora("a")), "c", 2, (Control("d", PICTURE), Control("d", PICTURE)))
    assert addons.names == ("a", "b", "c", "d")


@pytest.mark.parametrize("strength", [-2.1, 2.1, math.nan, math.inf])
def test_a_lora_of_that_strength_is_refused(strength):
    with pytest.raises(ValueError, match="strength lies in"):
        Lora("a", strength)


@pytest.mark.parametrize("fields", [{"strength": -0.1}, {"strength": math.nan}, {"until": 1.1}, {"until": -1}])
def test_a_control_beyond_its_range_is_refused(fields):
    with pytest.raises(ValueError, match="lies in"):
        Control("a", PICTURE, **fields)


def test_a_control_sees_what_it_can():
    assert Control("a", PICTURE).sees == "edges"
    with pytest.raises(ValueError, match="sees one of"):
        Control("a", PICTURE, sees="ghosts")  # pyright: ignore[reportArgumentType] - what a damaged file may say


def test_files_have_names():
    with pytest.raises(ValueError, match="name of a file"):
        Lora("")
    with pytest.raises(ValueError, match="name of a file"):
        Control("", PICTURE)


@pytest.mark.parametrize("skip", [-1, DEEPEST_SKIP + 1])
def test_no_deeper_clip_skip(skip):
    with pytest.raises(ValueError, match="clip skip"):
        Addons(clip_skip=skip)


def test_the_pictures_of_controls_change_together():
    addons = Addons((Lora("a"),), "b", 1, (Control("c", PICTURE, 0.5, 0.6), Control("d", PICTURE)))
    cut = addons.with_pictures(lambda picture: picture.like(picture.pixels[:2]))
    assert [each.picture.height for each in cut.controls] == [2, 2]
    assert (cut.loras, cut.vae, cut.clip_skip) == (addons.loras, "b", 1)
    assert (cut.controls[0].strength, cut.controls[0].until) == (0.5, 0.6)
    assert addons.controls[0].picture is PICTURE
