from __future__ import annotations

import numpy as np
import pytest

from nodes.tone.curve import through
from nodes.tone.fading import cure, measured


def ends_of(pixels):
    return measured(np.ascontiguousarray(pixels.reshape(-1, 3)))


@pytest.mark.parametrize("amount", [0.3, 0.6, 0.9])
def test_the_more_a_print_has_faded_the_more_evident_it_is(prints, amount):
    sound, faded, more = (
        ends_of((prints.sound * (1 - 0.48 * fog) + 0.34 * fog).astype(np.float32)).evidence(coloured=True)
        for fog in (0.0, amount, amount + 0.1)
    )
    assert sound < faded < more


def test_fog_is_taken_back(prints):
    foggy = (0.25 + 0.6 * prints.grey).astype(np.float32)
    light = cure(ends_of(foggy), 1.0).light
    assert 0.0 < float(through(light, np.array([0.25], np.float32))[0]) < 0.12
    assert (np.diff(light) >= 0).all()


def test_no_amount_is_no_change(prints):
    remedy = cure(ends_of(prints.faded), 0.0)
    assert remedy.deeper == 1.0
    straight = np.linspace(0, 1, remedy.light.size)
    for curve in (remedy.light, *remedy.channels):
        assert np.abs(curve - straight).max() < 1e-6


def test_what_is_vivid_is_not_deepened(prints):
    foggy = (0.2 + 0.6 * prints.sound).astype(np.float32)
    vivid, pale = (
        cure(ends_of((foggy * (1 - share) + share * foggy.mean(axis=2, keepdims=True)).astype(np.float32)), 1.0).deeper
        for share in (0.0, 0.7)
    )
    assert 1.0 <= vivid < pale


def test_lost_dyes_are_treated_colour_by_colour(prints):
    """A tint of black below a tenth is what was photographed; a strong one is taken out."""

    def tint(cast):
        found = ends_of((0.15 + 0.7 * prints.grey + np.array([cast, 0.0, 0.0]) * (1 - prints.grey)).astype(np.float32))
        remedy = cure(found, 1.0)
        ends = zip(remedy.channels, found.blacks, strict=True)
        darkest = [float(through(curve, np.array([black], np.float32))[0]) for curve, black in ends]
        return np.ptp(darkest) / np.ptp(found.blacks)

    assert tint(0.2) < 0.5 * tint(0.05)
