"""Choose what the tones of a photo need."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, NamedTuple

import numpy as np

from graph.context import Context
from graph.controls import Choice, Slider, Toggle
from graph.spec import node
from nodes.kinds.image import Image
from nodes.pixels.colour import luma
from nodes.pixels.sample import averaged, extent, inside
from nodes.tone.contrast import contrast
from nodes.tone.equalising import liveliness
from nodes.tone.even_light import even_light
from nodes.tone.fade import fade
from nodes.tone.levels import levels
from nodes.tone.white_balance import white_balance

DULL = 0.5
"""A span from black to white below this calls for levels; three of a hundred sound photos span less."""

LIFELESS = 0.05
"""Deviation of brightness within the parts of a picture below which restored tones still look flat; of sound photos
one in twenty lies below."""

GENTLE = 0.5
"""Of the strength of local contrast: it comes last, on top of the others."""


class Step(NamedTuple):
    """A node that may be needed, and when it is asked at all."""

    title: str
    call: Callable[[Context, Image], Image]
    asked: Callable[[Image, list[str]], bool]
    """From the picture so far and the titles of the steps that changed it."""


@node(title="Restore Tones Automatically")
def auto(
    ctx: Context,
    image: Image,
    *,
    strength: Annotated[float, Slider(0, 1, 0.05, help="How much of each correction is made.")] = 1.0,
    tone: Annotated[
        str, Choice(("keep", "neutral"), help="A sepia or otherwise toned print keeps its tone or becomes grey.")
    ] = "keep",
    skin: Annotated[
        float, Slider(0, 1, 0.05, help="How much skin is kept from flushing and from turning to another hue.")
    ] = 0.5,
    local: Annotated[bool, Toggle(help="Add local contrast where the restored photo is still flat.")] = True,
) -> Image:
    """Measure a photo and do what its tones need, or nothing.

    It chooses among evening out light and stains, restoring faded colours, white balance, levels and local contrast,
    and says what it chose. A photo that is neither faded, uneven nor dull comes back untouched.

    Each of these is a step of its own too, for when you want it otherwise.
    """
    done, result = list[str](), image
    steps = _steps(strength, tone, skin, local=local) if strength > 0 else []
    for number, step in enumerate(steps):
        if not step.asked(result, done):
            continue
        part = replace(ctx, notes=[], on_progress=_share(ctx, number, len(steps)))
        changed = step.call(part, result)
        if changed is not result:
            done.append(step.title)
            ctx.say(f"{step.title}: {' '.join(part.notes)}")
        result = changed
    if not done:
        ctx.say("Neither faded, uneven nor dull: left as it is." if strength > 0 else "No correction is wanted.")
    return result


def _steps(strength: float, tone: str, skin: float, *, local: bool) -> list[Step]:
    return [
        Step("Light evened out", lambda ctx, image: even_light(ctx, image, strength=strength), _always),
        Step(
            "Faded tones restored",
            lambda ctx, image: fade(ctx, image, strength=strength, tone=tone, skin=skin),
            _always,
        ),
        Step(
            "Colour cast taken out",
            lambda ctx, image: white_balance(ctx, image, strength=0.5 * strength),
            lambda _, done: "Faded tones restored" in done,
        ),
        Step(
            "Contrast stretched",
            lambda ctx, image: levels(ctx, image, strength=strength),
            lambda image, done: not done and _span(image) < DULL,
        ),
        Step(
            "Local contrast added",
            lambda ctx, image: contrast(ctx, image, strength=GENTLE * strength),
            lambda image, done: local and bool(done) and _liveliness(image) < LIFELESS,
        ),
    ]


def _always(_image: Image, _done: list[str]) -> bool:
    return True


def _share(ctx: Context, number: int, count: int) -> Callable[[float, bytes], None]:
    return lambda fraction, sketch: ctx.on_progress((number + fraction) / count, sketch)


def _span(image: Image) -> float:
    return float(np.subtract(*np.quantile(luma(inside(image)[None]), (0.995, 0.005))))


def _liveliness(image: Image) -> float:
    small = averaged(image.pixels)
    return liveliness(luma(small[extent(small)]))
