"""Makes docs/sample-before-after.jpg: the sample and the same photo restored, side by side.

python docs/make_before_after.py output/restored.jpg
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from PIL import Image as Pillow

from graph.context import Context
from graph.errors import HeirloomError
from nodes.compare.side_by_side import side_by_side
from nodes.files.load import load
from nodes.kinds.arrays import allocator
from nodes.upscale.resize import resize

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parent / "workflows" / "sample.jpg"
PICTURE = HERE / "sample-before-after.jpg"

WIDTH = 1600
"""Sharp at the width that a README is shown with, also on a screen of double density."""
GAP = 16
QUALITY, LOWEST = 88, 60
MOST = 350_000
"""Bytes: everybody who clones the repository gets them."""


def before_after(before: Path, after: Path) -> Pillow.Image:
    """Both photos in one picture, as wide as WIDTH, with labels. The second takes the first one's size."""
    with tempfile.TemporaryDirectory() as scratch:
        ctx = Context(allocate=allocator(Path(scratch)))
        photos = [
            resize(ctx, load(ctx, photo=path).image, by="width", length=(WIDTH - GAP) / 2) for path in (before, after)
        ]
        both = side_by_side(ctx, *photos, gap=GAP, labels=True)
    return Pillow.fromarray(np.round(both.pixels * 255).astype(np.uint8))


def encoded(picture: Pillow.Image) -> bytes:
    """As a JPEG of at most MOST bytes, of lower quality only where it must be."""
    for quality in range(QUALITY, LOWEST - 1, -2):
        file = io.BytesIO()
        picture.save(file, "jpeg", quality=quality, optimize=True, progressive=True)
        if file.tell() <= MOST:
            return file.getvalue()
    raise SystemExit(f"Even at quality {LOWEST} it has more than {MOST} bytes.")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Put the sample and its restored version side by side.")
    parser.add_argument("restored", type=Path)
    parser.add_argument("--before", type=Path, default=SAMPLE, metavar="FILE")
    parser.add_argument("--output", type=Path, default=PICTURE, metavar="FILE")
    asked = parser.parse_args(arguments)
    try:
        picture = encoded(before_after(asked.before, asked.restored))
    except HeirloomError as error:
        raise SystemExit(str(error)) from error
    asked.output.write_bytes(picture)
    print(f"{asked.output}: {len(picture) // 1000} kB")


if __name__ == "__main__":
    main()
