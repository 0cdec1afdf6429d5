"""Judges the shipped workflows: ages sound photos with known damage, restores them, and compares with what they were.

python bench/quality.py [--check] [--quick] [--json FILE] [--details FILE] [--chart FILE.png]
    [--photos FOLDER] [--pattern "kodak-*"] [--most N] [--longest PIXELS] [--only damage,unchanged,colour]
    [--kinds scratches,fading,…] [--workflows FOLDER] [--weights-dir FOLDER] [--cache FOLDER]
python bench/quality.py --sheet FILE.png --photos FOLDER [--most 24]

PSNR, SSIM, GMSD and ΔE2000 against the sound photo, by workflow and kind of damage, beside doing nothing and beside
plain OpenCV recipes. In place of a network that is not at hand stands what its step can do without one; workflows that
cannot do without are left out, and said to be. Without --photos the photos are those inside scikit-image and
matplotlib. --sheet puts real old photos through restore, to be looked at.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.judging.board import NOTHING, OWN, SOUND, Board, beaten
from bench.judging.colouring import on_colour
from bench.judging.damages import KINDS, Photo, damaged, from_folder, from_packages, smaller
from bench.judging.drawing import chart
from bench.judging.engine import Engine, opened
from bench.judging.metrics import scores
from bench.judging.recipes import FITTING, RECIPES
from bench.judging.sheet import write_sheet
from bench.judging.unchanged import on_unchanged
from bench.measuring import ROOT, Figure, report

LONGEST, QUICK = 640, 320
"""Pixels of the longer side of what is judged."""

PHOTOS, FEW = 6, 1
"""How many of the photos, and in a quick run."""

QUICK_KINDS = ("scratches", "fading")

ALSO = ("restore-full",)
"""Workflows that are shown beside those that have targets: they enlarge, or need networks."""


@dataclass
class Bench:
    """One run of the benchmark."""

    engine: Engine
    workflows: Path
    photos: Sequence[Photo]
    kinds: Sequence[str]
    board: Board = field(default_factory=Board)

    def usable(self, names: Sequence[str]) -> dict[str, Path]:
        """Those of the workflows that can run here; why others cannot is said."""
        found: dict[str, Path] = {}
        for name in names:
            path = self.workflows / f"{name}.json"
            if trouble := self.engine.trouble(path):
                print(f"Left out: {trouble}")
            else:
                found[name] = path
        return found


def on_damage(bench: Bench) -> list[Figure]:
    """Each kind of damage, and none."""
    workflows = bench.usable(tuple(OWN))
    for kind in (*bench.kinds, SOUND):
        for number, photo in enumerate(bench.photos):
            _judge(bench, kind, photo, number, workflows)
        print("\n".join(bench.board.lines(kind)), flush=True)
    return bench.board.figures()


def _judge(bench: Bench, kind: str, photo: Photo, number: int, workflows: dict[str, Path]) -> None:
    """One photo with one kind of damage, every way."""
    before = photo.truth if kind == SOUND else damaged(photo, kind, number)
    bench.board.note(kind, NOTHING, photo.name, scores(before, photo.truth))
    for name, path in workflows.items():
        if kind == SOUND or name == "restore" or kind in OWN[name]:
            made = bench.engine.run(path, before).pixels
            bench.board.note(kind, name, photo.name, scores(made, photo.truth))
    for name in FITTING[kind]:
        bench.board.note(kind, name, photo.name, scores(RECIPES[name](before), photo.truth))


PARTS: dict[str, Callable[[Bench], list[Figure]]] = {
    "damage": on_damage,
    "unchanged": lambda bench: on_unchanged(bench.engine, bench.usable, bench.photos),
    "colour": lambda bench: on_colour(bench.photos),
}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--only", default=",".join(PARTS), help="parts to measure, separated by commas")
    add("--kinds", default=",".join(KINDS), help="kinds of damage, separated by commas; sound photos always come last")
    add("--quick", action="store_true", help="one small photo and two kinds of damage, as tests do")
    add("--photos", type=Path, help="a folder of sound photos; with --sheet, of old ones")
    add("--pattern", default="*", help="names of the photos to take from it")
    add("--most", type=int, help=f"so many photos ({PHOTOS}; 24 on a sheet)")
    add("--longest", type=int, default=LONGEST, help="pixels of the longer side to which larger photos are shrunk")
    add("--workflows", type=Path, default=ROOT / "workflows", help="a folder of workflows to judge instead of ours")
    add("--weights-dir", type=Path, action="append", default=[], help="a folder of model files")
    add("--cache", type=Path, help="keep finished steps there; only as long as no node changes")
    add("--details", type=Path, help="write every photo's scores there, as JSON")
    add("--chart", type=Path, help="draw bars there, as PNG")
    add("--sheet", type=Path, help="write a contact sheet of real photos before and after restore, as PNG")
    # What is left are the options of bench.measuring.
    return parser.parse_known_args()[0]


def _photos(options: argparse.Namespace) -> list[Photo]:
    most = options.most or (FEW if options.quick else PHOTOS)
    found = from_folder(options.photos, options.pattern, most) if options.photos else from_packages()[:most]
    return [smaller(photo, QUICK if options.quick else options.longest) for photo in found]


def _measured(bench: Bench, options: argparse.Namespace) -> int:
    figures: list[Figure] = []
    for part in options.only.split(","):
        started = time.perf_counter()
        figures += PARTS[part](bench)
        print(f"\n({part}: {time.perf_counter() - started:.0f} s)")
    if options.details:
        options.details.write_text(json.dumps(bench.board.plain(), indent=1), encoding="utf-8")
    if options.chart:
        chart(options.chart, bench.board)
    won, pairs = beaten(bench.board, tuple(RECIPES))
    summary = f"restore beats the best OpenCV recipe on {won} of {pairs} pairs of damage and metric." if pairs else ""
    return report("The workflows against the truth", figures, summary)


def _wrong(options: argparse.Namespace) -> str:
    """What is wrong with the options, as a sentence; empty if nothing is."""
    if options.sheet and not options.photos:
        return "--sheet needs --photos FOLDER."
    if options.photos and not options.photos.is_dir():
        return f"There is no folder {options.photos}."
    if options.photos and not _photos(options):
        return f"There is no photo in {options.photos} whose name fits {options.pattern}."
    for asked, known in ((options.kinds, KINDS), (options.only, tuple(PARTS))):
        if unknown := [name for name in filter(None, asked.split(",")) if name not in known]:
            return f"There is no {', '.join(unknown)}. Choose among {', '.join(known)}."
    return ""


def main() -> int:
    options = _options()
    if wrong := _wrong(options):
        print(wrong, file=sys.stderr)
        return 2
    with opened(options.weights_dir, options.cache) as engine:
        if options.sheet:
            write_sheet(options.sheet, engine, options.workflows / "restore.json", options.photos, options.most or 24)
            return 0
        kinds = QUICK_KINDS if options.quick else tuple(filter(None, options.kinds.split(",")))
        return _measured(Bench(engine, options.workflows, _photos(options), kinds), options)


if __name__ == "__main__":
    sys.exit(main())
