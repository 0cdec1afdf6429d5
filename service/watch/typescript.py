"""Writes web/src/server/messages.ts from the messages (`make types`), so that editor and server mean the same."""

from __future__ import annotations

import argparse
import ast
import inspect
import sys
import textwrap
import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from service.watch import messages
from service.watch.messages import ASKED, LEFT_OUT, MESSAGES

TARGET = Path(__file__).parents[2] / "web" / "src" / "server" / "messages.ts"

HEAD = "// Written by `make types` from service/watch/messages.py. Change that, not this.\n"

WIDTH = 120

SCALARS: Mapping[Any, str] = {
    str: "string",
    int: "number",
    float: "number",
    bool: "boolean",
    types.NoneType: "null",
    Any: "unknown",
}


def typescript() -> str:
    """The whole module."""
    tagged = {**dict.fromkeys(MESSAGES.values(), "event"), **dict.fromkeys(ASKED.values(), "ask")}
    parts = [_interface(each, tagged.get(each)) for each in _ordered([*MESSAGES.values(), *ASKED.values()])]
    told = _union("Message", MESSAGES, "What the server tells.")
    asked = _union("Asked", ASKED, "What a client may ask.")
    frame = _comment("What the server sends: messages; those that every client gets have consecutive numbers.")
    frame += "export type Frame = readonly (Message & { readonly seq?: number })[];\n"
    return "\n".join([HEAD + _comment(inspect.getdoc(messages) or ""), *parts, told, asked, frame])


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status: 1 if the file was to be compared and is stale."""
    parser = argparse.ArgumentParser(prog="python -m service.watch.typescript", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say whether the file is up to date")
    parser.add_argument("--target", type=Path, default=TARGET, help="the file; web/src/server/messages.ts if not given")
    options = parser.parse_args(arguments)
    target: Path = options.target
    text = typescript()
    if not options.check:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
    elif not target.is_file() or target.read_text(encoding="utf-8") != text:
        sys.stderr.write(f"{target.name} is stale. Run `make types`.\n")
        return 1
    return 0


def _ordered(wanted: Sequence[type]) -> list[type]:
    """The types and all that they hold, each once and after what it holds."""
    found: dict[type, None] = {}
    for each in wanted:
        inner = [part for annotation in _hints(each).values() for part in _records(annotation)]
        found.update(dict.fromkeys([*_ordered([part for part in inner if part not in found]), each]))
    return list(found)


def _hints(record: type) -> dict[str, Any]:
    """The fields that travel, and their annotations."""
    names = [each.name for each in fields(record)] if is_dataclass(record) else record.__annotations__
    hints, left_out = get_type_hints(record), LEFT_OUT.get(record, frozenset())
    return {name: hints[name] for name in names if name not in left_out}


def _records(annotation: Any) -> Iterator[type]:
    if isinstance(annotation, type) and (is_dataclass(annotation) or hasattr(annotation, "_fields")):
        yield annotation
    elif get_origin(annotation) is not Literal:
        for part in get_args(annotation):
            yield from _records(part)


def _interface(record: type, tag: str | None) -> str:
    documented, optional = _documented(record), _optional(record) if tag == "ask" else set[str]()
    lines = [f"export interface {record.__name__} {{"]
    if tag:
        lines.append(f'  readonly {tag}: "{record.__name__}";')
    for name, annotation in _hints(record).items():
        lines += [f"  {line}" for line in _comment(documented.get(name, ""), WIDTH - 2).splitlines()]
        lines.append(f"  readonly {name}{'?' if name in optional else ''}: {_type(annotation)};")
    return _comment(_about(record)) + "\n".join([*lines, "}", ""])


def _about(record: type) -> str:
    """The docstring, unless Python made it up of the fields."""
    text = inspect.getdoc(record) or ""
    return "" if text.startswith(f"{record.__name__}(") else text


def _documented(record: type) -> dict[str, str]:
    """What the strings under the fields say."""
    (body,) = ast.parse(textwrap.dedent(inspect.getsource(record))).body
    assert isinstance(body, ast.ClassDef)  # noqa: S101 - the source of a class is a class
    found: dict[str, str] = {}
    name = ""
    for statement in body.body:
        match statement:
            case ast.AnnAssign(target=ast.Name(id=id)):
                name = id
            case ast.Expr(value=ast.Constant(value=str(text))) if name:
                found[name] = inspect.cleandoc(text)
            case _:
                name = ""
    return found


def _optional(record: type) -> set[str]:
    """Fields that a client may leave out."""
    parameters = inspect.signature(record).parameters.values()
    return {each.name for each in parameters if each.default is not inspect.Parameter.empty}


def _type(annotation: Any) -> str:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if annotation in SCALARS:
        return SCALARS[annotation]
    if origin is Literal:
        return " | ".join(f'"{each}"' for each in arguments)
    if origin in {Union, types.UnionType}:
        return " | ".join(_type(each) for each in arguments)
    if origin is tuple:
        inner = _type(arguments[0])
        return f"readonly ({inner})[]" if "|" in inner else f"readonly {inner}[]"
    if origin is not None:
        return f"{{ readonly [name: string]: {_type(arguments[1])} }}"
    return annotation.__name__


def _union(name: str, members: Mapping[str, type], about: str) -> str:
    listed = "\n".join(f"  | {each}" for each in members)
    return f"{_comment(about)}export type {name} =\n{listed};\n"


def _comment(text: str, width: int = WIDTH) -> str:
    """The text as a comment of its own; nothing for no text."""
    if not text:
        return ""
    paragraphs = [textwrap.wrap(" ".join(part.split()), width - 3) for part in text.split("\n\n")]
    lines = [line for part in paragraphs for line in ["", *part]][1:]
    if len(lines) == 1 and len(lines[0]) <= width - 7:
        return f"/** {lines[0]} */\n"
    body = "\n".join(f" * {line}".rstrip() for line in lines)
    return f"/**\n{body}\n */\n"


if __name__ == "__main__":
    sys.exit(main())
