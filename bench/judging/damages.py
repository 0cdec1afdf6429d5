"""Photos that are sound, and what age may do to them: one kind of damage at a time, and all together. Seeded."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from PIL import Image as Pillow

from nodes.damage.ageing import Ageing
from nodes.damage.amounts import Amounts
from nodes.damage.coverage import blurred
from nodes.damage.sheet import sheet_of
from nodes.kinds.arrays import Floats
from training.damage import drawn

SEED = 5_000_000
"""Far from any seed of a training and of bench/scratches.py."""

SUFFIXES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp")

SENSOR = 8 / 255
"""Deviation of the noise of a scanner, each channel its own."""

QUALITY = 25
"""Of a JPEG file that came through a messenger."""

FOCUS = 0.6
"""Deviation of a scanner's blur, in pixels. Neither print nor damage is sharper in a scan; a photo that was shrunk by a
program is, and then has specks and lines that look like damage."""

Hurt = Callable[[Floats, int], Floats]
"""A sound photo and a seed, to the damaged one."""


@dataclass(frozen=True, eq=False)
class Photo:
    """A sound print."""

    name: str
    pixels: Floats

    @cached_property
    def truth(self) -> Floats:
        """Its scan, in 8 bits: what a restoration should come to."""
        return scan(self.pixels)


def from_packages() -> list[Photo]:
    """Photos in colour that come inside scikit-image and matplotlib."""
    from matplotlib.cbook import get_sample_data
    from skimage import data

    grace = Pillow.open(str(get_sample_data("grace_hopper.jpg", asfileobj=False)))
    arrays = {"coffee": data.coffee(), "astronaut": data.astronaut(), "chelsea": data.chelsea()}
    arrays |= {"rocket": data.rocket(), "grace_hopper": np.asarray(grace.convert("RGB"))}
    return [Photo(name, _floats(np.asarray(pixels, np.uint8))) for name, pixels in arrays.items()]


def from_folder(folder: Path, pattern: str = "*", most: int | None = None) -> list[Photo]:
    """The photos in it that fit the pattern, by name."""
    files = [path for path in sorted(folder.glob(pattern)) if path.suffix.lower() in SUFFIXES]
    return [from_file(path) for path in files[:most]]


def from_file(path: Path) -> Photo:
    with Pillow.open(path) as file:
        return Photo(path.stem, _floats(np.asarray(file.convert("RGB"), np.uint8)))


def smaller(photo: Photo, longest: int) -> Photo:
    """With its longer side at most that many pixels."""
    height, width = photo.pixels.shape[:2]
    if max(height, width) <= longest:
        return photo
    scale = longest / max(height, width)
    picture = Pillow.fromarray(bytes_of(photo.pixels))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return Photo(photo.name, _floats(np.asarray(picture.resize(size, Pillow.Resampling.LANCZOS))))


def bytes_of(pixels: Floats) -> np.ndarray:
    return (np.clip(pixels, 0, 1) * 255 + 0.5).astype(np.uint8)


def scan(pixels: Floats) -> Floats:
    """What a scanner sees of a print."""
    return _floats(bytes_of(blurred(pixels, FOCUS)))


def damaged(photo: Photo, kind: str, number: int) -> Floats:
    """The scan with that kind of damage, in 8 bits. The number is part of the seed."""
    seed = SEED + 100 * number + KINDS.index(kind)
    if kind in ON_PRINT:
        return scan(ON_PRINT[kind](photo.pixels, seed))
    return _floats(bytes_of(ON_SCAN[kind](photo.truth, seed)))


def _floats(levels: np.ndarray) -> Floats:
    return levels.astype(np.float32) / np.float32(255)


def _marked(amounts: Amounts) -> Hurt:
    """Damage as large in proportion as it was measured on whole scans."""

    def hurt(pixels: Floats, seed: int) -> Floats:
        sheet = sheet_of(*pixels.shape[:2])
        return drawn(pixels, amounts.marks(sheet, np.random.default_rng(seed)), sheet.whole).pixels

    return hurt


def _aged(**strengths: float) -> Hurt:
    """What age does to the whole of a print."""

    def hurt(pixels: Floats, seed: int) -> Floats:
        sheet, ageing = sheet_of(*pixels.shape[:2]), Ageing(**strengths, seed=seed)  # type: ignore[arg-type]
        return ageing.tint(ageing.print(pixels, sheet.whole, sheet), sheet.whole, sheet)

    return hurt


def _noisy(pixels: Floats, seed: int) -> Floats:
    noise = np.random.default_rng(seed).standard_normal(pixels.shape, np.float32)
    return np.asarray(pixels + SENSOR * noise, np.float32)


def _compressed(pixels: Floats, seed: int) -> Floats:  # noqa: ARG001 - all kinds are called alike
    file = io.BytesIO()
    Pillow.fromarray(bytes_of(pixels)).save(file, "JPEG", quality=QUALITY)
    return _floats(np.asarray(Pillow.open(file)))


def _all(pixels: Floats, seed: int) -> Floats:
    """A print that has faded and yellowed, and was then scratched and dusty when it was scanned."""
    for hurt in (_aged(fading=0.4, yellowing=0.3, grain=0.2), _marked(Amounts(scratches=0.5, creases=0.4, dust=0.4))):
        pixels = hurt(pixels, seed)
    return pixels


ON_PRINT: Mapping[str, Hurt] = {
    "scratches": _marked(Amounts(scratches=1.0, creases=0.8)),
    "dust": _marked(Amounts(dust=0.8, hairs=0.6)),
    "stains": _marked(Amounts(stains=0.8)),
    "fading": _aged(fading=0.5),
    "yellowing": _aged(yellowing=0.5),
    "grain": _aged(grain=0.35),
    "mixed": _all,
}
"""What happened to the print, by the name of the kind."""

ON_SCAN: Mapping[str, Hurt] = {"noise": _noisy, "jpeg": _compressed}
"""What happened since it was scanned."""

KINDS = (*ON_PRINT, *ON_SCAN)
"""The place of a kind is part of its seed."""
