"""The one tone of a photo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.repair.filling.tone import one_tone

if TYPE_CHECKING:
    from tests.nodes.conftest import Prints


def marked(side: int = 256) -> Floats:
    mask = np.zeros((side, side), np.float32)
    mask[:80, :80] = 1
    return mask


@pytest.mark.parametrize("state", ["grey", "sepia"])
def test_what_is_invented_in_colours_takes_the_tone_of_the_print(prints: Prints, state: str):
    photo = getattr(prints, state)
    tone = one_tone(Image(np.where(marked()[..., None] > 0, np.float32(0.9), photo)), marked())
    assert tone
    assert np.abs(tone.of(prints.sound) - photo)[:80, :80].mean() < 0.02


def test_a_photo_in_colours_has_none(prints: Prints):
    assert one_tone(Image(prints.sound), marked()) is None


def test_nothing_sound_has_none(prints: Prints):
    assert one_tone(Image(prints.sepia), np.ones((256, 256), np.float32)) is None
