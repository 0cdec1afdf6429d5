"""Makes the pictures of the recipe cards: a piece of the sample before and after each shipped workflow.

python docs/make_recipe_pictures.py --weights-dir FOLDER
python docs/make_recipe_pictures.py restore

A workflow whose networks are not at hand has no picture here rather than a made-up one; docs/pictures.md says which.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PIL import Image as Pillow
from PIL import ImageOps

from server import main as heirloom

WORKFLOWS = Path(__file__).resolve().parents[1] / "workflows"
SAMPLE = WORKFLOWS / "sample.jpg"

SIDE = 480
"""Pixels of the longer side: sharp on a card of 240, also on a screen of double density."""
MOST = 40_000
"""Bytes: the first page shows all of them at once."""
QUALITY, LOWEST = 86, 40


@dataclass(frozen=True)
class Recipe:
    """What is shown of a shipped workflow."""

    box: tuple[int, int, int, int]
    """The piece of the sample it works on: left, top, right, bottom."""
    settings: Mapping[str, str] = field(default_factory=dict[str, str])
    """What is set otherwise than as shipped."""
    negative: bool = False
    """Whether it is given the negative of the piece."""


PERSON = (212, 60, 812, 780)
CASCADE = {"faces.model": "cascade", "subject.model": "grabcut"}
NOT_AT_HAND = {"Add colour": "false", "Rebuild faces": "false", "faces to spare.model": "yunet-2026may"}

RECIPES: Mapping[str, Recipe] = {
    "restore": Recipe(PERSON),
    "restore-full": Recipe((300, 120, 700, 600), NOT_AT_HAND),
    "scratches-only": Recipe((560, 300, 960, 780)),
    "fade": Recipe(PERSON),
    "faces": Recipe(
        (300, 120, 700, 600), {"Rebuild faces": "false", "faces to spare.model": "yunet-2026may", "Times as large": "2"}
    ),
    "upscale": Recipe((440, 50, 620, 266), {"Times as large": "3"}),
    "portrait-new-background": Recipe(PERSON, CASCADE),
    "cut-out": Recipe(PERSON, CASCADE),
    "negative-to-positive": Recipe(PERSON, negative=True),
    "batch-archive": Recipe(PERSON),
}


def pictures(name: str, recipe: Recipe, weights: Path | None) -> tuple[Pillow.Image, Pillow.Image]:
    """The piece before and after, equally large. SystemExit where the workflow does not run."""
    with tempfile.TemporaryDirectory() as folder:
        before, after = Path(folder, "before.png"), Path(folder, "after.png")
        with Pillow.open(SAMPLE) as sample:
            piece = sample.crop(recipe.box)
            (ImageOps.invert(piece.convert("L")) if recipe.negative else piece).save(before)
        order = ["--run", str(whole(name, Path(folder))), "--input", str(before), "--output", str(after)]
        order += ["--data", folder, "--cache-dir", f"{folder}/cache", "--quiet"]
        order += ["--weights-dir", str(weights)] if weights else []
        order += [part for place, value in recipe.settings.items() for part in ("--set", f"{place}={value}")]
        if heirloom(order) != 0:
            raise SystemExit(f"{name} did not run.")
        return shown(before), shown(after)


def whole(name: str, folder: Path) -> Path:
    """The workflow in a file of its own, which does all that it says or fails."""
    workflow = json.loads((WORKFLOWS / f"{name}.json").read_bytes())
    for box in workflow["nodes"].values():
        box.pop("without", None)
    file = folder / f"{name}.json"
    file.write_text(json.dumps(workflow), encoding="utf-8")
    return file


def shown(file: Path) -> Pillow.Image:
    """A picture of SIDE pixels along its longer side, larger or smaller than it was."""
    with Pillow.open(file) as whole:
        scale = SIDE / max(whole.size)
        width, height = (round(length * scale) for length in whole.size)
        return whole.convert("RGB").resize((width, height), Pillow.Resampling.LANCZOS)


def encoded(picture: Pillow.Image) -> bytes:
    """As a WebP of at most MOST bytes, of lower quality only where it must be."""
    for quality in range(QUALITY, LOWEST - 1, -2):
        file = io.BytesIO()
        picture.save(file, "webp", quality=quality, method=6)
        if file.tell() <= MOST:
            return file.getvalue()
    raise SystemExit(f"Even at quality {LOWEST} it has more than {MOST} bytes.")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Make the pictures of the recipe cards.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which: {', '.join(RECIPES)}; all if none is named")
    parser.add_argument("--weights-dir", type=Path, metavar="FOLDER", help="where the model files are")
    parser.add_argument("--output", type=Path, default=WORKFLOWS / "pictures", metavar="FOLDER")
    asked = parser.parse_args(arguments)
    unknown = sorted(set(asked.names) - RECIPES.keys())
    if unknown:
        parser.error(f"there are no pictures of {', '.join(unknown)}; there are some of {', '.join(RECIPES)}")
    asked.output.mkdir(parents=True, exist_ok=True)
    for name in asked.names or RECIPES:
        for side, picture in zip(("before", "after"), pictures(name, RECIPES[name], asked.weights_dir), strict=True):
            file = asked.output / f"{name}-{side}.webp"
            file.write_bytes(encoded(picture))
            print(f"{file}: {file.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
