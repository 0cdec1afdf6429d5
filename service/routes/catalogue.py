"""What there is to build workflows from: nodes, kinds of values, controls."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Annotated, Any

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

import graph.controls
from graph.controls import Control
from graph.errors import nearest
from graph.kinds import Kind
from graph.spec import NodeSpec
from service.desk import Desk, TheDesk
from service.refusals import Refusal
from service.routes.answers import ProblemJson, problems_of, refusals

Models = Callable[[str], list[str]]
"""The models that can be chosen for a task."""

router = APIRouter(prefix="/api", tags=["catalogue"])


class SocketJson(BaseModel):
    """An input."""

    kind: str
    optional: bool


class PortJson(BaseModel):
    """An output."""

    kind: str


class SettingJson(BaseModel):
    """A control under its name, with all that its widget needs besides."""

    model_config = ConfigDict(extra="allow")

    default: Any
    widget: str = Field(description="Which control it is: GET /api/controls explains each.")
    value_schema: dict[str, Any] = Field(alias="schema", description="JSON Schema of the values it takes.")
    help: str = ""
    models: list[str] | None = Field(None, description="Of a control that names a model: those that can be chosen.")


class NodeJson(BaseModel):
    """A node."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "id": "noise/denoise",
                "title": "Denoise",
                "family": "noise",
                "summary": "Remove noise and film grain.",
                "help": "Helps with photos taken in little light.",
                "version": 1,
                "effect": False,
                "volatile": False,
                "inputs": {"image": {"kind": "image", "optional": False}},
                "outputs": {"image": {"kind": "image"}},
                "settings": {
                    "strength": {
                        "default": 0.5,
                        "widget": "slider",
                        "high": 1.0,
                        "step": 0.05,
                        "schema": {"type": "number", "minimum": 0, "maximum": 1},
                        "help": "How much to remove.",
                    }
                },
            }
        }
    )

    id: str = Field(description="What a workflow writes as `type`.")
    title: str
    family: str
    summary: str = Field(description="One line, for lists.")
    help: str = Field(description="The rest of its documentation.")
    version: int
    effect: bool = Field(description="It writes files.")
    volatile: bool = Field(description="It always runs.")
    inputs: dict[str, SocketJson]
    outputs: dict[str, PortJson]
    settings: dict[str, SettingJson]


class NodesJson(BaseModel):
    """All nodes by id, and what is wrong with those that were refused at the start."""

    nodes: list[NodeJson]
    problems: list[ProblemJson]


class KindJson(BaseModel):
    """A type that wires have."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "name": "image",
                "colour": "#6f9ceb",
                "accepts": ["mask"],
                "reads": [".png", ".jpg"],
                "writes": [".png", ".jpg"],
            }
        }
    )

    name: str
    colour: str = Field(description="Of its sockets and wires, as #rrggbb.")
    accepts: list[str] = Field(description="Other kinds that fit into a socket of this one.")
    reads: list[str] = Field(description="Suffixes of files that hold one.")
    writes: list[str] = Field(description="Suffixes of files that one can be saved as.")


class ControlJson(BaseModel):
    """A widget that settings can have."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "widget": "toggle",
                "about": "On or off.",
                "value": {"type": "boolean"},
                "options": {"type": "object", "properties": {"help": {"type": "string"}}},
            }
        }
    )

    widget: str
    about: str
    value: dict[str, Any] = Field(description="JSON Schema of its value where no option says more.")
    options: dict[str, Any] = Field(description="JSON Schema of its options: what stands beside `widget` in a setting.")


@router.get("/nodes", summary="All nodes", response_model=NodesJson, response_model_exclude_unset=True)
def read_nodes(desk: TheDesk) -> dict[str, Any]:
    """Every node with its inputs, outputs, settings and help, by id."""
    models = _models(desk)
    registry = desk.session.registry
    nodes = [_described(spec, models) for _, spec in sorted(registry.items())]
    return {"nodes": nodes, "problems": problems_of(registry.problems)}


@router.get(
    "/nodes/{id:path}",
    summary="One node",
    response_model=NodeJson,
    response_model_exclude_unset=True,
    responses=refusals(404, 422),
)
def read_node(
    id: Annotated[str, Path(description="Family and name.", examples=["files/load"])],
    desk: TheDesk,
) -> dict[str, Any]:
    """A node with its inputs, outputs, settings and help."""
    registry = desk.session.registry
    if id not in registry:
        raise Refusal(404, f"There is no node {id[:100]!r}.", nearest(id[:100], registry))
    return _described(registry[id], _models(desk))


@router.get("/kinds", summary="All kinds", response_model=dict[str, list[KindJson]])
def read_kinds(desk: TheDesk) -> dict[str, list[KindJson]]:
    """What can travel along a wire, and which kind fits into which socket."""
    return {"kinds": [_kind(kind) for kind in desk.session.registry.kinds]}


@router.get("/controls", summary="All controls", response_model=dict[str, list[ControlJson]])
def read_controls() -> dict[str, list[ControlJson]]:
    """The widgets that settings have: their options, and the values they take."""
    return {"controls": list(_controls())}


def _models(desk: Desk) -> Models:
    """What can be chosen for a task; each task is looked up once."""
    shelf = desk.session.shelf
    return cache(lambda task: list(shelf.names(task)) if shelf else [])


def _described(spec: NodeSpec, models: Models) -> dict[str, Any]:
    whole = spec.describe()
    for name, control in spec.weight_settings.items():
        whole["settings"][name]["models"] = [*control.free, *models(control.task)]
    return whole


def _kind(kind: Kind) -> KindJson:
    return KindJson(
        name=kind.name,
        colour=kind.colour,
        accepts=list(kind.accepts),
        reads=list(kind.reads),
        writes=list(kind.writes),
    )


def _controls() -> Iterator[ControlJson]:
    for name in graph.controls.__all__:
        control = getattr(graph.controls, name)
        if isinstance(control, type) and issubclass(control, Control) and control.widget:
            about = (control.__doc__ or "").strip()
            options = TypeAdapter(control).json_schema()
            yield ControlJson(widget=control.widget, about=about, value=control().schema(), options=options)
