"""The parts of the benchmark: what each detector reaches on a set of photos."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image as Pillow

from bench.finding.cases import Case, as_floats
from bench.finding.detectors import Answers, Detector, context
from bench.finding.scoring import (
    Curve,
    Flags,
    Spread,
    Verdict,
    decibels,
    false_pixels,
    likeness,
    reached,
    verdict,
)
from bench.measuring import ROOT, process, python
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.repair.inpaint import inpaint

PERFECT = "the true mask"


@dataclass(frozen=True)
class Standing:
    """Of one detector on damaged photos."""

    verdicts: dict[str, Verdict]
    """By photo."""
    kinds: dict[str, float]
    """Recall at the shipped threshold by kind of damage, over the pixels of all photos."""

    @property
    def f1(self) -> Spread:
        """At the shipped threshold."""
        return Spread.of([each.f1 for each in self.verdicts.values()])

    @property
    def area(self) -> Spread:
        """Under precision over recall."""
        return Spread.of([each.area for each in self.verdicts.values()])

    @property
    def curve(self) -> Curve:
        """Mean precision and recall of the photos at each threshold."""
        curves = [each.curve for each in self.verdicts.values()]
        both = ([getattr(each, name) for each in curves] for name in ("precision", "recall"))
        return Curve(*(np.mean(values, axis=0) for values in both))

    @property
    def best(self) -> float:
        """Mean F1 at the one threshold that suits all the photos best, known afterwards."""
        return float(np.mean([each.curve.f1 for each in self.verdicts.values()], axis=0).max())

    def mean(self, name: str) -> float:
        """Of precision or recall at the shipped threshold."""
        return float(np.mean([getattr(each, name) for each in self.verdicts.values()]))


@dataclass(frozen=True)
class Repair:
    """What filling the finds gains over doing nothing: decibels of PSNR, and SSIM."""

    decibels: Spread
    likeness: Spread
    masked: float
    """The share of the photos that was filled."""


def standings(cases: Sequence[Case], detectors: Sequence[Detector], answers: Answers) -> dict[str, Standing]:
    """By detector; of the damaged photos among the cases. Empty where there are none."""
    hurt = [case for case in cases if case.damaged]
    return {each.name: _standing(hurt, each, answers) for each in detectors} if hurt else {}


def _standing(cases: Sequence[Case], detector: Detector, answers: Answers) -> Standing:
    verdicts: dict[str, Verdict] = {}
    found, all_ = dict[str, int](), dict[str, int]()
    for case in cases:
        likely, mask = answers.of(detector, case)
        verdicts[case.name] = verdict(likely, mask, case.label)
        near = reached(mask, case.label)
        for number, kind in enumerate(case.names, 1):
            if count := int(np.count_nonzero(here := case.kinds == number)):
                all_[kind] = all_.get(kind, 0) + count
                found[kind] = found.get(kind, 0) + int(np.count_nonzero(here & near))
    return Standing(verdicts, {kind: found[kind] / count for kind, count in all_.items()})


def false_finds(cases: Sequence[Case], detectors: Sequence[Detector], answers: Answers) -> dict[str, dict[str, float]]:
    """By detector and photo, false pixels per megapixel of the sound photos among the cases."""
    sound = [case for case in cases if not case.damaged]
    return {
        each.name: {case.name: false_pixels(answers.of(each, case).mask, case.label) for case in sound}
        for each in detectors
    }


def repairs(cases: Sequence[Case], detectors: Sequence[Detector], answers: Answers) -> dict[str, Repair]:
    """By detector, and for the true mask; of the cases whose sound picture is known.

    A photo that is marked all over has nothing to be filled from: it stays as it is.
    """
    known = [case for case in cases if case.truth is not None]
    if not known:
        return {}
    found = {PERFECT: _repair(known, [case.kinds > 0 for case in known])}
    return found | {each.name: _repair(known, [answers.of(each, case).mask for case in known]) for each in detectors}


def _repair(cases: Sequence[Case], masks: Sequence[Flags]) -> Repair:
    gains = [_gain(case, mask) for case, mask in zip(cases, masks, strict=True)]
    psnr, ssim = zip(*gains, strict=True)
    return Repair(Spread.of(psnr), Spread.of(ssim), float(np.mean([mask.mean() for mask in masks])))


def _gain(case: Case, mask: Flags) -> tuple[float, float]:
    if not mask.any() or mask.all() or case.truth is None:
        return 0.0, 0.0
    sound, before = as_floats(case.truth), case.pixels
    after = inpaint(context(), Image(before), Mask(mask.astype(np.float32))).pixels
    psnr = decibels(after, sound) - decibels(before, sound)
    return psnr, likeness(after, sound) - likeness(before, sound)


def restored(cases: Sequence[Case], weights: Path | None) -> dict[str, float]:
    """By photo, the SSIM of sound photos after the whole restore workflow, as the program runs it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        for case in cases:
            Pillow.fromarray(case.picture).save(folder / "in" / f"{case.name}.png")
        more = ["--weights-dir", weights] if weights else []
        places = ["--data", folder / "data", "--cache-dir", folder / "cache", "--quiet", *more]
        workflow = ROOT / "workflows" / "restore.json"
        start = [python(), ROOT / "server.py", "--run", workflow, "--input", folder / "in", "--output", folder / "out"]
        process([*start, *places])
        return dict(_likenesses(cases, folder / "out"))


def _likenesses(cases: Sequence[Case], folder: Path) -> Iterator[tuple[str, float]]:
    for case in cases:
        with Pillow.open(next(folder.glob(f"{case.name}*.png"))) as after:
            yield case.name, likeness(as_floats(np.asarray(after.convert("RGB"), np.uint8)), case.pixels)


def write_maps(cases: Sequence[Case], detectors: Sequence[Detector], answers: Answers, folder: Path) -> None:
    """Maps and labels as grey PNG files, as ../shared/score_masks.py reads them."""
    shutil.rmtree(folder / "labels", ignore_errors=True)
    for detector in detectors:
        (folder / detector.name).mkdir(parents=True, exist_ok=True)
        for case in cases:
            Pillow.fromarray(answers.of(detector, case).likely).save(folder / detector.name / f"{case.name}.png")
    (folder / "labels").mkdir()
    for case in cases:
        Pillow.fromarray(case.label).save(folder / "labels" / f"{case.name}.png")
