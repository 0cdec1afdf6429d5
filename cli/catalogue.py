"""`--nodes`: what there is, and the help of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from cli.report import Report
from graph.errors import Problem, WorkflowError, nearest
from graph.registry import Registry
from graph.shelf import Shelf
from graph.spec import NodeSpec, Setting


def show_nodes(registry: Registry, id: str, shelf: Callable[[], Shelf], report: Report) -> None:
    """The catalogue, or one node's help. WorkflowError where there is no such node.

    The shelf is asked for only where a node uses models.
    """
    if id:
        if id not in registry:
            raise WorkflowError([Problem(f"There is no node {id!r}.", nearest(id, registry))])
        spec = registry[id]
        models = {name: [*control.free, *shelf().names(control.task)] for name, control in spec.weight_settings.items()}
        report.result(_help(spec, models), {**spec.describe(), "models": models})
    else:
        report.result(_list(registry), {"nodes": [spec.describe() for _, spec in sorted(registry.items())]})


def _list(registry: Registry) -> str:
    lines: list[str] = []
    for family, members in groupby(sorted(registry.items()), key=lambda item: item[1].family):
        lines += ["", family]
        lines += [f"  {id:<24} {spec.summary}" for id, spec in members]
    return "\n".join(lines[1:])


def _help(spec: NodeSpec, models: Mapping[str, Sequence[str]]) -> str:
    parts = [f"{spec.title}  ({spec.id})", "", spec.summary]
    if spec.help:
        parts += ["", spec.help]
    if spec.sockets:
        inputs = [f"  {s.name:<14} {s.kind}{', optional' if s.optional else ''}" for s in spec.sockets.values()]
        parts += ["", "Inputs", *inputs]
    if spec.settings:
        parts += ["", "Settings"]
        parts += [_setting(setting, models.get(setting.name, ())) for setting in spec.settings.values()]
    if spec.outputs:
        parts += ["", "Outputs", *(f"  {port.name:<14} {port.kind}" for port in spec.outputs.values())]
    return "\n".join(parts)


def _setting(setting: Setting, models: Sequence[str]) -> str:
    schema = setting.control.schema(setting.whole)
    values = " | ".join(models)
    if "enum" in schema:
        values = " | ".join(schema["enum"])
    elif "minimum" in schema and "maximum" in schema:
        values = f"{schema['minimum']:g} to {schema['maximum']:g}"
    default = str(setting.default).lower() if isinstance(setting.default, bool) else str(setting.default)
    line = f"  {setting.name:<14} {default or '(none)'}{f'  [{values}]' if values else ''}"
    return f"{line}\n{'':17}{setting.control.help}" if setting.control.help else line
