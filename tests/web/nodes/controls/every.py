"""One setting of every control, for the tests of the editor."""

from __future__ import annotations

from typing import Annotated, Any

from graph.context import Context
from graph.controls import (
    Choice,
    Colour,
    Curve,
    FaceChoice,
    Number,
    PhotoFile,
    Pixels,
    Placement,
    Points,
    Quad,
    Seed,
    Slider,
    Strokes,
    Text,
    Toggle,
    Weights,
)
from graph.spec import node
from nodes.kinds.faces import Faces
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask

LINE = [[0.0, 0.0], [1.0, 1.0]]
MIDDLE = {"x": 0.0, "y": 0.0, "scale": 1.0, "angle": 0.0}


@node(title="Every Control")
def every(
    ctx: Context,
    image: Image,
    mask: Mask | None = None,
    faces: Faces | None = None,
    *,
    slider: Annotated[float, Slider(0, 1, 0.05, help="A number between two ends.")] = 0.5,
    number: Annotated[int, Number(1, 10, help="A number to type.")] = 3,
    pixels: Annotated[float, Pixels(0, 300, 0.5, help="A length in pixels of the photo.")] = 4.0,
    seed: Annotated[int, Seed(help="The seed of chance.")] = 1,
    choice: Annotated[str, Choice(("apples", "pears", "plums"), help="One of a few names.")] = "apples",
    toggle: Annotated[bool, Toggle(help="On or off.")] = False,
    text: Annotated[str, Text(20, help="A line.")] = "hello",
    letter: Annotated[str, Text(200, 3, help="A paragraph.")] = "Dear Ada,",
    colour: Annotated[str, Colour(help="A colour.")] = "#c08040",
    photo: Annotated[str, PhotoFile(help="A photo.")] = "sample.jpg",
    model: Annotated[str, Weights(task="upscale", free=("lanczos",), help="A model, or a way without.")] = "lanczos",
    strokes: Annotated[list[Any], Strokes(help="What is painted.")] = [],  # noqa: B006 - never changed
    colours: Annotated[list[Any], Strokes(colours=True, help="What is painted in colours.")] = [],  # noqa: B006
    points: Annotated[list[list[float]], Points(5, help="Places on the photo.")] = [],  # noqa: B006
    quad: Annotated[list[list[float]], Quad(help="Four corners.")] = [],  # noqa: B006
    curve: Annotated[list[list[float]], Curve(help="A tone curve.")] = LINE,
    placement: Annotated[dict[str, float], Placement(help="Where it lies.")] = MIDDLE,
    which: Annotated[Any, FaceChoice(help="Which faces.")] = "all",
    rare: Annotated[float, Slider(0, 10, 1, advanced=True, help="Rarely used.")] = 0,
) -> Image:
    """Pass the photo on and say what was set.

    It does nothing: it shows what every control looks like, and what comes of it.
    """
    settings = [slider, number, pixels, seed, choice, toggle, text, letter, colour, photo, model, strokes, colours]
    found = [mask is not None, 0 if faces is None else len(faces)]
    ctx.say(f"{[*settings, points, quad, curve, placement, which, rare, *found]}")
    return image
