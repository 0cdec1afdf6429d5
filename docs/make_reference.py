"""Writes docs/nodes.md, the reference of all nodes, and docs/models.md, that of all model files, from what they say.

python docs/make_reference.py           writes them
python docs/make_reference.py --check   exits 1 if they no longer say what the nodes and the catalogue say
"""

from __future__ import annotations

import argparse
import importlib
import inspect
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import nodes
from graph.controls import Weights
from graph.errors import WorkflowError
from graph.registry import Registry
from graph.spec import NodeSpec, Setting
from nodes.models.catalog import Catalog, Entry, catalog

FOLDER = Path(__file__).parent

INTRODUCTION = """\
# The nodes

What each node does, what it takes and gives, and its settings. The same is shown by `python server.py --nodes ID`.
This page is made from the nodes by `python docs/make_reference.py`.

- An **image** is a photo. A **mask** says where to act: white is fully, black not at all. Where an image is wanted, a
  mask fits too, as a grey picture.
- **Add-ons** are what is added to a diffusion model: LoRAs, a VAE, lines to follow.
- An optional input may stay without a wire.
- Lengths in px are pixels of the photo: what is 10 px on a scan at 300 dpi is 20 px on one at 600 dpi.
- Every node can be switched off with `"bypass": true`; it then passes on what it gets.
- The pictures show what goes in at the left and what comes out at the right.
- A setting that names a model takes any of the [model files](models.md), or the name of a file of your own."""

MODELS = """\
# The model files

Networks that nodes can use. The one that finds scratches comes with Heirloom. Others have trained the rest: each is
downloaded when it is first needed, or with `python server.py --fetch NAME`; `python server.py --weights` shows which
are there. **Mind the licences:** some models may not be used for money.

This page is made from `weights/catalog.toml` by `python docs/make_reference.py`."""


def reference(registry: Registry) -> str:
    """The whole page, as Markdown. WorkflowError if any node was refused: it would be missing."""
    if registry.problems:
        raise WorkflowError(registry.problems)
    specs = sorted(registry.values(), key=lambda spec: spec.id)
    families = [(family, list(members)) for family, members in groupby(specs, key=lambda spec: spec.family)]
    parts = [INTRODUCTION, *(_contents(family, members) for family, members in families)]
    for family, members in families:
        parts.append(f"## {family}")
        parts += [_node(spec) for spec in members]
    return "\n\n".join(parts) + "\n"


def models(entries: Catalog) -> str:
    """The page of model files, as Markdown."""
    parts = [MODELS]
    for task, members in groupby(entries.values(), key=lambda entry: entry.task):
        rows = [_model(entry) for entry in members]
        parts += [f"## {task}", _table(("name", "model", "size", "licence", "for money"), rows)]
    return "\n\n".join(parts) + "\n"


def _model(entry: Entry) -> tuple[str, ...]:
    unknown = "not published" if entry.urls else "comes with Heirloom"
    size = f"{entry.bytes / 1e6:.1f} MB" if entry.bytes else unknown
    about = f"**{entry.title}.** {entry.about}".strip()
    return f"`{entry.name}`", about, size, entry.licence, "yes" if entry.commercial else "**no**"


def _contents(family: str, members: Sequence[NodeSpec]) -> str:
    purpose = inspect.getdoc(importlib.import_module(f"nodes.{family}")) or ""
    rows = [(f"[{spec.title}](#{_anchor(spec)})", f"`{spec.id}`", spec.summary) for spec in members]
    return f"**[{family}](#{family})**: {purpose}\n\n{_table(('node', 'id', ''), rows)}"


def _anchor(spec: NodeSpec) -> str:
    return spec.id.replace("/", "-")


def _node(spec: NodeSpec) -> str:
    parts = [f'<a id="{_anchor(spec)}"></a>\n\n### {spec.title}', f"`{spec.id}`", spec.summary]
    parts += [text for text in (spec.help, _remarks(spec), _picture(spec)) if text]
    inputs = [(f"`{s.name}`", f"{s.kind}, optional" if s.optional else s.kind) for s in spec.sockets.values()]
    outputs = [(f"`{port.name}`", port.kind) for port in spec.outputs.values()]
    settings = [_setting(setting) for setting in spec.settings.values()]
    for head, rows in ((("input", ""), inputs), (("setting", "default", "values", ""), settings)):
        parts += [_table(head, rows)] if rows else []
    return "\n\n".join([*parts, *([_table(("output", ""), outputs)] if outputs else [])])


def _picture(spec: NodeSpec) -> str:
    """What goes in at the left, what comes out at the right; made by make_node_pictures.py."""
    file = f"nodes/{_anchor(spec)}.webp"
    return f"![{spec.title}: before and after]({file})" if (FOLDER / file).is_file() else ""


def _remarks(spec: NodeSpec) -> str:
    remarks = {
        "It writes files.": spec.effect,
        "It runs each time, whether anything changed or not.": spec.volatile,
    }
    return " ".join(text for text, applies in remarks.items() if applies)


def _setting(setting: Setting) -> tuple[str, str, str, str]:
    help = f"{setting.control.help}{' *Rarely needed.*' if setting.control.advanced else ''}"
    return f"`{setting.name}`", _value(setting.default), _values(setting), help


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "`true`" if value else "`false`"
    if isinstance(value, float):
        return f"{value:.15g}"
    return f"`{value}`" if isinstance(value, str) and value else str(value) or "none"


def _values(setting: Setting) -> str:
    """What may be written there."""
    if isinstance(setting.control, Weights):
        names = [*setting.control.free, *(entry.name for entry in catalog().of(setting.control.task))]
        return ", ".join(f"`{name}`" for name in names)
    schema = setting.control.describe(setting.whole)
    unit = f" {schema['unit']}" if schema.get("unit") else ""
    schema = schema["schema"]
    if "enum" in schema:
        return ", ".join(f"`{option}`" for option in schema["enum"])
    if "minimum" in schema and "maximum" in schema:
        return f"{schema['minimum']:.15g} to {schema['maximum']:.15g}{unit}"
    if schema.get("type") == "boolean":
        return "`true`, `false`"
    return "a file" if setting.control.file_backed else str(setting.control.widget)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join(_line(row) for row in (head, ["---"] * len(head), *rows))


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(_escaped(cells))} |"


def _escaped(cells: Iterable[str]) -> Iterator[str]:
    return (" ".join(cell.replace("|", "\\|").split()) for cell in cells)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Write the reference of all nodes and model files.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if it is out of date")
    parser.add_argument("--output", type=Path, default=FOLDER, metavar="FOLDER")
    asked = parser.parse_args(arguments)
    pages = {"nodes.md": reference(Registry.collect(nodes)), "models.md": models(catalog())}
    stale = [name for name, text in pages.items() if not _says(asked.output / name, text)]
    for name in stale:
        if asked.check:
            print(f"{asked.output / name} is out of date. Run: python docs/make_reference.py", file=sys.stderr)
        else:
            (asked.output / name).write_text(pages[name], encoding="utf-8", newline="\n")
    return 1 if asked.check and stale else 0


def _says(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    sys.exit(main())
