"""`--nodes`: what there is, and the help of one."""

from __future__ import annotations

from itertools import groupby

from cli.report import Report
from graph.errors import Problem, WorkflowError, nearest
from graph.registry import Registry
from graph.spec import NodeSpec, Setting


def show_nodes(registry: Registry, id: str, report: Report) -> None:
    """The catalogue, or one node's help. WorkflowError where there is no such node."""
    if id:
        if id not in registry:
            raise WorkflowError([Problem(f"There is no node {id!r}.", nearest(id, registry))])
        report.result(_help(registry[id]), registry[id].describe())
    else:
        report.result(_list(registry), {"nodes": [spec.describe() for _, spec in sorted(registry.items())]})


def _list(registry: Registry) -> str:
    lines: list[str] = []
    for family, members in groupby(sorted(registry.items()), key=lambda item: item[1].family):
        lines += ["", family]
        lines += [f"  {id:<24} {spec.summary}" for id, spec in members]
    return "\n".join(lines[1:])


def _help(spec: NodeSpec) -> str:
    parts = [f"{spec.title}  ({spec.id})", "", spec.summary]
    if spec.help:
        parts += ["", spec.help]
    if spec.sockets:
        inputs = [f"  {s.name:<14} {s.kind}{', optional' if s.optional else ''}" for s in spec.sockets.values()]
        parts += ["", "Inputs", *inputs]
    if spec.settings:
        parts += ["", "Settings"]
        parts += [_setting(setting) for setting in spec.settings.values()]
    if spec.outputs:
        parts += ["", "Outputs", *(f"  {port.name:<14} {port.kind}" for port in spec.outputs.values())]
    return "\n".join(parts)


def _setting(setting: Setting) -> str:
    schema = setting.control.schema(setting.whole)
    values = ""
    if "enum" in schema:
        values = " | ".join(schema["enum"])
    elif "minimum" in schema and "maximum" in schema:
        values = f"{schema['minimum']:g} to {schema['maximum']:g}"
    default = str(setting.default).lower() if isinstance(setting.default, bool) else str(setting.default)
    line = f"  {setting.name:<14} {default or '(none)'}{f'  [{values}]' if values else ''}"
    return f"{line}\n{'':17}{setting.control.help}" if setting.control.help else line
