"""Masks of damage drawn by hand: strokes in image coordinates, and the pixels they stand for.

Strokes are what somebody saw in enlarged crops. No finder of damage had a say in those of the test; photos marked
later, only to learn from, were looked at beside what a network suspected. A coordinate read off a picture is a pixel or
two off, so a stroke that states its polarity has its border moved, never its being there:

- a line follows, within three pixels of where it was drawn, the path that stands out most in that polarity (a shortest
  path over stations one pixel apart), and is as wide, up to its stated width, as half that path's contrast reaches;
- a dot takes the joined pixels around its strongest one that stand out at least half as much, at most two pixels
  outside the stated diameter;
- a polygon takes the pixels, at most two outside it, that stand out at least half as much from the tone around it as
  its middle ones do.

Pixels stand out against the median around them. All of it is integer arithmetic on grey levels, so that
`python -m training.marking --photos FOLDER` makes the same masks and the same index anywhere.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

MARKED = Path(__file__).with_name("marked")

DAMAGE, UNSURE, SOUND = 255, 128, 0

KINDS = (
    "scratch",
    "crack",
    "crease",
    "dust",
    "spot",
    "hair",
    "stain",
    "tear",
    "missing",
    "tape",
    "fingerprint",
    "other",
)

FOLDS = 4
SOURCES = {
    "scratched-": "github.com/microsoft/Bringing-Old-Photos-Back-to-Life test_images/old_w_scratch",
    "faded-": "github.com/microsoft/Bringing-Old-Photos-Back-to-Life test_images/old",
    "history-": "github.com/jantic/DeOldify test_images",
    "face-": "github.com/TencentARC/GFPGAN inputs",
}
"""Where the photos of that name lie in public; who took most of them is unknown."""

COLUMNS: tuple[str, ...] = ("file", "mask", "sha256", "source", "width", "height", "kinds", "damaged", "doubts", "fold")

SIDE = 3
"""Pixels that a line may move to either side: what is misread in a threefold enlargement, and a bit."""

GROWN = 2
"""Pixels that a dot or polygon may grow."""

BEND = 3
"""Grey levels that a sideways step of a line must win, so that it does not hop from grain to grain."""

CAP = 40
"""Grey levels above which a line's path does not care: one bright speck must not pull it over."""

FAINT = 4
"""Grey levels below which nothing stands out, and a stroke is drawn as it stands."""

AROUND = 9
"""Pixels of surroundings, in all, that the median sees beside twice the stroke's width."""

RUN = 5
"""Stations to either side over which a line's contrast is taken."""

Grey = NDArray[np.int32]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]
"""(N, 2): x, y of pixels."""


@dataclass(frozen=True)
class Stroke:
    """One mark. `width` is a line's or dot's full width in pixels; each point of a dot stroke is a dot of its own."""

    kind: str
    points: tuple[tuple[float, float], ...]
    width: float = 1
    value: int = DAMAGE
    shape: Literal["line", "polygon", "dot"] = "line"
    polarity: Literal["light", "dark", ""] = ""
    """"" leaves the stroke as it was drawn."""


@dataclass(frozen=True)
class Sheet:
    """All strokes on one photo; none on a sound one."""

    photo: str
    doubts: str
    strokes: tuple[Stroke, ...]
    tested: bool = True
    """Whether it belongs to the test as well; the others are only learnt from, and are in no fold."""

    @property
    def stem(self) -> str:
        return Path(self.photo).stem

    @property
    def kinds(self) -> tuple[str, ...]:
        """Of the marks that are surely damage, in the order of KINDS."""
        return tuple(kind for kind in KINDS if any(s.kind == kind and s.value == DAMAGE for s in self.strokes))


def read(file: Path) -> Sheet:
    """The strokes of one JSON file."""
    content = json.loads(file.read_text("utf-8"))
    strokes = (Stroke(**{**each, "points": tuple(map(tuple, each["points"]))}) for each in content["strokes"])
    return Sheet(content["photo"], content["doubts"], tuple(strokes), content.get("tested", True))


def sheets(folder: Path = MARKED) -> list[Sheet]:
    """Of all marked photos, by name."""
    return [read(file) for file in sorted((folder / "strokes").glob("*.json"))]


def grey(photo: Path) -> Grey:
    """Grey levels of a photo as it lies in its file, 0..255; the weights are BT.601's, in thousandths."""
    with Image.open(photo) as opened:
        colours = np.asarray(opened.convert("RGB"), np.int32)
    return ((colours * (299, 587, 114)).sum(axis=2) + 500) // 1000


def mask(levels: Grey, strokes: Sequence[Stroke]) -> NDArray[np.uint8]:
    """The strokes' pixels: 255 damage, 128 cannot tell, 0 sound. What is surely damage wins over doubt."""
    painted = np.full(levels.shape, SOUND, np.uint8)
    relief = Relief(levels)
    for stroke in sorted(strokes, key=lambda each: each.value):
        painted[_pixels(relief, stroke)] = stroke.value
    return painted


@dataclass(frozen=True)
class Relief:
    """A photo's grey levels, and how they stand out from their surroundings."""

    levels: Grey
    _around: dict[int, Grey] = field(default_factory=dict)
    """The medians, by the side of their window: strokes share few widths."""

    def standing_out(self, polarity: str, width: float) -> Grey:
        """How many grey levels each pixel is lighter, or darker, than the median of its surroundings."""
        import cv2

        side = 2 * int(np.ceil(width)) + AROUND
        if side not in self._around:
            self._around[side] = cv2.medianBlur(self.levels.astype(np.uint8), side).astype(np.int32)
        return (self.levels - self._around[side]) * (-1 if polarity == "dark" else 1)


def _pixels(relief: Relief, stroke: Stroke) -> Flags:
    if stroke.shape == "polygon":
        return _polygon(relief.levels, stroke)
    return _dots(relief, stroke) if stroke.shape == "dot" else _line(relief, stroke)


def _line(relief: Relief, stroke: Stroke) -> Flags:
    stations, normals = _stations(np.array(stroke.points, np.float64))
    flags = np.zeros(relief.levels.shape, bool)
    if not stroke.polarity:
        return _discs(flags, np.rint(stations).astype(np.int64), stroke.width)
    contrast = relief.standing_out(stroke.polarity, stroke.width)
    path = _path(contrast, stations, normals)
    flags[path[:, 1], path[:, 0]] = True
    near, which = _around(path, stroke.width / 2, flags.shape)
    half = np.maximum(_running(contrast[path[:, 1], path[:, 0]]), FAINT)
    near = near[2 * contrast[near[:, 1], near[:, 0]] >= half[which]]
    flags[near[:, 1], near[:, 0]] = True
    return flags


def _stations(points: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Places a pixel apart along a drawn line, and the direction across it at each."""
    places, normals = [points[:1]], []
    for start, stop in pairwise(points):
        step = stop - start
        length = float(np.sqrt((step * step).sum()))
        count = max(1, int(np.ceil(length)))
        places.append(start + step * (np.arange(1, count + 1) / count)[:, None])
        normals.append(np.tile((-step[1] / max(length, 1e-9), step[0] / max(length, 1e-9)), (count, 1)))
    across = np.concatenate(normals) if normals else np.zeros((1, 2))
    return np.concatenate(places), np.concatenate([across[:1], across]) if normals else across


def _path(contrast: Grey, stations: NDArray[np.float64], normals: NDArray[np.float64]) -> Places:
    """The pixels of the way along the stations that stands out most; a step sideways costs BEND."""
    offsets = np.arange(-SIDE, SIDE + 1)
    spots = np.rint(stations[:, None] + offsets[None, :, None] * normals[:, None]).astype(np.int64)
    spots = _inside(spots, contrast.shape)
    cost = CAP - np.minimum(contrast[spots[..., 1], spots[..., 0]], CAP) + np.abs(offsets)
    moves = BEND * np.abs(offsets[:, None] - offsets[None]) + 10**6 * (np.abs(offsets[:, None] - offsets[None]) > 1)
    total, came = cost[0], np.zeros(cost.shape, np.int64)
    for number in range(1, len(cost)):
        ways = total[None] + moves
        came[number] = ways.argmin(axis=1)
        total = ways.min(axis=1) + cost[number]
    chosen = np.empty(len(cost), np.int64)
    chosen[-1] = total.argmin()
    for number in range(len(cost) - 1, 0, -1):
        chosen[number - 1] = came[number, chosen[number]]
    return spots[np.arange(len(cost)), chosen]


def _running(values: Grey) -> Grey:
    """The median over RUN stations to either side."""
    padded = np.pad(values, RUN, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * RUN + 1)
    return np.sort(windows, axis=1)[:, RUN]


def _around(places: Places, radius: float, shape: tuple[int, ...]) -> tuple[Places, Places]:
    """All pixels that near to any of the places, and to which of them each belongs."""
    reach = int(radius)
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    disc = np.stack([x, y], axis=-1)[x * x + y * y <= radius * radius]
    which = np.repeat(np.arange(len(places)), len(disc))
    return _inside((places[:, None] + disc[None]).reshape(-1, 2), shape), which


def _inside(places: Places, shape: tuple[int, ...]) -> Places:
    return np.clip(places, 0, (shape[1] - 1, shape[0] - 1))


def _discs(flags: Flags, places: Places, width: float) -> Flags:
    near, _ = _around(places, width / 2, flags.shape)
    flags[near[:, 1], near[:, 0]] = True
    return flags


def _dots(relief: Relief, stroke: Stroke) -> Flags:
    flags = np.zeros(relief.levels.shape, bool)
    contrast = relief.standing_out(stroke.polarity, stroke.width) if stroke.polarity else np.zeros_like(relief.levels)
    reach = int(stroke.width / 2) + 2 * GROWN
    for x, y in np.rint(np.array(stroke.points)).astype(np.int64).clip(0, np.array(flags.shape[::-1]) - 1):
        left, above = max(0, x - reach), max(0, y - reach)
        window = slice(above, y + reach + 1), slice(left, x + reach + 1)
        flags[window] |= _dot(contrast[window], np.array([[x - left, y - above]]), stroke.width)
    return flags


def _dot(contrast: Grey, place: Places, width: float) -> Flags:
    import cv2

    core = _disc(contrast.shape, place, width + GROWN)
    peak = int(np.where(core, contrast, -256).argmax())
    strength = int(contrast.flat[peak])
    if strength < FAINT:
        return _disc(contrast.shape, place, width)
    wide = _disc(contrast.shape, place, width + 2 * GROWN)
    _, labels = cv2.connectedComponents((wide & (2 * contrast >= strength)).astype(np.uint8), connectivity=8)
    return labels == labels.flat[peak]


def _disc(shape: tuple[int, ...], place: Places, width: float) -> Flags:
    return _discs(np.zeros(shape, bool), place, width)


def _polygon(levels: Grey, stroke: Stroke) -> Flags:
    import cv2

    canvas = np.zeros(levels.shape, np.uint8)
    cv2.fillPoly(canvas, [np.rint(np.array(stroke.points)).astype(np.int32)], 1)
    if not stroke.polarity:
        return canvas > 0
    grown, ring = _grown(canvas, GROWN), _grown(canvas, 3 * GROWN) & ~_grown(canvas, GROWN)
    around = int(np.sort(levels[ring])[ring.sum() // 2])
    contrast = (levels - around) * (-1 if stroke.polarity == "dark" else 1)
    usual = int(np.sort(contrast[canvas > 0])[canvas.sum() // 2])
    return grown & (2 * contrast >= usual) if usual >= FAINT else canvas > 0


def _grown(canvas: NDArray[np.uint8], pixels: int) -> Flags:
    import cv2

    return cv2.dilate(canvas, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * pixels + 1, 2 * pixels + 1))) > 0


def folds(damaged: Sequence[int]) -> list[int]:
    """Which quarter each photo belongs to, dealt there and back by amount of damage so that the quarters match."""
    turns = [*range(FOLDS), *reversed(range(FOLDS))]
    order = sorted(range(len(damaged)), key=lambda number: (-damaged[number], number))
    dealt = {number: turns[turn % len(turns)] for turn, number in enumerate(order)}
    return [dealt[number] for number in range(len(damaged))]


def source(photo: str) -> str:
    """Where the photo is published."""
    return next((place for start, place in SOURCES.items() if photo.startswith(start)), "unknown")


def rows(all_sheets: Sequence[Sheet], photos: Path, folder: Path) -> Iterator[dict[str, str | int]]:
    """The index, a row a photo; the masks must lie in `folder`."""
    masks = [np.asarray(Image.open(folder / f"{sheet.stem}.png")) for sheet in all_sheets]
    amounts = [int((each == DAMAGE).sum()) for each in masks]
    quarters: dict[int, int] = {}
    for wanted in (True, False):
        chosen = [n for n, sheet in enumerate(all_sheets) if sheet.tested and (amounts[n] > 0) is wanted]
        quarters.update(zip(chosen, folds([amounts[number] for number in chosen]), strict=True))
    for number, (sheet, pixels) in enumerate(zip(all_sheets, masks, strict=True)):
        yield {
            "file": sheet.photo,
            "mask": f"{sheet.stem}.png",
            "sha256": hashlib.sha256((photos / sheet.photo).read_bytes()).hexdigest(),
            "source": source(sheet.photo),
            "width": pixels.shape[1],
            "height": pixels.shape[0],
            "kinds": ";".join(sheet.kinds),
            "damaged": amounts[number],
            "doubts": sheet.doubts,
            "fold": quarters.get(number, ""),
        }


def make(photos: Path, folder: Path = MARKED, strokes: Path = MARKED) -> None:
    """All masks and the index, from the strokes in `strokes`, into `folder`. FileNotFoundError where a photo is not."""
    every = sheets(strokes)
    for sheet in every:
        drawn = mask(grey(photos / sheet.photo), sheet.strokes)
        Image.fromarray(drawn).save(folder / f"{sheet.stem}.png", optimize=True)
    with (folder / "index.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows(every, photos, folder))


def main() -> None:
    """`python -m training.marking --photos FOLDER`."""
    parser = argparse.ArgumentParser(description="Make the masks and the index of the marked photos again.")
    parser.add_argument("--photos", type=Path, required=True, help="where the marked photos lie")
    make(parser.parse_args().photos)


if __name__ == "__main__":
    main()
