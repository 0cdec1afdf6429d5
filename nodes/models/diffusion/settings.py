"""Settings that all steps that draw have in common."""

from __future__ import annotations

from typing import Annotated

from graph.controls import Choice, Slider
from nodes.models.diffusion.samplers import SAMPLERS

Steps = Annotated[
    int, Slider(1, 150, 1, help="How often noise is taken away; more takes longer, and beyond 30 changes little.")
]

Guidance = Annotated[
    float, Slider(0, 20, 0.5, help="How closely the words are followed; too much makes harsh colours.")
]

Sampler = Annotated[str, Choice(SAMPLERS, help="The way in which noise becomes a picture.", advanced=True)]
