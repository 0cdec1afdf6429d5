from __future__ import annotations

import threading

import numpy as np
import pytest

from graph.context import Context
from graph.errors import Cancelled
from nodes.background.grabcut import subject
from nodes.kinds.faces import Face, Faces


def nothing():
    """Nobody cancels."""


@pytest.fixture
def portrait(rng):
    """A black-and-white portrait (160, 120, 3): a dark coat and a light face before a grey wall; and where it is."""
    y, x = np.mgrid[:160, :120]
    head = ((x - 60) / 20) ** 2 + ((y - 50) / 26) ** 2 < 1
    coat = (y > 74) & (np.abs(x - 60) < 12 + (y - 74) * 0.9) & (np.abs(x - 60) < 44)
    light = np.where(head, 0.75, np.where(coat, 0.15, 0.45)) + rng.normal(0, 0.02, (160, 120))
    return np.repeat(light[..., None], 3, axis=2).clip(0, 1).astype(np.float32), head | coat


@pytest.fixture
def faces():
    points = ((52.0, 45.0), (68.0, 45.0), (60.0, 53.0), (54.0, 62.0), (66.0, 62.0))
    return Faces((Face((44, 30, 76, 72), points),), height=160, width=120)


def overlap(one, two):
    return np.count_nonzero(one & two) / np.count_nonzero(one | two)


def test_a_black_and_white_portrait_is_cut_out(portrait, faces):
    picture, truth = portrait
    assert overlap(subject(nothing, picture, faces) > 0, truth) > 0.93


def test_without_faces_it_takes_what_stands_out(rng):
    picture = np.full((120, 160, 3), (0.2, 0.3, 0.5), np.float32)
    picture[30:95, 55:110] = (0.8, 0.5, 0.3)
    picture = (picture + rng.normal(0, 0.02, picture.shape)).clip(0, 1).astype(np.float32)
    truth = np.zeros((120, 160), bool)
    truth[30:95, 55:110] = True
    assert overlap(subject(nothing, picture, None) > 0, truth) > 0.9


def test_the_same_every_time(portrait, faces):
    first, second = (subject(nothing, portrait[0], faces) for _ in range(2))
    assert np.array_equal(first, second)


def test_small_holes_are_filled_and_what_hangs_apart_is_dropped(portrait, faces):
    picture, _ = portrait
    picture[120:124, 58:62] = 0.45
    picture[10:20, 100:110] = 0.15
    found = subject(nothing, picture, faces)
    assert found[121:123, 59:61].all()
    assert not found[10:20, 100:110].any()


@pytest.mark.parametrize("size", [(1, 1), (1, 40), (40, 1), (2, 2), (9, 5)], ids=str)
@pytest.mark.parametrize("level", [0.0, 1.0])
def test_pictures_of_nothing(size, level):
    found = subject(nothing, np.full((*size, 3), level, np.float32), None)
    assert found.shape == size
    assert not found.any()


def test_it_can_be_cancelled(portrait, faces):
    stop = threading.Event()
    stop.set()
    with pytest.raises(Cancelled):
        subject(Context(cancelled=stop).check, portrait[0], faces)
