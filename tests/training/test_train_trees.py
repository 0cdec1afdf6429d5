from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

import nodes.repair.finding.trees
from nodes.kinds.image import Image
from nodes.repair.finding.classical import classical_map
from training.damage import Damaged
from training.measure import KINDS, Table, candidates, tables
from training.train_trees import lessons, main, precision_recall, split_photos


@pytest.fixture(scope="module")
def train(photos, artefact_folder) -> Callable[..., Path]:
    """Trains into the folder named, and gives it back."""

    def run(out: Path, **figures: int) -> Path:
        options = {"photos": photos, "artefacts": artefact_folder, "out": out, **figures}
        assert main([part for name, value in options.items() for part in (f"--{name}", str(value))]) == 0
        return out

    return run


@pytest.fixture(scope="module")
def trained(train, tmp_path_factory) -> Path:
    """The folder that a very short training leaves its trees in."""
    return train(tmp_path_factory.mktemp("trees"), passes=9, rounds=40, later=40)


@pytest.fixture
def looking_with(trained, monkeypatch):
    """The search uses the trees just trained."""
    nodes.repair.finding.trees.trees.cache_clear()
    monkeypatch.setattr(nodes.repair.finding.trees, "__file__", str(trained / "trees.py"))
    yield
    nodes.repair.finding.trees.trees.cache_clear()


def _scratched(portrait) -> tuple[Image, np.ndarray]:
    line = np.zeros(portrait.shape[:2], np.uint8)
    cv2.line(line, (30, 20), (250, 235), 255, 2, cv2.LINE_AA)
    cover = line[..., None].astype(np.float32) / 255
    return Image((portrait * (1 - cover) + 0.95 * cover).astype(np.float32)), line > 128


def test_every_kind_and_look_is_saved(trained):
    assert {path.name for path in trained.iterdir()} == {
        f"{kind}{look}.npz" for kind in KINDS for look in ("", "_in_company")
    }


@pytest.mark.usefixtures("looking_with")
def test_a_scratch_is_told_from_sound_texture(ctx, portrait):
    image, line = _scratched(portrait)
    around = cv2.dilate(line.astype(np.uint8), np.ones((7, 7), np.uint8)) > 0
    likely = classical_map(ctx, image)
    sure = np.median(likely[line])
    assert sure > 0.15
    assert (likely[~around] >= sure).mean() < 0.02
    sound = classical_map(ctx, image.like(portrait))
    assert sound[line].mean() < 0.3 * likely[line].mean()


def test_the_same_seed_gives_the_same_files(train, tmp_path):
    one, same = (train(tmp_path / name, passes=2, rounds=2, later=2) for name in ("one", "same"))
    for path in one.iterdir():
        assert path.read_bytes() == (same / path.name).read_bytes()


def test_training_stops_when_the_time_is_up(train, tmp_path, capsys):
    train(tmp_path, passes=10000, rounds=1, later=1, minutes=0.01)
    assert "time is up" in capsys.readouterr().err


def test_candidates_on_the_damage_are_labelled_damaged(portrait):
    image, line = _scratched(portrait)
    table = tables([Damaged(image.pixels, line)])["lines"]
    longest = table.extent > 150
    assert (table.share[longest] > 0.6).any()
    assert (table.share < 0.2).sum() > 10
    assert table.values.shape == (len(table.share), len(table.names))
    assert sum(len(each.groups.count) for each in candidates(image.pixels) if each.kind == "lines") == len(table.share)


def test_the_parts_of_the_split_share_no_photo():
    photos = [Path(f"{number}.jpg") for number in range(502)]
    split = split_photos(photos)
    assert [len(part) for part in split] == [251, 141, 110]
    assert sorted(photos) == sorted([*split.first, *split.second, *split.test])
    assert split == split_photos(photos)


def test_too_few_photos_are_refused(tmp_path, artefact_folder, capsys):
    cv2.imwrite(str(tmp_path / "one.png"), np.zeros((9, 9, 3), np.uint8))
    with pytest.raises(SystemExit) as stopped:
        main(["--photos", str(tmp_path), "--artefacts", str(artefact_folder)])
    assert stopped.value.code == 2
    assert "too few" in capsys.readouterr().err


def _table(share, extent) -> Table:
    share, extent = np.array(share, np.float32), np.array(extent, np.float32)
    return Table(("one",), np.zeros((len(share), 1), np.float32), share, extent)


def test_doubtful_candidates_teach_nothing_and_small_sound_ones_stand_for_others(rng):
    rows, truth, weights = lessons(_table([0.9, 0.4, *[0.0] * 2000, 0.0], [100, 100, *[100] * 2000, 300]), rng)
    assert rows[0]
    assert not rows[1]
    assert rows[-1]
    assert 0.35 < rows[2:-1].mean() < 0.45
    assert truth.sum() == 1
    assert weights[1] == pytest.approx(2.5 * weights[0])
    assert weights.mean() == pytest.approx(1, abs=1e-3)


def test_precision_and_recall_count_pixels():
    table = _table([1, 1, 0, 0.4], [30, 10, 10, 99])
    likely = np.array([0.9, 0.1, 0.9, 0.9], np.float32)
    assert precision_recall(likely, table, 0.5) == pytest.approx((0.75, 0.75))
    assert precision_recall(likely, table, 0.95) == (0, 0)
