from __future__ import annotations

from typing import Any

import pytest

from graph.controls import Choice, Colour, PhotoFile, Text, Toggle, Weights


def test_a_misspelt_choice_is_told_the_nearest() -> None:
    with pytest.raises(ValueError, match="Did you mean 'bicubic'"):
        Choice(("nearest", "bicubic")).validate("bicubik")


def test_a_choice_without_a_near_one_is_told_all() -> None:
    with pytest.raises(ValueError, match="There is: nearest, bicubic"):
        Choice(("nearest", "bicubic")).validate(1)


@pytest.mark.parametrize("value", [0, 1, "true", None])
def test_a_toggle_is_true_or_false(value: Any) -> None:
    with pytest.raises(ValueError, match="true or false"):
        Toggle().validate(value)


@pytest.mark.parametrize(("value", "message"), [("abcd", "at most 3"), ("a\0", "NUL"), (7, "must be text")])
def test_text_is_bounded(value: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Text(longest=3).validate(value)


@pytest.mark.parametrize("value", ["", "  "])
def test_a_photo_has_a_name(value: str) -> None:
    with pytest.raises(ValueError, match="names no photo"):
        PhotoFile().validate(value)


def test_only_files_are_file_backed() -> None:
    assert PhotoFile.file_backed
    assert not Text.file_backed
    assert not Weights.file_backed


def test_a_colour_is_lower_case() -> None:
    assert Colour().validate("#ABCDEF") == "#abcdef"


@pytest.mark.parametrize("value", ["#abc", "abcdef", "#abcdeg", "#abcdef\n", 0xABCDEF])
def test_what_is_no_colour(value: Any) -> None:
    with pytest.raises(ValueError, match="must be a colour such as"):
        Colour().validate(value)
