"""The bench of large scans, on small ones: it runs the real program and reads what it tells."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image as Pillow

from bench import restoring
from bench.measuring import python


def test_a_scan_is_as_large_as_asked_and_always_the_same(tmp_path: Path) -> None:
    first, second = (restoring.scan(0.1, tmp_path / name).read_bytes() for name in ("one.jpg", "two.jpg"))
    assert first == second
    with Pillow.open(tmp_path / "one.jpg") as file:
        assert file.width * file.height == pytest.approx(100_000, rel=0.01)


def test_a_run_is_measured_step_by_step(tmp_path: Path) -> None:
    took = restoring.restored(restoring.scan(0.1, tmp_path / "scan.jpg"), tmp_path)
    assert list(took.steps) == ["photo", "map", "damage", "fill", "fade", "denoise", "sharpen"]
    assert 0 < sum(took.steps.values()) < took.seconds
    assert took.peak > 2**20
    assert (tmp_path / "scan-restored.jpg").exists()
    names = [figure.name for figure in restoring.figures_of(12, took)]
    assert names[:3] == ["12 MP: the whole run", "  seconds of the processor", "  memory at its peak"]
    assert [figure.target for figure in restoring.figures_of(12, took)[:3]] == [30, None, 2]


def test_a_process_that_fails_is_no_figure(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="there is no file"):
        restoring.restored(tmp_path / "nothing.jpg", tmp_path)
    with pytest.raises(RuntimeError, match="no such luck"):
        restoring.measured([python(), "-c", "raise SystemExit('no such luck')"])
