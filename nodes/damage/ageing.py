"""What age does to the whole of a print: fading, yellowing, uneven light, grain; a soft lens, a printing screen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nodes.damage.coverage import blurred, lightness, threefold
from nodes.damage.field import Field, white
from nodes.damage.sheet import Sheet, Window
from nodes.kinds.arrays import Floats
from nodes.pixels.noise import FWHM, STRONGEST


@dataclass(frozen=True, slots=True)
class Ageing:
    """How much of each there is, 0..1; 1 is as bad as prints get that still show something."""

    fading: float = 0.0
    yellowing: float = 0.0
    uneven: float = 0.0
    grain: float = 0.0
    grain_size: float = 1.5
    """Pixels."""
    softness: float = 0.0
    """Deviation of the blur, pixels."""
    halftone: float = 0.0
    """Period of the printing screen, pixels; 0 for a real photo."""
    seed: int = 0

    @property
    def margin(self) -> int:
        """How far around a pixel is looked."""
        return int(np.ceil(4 * max(self.softness, self.halftone / 4)))

    def print(self, pixels: Floats, window: Window, sheet: Sheet) -> Floats:
        """The picture (H, W, 3) of that window as it was printed and has faded since."""
        if self.softness > 0:
            pixels = blurred(pixels, self.softness)
        if self.halftone > 0:
            pixels = _screened(pixels, window, self.halftone)
        if self.grain > 0:
            pixels = np.asarray(pixels + self._grain(pixels, window), np.float32)
        return np.clip(self._faded(np.clip(pixels, 0, 1), window, sheet), 0, 1)

    def tint(self, pixels: Floats, window: Window, sheet: Sheet) -> Floats:
        """Yellowed and unevenly lit, damage and all: the paper yellows too."""
        light = np.ones(window.shape, np.float32)
        if self.uneven > 0:
            light -= 0.5 * self.uneven * np.maximum(0, self._cloud(window, sheet, 0.6, 1) - 0.3)
        if self.yellowing > 0:
            # It comes from the rims and from whatever lay on the print.
            deep = self.yellowing * (0.6 + 0.5 * self._cloud(window, sheet, 0.35, 2) + 0.35 * _rim(window, sheet))
            kept = 1 - threefold(deep) * np.array([0.06, 0.17, 0.42], np.float32)
            pixels = np.asarray(pixels * kept, np.float32)
        return np.clip(pixels * threefold(light), 0, 1)

    def _faded(self, pixels: Floats, window: Window, sheet: Sheet) -> Floats:
        if self.fading <= 0:
            return pixels
        # Silver and dyes go first where air gets in: at the rims.
        amount = self.fading * (0.65 + 0.4 * self._cloud(window, sheet, 0.5, 3) + 0.25 * _rim(window, sheet))
        # Colours pale, black rises by a third of the range at most, and white falls by a seventh.
        kept, span = 1 - 0.6 * np.clip(amount, 0, 1), 1 - 0.48 * amount
        faded = pixels * threefold(kept * span)
        faded += threefold(lightness(pixels) * (1 - kept) * span + 0.34 * amount)
        return faded

    def _cloud(self, window: Window, sheet: Sheet, size: float, number: int) -> Floats:
        return Field(self.seed + 31 * number, max(2.0, size * max(sheet.height, sheet.width))).over(window)

    def _grain(self, pixels: Floats, window: Window) -> Floats:
        light = np.clip(lightness(pixels), 0, 1)
        sigma = max(self.grain_size / FWHM, 0.3)
        wide = window.grown(int(np.ceil(4 * sigma)))
        # Blurring takes away all of the deviation but 1 / (2 sigma sqrt(pi)).
        noise = blurred(white(wide, self.seed + 7), sigma)[window.within(wide)]
        strength = STRONGEST * self.grain * 2 * sigma * np.sqrt(np.pi)
        return threefold(np.float32(strength) * np.sqrt(4 * light * (1 - light) + 0.05) * noise)


def _rim(window: Window, sheet: Sheet) -> Floats:
    """1 at the rim of the print, 0 from a sixth of its shorter side inwards."""
    reach = min(sheet.height, sheet.width) / 6
    y = _near(window.top, window.height, sheet.height, reach)
    x = _near(window.left, window.width, sheet.width, reach)
    return np.maximum(y[:, None], x[None])


def _near(start: int, length: int, side: int, reach: float) -> Floats:
    """The same along one side."""
    at = np.arange(start, start + length) + 0.5
    return (np.clip(1 - np.minimum(at, side - at) / reach, 0, 1) ** 2).astype(np.float32)


def _screened(pixels: Floats, window: Window, period: float) -> Floats:
    """Dots of a screen at 45 degrees, larger where it is darker."""
    soft = blurred(pixels, period / 4)
    y = np.arange(window.top, window.top + window.height)[:, None]
    x = np.arange(window.left, window.left + window.width)[None]
    turn = np.pi * np.sqrt(2) / period
    screen = (0.25 * (np.cos((x + y) * turn) + np.cos((x - y) * turn)) + 0.5).astype(np.float32)
    light = np.clip(lightness(soft), 0, 1)
    steep = min(4.0, 0.7 * period)
    dots = np.clip((light - screen) * steep + 0.5, 0.04, 0.96)
    return soft + threefold(dots - light)
