"""The chart of the service's measurements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

Series = Mapping[str, Sequence[float]]

TARGETS = {"health": 50, "preview": 150, "growth": 1.05}
"""Milliseconds, milliseconds, and times the memory after the first tenth of the runs."""


def chart(path: Path, series: Series) -> None:
    """Answers under load, memory over many runs, HTTP against in process, a slider: whatever was measured of it."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    drawing, axes = plt.subplots(2, 2, figsize=(12, 8), layout="constrained")
    for axis, draw in zip(axes.flat, (_health, _memory, _overhead, _slider), strict=True):
        draw(axis, series)
        axis.grid(alpha=0.3)
    drawing.savefig(path, dpi=110)
    plt.close(drawing)


def _health(axes: Any, series: Series) -> None:
    if found := sorted(1e3 * each for each in series.get("health", ())):
        axes.plot(found, [100 * (place + 1) / len(found) for place in range(len(found))])
        axes.axvline(TARGETS["health"], color="C3", linestyle="--", label="target of the 99th percentile")
        axes.axhline(99, color="C3", linewidth=0.8)
        axes.set_xscale("log")
        axes.legend()
    axes.set(title="GET /health while runs are watched", xlabel="ms", ylabel="% of the answers within")


def _memory(axes: Any, series: Series) -> None:
    if held := series.get("memory"):
        axes.plot(range(1, len(held) + 1), held, "o-")
        axes.axhline(TARGETS["growth"] * held[0], color="C3", linestyle="--", label="5 % more than after the first")
        axes.set_ylim(0, 1.2 * max(held))
        axes.legend()
    axes.set(title="Memory of the server", xlabel="tenths of the runs", ylabel="MiB")


def _overhead(axes: Any, series: Series) -> None:
    names = [name for name in ("in process", "over HTTP") if name in series]
    if names:
        axes.boxplot([series[name] for name in names], tick_labels=names, showfliers=False)
    axes.set(title="One small photo in and out", ylabel="ms")


def _slider(axes: Any, series: Series) -> None:
    for name in ("preview told", "preview fetched"):
        if found := series.get(name):
            axes.plot(range(1, len(found) + 1), found, "o-", label=name)
            axes.legend()
    axes.axhline(TARGETS["preview"], color="C3", linestyle="--")
    axes.set_ylim(0)
    axes.set(title="From a slider's change to its preview", xlabel="change", ylabel="ms")
