from __future__ import annotations

from typing import Annotated, Any

import pytest
from annotated_types import Ge, Le
from hypothesis import given
from hypothesis import strategies as st

from graph.controls import Number, Pixels, Seed, Slider


@pytest.mark.parametrize("value", [True, False, "1", None, [1], float("nan"), float("inf"), 10**400, -(10**400)])
def test_no_finite_number(value: Any) -> None:
    with pytest.raises(ValueError, match="number"):
        Number().validate(value)


@pytest.mark.parametrize(("control", "value"), [(Slider(0, 1), -0.1), (Slider(0, 1), 1.1), (Number(high=3), 4)])
def test_out_of_range_names_the_bound(control: Number, value: float) -> None:
    with pytest.raises(ValueError, match=r"must be at (most|least) \d, not"):
        control.validate(value)


def test_a_bound_missed_by_little_is_shown_in_full() -> None:
    with pytest.raises(ValueError, match="must be at most 4294967295, not 4294967296"):
        Seed().validate(2**32)
    with pytest.raises(ValueError, match=r"must be at most 1, not 1\.0000001"):
        Slider().validate(1.0000001)


def test_whole_numbers() -> None:
    assert Number().validate(3.0, whole=True) == 3
    assert isinstance(Number().validate(3.0, whole=True), int)
    with pytest.raises(ValueError, match=r"whole number, not 3\.5"):
        Number().validate(3.5, whole=True)


def test_a_whole_and_a_broken_number_have_one_canonical_form() -> None:
    assert repr(Slider(0, 10).validate(3)) == "3.0"


def test_a_seed_is_whole() -> None:
    with pytest.raises(ValueError, match="whole"):
        Seed().validate(1.5)


@pytest.mark.parametrize(
    ("control", "whole", "schema"),
    [
        (Slider(0, 2), False, {"type": "number", "minimum": 0, "maximum": 2}),
        (Number(low=1), True, {"type": "integer", "minimum": 1}),
        (Number(), False, {"type": "number"}),
    ],
)
def test_schema(control: Number, whole: bool, schema: dict[str, Any]) -> None:
    assert control.schema(whole) == schema


def test_bounds_speak_the_annotated_types_vocabulary() -> None:
    assert list(Slider(0, 2)) == [Ge(0), Le(2)]
    assert list(Number()) == []


def test_pydantic_understands_a_slider() -> None:
    pydantic = pytest.importorskip("pydantic", reason="pydantic is not installed, and is not needed")
    adapter = pydantic.TypeAdapter(Annotated[float, Slider(0, 2)])
    with pytest.raises(pydantic.ValidationError):
        adapter.validate_python(3)


def test_broken_lengths_scale_exactly() -> None:
    assert Pixels().scaled(8.0, 0.25) == 2.0


@given(st.integers(0, 1000), st.floats(0.001, 1))
def test_a_whole_length_never_scales_to_nothing(length: int, scale: float) -> None:
    scaled = Pixels().scaled(length, scale)
    assert isinstance(scaled, int)
    assert bool(scaled) == bool(length)
    assert scaled <= max(1, length)
