"""Bars: what each way scores on each kind of damage."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from bench.judging.board import NOTHING, OWN, SOUND, Board

TITLES = {
    "psnr": "PSNR, dB (more is better)",
    "ssim": "SSIM (more is better)",
    "gmsd": "GMSD (less is better)",
    "delta_e": "ΔE2000 (less is better)",
}

BEST_RECIPE = "best recipe"


def chart(path: Path, board: Board) -> None:
    """One panel for each metric; groups by kind of damage, a bar for nothing, for each workflow and the best recipe."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    kinds = [kind for kind in board.kinds if kind != SOUND]
    drawing, axes = plt.subplots(2, 2, figsize=(15, 9), layout="constrained")
    for panel, (metric, title) in zip(axes.flat, TITLES.items(), strict=True):
        _panel(panel, board, kinds, metric)
        panel.set_title(title)
    axes.flat[0].legend(fontsize="small")
    drawing.savefig(path, dpi=110)
    plt.close(drawing)


def _panel(axes: Any, board: Board, kinds: list[str], metric: str) -> None:
    ways = [NOTHING, *OWN, BEST_RECIPE]
    for number, way in enumerate(ways):
        heights = [_height(board, kind, way, metric) for kind in kinds]
        places = np.arange(len(kinds)) + 0.8 * ((number + 0.5) / len(ways) - 0.5)
        axes.bar(places, heights, 0.8 / len(ways), label=way, color="silver" if way == NOTHING else None)
    axes.set_xticks(range(len(kinds)), kinds)
    if metric == "ssim":
        axes.set_ylim(0.5, 1)


def _height(board: Board, kind: str, way: str, metric: str) -> float:
    """0 where it was not measured."""
    means = board.means(kind)
    if way != BEST_RECIPE:
        return getattr(means[way], metric) if way in means else 0.0
    others = [getattr(each, metric) for name, each in means.items() if name not in (NOTHING, *OWN)]
    best = max if metric in ("psnr", "ssim") else min
    return best(others, default=0.0)
