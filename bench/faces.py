"""Measures the guard of Restore Faces: whom it takes for the same person, and whom not.

python bench/faces.py [--check] [--json FILE] [--faces N] [--photos FOLDER]

Sharp faces are taken from ../shared/photos/clean, found by the YuNet in ../shared/weights. Each is changed as a good or
a bad network would change it, and laid over the photo's face, sharp or 40 pixels across, as Restore Faces does with its
defaults. Face vectors need the extra `identity`.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import cv2
import numpy as np
from PIL import Image as Pillow

from bench.finding.detectors import context
from bench.measuring import SHARED, Figure, report
from graph.context import Context
from nodes.faces.align import TEMPLATE, affine_from_landmarks, aligned
from nodes.faces.colour_match import matched
from nodes.faces.cover import ellipse_cover
from nodes.faces.guard import Guard
from nodes.faces.likeness import LIMIT, STRUCTURE, VECTORS, Likeness, measuring
from nodes.faces.search import found
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.models.detector import DetectorModel
from nodes.models.face_vectors import installed

FACES, WIDTH, SURE = 6, 90, 0.9
"""How many faces, how wide at least in pixels, and how sure the detector: surely people, and sharp."""

STRENGTH = 0.7
"""The default of Restore Faces."""

ACROSS, NOISE = 40, 0.02
"""Pixels across of a blurred face, the smallest that Restore Faces works on, and its grain."""

COVER = ellipse_cover()
EYES, MOUTH = TEMPLATE[:2], TEMPLATE[3:]


@dataclass(frozen=True)
class Change:
    """What a network may make of a face, given somebody else's."""

    name: str
    made: Callable[[Floats, Floats], Floats]
    same: bool
    """Whether it still is that person."""


@dataclass
class Standing:
    """What a measure said of one kind of change."""

    alike: list[float] = field(default_factory=list[float])
    lowered: int = 0


def blurred(face: Floats) -> Floats:
    """The face as a photo shows it in which it is ACROSS pixels wide."""
    side = round(512 * ACROSS / 310)
    small = cv2.resize(face, (side, side), interpolation=cv2.INTER_AREA)
    small = small + np.random.default_rng(1).normal(0, NOISE, (side, side, 1))
    return np.clip(cv2.resize(small, (512, 512), interpolation=cv2.INTER_LINEAR), 0, 1).astype(np.float32)


def sharpened(face: Floats, _: Floats) -> Floats:
    return np.clip(face + (face - cv2.GaussianBlur(face, (0, 0), 3)), 0, 1).astype(np.float32)


def with_parts(points: Floats) -> Callable[[Floats, Floats], Floats]:
    """The face with somebody else's eyes or mouth."""
    y, x = np.mgrid[:512, :512].astype(np.float32)
    shares = [np.exp(-(((x - across) / 55) ** 2 + ((y - down) / 38) ** 2) / 2) for across, down in points]
    share = np.clip(1.6 * np.maximum.reduce(shares), 0, 1)[..., None].astype(np.float32)
    return lambda face, other: np.asarray(face + share * (other - face), np.float32)


WORST = "somebody else"

CHANGES = (
    Change("its sharp self", lambda face, _: face, same=True),
    Change("sharpened", sharpened, same=True),
    Change("half somebody else", lambda face, other: np.asarray((face + other) / 2, np.float32), same=False),
    Change("somebody else's eyes", with_parts(EYES), same=False),
    Change("somebody else's mouth", with_parts(MOUTH), same=False),
    Change(WORST, lambda _, other: other, same=False),
)


def faces_in(ctx: Context, photos: Path, most: int) -> list[Floats]:
    """Aligned faces (512, 512, 3), one per photo."""
    aligned_faces: list[Floats] = []
    with ctx.borrow(DetectorModel("yunet-2026may")) as detector:
        for path in sorted(photos.iterdir()):
            with Pillow.open(path) as photo:
                image = Image((np.asarray(photo.convert("RGB")) / 255).astype(np.float32))
            largest = max(found(ctx, image, detector, SURE, WIDTH), key=lambda face: face.width, default=None)
            matrix = affine_from_landmarks(largest.landmarks) if largest else None
            if matrix is not None:
                aligned_faces.append(aligned(image.pixels, matrix))
            if len(aligned_faces) == most:
                break
    return aligned_faces


def judged(way: Likeness, faces: list[Floats]) -> tuple[dict[str, Standing], float]:
    """What the guard does with every change, and seconds per face."""
    guard, standings = Guard(way, LIMIT, lambda: None), {change.name: Standing() for change in CHANGES}
    started, count = time.perf_counter(), 0
    for face, other in zip(faces, [*faces[1:], faces[0]], strict=True):
        toned = matched(other, face, COVER, 1.0)
        for before in (face, blurred(face)):
            for change in CHANGES:
                held = guard.held(before, change.made(face, toned), COVER, STRENGTH, grey=False)
                standing = standings[change.name]
                standing.lowered += held.strength < STRENGTH
                standing.alike.append(held.alike)
                count += 1
    return standings, (time.perf_counter() - started) / count


def figures_of(name: str, standings: dict[str, Standing], seconds: float) -> list[Figure]:
    figures: list[Figure] = []
    for change in CHANGES:
        standing = standings[change.name]
        share = 100 * standing.lowered / len(standing.alike)
        target = 10 if change.same else 100 if change.name == WORST else None
        kept = f"then {100 * float(np.median(standing.alike)):.0f} % alike in the middle"
        figures.append(Figure(f"{name}: {change.name}, lowered", share, "%", target, kept, at_least=not change.same))
    return [*figures, Figure(f"{name}: a face", seconds, "s", None)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--faces", type=int, default=FACES, help="so many faces")
    parser.add_argument("--photos", type=Path, default=SHARED / "photos" / "clean", help="where they are taken from")
    # What is left are the options of bench.measuring.
    options = parser.parse_known_args()[0]
    if not options.photos.is_dir() or not (SHARED / "weights").is_dir():
        print("There are no photos or no model files beside the checkout; see --help.")
        return 0
    ctx = context(SHARED / "weights")
    faces = faces_in(ctx, options.photos, options.faces)
    figures: list[Figure] = []
    for measure in (VECTORS, STRUCTURE) if installed() else (STRUCTURE,):
        with measuring(ctx, measure) as way:
            figures += figures_of(measure, *judged(way, faces))
    return report(f"{len(faces)} faces, sharp and {ACROSS} pixels across", figures)


if __name__ == "__main__":
    sys.exit(main())
