"""Controls whose value is picked or written: names, switches, texts, files, colours."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from graph.controls.control import Control, Schema, shown
from graph.errors import nearest


@dataclass(frozen=True)
class Choice(Control):
    """One of a few names."""

    widget = "choice"
    options: tuple[str, ...] = ()

    def validate(self, value: Any, whole: bool = False) -> Any:
        if not isinstance(value, str) or value not in self.options:
            raise ValueError(f"{shown(value)} is not a choice. {nearest(str(value), self.options)}")
        return value

    def schema(self, whole: bool = False) -> Schema:
        return {"type": "string", "enum": list(self.options)}


@dataclass(frozen=True)
class Toggle(Control):
    """On or off."""

    widget = "toggle"

    def validate(self, value: Any, whole: bool = False) -> Any:
        if not isinstance(value, bool):
            raise ValueError(f"must be true or false, not {shown(value)}.")
        return value

    def schema(self, whole: bool = False) -> Schema:
        return {"type": "boolean"}


@dataclass(frozen=True)
class Text(Control):
    """A line, or with `lines` above 1 a paragraph."""

    widget = "text"
    longest: int = 10_000
    lines: int = 1

    def validate(self, value: Any, whole: bool = False) -> Any:
        if not isinstance(value, str):
            raise ValueError(f"must be text, not {shown(value)}.")
        if len(value) > self.longest:
            raise ValueError(f"must have at most {self.longest} characters, not {len(value)}.")
        if "\0" in value:
            raise ValueError("must not hold a NUL character.")
        return value

    def schema(self, whole: bool = False) -> Schema:
        return {"type": "string", "maxLength": self.longest}


@dataclass(frozen=True)
class PhotoFile(Text):
    """A photo on disk: a path, relative to the workflow's folder or to the person's photos."""

    widget = "photo"
    file_backed = True
    longest: int = 4096

    def validate(self, value: Any, whole: bool = False) -> Any:
        path = super().validate(value, whole)
        if not path.strip():
            raise ValueError("names no photo.")
        return path


@dataclass(frozen=True)
class Weights(Text):
    """A model of one task, by its name in the catalogue or the name of its file; or a way that needs no model."""

    widget = "weights"
    longest: int = 200
    task: str = field(default="", kw_only=True)
    free: tuple[str, ...] = field(default=(), kw_only=True)
    """Choices that need no model file, such as a classical method."""

    def validate(self, value: Any, whole: bool = False) -> Any:
        name = super().validate(value, whole)
        if not name or "/" in name or "\\" in name:
            raise ValueError(f"must be the name of a model, not {shown(value)}.")
        return name


@dataclass(frozen=True)
class Colour(Control):
    """An sRGB colour written #rrggbb."""

    widget = "colour"

    def validate(self, value: Any, whole: bool = False) -> Any:
        if not isinstance(value, str) or not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
            raise ValueError(f"must be a colour such as #c08040, not {shown(value)}.")
        return value.lower()

    def schema(self, whole: bool = False) -> Schema:
        return {"type": "string", "pattern": "^#[0-9a-fA-F]{6}$"}
