"""Makes sample.jpg: a portrait in the public domain, turned into an old print and then damaged.

    python workflows/make_sample.py                     writes workflows/sample.jpg
    python workflows/make_sample.py --clean clean.png   also writes the same print before its damage

The portrait is the U.S. Navy's photograph of Grace Hopper (1984) that comes with matplotlib. Everything is drawn from
one seed, so that the same picture comes out each time.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Floats = NDArray[Any]
"""float32 all along; OpenCV's own annotations promise less."""
Point = tuple[float, float]

SEED = 1906
SCALE = 2
"""The portrait is 512 × 600; at twice the size grain and scratches have the width that a 300 dpi scan gives them."""
FINER = 3
"""Lines are drawn this much larger and then shrunk, so that they may be thinner than a pixel."""
QUALITY = 90

INK = np.array([66, 55, 42], np.float32) / 255
"""What is left of black on a faded silver print: brown, and far from black."""
PAPER = np.array([222, 205, 168], np.float32) / 255
"""What has become of white: yellowed paper."""
BARE = np.array([247, 242, 230], np.float32) / 255
"""Paper under a broken emulsion, which no light had yellowed."""
DIRT = np.array([38, 31, 25], np.float32) / 255


@dataclass(frozen=True)
class Damage:
    """One layer of damage: how much of it covers each pixel, and its colour."""

    cover: Floats
    colour: Floats


def portrait() -> Floats:
    """The untouched colour photo, enlarged: (1200, 1024, 3), 0..1."""
    from matplotlib import cbook

    with Image.open(str(cbook.get_sample_data("grace_hopper.jpg", asfileobj=False))) as file:
        photo = file.convert("RGB")
    size = (photo.width * SCALE, photo.height * SCALE)
    return np.asarray(photo.resize(size, Image.Resampling.LANCZOS), np.float32) / 255


def black_and_white(photo: Floats) -> Floats:
    """Grey as an orthochromatic plate saw it: blind to red, keen on blue. (H, W)."""
    return photo @ np.array([0.18, 0.42, 0.40], np.float32)


def clean() -> Floats:
    """The print as it was on its first day: (H, W), 0..1."""
    return black_and_white(portrait())


def clouds(rng: np.random.Generator, shape: tuple[int, int], size: float) -> Floats:
    """Smooth noise with features of about `size` pixels, 0 on average and 1 at most."""
    import cv2

    coarse = (max(2, round(shape[0] / size)), max(2, round(shape[1] / size)))
    noise = rng.standard_normal(coarse).astype(np.float32)
    smooth = cv2.resize(noise, shape[::-1], interpolation=cv2.INTER_CUBIC)
    return (smooth / np.abs(smooth).max()).astype(np.float32)


def grain(rng: np.random.Generator, grey: Floats) -> Floats:
    """Silver grain, strongest in the middle tones as on real prints."""
    import cv2

    noise = cv2.GaussianBlur(rng.standard_normal(grey.shape).astype(np.float32), (0, 0), 0.8)
    return noise * (0.03 + 0.11 * grey * (1 - grey))


def faded(rng: np.random.Generator, grey: Floats) -> Floats:
    """The print after decades: soft, grainy, brown and yellow, paler towards one side. (H, W, 3)."""
    import cv2

    grey = cv2.GaussianBlur(grey, (0, 0), 1.1)
    grey = np.clip(grey + grain(rng, grey), 0, 1)
    height, width = grey.shape
    across = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    down = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    pale = 0.07 + 0.05 * across - 0.03 * down + 0.03 * clouds(rng, grey.shape, 420)
    grey = grey * (1 - pale) + 0.75 * pale
    toned = INK + (PAPER - INK) * grey[..., None]
    edge = np.maximum(np.abs(across), np.abs(down)) ** 8
    browner = (0.10 * edge + 0.03 * clouds(rng, grey.shape, 160))[..., None]
    return toned * (1 - browner * np.array([0.5, 0.9, 1.6], np.float32))


class Brush:
    """Draws thin lines and dots whose width and strength vary along the way."""

    def __init__(self, rng: np.random.Generator, shape: tuple[int, int]) -> None:
        self.rng = rng
        self.canvas = np.zeros((shape[0] * FINER, shape[1] * FINER), np.uint8)

    def line(self, points: Sequence[Point], width: float, strength: float, uneven: float = 0.4) -> None:
        import cv2

        steps = len(points) - 1
        knots = np.arange(0, steps + 6, 6)
        along = np.interp(np.arange(steps), knots, self.rng.uniform(-1, 1, knots.size))
        for (x0, y0), (x1, y1), change in zip(points, points[1:], along, strict=False):
            thick = max(1, round(width * FINER * (1 + uneven * change)))
            value = 255 * float(np.clip(strength * (1 + uneven * change), 0, 1))
            ends = [(round(x * FINER * 16), round(y * FINER * 16)) for x, y in ((x0, y0), (x1, y1))]
            cv2.line(self.canvas, ends[0], ends[1], value, thick, cv2.LINE_AA, 4)

    def dot(self, x: float, y: float, radius: float, strength: float) -> None:
        import cv2

        axes = tuple(max(1, round(radius * FINER * self.rng.uniform(0.6, 1.4))) for _ in range(2))
        centre = (round(x * FINER), round(y * FINER))
        cv2.ellipse(self.canvas, centre, axes, self.rng.uniform(0, 180), 0, 360, 255 * strength, -1, cv2.LINE_AA)

    def flake(self, x: float, y: float, size: float) -> None:
        """A chip of emulsion that came off: an irregular polygon."""
        import cv2

        angles = np.sort(self.rng.uniform(0, 2 * np.pi, 8))
        radii = size * self.rng.uniform(0.35, 1.0, 8)
        corners = np.stack([x + radii * np.cos(angles), y + 0.7 * radii * np.sin(angles)], axis=1)
        cv2.fillPoly(self.canvas, [np.round(corners * FINER * 16).astype(np.int32)], (250,), cv2.LINE_AA, 4)

    def cover(self, soft: float = 0.5) -> Floats:
        import cv2

        small = (self.canvas.shape[1] // FINER, self.canvas.shape[0] // FINER)
        drawn = cv2.resize(self.canvas, small, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
        return cv2.GaussianBlur(drawn, (0, 0), soft)


def straight(rng: np.random.Generator, start: Point, angle: float, length: float, bend: float = 0.03) -> list[Point]:
    """Points every four pixels along an almost straight way; `angle` in degrees, 0 to the right."""
    steps = max(2, round(length / 4))
    turn = np.deg2rad(angle) + np.linspace(-bend, bend, steps) + np.cumsum(rng.normal(0, 0.004, steps))
    x = start[0] + np.cumsum(4 * np.cos(turn))
    y = start[1] + np.cumsum(4 * np.sin(turn))
    return list(zip(x.tolist(), y.tolist(), strict=True))


def wander(rng: np.random.Generator, start: Point, length: float, curl: float) -> list[Point]:
    """A hair or fibre: a way that keeps turning."""
    steps = max(3, round(length / 2))
    turn = rng.uniform(0, 2 * np.pi) + np.cumsum(rng.normal(rng.normal(0, 0.3 * curl), curl, steps))
    x, y = start[0] + np.cumsum(2 * np.cos(turn)), start[1] + np.cumsum(2 * np.sin(turn))
    return list(zip(x.tolist(), y.tolist(), strict=True))


LIGHT_SCRATCHES = (
    # start, angle, length, width, strength
    ((120, 40), 78, 980, 0.9, 0.80),
    ((338, 0), 95, 700, 0.6, 0.55),
    ((905, 120), 112, 760, 0.8, 0.75),
    ((640, 30), 64, 420, 0.5, 0.60),
    ((40, 700), -21, 520, 0.7, 0.65),
    ((560, 905), 8, 380, 0.9, 0.80),
    ((770, 640), -38, 260, 1.3, 0.85),
    ((210, 1010), 42, 210, 0.6, 0.60),
)
DARK_SCRATCHES = (
    ((700, 0), 88, 880, 0.7, 0.60),
    ((60, 260), 14, 640, 0.6, 0.50),
    ((980, 380), 155, 330, 0.8, 0.65),
    ((820, 860), 72, 300, 0.6, 0.55),
)


def scratches(rng: np.random.Generator, shape: tuple[int, int]) -> list[Damage]:
    """Thin lines of both polarities: emulsion scraped off, and dirt rubbed in."""
    layers: list[Damage] = []
    for lines, colour in ((LIGHT_SCRATCHES, BARE), (DARK_SCRATCHES, DIRT)):
        brush = Brush(rng, shape)
        for start, angle, length, width, strength in lines:
            brush.line(straight(rng, start, angle, length), width, strength)
        layers.append(Damage(brush.cover(), colour))
    return layers


def crease(rng: np.random.Generator, shape: tuple[int, int], start: Point, angle: float, length: float) -> list[Damage]:
    """A fold: the emulsion is broken to the bare paper, flakes hang at its sides, and one side lies in shadow."""
    import cv2

    way = straight(rng, start, angle, length, bend=0.05)
    jagged = [(x + rng.normal(0, 0.9), y + rng.normal(0, 0.9)) for x, y in way]
    crack, shade = Brush(rng, shape), Brush(rng, shape)
    crack.line(jagged, 2.0, 0.97, uneven=0.8)
    shade.line([(x + 2.2, y + 2.2) for x, y in jagged], 2.2, 0.55)
    for x, y in jagged[::3]:
        crack.flake(x + rng.normal(0, 1.6), y + rng.normal(0, 1.6), 1 + min(7.0, 1.6 * rng.pareto(1.6)))
    bent = cv2.GaussianBlur(crack.cover(0.8), (0, 0), 9) * 1.2
    return [
        Damage(np.clip(bent, 0, 0.35).astype(np.float32), PAPER),
        Damage(shade.cover(1.0), DIRT),
        Damage(crack.cover(0.6), BARE),
    ]


def specks(rng: np.random.Generator, shape: tuple[int, int]) -> list[Damage]:
    """Dust and hairs: light where they lay on the negative, dark where dirt sticks to the print."""
    layers: list[Damage] = []
    for dots, hairs, colour in ((330, 14, BARE), (130, 6, DIRT)):
        brush = Brush(rng, shape)
        for _ in range(dots):
            radius = min(3.6, 0.45 * float(rng.pareto(2.2)) + 0.4)
            brush.dot(rng.uniform(0, shape[1]), rng.uniform(0, shape[0]), radius, rng.uniform(0.45, 0.95))
        for _ in range(hairs):
            start = (rng.uniform(0, shape[1]), rng.uniform(0, shape[0]))
            brush.line(wander(rng, start, rng.uniform(14, 80), 0.11), 0.8, rng.uniform(0.5, 0.85))
        layers.append(Damage(brush.cover(), colour))
    return layers


def worn_edges(rng: np.random.Generator, shape: tuple[int, int]) -> Damage:
    """Corners and edges rubbed down to the paper."""
    import cv2

    down = np.minimum(np.arange(shape[0]), np.arange(shape[0])[::-1]).astype(np.float32)[:, None]
    across = np.minimum(np.arange(shape[1]), np.arange(shape[1])[::-1]).astype(np.float32)[None, :]
    # Both distances small at once only near a corner.
    far = np.minimum(np.minimum(down, across) * 4.5, np.hypot(down, across) * 0.9 + 0.35 * (down + across))
    rough = 9 + 16 * clouds(rng, shape, 60) + 6 * clouds(rng, shape, 9) + 5 * clouds(rng, shape, 3)
    return Damage(cv2.GaussianBlur((far < rough).astype(np.float32), (0, 0), 0.8), BARE)


def damage(rng: np.random.Generator, shape: tuple[int, int]) -> list[Damage]:
    """All layers, the lowest first."""
    return [
        *scratches(rng, shape),
        *specks(rng, shape),
        *crease(rng, shape, (1030, 690), 146, 620),
        *crease(rng, shape, (-4, 205), -37, 300),
        worn_edges(rng, shape),
    ]


def aged(seed: int = SEED) -> Floats:
    """The damaged old print: (1200, 1024, 3), 0..1."""
    rng = np.random.default_rng(seed)
    picture = faded(rng, clean())
    for layer in damage(rng, picture.shape[:2]):
        picture += (layer.colour - picture) * layer.cover[..., None]
    # The scanner's own noise lies over everything, damage included.
    picture += rng.normal(0, 0.006, picture.shape).astype(np.float32)
    return np.clip(picture, 0, 1)


def as_photo(values: Floats) -> Image.Image:
    return Image.fromarray(np.round(values * 255).astype(np.uint8))


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the damaged sample photo.")
    parser.add_argument("--output", type=Path, default=Path(__file__).with_name("sample.jpg"))
    parser.add_argument("--clean", type=Path, help="also write the print before its damage")
    asked = parser.parse_args()
    as_photo(aged()).save(asked.output, quality=QUALITY, dpi=(300, 300), optimize=True)
    if asked.clean:
        as_photo(clean()).save(asked.clean)


if __name__ == "__main__":
    main()
