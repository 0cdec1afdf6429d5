"""Lines that belong to the picture: hair, whiskers, wires, fences, rigging. Never in the mask."""

from __future__ import annotations

import numpy as np

from nodes.damage.coverage import Points, blurred, soft_stroke
from nodes.damage.coverage import around as box
from nodes.damage.sheet import Window
from nodes.damage.way import tapered, wandering
from nodes.kinds.arrays import Floats
from training.coverage import laid


def strands(pixels: Floats, rng: np.random.Generator) -> Floats:
    """A lock of hair, fur or grass: many lines that run nearly alike, some light, some dark, in the picture's tones."""
    window, long = _window(pixels), max(pixels.shape)
    pixels = pixels.copy()
    root, angle = _somewhere(window, rng), rng.uniform(0, 2 * np.pi)
    spread, bend = rng.uniform(8, 60), rng.normal(0, 0.8)
    length, wide = rng.uniform(0.1, 0.5) * long, rng.uniform(0.7, 2.2)
    around = pixels[int(root[1]) % window.height, int(root[0]) % window.width]
    for _ in range(rng.integers(15, 60)):
        start = root + rng.normal(0, spread, 2)
        way = wandering(start, angle + rng.normal(0, 0.12), length * rng.uniform(0.4, 1), rng, bend=bend, tremble=0.03)
        widths = (wide * rng.uniform(0.7, 1.2) * tapered(len(way) - 1, 0.4)).tolist()
        soft, depth = rng.uniform(0.3, 0.7), rng.uniform(0.3, 0.9)
        tone = float(np.clip(around.mean() + rng.normal(0, 0.22), 0, 1))
        part = box(way, 8).common(window)
        if part.height > 0 and part.width > 0:
            place = part.within(window)
            pixels[place] = laid(pixels[place], soft_stroke(part, way, widths, soft) * np.float32(depth), tone)
    return pixels


def wires(pixels: Floats, rng: np.random.Generator) -> Floats:
    """Telegraph wires, rigging, clothes lines: a few long dark lines that hang alike, from one rim to the other."""
    window = _window(pixels)
    count, apart = int(rng.integers(2, 7)), rng.uniform(6, 40)
    left, right = rng.uniform(0, window.height, 2)
    sag, wide, tone = rng.uniform(0, 0.12) * window.width, rng.uniform(0.8, 2.5), rng.uniform(0, 0.35)
    upright = rng.random() < 0.3
    for number in range(count):
        x = np.linspace(-5, window.width + 5, 60)
        t = x / window.width
        y = left + (right - left) * t + 4 * sag * t * (1 - t) + number * apart
        way = np.stack([y, x] if upright else [x, y], axis=1)
        pixels = laid(pixels, soft_stroke(window, way, [wide], 0.5) * rng.uniform(0.6, 0.95), tone)
    return pixels


def fence(pixels: Floats, rng: np.random.Generator) -> Floats:
    """Bars, netting or the lines of a court: straight, equally far apart."""
    window, long = _window(pixels), float(np.hypot(*pixels.shape[:2]))
    apart, wide = rng.uniform(10, 70), rng.uniform(0.9, 3.5)
    tone = rng.uniform(0, 0.35) if rng.random() < 0.6 else rng.uniform(0.75, 1)
    turn = rng.uniform(0, np.pi)
    cover = np.zeros(window.shape, np.float32)
    middle = np.array([window.width, window.height]) / 2
    patch = rng.uniform(0.2, 0.6) * long
    for angle in (turn, turn + rng.uniform(0.6, 1.57))[: int(rng.integers(1, 3))]:
        along, across = np.array([np.cos(angle), np.sin(angle)]), np.array([-np.sin(angle), np.cos(angle)])
        for away in np.arange(-patch / 2, patch / 2, apart):
            place = middle + across * away
            ends = np.stack([place - along * patch / 2, place + along * patch / 2])
            cover = np.maximum(cover, soft_stroke(window, ends, [wide], 0.4))
    return laid(pixels, blurred(cover, rng.uniform(0.3, 0.8)) * rng.uniform(0.5, 0.95), tone)


def _window(pixels: Floats) -> Window:
    return Window(0, 0, *pixels.shape[:2])


def _somewhere(window: Window, rng: np.random.Generator) -> Points:
    return np.array([rng.uniform(0, window.width), rng.uniform(0, window.height)])
