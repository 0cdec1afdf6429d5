"""Which media type an answer gets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.accept import choose

OFFERED = ("image/jpeg", "image/png", "image/webp")


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", "image/jpeg"),
        ("  ", "image/jpeg"),
        ("*/*", "image/jpeg"),
        ("image/*", "image/jpeg"),
        ("image/png", "image/png"),
        ("IMAGE/PNG", "image/png"),
        ("image/png;q=0.3,image/webp;q=0.7", "image/webp"),
        ("image/png; level=9 ; q=0.3, image/webp ; q=0.2", "image/png"),
        ("image/*;q=0.5, image/webp", "image/webp"),
        ("*/*, image/jpeg;q=0", "image/png"),
        ("image/*;q=0, */*", None),
        ("image/jpeg;q=0", None),
        ("text/html", None),
        ("image/jpg", "image/jpeg"),
        ("image/png;q=high", None),
        ("image/png;q=2", None),
        ("image/png;q=nan", None),
        (",;/,", None),
    ],
)
def test_choice(accept: str, chosen: str | None):
    assert choose(accept, OFFERED) == chosen


@given(st.text(max_size=60))
def test_any_text_is_an_answer(accept: str):
    assert choose(accept, OFFERED) in {*OFFERED, None}
