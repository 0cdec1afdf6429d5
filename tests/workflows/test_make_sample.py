"""The shipped sample: the same picture every time, old and damaged, and the very one in the repository."""

from __future__ import annotations

import runpy
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

WORKFLOWS = Path(__file__).parents[2] / "workflows"


@pytest.fixture(scope="module")
def maker() -> SimpleNamespace:
    return SimpleNamespace(**runpy.run_path(str(WORKFLOWS / "make_sample.py")))


@pytest.fixture(scope="module")
def sample(maker: SimpleNamespace) -> np.ndarray:
    return maker.aged()


def test_the_same_seed_makes_the_same_picture(maker: SimpleNamespace, sample: np.ndarray) -> None:
    assert np.array_equal(maker.aged(), sample)
    assert not np.array_equal(maker.aged(seed=1), sample)


def test_values_are_a_photo_s(sample: np.ndarray) -> None:
    assert sample.shape == (1200, 1024, 3)
    assert sample.min() >= 0
    assert sample.max() <= 1


def test_the_shipped_file_is_this_picture_and_small(sample: np.ndarray) -> None:
    path = WORKFLOWS / "sample.jpg"
    assert path.stat().st_size <= 400_000
    with Image.open(path) as picture:
        shipped = np.asarray(picture, np.float32) / 255
    assert np.abs(shipped - sample).mean() < 0.01


def test_the_print_has_faded_and_yellowed(maker: SimpleNamespace, sample: np.ndarray) -> None:
    middle = sample[300:900, 200:800]
    fresh = maker.clean()[300:900, 200:800]
    assert np.ptp(np.quantile(middle, [0.02, 0.98])) < 0.75 * np.ptp(np.quantile(fresh, [0.02, 0.98]))
    assert middle[..., 0].mean() > middle[..., 2].mean() + 0.08


def test_damage_of_both_polarities_covers_a_few_percent(maker: SimpleNamespace) -> None:
    layers = maker.damage(np.random.default_rng(maker.SEED), (1200, 1024))
    covers = {
        tone: np.max([layer.cover for layer in layers if np.all(layer.colour == getattr(maker, tone))], axis=0)
        for tone in ("BARE", "DIRT")
    }
    for tone, cover in covers.items():
        assert 0.001 < (cover > 0.3).mean() < 0.06, tone


def test_both_files_are_written(maker: SimpleNamespace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = tmp_path / "sample.jpg", tmp_path / "clean.png"
    monkeypatch.setattr("sys.argv", ["make_sample.py", "--output", str(files[0]), "--clean", str(files[1])])
    maker.main()
    for file in files:
        with Image.open(file) as picture:
            assert picture.size == (1024, 1200)
