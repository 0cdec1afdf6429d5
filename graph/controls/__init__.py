"""The settings a node can have. One object is the widget, the validator and the JSON Schema.

A control stands in `Annotated` beside the parameter's type; the numeric ones yield the
`annotated_types` vocabulary (Ge, Le), so other tools that know it understand them too.
"""

from graph.controls.choices import Choice, Colour, PhotoFile, Text, Toggle, Weights
from graph.controls.control import Control, Schema
from graph.controls.marks import Curve, FaceChoice, Placement, Points, Quad, Strokes
from graph.controls.numbers import Number, Pixels, Seed, Slider

__all__ = [
    "Choice",
    "Colour",
    "Control",
    "Curve",
    "FaceChoice",
    "Number",
    "PhotoFile",
    "Pixels",
    "Placement",
    "Points",
    "Quad",
    "Schema",
    "Seed",
    "Slider",
    "Strokes",
    "Text",
    "Toggle",
    "Weights",
]
