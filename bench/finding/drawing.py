"""Pictures of the benchmark: curves and bars, and what each detector sees in a photo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image as Pillow
from PIL import ImageDraw

from bench.finding.cases import Case
from bench.finding.detectors import Answers, Detector
from bench.finding.parts import Standing
from bench.finding.scoring import Bytes

PANEL = 420
"""Pixels of the longer side of a photo on a sheet."""

CLOSE = 160
"""Pixels of the photo a side in its enlarged part."""

CAPTION = 18

MARK, DOUBT = (230, 40, 30), (240, 190, 60)


def chart(path: Path, standings: Mapping[str, Mapping[str, Standing]]) -> None:
    """Precision over recall on the real photos, F1 of every row, recall by kind of damage."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    real, made = standings.get("real", {}), standings.get("synthetic", {})
    drawing, axes = plt.subplots(2, 2, figsize=(14, 10), layout="constrained")
    _curves(axes[0, 0], real or made)
    _bars(axes[0, 1], "F1 at the shipped threshold (lines: deviation over the photos)", _f1s(standings))
    for part, shown, place in (("real", real, axes[1, 0]), ("synthetic", made, axes[1, 1])):
        kinds = {name: {kind: (value, 0.0) for kind, value in each.kinds.items()} for name, each in shown.items()}
        _bars(place, f"recall by kind of damage, {part} photos", kinds)
    drawing.savefig(path, dpi=110)
    plt.close(drawing)


def _curves(axes: Any, standings: Mapping[str, Standing]) -> None:
    for number, (name, each) in enumerate(standings.items()):
        recall, precision, colour = each.mean("recall"), each.mean("precision"), f"C{number}"
        axes.plot(recall, precision, "o", color=colour, label=f"{name}: area {each.area.mean:.2f}")
        # A row that only decides otherwise has the curve of the row whose map it takes, and a dot of its own.
        axes.plot(each.curve.recall, each.curve.precision, color=colour, zorder=1.9 - 0.1 * number)
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="recall", ylabel="precision", title="mean over photos; dot: as shipped")
    axes.grid(alpha=0.3)
    if standings:
        axes.legend()


def _f1s(standings: Mapping[str, Mapping[str, Standing]]) -> dict[str, dict[str, tuple[float, float]]]:
    found: dict[str, dict[str, tuple[float, float]]] = {}
    for part, rows in standings.items():
        for name, each in rows.items():
            found.setdefault(name, {})[part] = each.f1.mean, each.f1.deviation
    return found


def _bars(axes: Any, title: str, rows: Mapping[str, Mapping[str, tuple[float, float]]]) -> None:
    """A group of bars for each thing measured, a bar for each row."""
    groups = list(dict.fromkeys(group for row in rows.values() for group in row))
    width = 0.8 / max(1, len(rows))
    for number, (name, row) in enumerate(rows.items()):
        places = np.arange(len(groups)) + (number - (len(rows) - 1) / 2) * width
        heights, deviations = zip(*(row.get(group, (0.0, 0.0)) for group in groups), strict=True)
        axes.bar(places, heights, width, yerr=deviations if any(deviations) else None, label=name)
    axes.set(title=title, ylim=(0, 1))
    axes.set_xticks(range(len(groups)), groups, rotation=30)
    if rows:
        axes.legend(fontsize="small")


def sheets(folder: Path, cases: Sequence[Case], detectors: Sequence[Detector], answers: Answers) -> None:
    """A PNG for each photo: the photo, the marks, and each detector's mask; below it the worst part, enlarged."""
    folder.mkdir(parents=True, exist_ok=True)
    for case in cases:
        panels = [("photo", case.picture), ("marked by hand" if case.fold is not None else "truth", _labelled(case))]
        panels += [(each.name, _marked(case, answers.of(each, case).mask)) for each in detectors]
        window = _worst(case)
        columns = [_column(title, picture, window) for title, picture in panels]
        Pillow.fromarray(np.concatenate(columns, axis=1)).save(folder / f"{case.name}.png")


def telling(cases: Sequence[Case], count: int = 5) -> list[Case]:
    """The most damaged photos, and the first sound one."""
    hurt = sorted(cases, key=lambda case: -np.count_nonzero(case.label == 255))[:count]
    return [*(case for case in hurt if case.damaged), *[case for case in cases if not case.damaged][:1]]


def _labelled(case: Case) -> Bytes:
    picture = _marked(case, case.label == 255)
    picture[case.label == 128] = (picture[case.label == 128] * 0.5 + np.array(DOUBT) * 0.5).astype(np.uint8)
    return picture


def _marked(case: Case, mask: Any) -> Bytes:
    """Red on the photo, paler and grey."""
    grey = 64 + case.picture.mean(axis=2, keepdims=True) * 0.7
    picture = np.repeat(grey, 3, axis=2).astype(np.uint8)
    picture[mask] = MARK
    return picture


def _worst(case: Case) -> tuple[slice, slice]:
    """The square with most damage; the middle of a sound photo."""
    import cv2

    height, width = case.label.shape
    side = min(CLOSE, height, width)
    counts = cv2.boxFilter((case.label == 255).astype(np.float32), -1, (side, side), borderType=cv2.BORDER_CONSTANT)
    if case.damaged:
        y, x = divmod(int(counts.argmax()), width)
    else:
        y, x = height // 2, width // 2
    top, left = (int(np.clip(at - side // 2, 0, length - side)) for at, length in ((y, height), (x, width)))
    return slice(top, top + side), slice(left, left + side)


def _column(title: str, picture: Bytes, window: tuple[slice, slice]) -> Bytes:
    whole = Pillow.fromarray(picture)
    whole.thumbnail((PANEL, PANEL), Pillow.Resampling.LANCZOS)
    close = Pillow.fromarray(np.ascontiguousarray(picture[window]))
    close = close.resize((PANEL, PANEL * close.height // close.width), Pillow.Resampling.NEAREST)
    canvas = Pillow.new("RGB", (PANEL + 6, CAPTION + PANEL + 6 + PANEL), "white")
    ImageDraw.Draw(canvas).text((4, 3), title, fill="black")
    canvas.paste(whole, (0, CAPTION))
    canvas.paste(close, (0, CAPTION + PANEL + 6))
    return np.asarray(canvas, np.uint8)
