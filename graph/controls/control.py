"""What every control has in common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar, cast

from annotated_types import BaseMetadata, GroupedMetadata

Schema = dict[str, Any]


@dataclass(frozen=True)
class Control(GroupedMetadata):
    """What every control has: help for its user, and whether it stands among the rarely used ones."""

    widget: ClassVar[str] = ""
    file_backed: ClassVar[bool] = False
    """The value names a file, whose content belongs to the step's key."""

    help: str = field(default="", kw_only=True)
    advanced: bool = field(default=False, kw_only=True)

    def __iter__(self) -> Iterator[BaseMetadata]:
        return iter(())

    def validate(self, value: Any, whole: bool = False) -> Any:
        """The value in its canonical form. Raises ValueError with a sentence for the user."""
        return value

    def scaled(self, value: Any, scale: float) -> Any:
        """The same setting for a photo resized by `scale`; only lengths and positions change."""
        return value

    def schema(self, whole: bool = False) -> Schema:
        """JSON Schema of the value."""
        return {}

    def describe(self, whole: bool = False) -> Schema:
        """All that an editor needs to draw the widget."""
        options = {name: value for name, value in asdict(self).items() if value not in (None, "", False)}
        return {"widget": self.widget, **options, "schema": self.schema(whole)}


def shown(value: Any) -> str:
    """A value as an error shows it: never longer than a line."""
    text = "null" if value is None else repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


def listed(value: Any) -> list[Any] | None:
    """The value if it is a list, as JSON has it or as Python writes it."""
    return list(cast("list[Any]", value)) if isinstance(value, list | tuple) else None


def mapped(value: Any) -> dict[str, Any] | None:
    """The value if it is an object with text names."""
    return dict(cast("dict[str, Any]", value)) if isinstance(value, Mapping) else None
