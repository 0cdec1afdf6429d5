"""The hand-marked masks: they agree with their index, come out of their strokes again, and strokes snap as told."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from training import marking
from training.marking import DAMAGE, MARKED, SOUND, UNSURE, Stroke

PHOTOS = Path(__file__).parents[2] / ".." / "shared" / "photos" / "old"

SHEETS = marking.sheets()

with (MARKED / "index.csv").open(encoding="utf-8", newline="") as opened:
    INDEX = {row["file"]: row for row in csv.DictReader(opened)}


@pytest.fixture(scope="module")
def again(tmp_path_factory) -> Path:
    """A folder where everything was made again from the strokes."""
    if not PHOTOS.is_dir():
        pytest.skip("there is no folder of old photos beside the checkout")
    folder = tmp_path_factory.mktemp("again")
    marking.make(PHOTOS, folder, MARKED)
    return folder


def pixels(file: str) -> np.ndarray:
    with Image.open(MARKED / INDEX[file]["mask"]) as mask:
        assert mask.mode == "L"
        return np.asarray(mask)


def test_enough_is_marked():
    tested = [row for row in INDEX.values() if row["fold"]]
    damaged = [row for row in tested if int(row["damaged"])]
    assert len(damaged) >= 24
    assert len(tested) - len(damaged) >= 8


def test_every_sheet_has_its_row_and_mask():
    assert list(INDEX) == [sheet.photo for sheet in SHEETS]
    assert {row["mask"] for row in INDEX.values()} == {file.name for file in MARKED.glob("*.png")}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)
def test_row_and_mask_agree(sheet):
    row, mask = INDEX[sheet.photo], pixels(sheet.photo)
    assert mask.shape == (int(row["height"]), int(row["width"]))
    assert set(np.unique(mask)) <= {SOUND, UNSURE, DAMAGE}
    assert int((mask == DAMAGE).sum()) == int(row["damaged"])
    assert row["kinds"] == ";".join(sheet.kinds)
    assert bool(row["kinds"]) == (int(row["damaged"]) > 0)
    assert row["doubts"] == sheet.doubts != ""
    assert bool(row["fold"]) == sheet.tested
    assert row["source"] == marking.source(sheet.photo) != "unknown"


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)
def test_strokes_lie_on_the_photo_and_are_of_known_kinds(sheet):
    row = INDEX[sheet.photo]
    for stroke in sheet.strokes:
        points = np.array(stroke.points)
        assert stroke.kind in marking.KINDS
        assert stroke.value in (UNSURE, DAMAGE)
        assert len(points) >= {"line": 2, "dot": 1, "polygon": 3}[stroke.shape]
        assert points.min() >= 0
        assert (points <= (int(row["width"]), int(row["height"]))).all()


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)
def test_mask_comes_out_of_its_strokes_again(sheet, again):
    with Image.open(again / f"{sheet.stem}.png") as mask:
        np.testing.assert_array_equal(np.asarray(mask), pixels(sheet.photo))


def test_index_comes_out_again(again):
    assert (again / "index.csv").read_bytes() == (MARKED / "index.csv").read_bytes()


def test_quarters_match_in_number_and_in_amount():
    for wanted in (True, False):
        rows = [row for row in INDEX.values() if row["fold"] and (int(row["damaged"]) > 0) is wanted]
        numbers = [sum(row["fold"] == str(fold) for row in rows) for fold in range(marking.FOLDS)]
        assert max(numbers) - min(numbers) <= 1
    amounts = [int(row["damaged"]) for row in INDEX.values() if row["fold"] and int(row["damaged"])]
    folds = marking.folds(amounts)
    totals = [sum(a for a, fold in zip(amounts, folds, strict=True) if fold == each) for each in range(marking.FOLDS)]
    assert max(totals) <= 2.5 * min(totals)


def test_folds_deal_there_and_back():
    assert marking.folds([9, 1, 8, 2, 7, 3, 6, 4]) == [0, 0, 1, 1, 2, 2, 3, 3]


@pytest.fixture
def paper() -> np.ndarray:
    """Grey paper with a slanting white scratch three pixels wide and a dark speck."""
    levels = np.full((80, 120), 120, np.int32)
    for x in range(10, 110):
        levels[20 + x // 10 : 23 + x // 10, x] = 200
    levels[60:63, 50:54] = 40
    return levels


def test_a_line_finds_the_scratch_beside_it(paper):
    drawn = Stroke("scratch", ((10, 24), (109, 34)), 4, polarity="light")
    mask = marking.mask(paper, [drawn])
    np.testing.assert_array_equal(mask[:, 14:105] == DAMAGE, (paper > 150)[:, 14:105])


def test_a_line_does_not_turn_to_the_other_polarity(paper):
    mask = marking.mask(paper, [Stroke("scratch", ((10, 24), (109, 34)), 4, polarity="dark")])
    assert not ((mask == DAMAGE) & (paper > 150)).all(axis=0)[20:100].any()
    assert 50 < (mask == DAMAGE).sum() < 400


def test_a_line_does_not_reach_what_lies_farther_off(paper):
    mask = marking.mask(paper, [Stroke("scratch", ((10, 36), (109, 46)), 2, polarity="light")])
    assert not ((mask == DAMAGE) & (paper > 150)).any()


def test_a_dot_takes_the_speck_beside_it(paper):
    mask = marking.mask(paper, [Stroke("dust", ((50, 60),), 4, shape="dot", polarity="dark")])
    np.testing.assert_array_equal(mask == DAMAGE, paper < 50)


def test_a_dot_where_nothing_stands_out_stays_as_drawn(paper):
    mask = marking.mask(paper, [Stroke("dust", ((90, 65), (100, 65)), 3, shape="dot", polarity="light")])
    assert (mask == DAMAGE).sum() == 2 * 9
    assert mask[65, 90] == mask[65, 100] == DAMAGE


def test_a_polygon_shrinks_and_grows_to_what_stands_out(paper):
    mask = marking.mask(
        paper, [Stroke("spot", ((51, 59), (54, 59), (54, 62), (51, 62)), shape="polygon", polarity="dark")]
    )
    np.testing.assert_array_equal(mask == DAMAGE, paper < 50)


def test_a_polygon_without_polarity_stays_as_drawn(paper):
    mask = marking.mask(paper, [Stroke("missing", ((10, 10), (19, 10), (19, 19), (10, 19)), shape="polygon")])
    assert (mask == DAMAGE).sum() == 100


def test_sure_damage_wins_over_doubt_and_both_over_nothing(paper):
    square = ((0, 0), (30, 0), (30, 30), (0, 30))
    sure = Stroke("stain", square, shape="polygon")
    unsure = Stroke("stain", (*square[:2], (60, 60), (0, 60)), value=UNSURE, shape="polygon")
    for order in ([sure, unsure], [unsure, sure]):
        mask = marking.mask(paper, order)
        assert mask[15, 15] == DAMAGE
        assert mask[50, 20] == UNSURE
        assert mask[70, 100] == SOUND


@pytest.mark.parametrize("shape", [(1, 1), (1, 9), (9, 1), (7, 5)])
def test_small_photos_with_strokes_at_their_rims(shape):
    levels = np.zeros(shape, np.int32)
    right, below = shape[1] - 1, shape[0] - 1
    strokes = [
        Stroke("scratch", ((0, 0), (right, below)), 3, polarity=polarity) for polarity in ("", "light", "dark")
    ] + [Stroke("dust", ((right, below),), 3, shape="dot", polarity="light")]
    assert (marking.mask(levels, strokes) == DAMAGE).any()


def test_a_missing_photo_is_said(tmp_path):
    with pytest.raises(FileNotFoundError):
        marking.make(tmp_path, tmp_path, MARKED)


def test_source_of_an_unknown_name():
    assert marking.source("holiday.png") == "unknown"
