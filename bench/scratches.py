"""Measures detectors of scratches: on drawn damage, on photos marked by hand, on sound photos, and what repair gains.

python bench/scratches.py [--check] [--json FILE] [--details FILE] [--chart FILE.png] [--pictures FOLDER]
    [--only synthetic,real,sound,gain,restore,speed] [--rows network,find_scratches,…] [--detector MODULE:FUNCTION]
    [--folds FOLDER] [--weights FOLDER] [--pairs N] [--photos N] [--maps FOLDER]

A detector is any function from a photo, float32 (H, W, 3) RGB 0..1, to how likely each pixel is damaged, (H, W) 0..1.
--folds names a folder with 0, 1, 2 and 3 in it, each with the scratches.safetensors that was trained without that
quarter of the marked photos: every photo is then judged by a network that has not seen it.
Photos are taken from ../shared/photos; `--pairs 1 --photos 1` is a short run.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from PIL import Image as Pillow

from bench.finding.cases import Case, kodak, real, synthetic
from bench.finding.detectors import Answers, Detector, context, from_outside, standard
from bench.finding.drawing import chart, sheets, telling
from bench.finding.parts import PERFECT, Repair, Standing, false_finds, repairs, restored, standings, write_maps
from bench.finding.scoring import Spread
from bench.measuring import Figure, process, python, report
from nodes.kinds.image import Image
from nodes.repair.finding.damage_map import damage_map

GIB = 2**30
OURS = ("find_scratches", "network")
"""What a user gets, and the map it comes from; the first that is measured stands for us, all others are others."""

HEIGHT, WIDTH = 3000, 4000
"""Pixels of the scan whose time is taken."""

PAIRS = 24
"""With drawn damage: two of each of Kodak's photos."""

SEEN = "the network has seen these photos in training: --folds judges each by one that has not"


@dataclass
class Bench:
    """One run of the benchmark."""

    detectors: Sequence[Detector]
    pairs: int | None = None
    """Pairs with drawn damage; None: PAIRS."""
    photos: int | None = None
    """Photos of each other kind; None: all."""
    folds: bool = False
    weights: Path | None = None
    answers: Answers = field(default_factory=Answers)
    standings: dict[str, dict[str, Standing]] = field(default_factory=dict[str, dict[str, Standing]])
    details: dict[str, Any] = field(default_factory=dict[str, Any])

    @cached_property
    def synthetic(self) -> list[Case]:
        return synthetic(PAIRS if self.pairs is None else self.pairs)

    @cached_property
    def real(self) -> list[Case]:
        return real(self.photos)

    @cached_property
    def kodak(self) -> list[Case]:
        return kodak(self.photos)

    @property
    def ours(self) -> str:
        names = [each.name for each in self.detectors]
        return next((name for name in OURS if name in names), "")

    @property
    def others(self) -> list[str]:
        return [each.name for each in self.detectors if each.name not in OURS]


def on_synthetic(bench: Bench) -> list[Figure]:
    """Drawn damage and held-out artefacts on Kodak's photos."""
    found = _stand(bench, "synthetic", bench.synthetic)
    if bench.ours not in found:
        return []
    return [_figure("synthetic: F1 as shipped", _f1s(found), bench.ours, 0.85), _area("synthetic", found, bench.ours)]


def on_real(bench: Bench) -> list[Figure]:
    """Old photos marked by hand."""
    found = _stand(bench, "real", bench.real)
    if bench.ours not in found:
        return []
    seen = "" if bench.folds else " (seen!)"
    if seen:
        print(f"\nReal photos: {SEEN}.")
    figures = [
        _figure(f"real: F1 as shipped{seen}", _f1s(found), bench.ours, 0.6),
        _area("real", found, bench.ours, 0.6, seen),
    ]
    if bench.others:
        # They choose their threshold afterwards, we do not.
        rival, widest = (max(get(found[name]) for name in bench.others) for get in (_best, _mean_area))
        times, larger = found[bench.ours].f1.mean / max(rival, 1e-9), _mean_area(found[bench.ours]) / max(widest, 1e-9)
        best = f"its F1 at the threshold that suits it best: {rival:.3f}"
        figures += [
            Figure(f"  F1, of the best other row's{seen}", times, "×", 2, best, at_least=True),
            Figure(f"  PR-AUC, of the best other row's{seen}", larger, "×", 2, f"its PR-AUC: {widest:.3f}", True),
        ]
    return figures


def on_sound(bench: Bench) -> list[Figure]:
    """False pixels per megapixel on Kodak's photos and on sound old ones."""
    figures: list[Figure] = []
    for what, cases, most in (("Kodak", bench.kodak, 50), ("sound old photos", bench.real, 500)):
        found = false_finds(cases, bench.detectors, bench.answers)
        bench.details[f"false pixels per megapixel, {what}"] = found
        means = {name: float(np.mean(list(each.values()))) for name, each in found.items() if each}
        worst = {name: max(each.values()) for name, each in found.items() if each}
        rows = {name: [f"{means[name]:.0f}", f"{worst[name]:.0f}"] for name in means}
        _table(f"Sound: false pixels per megapixel, {what}", ["mean", "worst photo"], rows)
        if bench.ours in means:
            seen = "" if bench.folds or what == "Kodak" else " (seen!)"
            name = f"{what}: false pixels per megapixel{seen}"
            figures.append(Figure(name, means[bench.ours], "px", most, _others(means, bench.ours, ".0f")))
    return figures


def on_gain(bench: Bench) -> list[Figure]:
    """Find and fill against doing nothing, on every second pair: filling what over-eager rows mark takes long."""
    found = repairs(bench.synthetic[::2], bench.detectors, bench.answers)
    bench.details["gain"] = {name: asdict(each) for name, each in found.items()}
    _table("Gain of find and fill over doing nothing, synthetic", ["PSNR, dB", "SSIM", "filled, %"], {
        name: [_spread(each.decibels, "+.2f"), _spread(each.likeness, "+.4f"), f"{100 * each.masked:.2f}"]
        for name, each in found.items()
    })  # fmt: skip
    if bench.ours not in found:
        return []
    return [_gain("PSNR", "dB", found, bench.ours), _gain("SSIM", "", found, bench.ours)]


def on_restore(bench: Bench) -> list[Figure]:
    """Sound photos through the whole restore workflow."""
    if not bench.kodak:
        return []
    found = restored(bench.kodak, bench.weights)
    bench.details["restored"] = found
    worst = min(found, key=found.__getitem__)
    other = f"worst: {found[worst]:.4f}, {worst}"
    return [Figure("Kodak through restore.json: SSIM", float(np.mean(list(found.values()))), "", 0.99, other, True)]


def on_speed(bench: Bench) -> list[Figure]:
    """The map of a 12-megapixel scan in a process of its own."""
    if not bench.ours:
        return []
    with tempfile.TemporaryDirectory() as name:
        told = Path(name) / "seconds"
        whole, peak = process([python(), Path(__file__).with_name("scratches.py"), "--alone", told,
                               *(["--weights", bench.weights] if bench.weights else [])])  # fmt: skip
        seconds = float(told.read_text("utf-8"))
    return [
        Figure("12-MP scan: map of damage", seconds, "s", 12, f"the whole process: {whole:.1f} s"),
        Figure("  peak memory", peak / GIB, "GiB", 1.5),
    ]


def alone(told: Path, weights: Path | None) -> None:
    """What `on_speed` starts. The scan is a portrait with grain, enlarged."""
    from matplotlib.cbook import get_sample_data

    with Pillow.open(str(get_sample_data("grace_hopper.jpg", asfileobj=False))) as portrait:
        photo = np.asarray(portrait.convert("RGB").resize((WIDTH, HEIGHT), Pillow.Resampling.BICUBIC), np.uint8)
    grain = np.random.default_rng(1).integers(-6, 7, (HEIGHT, WIDTH), np.int16)
    pixels = np.empty((HEIGHT, WIDTH, 3), np.float32)
    for row in range(HEIGHT):
        pixels[row] = np.clip(photo[row] + grain[row, :, None], 0, 255) / np.float32(255)
    ctx = context(weights) if weights else context()
    started = time.perf_counter()
    assert damage_map(ctx, Image(pixels)).shape == (HEIGHT, WIDTH)
    told.write_text(str(time.perf_counter() - started), "utf-8")


PARTS: dict[str, Callable[[Bench], list[Figure]]] = {
    "synthetic": on_synthetic, "real": on_real, "sound": on_sound, "gain": on_gain, "restore": on_restore,
    "speed": on_speed,
}  # fmt: skip


def _stand(bench: Bench, part: str, cases: Sequence[Case]) -> dict[str, Standing]:
    """Judge, print and keep."""
    found = standings(cases, bench.detectors, bench.answers)
    bench.standings[part] = found
    bench.details[part] = {
        name: {"photos": {photo: judged.figures() for photo, judged in each.verdicts.items()}, "kinds": each.kinds}
        for name, each in found.items()
    }
    columns = ["F1 as shipped", "F1, best threshold", "PR-AUC", "precision", "recall"]
    _table(f"Damaged photos, {part}: mean ± deviation over photos", columns, {
        name: [_spread(each.f1), f"{each.best:.3f}", _spread(each.area), *(f"{each.mean(what):.3f}" for what in
               ("precision", "recall"))] for name, each in found.items()
    })  # fmt: skip
    kinds = list(dict.fromkeys(kind for each in found.values() for kind in each.kinds))
    rows = {name: [f"{each.kinds[kind]:.2f}" for kind in kinds] for name, each in found.items()}
    _table(f"Recall by kind of damage, {part}: over all pixels of it", kinds, rows)
    return found


def _table(title: str, columns: Sequence[str], rows: Mapping[str, Sequence[str]]) -> None:
    if not rows:
        return
    print(f"\n{title}\n")
    widths = [
        max(len(text) for text in (column, *(row[n] for row in rows.values()))) for n, column in enumerate(columns)
    ]
    first = max(len(name) for name in rows)
    print(f"| {'':<{first}} | {' | '.join(f'{column:>{w}}' for column, w in zip(columns, widths, strict=True))} |")
    print(f"|{'-' * (first + 2)}|{'|'.join('-' * (width + 1) + ':' for width in widths)}|")
    for name, row in rows.items():
        print(f"| {name:<{first}} | {' | '.join(f'{text:>{w}}' for text, w in zip(row, widths, strict=True))} |")


def _spread(value: Spread, form: str = ".3f") -> str:
    return f"{value.mean:{form}} ± {value.deviation:{form.lstrip('+')}}"


def _f1s(found: Mapping[str, Standing]) -> dict[str, float]:
    return {name: each.f1.mean for name, each in found.items()}


def _best(standing: Standing) -> float:
    return standing.best


def _mean_area(standing: Standing) -> float:
    return standing.area.mean


def _area(part: str, found: Mapping[str, Standing], ours: str, target: float | None = None, seen: str = "") -> Figure:
    areas = {name: each.area.mean for name, each in found.items()}
    return _figure(f"{part}: PR-AUC{seen}", areas, ours, target)


def _figure(name: str, values: Mapping[str, float], ours: str, target: float | None) -> Figure:
    return Figure(name, values[ours], "", target, _others(values, ours, ".3f"), at_least=True)


def _gain(what: str, unit: str, found: Mapping[str, Repair], ours: str) -> Figure:
    gains = {name: (each.decibels if unit else each.likeness).mean for name, each in found.items()}
    form = "+.2f" if unit else "+.4f"
    return Figure(f"find and fill: gain of {what}", gains[ours], unit, None, _others(gains, ours, form), at_least=True)


def _others(values: Mapping[str, float], ours: str, form: str) -> str:
    order = sorted((name for name in values if name != ours), key=lambda name: name != PERFECT)
    return ", ".join(f"{name} {values[name]:{form}}" for name in order)


def _options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--only", default=",".join(PARTS), help="parts to measure, separated by commas")
    add("--rows", default="all", help="rows of the benchmark's own to measure, separated by commas; none: only others")
    add("--detector", action="append", default=[], metavar="MODULE:FUNCTION[@THRESHOLD]", help="one more row")
    add("--folds", type=Path, help="a folder of networks, each trained without one quarter of the marked photos")
    add("--weights", type=Path, help="a folder with another scratches.safetensors than the shipped one")
    add("--pairs", type=int, help=f"so many pairs with drawn damage ({PAIRS})")
    add("--photos", type=int, help="so many photos of every other kind (all)")
    add("--details", type=Path, help="write what every row reached on every photo there, as JSON")
    add("--chart", type=Path, help="draw curves and bars there, as PNG")
    add("--pictures", type=Path, help="write sheets of what each row sees into that folder")
    add("--maps", type=Path, help="write the maps on the marked photos, and the marks, into that folder")
    add("--alone", type=Path, help=argparse.SUPPRESS)
    # What is left are the options of bench.measuring.
    return parser.parse_known_args(arguments)[0]


def _detectors(options: argparse.Namespace) -> list[Detector]:
    wanted = options.rows.split(",")
    own = [] if wanted == ["none"] else standard(options.weights, options.folds)
    if wanted != ["all"]:
        own = [each for each in own if each.name in wanted]
    return [*own, *(from_outside(text) for text in options.detector)]


def _write(bench: Bench, options: argparse.Namespace) -> None:
    """The pictures and files that were asked for."""
    if options.details:
        options.details.write_text(json.dumps(bench.details, indent=1), encoding="utf-8")
    if options.chart:
        chart(options.chart, bench.standings)
    if options.pictures:
        sheets(options.pictures, [*telling(bench.real), *telling(bench.synthetic, 2)], bench.detectors, bench.answers)
    if options.maps:
        write_maps(bench.real, bench.detectors, bench.answers, options.maps)


def main() -> int:
    options = _options()
    if options.alone:
        alone(options.alone, options.weights)
        return 0
    try:
        detectors = _detectors(options)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    bench = Bench(detectors, options.pairs, options.photos, bool(options.folds), options.weights)
    figures: list[Figure] = []
    for part in options.only.split(","):
        started = time.perf_counter()
        figures += PARTS[part](bench)
        print(f"\n({part}: {time.perf_counter() - started:.0f} s)")
    _write(bench, options)
    seen = f"On real photos: {SEEN}." if bench.ours and not bench.folds and bench.standings.get("real") else ""
    return report("Detectors of scratches", figures, seen)


if __name__ == "__main__":
    sys.exit(main())
