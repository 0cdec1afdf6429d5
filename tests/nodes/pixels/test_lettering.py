from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nodes.pixels.lettering import DRAWN, drawable, lettered, shortened


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Fill Damage", "Fill Damage"),
        ("größer × höher – Łódź", "grosser x hoher - Lodz"),
        ("写真", "??"),
        ("a\n b\t", "a b"),
        ("so…", "so…"),
        ("½ é ﬁ", "1?2 e fi"),
    ],
)
def test_what_can_be_drawn(text, drawn):
    assert drawable(text) == drawn


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=60), st.integers(6, 40))
def test_any_text_is_one_line_of_ink(text, size):
    ink = lettered(text, size)
    assert set(drawable(text)) <= DRAWN
    assert drawable(drawable(text)) == drawable(text)
    assert ink.shape[0] == lettered("", size).shape[0]
    assert 0 <= ink.min() <= ink.max() <= 1
    assert (ink.max() > 0) == bool(drawable(text))


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=80), st.integers(20, 400))
def test_shortened_text_fits_and_begins_alike(text, width):
    short = shortened(text, 14, width)
    assert not short or lettered(short, 14).shape[1] <= width
    assert drawable(text).startswith(short.removesuffix("…"))
    if lettered(text, 14).shape[1] <= width:
        assert short == drawable(text)
