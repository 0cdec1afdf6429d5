"""Makes docs/nodes/*.webp, the pictures of the node reference: a photo before and after each node.

python docs/make_node_pictures.py --weights-dir FOLDER
python docs/make_node_pictures.py tone/fade masks/grow

A node whose network is not at hand keeps the picture it has, or has none; nothing is made up.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from PIL import Image as Pillow

import nodes
from docs.scenes import SCENES, Scene
from graph.context import Context
from graph.errors import HeirloomError
from graph.pool import Pool
from graph.registry import Registry
from nodes.faces.mask import mask
from nodes.kinds.arrays import Floats, allocator
from nodes.kinds.faces import Faces
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.models.device import Device
from nodes.models.lending import Lending
from nodes.models.shelf import Shelf

FOLDER = Path(__file__).resolve().parent / "nodes"
WEIGHTS = FOLDER.parents[1] / "weights"

HEIGHT = 300
"""Pixels: two portraits side by side then fit the width of a page."""
WIDEST = 420
"""Pixels of one side."""
GAP = 8
QUALITY, LOWEST = 80, 40
MOST = 30_000
"""Bytes: everybody who clones the repository gets all of them."""


def before_after(scene: Scene, registry: Registry, ctx: Context) -> Pillow.Image:
    """What goes into the node beside what comes out."""
    spec = registry[scene.id]
    inputs = scene.inputs()
    made = spec.function(*((ctx,) if spec.takes_context else ()), **inputs, **{**spec.defaults, **scene.settings})
    results = list(made) if isinstance(made, tuple) and hasattr(made, "_fields") else [made]
    after = next(value for value in results if isinstance(value, Image | Mask | Faces))
    return side_by_side([shown(visible(ctx, value)) for value in (*scene.shown(inputs), after)])


def visible(ctx: Context, value: Image | Mask | Faces) -> Image | Mask:
    """Faces as what they cover."""
    return mask(ctx, value) if isinstance(value, Faces) else value


def shown(value: Image | Mask) -> Pillow.Image:
    """As tall as all of them, smaller where it would be too wide. Few pixels stay pixels."""
    pixels: Floats = value.pixels if isinstance(value, Image) else value.values
    picture = Pillow.fromarray(np.round(np.clip(pixels, 0, 1) * 255).astype(np.uint8)).convert("RGB")
    scale = min(HEIGHT / picture.height, WIDEST / picture.width)
    size = round(picture.width * scale), round(picture.height * scale)
    return picture.resize(size, Pillow.Resampling.LANCZOS)


def side_by_side(pictures: Sequence[Pillow.Image]) -> Pillow.Image:
    width = sum(picture.width for picture in pictures) + GAP * (len(pictures) - 1)
    whole = Pillow.new("RGB", (width, max(picture.height for picture in pictures)), "white")
    left = 0
    for picture in pictures:
        whole.paste(picture, (left, (whole.height - picture.height) // 2))
        left += picture.width + GAP
    return whole


def encoded(picture: Pillow.Image) -> bytes:
    """As a WebP of at most MOST bytes, of lower quality only where it must be."""
    for quality in range(QUALITY, LOWEST - 1, -5):
        file = io.BytesIO()
        picture.save(file, "webp", quality=quality, method=6)
        if file.tell() <= MOST:
            return file.getvalue()
    raise SystemExit(f"Even at quality {LOWEST} it has more than {MOST} bytes.")


def drawn(scenes: Sequence[Scene], weights: Path | None) -> Iterator[tuple[Scene, Pillow.Image | HeirloomError]]:
    """Each scene with its picture, or with why it has none."""
    registry = Registry.collect(nodes)
    shelf = Shelf((weights, WEIGHTS) if weights else (WEIGHTS,))
    with tempfile.TemporaryDirectory() as scratch:
        lender = Lending(Pool(2 * 2**30), shelf, Device("cpu", "full"))
        ctx = Context(allocate=allocator(Path(scratch)), outputs=Path(scratch), lender=lender)
        for scene in scenes:
            try:
                yield scene, before_after(scene, registry, ctx)
            except HeirloomError as error:
                yield scene, error


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Make the pictures of the node reference.")
    parser.add_argument("ids", nargs="*", metavar="NODE", help="which; all if none is named")
    parser.add_argument("--weights-dir", type=Path, metavar="FOLDER", help="where the model files are")
    parser.add_argument("--output", type=Path, default=FOLDER, metavar="FOLDER")
    asked = parser.parse_args(arguments)
    if unknown := sorted(set(asked.ids) - {scene.id for scene in SCENES}):
        parser.error(f"there is no scene of {', '.join(unknown)}; docs/scenes.py has them all")
    asked.output.mkdir(parents=True, exist_ok=True)
    missed = 0
    for scene, picture in drawn([each for each in SCENES if not asked.ids or each.id in asked.ids], asked.weights_dir):
        file = asked.output / f"{scene.id.replace('/', '-')}.webp"
        if isinstance(picture, HeirloomError):
            missed += 1
            print(f"{scene.id}: no picture. {picture}", file=sys.stderr)
        else:
            file.write_bytes(encoded(picture))
            print(f"{file}: {file.stat().st_size // 1000} kB")
    return 1 if missed and asked.ids else 0


if __name__ == "__main__":
    sys.exit(main())
