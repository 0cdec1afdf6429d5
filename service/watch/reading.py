"""From JSON data to frozen records, by their annotations: strictly, and with a sentence for whoever wrote the data."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import lru_cache
from typing import Any, Literal, NamedTuple, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")

LARGEST = 2**53
"""Beyond it a browser's numbers are not exact."""

SHOWN = 40
"""Characters of a wrong name that are told back."""


class _Field(NamedTuple):
    annotation: Any
    required: bool


def read(type: type[T], data: Any, at: str = "") -> T:
    """A record of this type. ValueError naming the place and what is expected there; no other exception.

    Unknown and missing fields, numbers for texts, true for 1, and numbers beyond 2⁵³ are refused. Where a Mapping or
    Any is expected, what is inside is not looked at.
    """
    if not isinstance(data, dict):
        raise ValueError(f"{at or 'message'}: must be an object.")
    given, known = cast("dict[str, Any]", data), _fields(type)
    for name in given:
        if name not in known:
            raise ValueError(f"{_path(at, name[:SHOWN])}: there is no such field.")
    for name, field in known.items():
        if field.required and name not in given:
            raise ValueError(f"{_path(at, name)}: is missing.")
    return type(**{name: _value(known[name].annotation, part, _path(at, name)) for name, part in given.items()})


@lru_cache
def _fields(type: type) -> dict[str, _Field]:
    hints = get_type_hints(type)
    if is_dataclass(type):
        optional = {
            each.name for each in fields(type) if each.default is not MISSING or each.default_factory is not MISSING
        }
    else:
        optional = set(getattr(type, "_field_defaults", ()))
    return {name: _Field(annotation, name not in optional) for name, annotation in hints.items()}


def _path(at: str, name: str) -> str:
    shown = name if name.isprintable() else ascii(name)
    return f"{at}.{shown}" if at else shown


def _value(annotation: Any, data: Any, at: str) -> Any:
    origin = get_origin(annotation)
    if origin in {Union, types.UnionType}:
        return _optional(annotation, data, at)
    if origin is Literal:
        return _one_of(get_args(annotation), data, at)
    if origin is tuple:
        return _items(get_args(annotation)[0], data, at)
    if origin is Mapping:
        return _mapping(data, at)
    if annotation in SCALARS:
        return _scalar(annotation, data, at)
    return data if annotation is Any else read(annotation, data, at)


def _optional(annotation: Any, data: Any, at: str) -> Any:
    """`X | None`: no other unions stand inside messages."""
    if data is None:
        return None
    (wanted,) = [each for each in get_args(annotation) if each is not types.NoneType]
    return _value(wanted, data, at)


def _one_of(choices: tuple[Any, ...], data: Any, at: str) -> Any:
    if not isinstance(data, str) or data not in choices:
        raise ValueError(f"{at}: must be one of {', '.join(choices)}.")
    return data


def _items(annotation: Any, data: Any, at: str) -> tuple[Any, ...]:
    if not isinstance(data, list):
        raise ValueError(f"{at}: must be a list.")
    return tuple([_value(annotation, part, f"{at}[{index}]") for index, part in enumerate(cast("list[Any]", data))])


def _mapping(data: Any, at: str) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise ValueError(f"{at}: must be an object.")
    return cast("dict[str, Any]", data)


def _scalar(annotation: Any, data: Any, at: str) -> Any:
    accepted, words = SCALARS[annotation]
    if not isinstance(data, accepted) or (isinstance(data, bool) and annotation is not bool):
        raise ValueError(f"{at}: must be {words}.")
    # Compared this way round, NaN is refused too.
    if isinstance(data, int | float) and not -LARGEST <= data <= LARGEST:
        raise ValueError(f"{at}: is too large a number.")
    return data


SCALARS: Mapping[Any, tuple[tuple[type, ...], str]] = {
    str: ((str,), "text"),
    int: ((int,), "a whole number"),
    float: ((int, float), "a number"),
    bool: ((bool,), "true or false"),
}
