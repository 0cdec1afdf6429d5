"""Chroma blurring, on and off: colours that ran over outlines, and colours in patches.

No network is needed. The photo's own colours are reduced to the size at which networks guess them, and come out as good
as such a guess can be; or they get the speckles of an old film.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import cv2
import numpy as np

from bench.judging.damages import SEED, Photo
from bench.judging.metrics import bleed, delta_e
from bench.measuring import Figure
from graph.context import Context
from nodes.colour.blur_chroma import blur_chroma
from nodes.colour.lab import lab_from_srgb, srgb_from_lab
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image

SPECKLES, GRAIN = 12.0, 3.0
"""Deviation of a* and b*, and pixels: colour noise of a small negative on fast film, enlarged."""

Way = Callable[[Floats], Floats]


def on_colour(photos: Sequence[Photo]) -> list[Figure]:
    """ΔE2000 and bleed of every way on every kind of wrong colour, mean over the photos; ours against none."""
    figures: list[Figure] = []
    for what, spoilt in SPOILT.items():
        before = [(spoilt(photo.truth), photo.truth) for photo in photos]
        found = {name: _mean([(way(picture), truth) for picture, truth in before]) for name, way in WAYS.items()}
        print(f"\nChroma blurring: {what}\n")
        print(f"| {'':<24} | ΔE2000 | bleed, a*b* |\n|{'-' * 26}|-------:|------------:|")
        for name, (difference, over) in found.items():
            print(f"| {name:<24} | {difference:6.3f} | {over:11.3f} |")
        for place, unit in enumerate(("ΔE2000", "a*b* beside edges of colour")):
            others = ", ".join(f"{name}: {each[place]:.3f}" for name, each in found.items() if name != ON)
            figures.append(Figure(f"chroma blurring, {what}: {unit}", found[ON][place], "", found[OFF][place], others))
    return figures


def _mean(pairs: Sequence[tuple[Floats, Floats]]) -> tuple[float, float]:
    return (
        float(np.mean([delta_e(picture, truth) for picture, truth in pairs])),
        float(np.mean([bleed(picture, truth) for picture, truth in pairs])),
    )


def _guessed(side: int) -> Way:
    """With the colours of so many pixels a side."""

    def spoilt(truth: Floats) -> Floats:
        light, tint = lab_from_srgb(truth)
        small = cv2.resize(tint, (side, side), interpolation=cv2.INTER_AREA)
        size = (light.shape[1], light.shape[0])
        return srgb_from_lab(light, np.asarray(cv2.resize(small, size, interpolation=cv2.INTER_LINEAR), np.float32))

    return spoilt


def _speckled(truth: Floats) -> Floats:
    light, tint = lab_from_srgb(truth)
    noise = cv2.GaussianBlur(np.random.default_rng(SEED).standard_normal(tint.shape, np.float32), (0, 0), GRAIN / 2)
    return srgb_from_lab(light, tint + np.float32(SPECKLES / noise.std()) * noise)


def _blurred(edges: float) -> Way:
    ctx = Context(allocate=partial(np.empty, dtype=np.float32))
    return lambda pixels: blur_chroma(ctx, Image(pixels), edges=edges).pixels


SPOILT: Mapping[str, Way] = {
    "guessed on 64 × 64": _guessed(64),
    "guessed on 128 × 128": _guessed(128),
    "speckled": _speckled,
}

ON, OFF = "along the edges", "off"

WAYS: Mapping[str, Way] = {OFF: lambda pixels: pixels, ON: _blurred(1.0), "over the edges": _blurred(0.0)}
