"""The notation of weights: what people write, and that anything may be written."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nodes.models.diffusion.weighting import MOST, Span, parse

WORDS = st.text("abc ,.:", min_size=1).filter(str.strip)


def spans(prompt: str) -> list[tuple[str, Any]]:
    """What a prompt without BREAK says."""
    (part,) = parse(prompt)
    return [(span.text, pytest.approx(span.weight)) for span in part]


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("a fox", [("a fox", 1)]),
        ("a (red) fox", [("a ", 1), ("red", 1.1), (" fox", 1)]),
        ("a ((red)) fox", [("a ", 1), ("red", 1.21), (" fox", 1)]),
        ("a [red] fox", [("a ", 1), ("red", 1 / 1.1), (" fox", 1)]),
        ("a (red:1.3) fox", [("a ", 1), ("red", 1.3), (" fox", 1)]),
        ("(red : .5 )", [("red ", 0.5)]),
        ("(red:-0.5)", [("red", -0.5)]),
        ("((red:1.3) fox:2)", [("red", 2.6), (" fox", 2)]),
        ("([a] b)", [("a", 1), (" b", 1.1)]),
        (r"a \(red\) fox \[x\] \\", [(r"a (red) fox [x] \ "[:-1], 1)]),
        (r"(\(red\):1.5)", [("(red)", 1.5)]),
        # Numbers belong to round brackets.
        ("[red:0.5]", [("red:0.5", 1 / 1.1)]),
        ("at 10:30, ratio 3:2", [("at 10:30, ratio 3:2", 1)]),
        ("(red:very)", [("red:very", 1.1)]),
        # Without their other half, brackets are text, and so is what only looks like a weight.
        ("a (red fox", [("a (red fox", 1)]),
        ("a red) fox", [("a red) fox", 1)]),
        ("a red:1.3) fox", [("a red:1.3) fox", 1)]),
        ("(a [red:1.3) fox", [("a [red", 1.3), (" fox", 1)]),
        ("(a [b) c]", [("a [b", 1.1), (" c]", 1)]),
        ("a \\ fox", [("a \\ fox", 1)]),
        ("(a:1.0) fox", [("a fox", 1)]),
    ],
)
def test_what_people_write(prompt, said):
    assert spans(prompt) == said


@pytest.mark.parametrize("prompt", ["", "  ", "()", "BREAK", " BREAK BREAK "])
def test_nothing_is_one_empty_part(prompt):
    assert parse(prompt) == ((),)


def test_breaks_part_a_prompt_also_inside_brackets():
    assert parse("a BREAK b") == ((Span("a "),), (Span(" b"),))
    assert parse("BREAK a BREAK BREAK (b BREAK c:2) BREAK") == (
        (Span(" a "),),
        (Span("b ", 2.0),),
        (Span(" c", 2.0),),
    )
    assert parse("a BREAKING b, break") == ((Span("a BREAKING b, break"),),)


@given(st.text())
def test_any_text_is_a_prompt(prompt):
    for part in parse(prompt):
        for span in part:
            assert span.text.strip()
            assert abs(span.weight) <= MOST


@given(st.text("()[]:1.2-\\ aB"))
def test_any_heap_of_signs_is_a_prompt(prompt):
    """What is not a bracket, its weight or an escape is kept, in order."""
    letters = [letter for letter in prompt if letter in "aB"]
    assert [letter for part in parse(prompt) for span in part for letter in span.text if letter in "aB"] == letters


@given(WORDS, st.integers(0, 20), st.integers(0, 20))
def test_nesting_multiplies(words, up, down):
    prompt = "(" * up + "[" * down + words + "]" * down + ")" * up
    assert spans(prompt) == [(words, 1.1 ** (up - down))]


@given(st.text().filter(lambda text: "BREAK" not in text and text.strip()))
def test_what_is_escaped_is_plain_text(text):
    assert parse("".join(f"\\{sign}" if sign in "\\()[]" else sign for sign in text)) == ((Span(text),),)


@given(WORDS, st.sampled_from(["(", "[", ")", "]", ":1.3)", "(((", "]])"]))
def test_half_a_pair_is_plain_text(words, half):
    assert parse(half + words) == ((Span(half + words),),)
    assert parse(words + half) == ((Span(words + half),),)


def test_neighbours_of_one_weight_are_read_together():
    assert spans("(a)(b) c (d:1.1)") == [("ab", 1.1), (" c ", 1), ("d", 1.1)]


@pytest.mark.parametrize("prompt", ["(a:1000)", "(" * 90 + "a" + ")" * 90, f"(a:{'9' * 400})"])
def test_weights_end_somewhere(prompt):
    assert spans(prompt) == [("a", MOST)]


def test_nothing_times_something_is_nothing():
    assert spans(f"((a:0):{'9' * 400})") == [("a", 0)]


@pytest.mark.parametrize("signs", ["(", "([", "(]", ":", ": ", "\\", "(a:1)", "BREAK ", " "])
def test_a_long_heap_of_signs_is_read(signs):
    """In time that grows with its length: looking back for every sign would take hours."""
    assert parse(signs * 100_000)
