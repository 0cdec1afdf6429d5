"""The benchmark of scratch detectors: its rules on cases worked out by hand, and a short run of the whole."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from skimage import data

from bench import scratches
from bench.finding import cases
from bench.finding.cases import Case, pair, real
from bench.finding.detectors import Answers, Detector, from_outside, top_hat
from bench.finding.dust import WEIGHTS, dust, network
from bench.finding.parts import PERFECT, false_finds, repairs, restored, standings
from bench.finding.scoring import THRESHOLDS, as_bytes, curve, false_pixels, level, likeness, reached, verdict
from training.marking import MARKED

YARDSTICK = Path(__file__).parents[2] / ".." / "shared" / "score_masks.py"

LINE = np.zeros((40, 40), np.uint8)
LINE[:, 20] = 255
"""A sound picture with one damaged column."""


def lighter(image: np.ndarray) -> np.ndarray:
    """A detector: what is light is damaged."""
    return image.mean(axis=2)


def _flags(*columns: int) -> np.ndarray:
    mask = np.zeros(LINE.shape, bool)
    mask[:, columns] = True
    return mask


def _case(name: str = "one", *, damaged: bool = True) -> Case:
    grey = np.full((64, 64, 3), 90, np.uint8)
    grey += np.random.default_rng(2).integers(0, 9, grey.shape, np.uint8)
    hurt, kinds = grey.copy(), np.zeros((64, 64), np.uint8)
    if damaged:
        hurt[10:50, 30:33] = 250
        kinds[10:50, 30:33] = 2
    label = np.where(kinds > 0, 255, 0).astype(np.uint8)
    return Case(name, hurt, label, kinds, ("scratch", "crack"), grey, fold=1)


@pytest.mark.parametrize(
    ("columns", "precision", "recall"),
    [((20,), 1, 1), ((22,), 1, 1), ((23,), 0, 0), ((20, 30), 0.5, 1), ((), 1, 0), ((10, 11, 12), 0, 0)],
)
def test_two_pixels_beside_is_a_hit(columns, precision, recall):
    found = verdict(np.zeros_like(LINE), _flags(*columns), LINE)
    assert (found.precision, found.recall) == (precision, recall)
    both = precision + recall
    assert found.f1 == pytest.approx(2 * precision * recall / both if both else 0)


def test_what_nobody_can_tell_counts_neither_way():
    label = LINE.copy()
    label[:, 25:] = 128
    found = verdict(np.zeros_like(LINE), _flags(20, 30), label)
    assert (found.precision, found.recall) == (1, 1)
    label[:, 18:20] = 128
    # A find in doubt is no find, though it lies within reach.
    assert verdict(np.zeros_like(LINE), _flags(18), label).recall == 0
    assert not reached(_flags(18), label)[LINE > 0].any()
    assert false_pixels(_flags(0, 30), np.where(label == 255, 0, label)) == 1e6 / 40


def test_best_and_area_follow_from_the_curve():
    """The line with 0.9, a wrong column as long with 0.6: precision 1 down to 0.6 and one half below."""
    likely = np.zeros(LINE.shape, np.float32)
    likely[:20, 20] = 0.9
    likely[20:, 20] = 0.3
    likely[:, 5] = 0.6
    found = verdict(as_bytes(likely), likely >= 0.5, LINE)
    # Two pixels beyond the upper half of the line are within reach of it.
    assert found.recall == 22 / 40
    assert found.precision == 20 / 60
    assert found.best == pytest.approx(2 * 0.55 / 1.55)
    # Points (0, 1), (0.55, 1), (0.55, 1/3), (1, 1/2) in this order after sorting.
    assert found.area == pytest.approx(0.45 * (1 + 0.5) / 2 + 0.55 * (1 + 1 / 3) / 2)


def test_a_level_is_the_first_step_that_reaches_the_threshold():
    for threshold in (*THRESHOLDS, 0.3, 1.0):
        step = int(level(threshold))
        assert step / 255 >= threshold > (step - 1) / 255
    assert level(0.0) == 1


def test_a_sound_photo_has_no_curve():
    with pytest.raises(ValueError, match="sound"):
        curve(LINE, np.zeros_like(LINE), THRESHOLDS)


@pytest.mark.skipif(not YARDSTICK.is_file(), reason="score_masks.py is not beside the checkout")
def test_it_agrees_with_the_yardstick(tmp_path, rng):
    found, false = [], []
    for folder in ("masks", "maps"):
        (tmp_path / folder).mkdir()
    for number, damage in enumerate((True, True, False)):
        label = np.zeros((60, 80), np.uint8)
        label[:, 60:] = 128
        if damage:
            label[10:12, 5:50] = label[20:50, 30 + number] = 255
        likely = np.clip(0.5 * (label == 255) + rng.gamma(1, 0.15, label.shape), 0, 1).astype(np.float32)
        Image.fromarray(label).save(tmp_path / "masks" / f"{number}.png")
        Image.fromarray(as_bytes(likely)).save(tmp_path / "maps" / f"{number}.png")
        mask = as_bytes(likely) >= int(level(0.4))
        if damage:
            found.append(verdict(as_bytes(likely), mask, label))
        else:
            false.append(false_pixels(mask, label))
    # The script wants numpy 2 and OpenCV, as the bench has them.
    command = [sys.executable, YARDSTICK, tmp_path / "masks", tmp_path / "maps", "--threshold", "0.4"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[-1]
    f1, best, area = (np.mean([getattr(each, name) for each in found]) for name in ("f1", "best", "area"))
    wanted = f"mean F1 {f1:.3f}, best F1 {best:.3f}, area {area:.3f}, false px/MP on sound photos {false[0]:.0f}"
    assert said == wanted


def test_a_map_is_made_once():
    calls: list[int] = []

    def counted(image: np.ndarray) -> np.ndarray:
        calls.append(1)
        return lighter(image)

    own = Detector("own", counted)
    widened = Detector("widened", counted, decide=lambda image, likely: likely > 0.1, map_of="own")  # noqa: ARG005 - the protocol
    found = Answers()
    for _ in range(2):
        assert found.of(own, _case()).mask.sum() == 120
        assert found.of(widened, _case()).mask.all()
    assert len(calls) == 1


def test_a_photo_is_judged_by_what_was_trained_without_its_fold():
    folds = tuple(
        lambda image, value=value: np.full(image.shape[:2], value, np.float32) for value in (0, 0.2, 0.4, 0.6)
    )
    detector = Detector("own", lighter, by_fold=folds)
    assert (detector.likely(_case()) == 51).all()
    assert Detector("own", lighter).likely(_case()).max() == 250


def test_recall_by_kind_and_false_pixels():
    pictures = [_case(), _case("sound", damaged=False)]
    rows = [Detector("light", lighter), Detector("nothing", lighter, threshold=1.0)]
    found = standings(pictures, rows, Answers())
    assert found["light"].kinds == {"crack": 1.0}
    assert found["light"].f1.mean == found["light"].best == 1
    # Recall is 1 at every threshold, and the first of those points is the one where all of the photo is found.
    assert found["light"].area.mean == pytest.approx(44 * 7 / 64 / 64, abs=0.002)
    assert found["nothing"].kinds == {"crack": 0.0}
    assert found["nothing"].f1.mean == 0
    assert false_finds(pictures, rows, Answers()) == {"light": {"sound": 0.0}, "nothing": {"sound": 0.0}}


def test_filling_what_was_found_gains():
    found = repairs([_case()], [Detector("light", lighter), Detector("nothing", lighter, threshold=1.0)], Answers())
    assert found["light"].decibels.mean > 10
    assert found["light"].likeness.mean > 0.1
    assert found["light"].decibels == found[PERFECT].decibels
    assert found["nothing"].decibels.mean == 0


@pytest.mark.skipif(not WEIGHTS.is_file(), reason="the dust network is not beside the checkout")
def test_every_tensor_of_the_dust_network_has_its_place():
    assert not network().training
    speck = np.full((70, 91, 3), 0.3, np.float32)
    speck[30:34, 40:44] = 0.9
    likely = dust(speck)
    assert likely.shape == (70, 91)
    assert likely[30:34, 40:44].mean() > likely[:20, :30].mean() + 0.3


def test_a_top_hat_finds_thin_things_of_both_polarities():
    picture = np.full((50, 60, 3), 0.5, np.float32)
    picture[:, 20:22], picture[:, 40:42] = 0.8, 0.2
    likely = top_hat(picture)
    assert likely[:, 20:22].min() > 0.5
    assert likely[:, 40:42].min() > 0.5
    assert likely[:, 30].max() < 0.01


def test_a_detector_from_outside_is_a_row(tmp_path):
    file = tmp_path / "mine.py"
    file.write_text("def half(image):\n    return image.mean(axis=2) / 2\n")
    found = from_outside(f"{file}:half@0.25")
    assert (found.name, found.threshold) == ("half", 0.25)
    assert found.likely(_case()).max() == 125
    assert from_outside("bench.finding.detectors:top_hat").find is top_hat
    for wrong in ("bench.finding.nowhere:top_hat", "bench.finding.detectors:nothing", f"{tmp_path}/none.py:half"):
        with pytest.raises(ValueError, match="module:function"):
            from_outside(wrong)


@pytest.fixture
def made() -> Case:
    return pair(data.astronaut()[:200, 150:400], 3, None, aged=True)


def test_a_pair_differs_where_it_is_damaged(made):
    assert made.truth is not None
    assert np.count_nonzero(made.label == 255) >= cases.LEAST
    assert ((made.kinds > 0) == (made.label == 255)).all()
    change = np.abs(made.picture.astype(int) - made.truth).mean(axis=2)
    assert change[made.label == 255].mean() > 4 * change[made.label == 0].mean()


def test_a_seed_makes_the_same_pair(made):
    again = pair(data.astronaut()[:200, 150:400], 3, None, aged=True)
    assert (again.picture == made.picture).all()
    assert (again.label == made.label).all()
    assert (pair(data.astronaut()[:200, 150:400], 4, None, aged=True).picture != made.picture).any()


@pytest.mark.skipif(not (cases.PHOTOS / "old").is_dir(), reason="the marked photos are not beside the checkout")
def test_kinds_of_marked_photos_are_those_of_their_strokes():
    hurt, sound = real(1)
    assert hurt.damaged
    assert not sound.damaged
    named = {hurt.names[number - 1] for number in np.unique(hurt.kinds[hurt.kinds > 0])}
    assert named <= {"scratch", "spot"}
    assert np.count_nonzero(hurt.kinds) > 0.9 * np.count_nonzero(hurt.label == 255)
    assert (MARKED / f"{hurt.name}.png").is_file()


@pytest.fixture
def shared(tmp_path, monkeypatch, artefact_folder) -> Path:
    """Photos as they lie beside the checkout: one clean, one marked with a stroke, one marked as sound."""
    photos, marked = tmp_path / "photos", tmp_path / "marked"
    for folder in (photos / "clean", photos / "old", marked / "strokes"):
        folder.mkdir(parents=True)
    Image.fromarray(data.coffee()[100:260, 100:300]).save(photos / "clean" / "kodak-01.png")
    rows = []
    for name, case in (("hurt", _case()), ("sound", _case(damaged=False))):
        Image.fromarray(case.picture).save(photos / "old" / f"{name}.png")
        Image.fromarray(case.label).save(marked / f"{name}.png")
        stroke = {"kind": "crack", "points": [[31, 10], [31, 49]], "width": 3, "value": 255, "shape": "line"}
        sheet = {"photo": f"{name}.png", "doubts": "", "strokes": [stroke] if case.damaged else []}
        (marked / "strokes" / f"{name}.json").write_text(json.dumps(sheet))
        rows.append(f"{name}.png,{name}.png,{int(case.damaged)},0")
    (marked / "index.csv").write_text("\n".join(["file,mask,damaged,fold", *rows]) + "\n")
    (photos / "damage").symlink_to(artefact_folder)
    monkeypatch.setattr(cases, "PHOTOS", photos)
    monkeypatch.setattr(cases, "MARKED", marked)
    return tmp_path


def test_a_run_with_a_row_from_outside(shared, monkeypatch, capsys):
    files = {name: shared / name for name in ("figures.json", "details.json", "chart.png", "pictures", "maps")}
    options = ["--only", "synthetic,real,sound,gain", "--rows", "none", "--detector", f"{__file__}:lighter"]
    options += ["--pairs", "1", "--photos", "1", "--json", files["figures.json"], "--details", files["details.json"]]
    options += ["--chart", files["chart.png"], "--pictures", files["pictures"], "--maps", files["maps"], "--check"]
    monkeypatch.setattr(sys, "argv", ["scratches.py", *map(str, options)])
    assert scratches.main() == 0
    details = json.loads(files["details.json"].read_text())
    assert details["real"]["lighter"]["photos"]["hurt"]["f1"] == 1
    assert details["real"]["lighter"]["kinds"] == {"crack": 1.0}
    assert list(details["synthetic"]["lighter"]["photos"]) == ["synthetic-00"]
    assert set(details["gain"]) == {PERFECT, "lighter"}
    assert {path.name for path in files["pictures"].iterdir()} == {"hurt.png", "sound.png", "synthetic-00.png"}
    with Image.open(files["maps"] / "lighter" / "hurt.png") as kept, Image.open(files["chart.png"]) as chart:
        assert kept.size == (64, 64)
        assert chart.width > 1000
    said = capsys.readouterr().out
    assert "Damaged photos, real" in said
    assert "lighter" in said


@pytest.mark.usefixtures("shared")
def test_targets_are_those_of_what_users_get(monkeypatch, capsys):
    rows = [Detector("find_scratches", lighter), Detector("nothing", lighter, threshold=1.0)]
    monkeypatch.setattr(scratches, "_detectors", lambda options: rows)  # noqa: ARG005 - stands for it
    monkeypatch.setattr(sys, "argv", ["scratches.py", "--only", "real,sound", "--photos", "1", "--check"])
    # The photo that stands for Kodak's is light in places.
    assert scratches.main() == 1
    said = capsys.readouterr().out.splitlines()
    assert any("F1 as shipped (seen!)" in line and "short" not in line for line in said)
    assert any("Kodak: false pixels" in line and line.endswith("short") for line in said)
    assert any("--folds" in line for line in said)


def test_a_fold_without_weights_is_said(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["scratches.py", "--folds", str(tmp_path), "--weights", str(tmp_path)])
    (tmp_path / "scratches.safetensors").touch()
    assert scratches.main() == 2
    assert "holds no scratches.safetensors" in capsys.readouterr().err


def test_sound_photos_go_through_the_restore_workflow(monkeypatch):
    """The program is started, and its results are compared; here it is a copier."""

    def copier(command):
        source, target = (Path(command[command.index(name) + 1]) for name in ("--input", "--output"))
        target.mkdir()
        for path in source.iterdir():
            (target / path.name).write_bytes(path.read_bytes())
        return 0.0, 0

    monkeypatch.setattr("bench.finding.parts.process", copier)
    assert restored([_case(damaged=False)], None) == {"one": pytest.approx(1)}


def test_likeness_and_help(monkeypatch, capsys):
    one = _case().pixels
    assert likeness(one, one) == pytest.approx(1)
    assert likeness(one, one[::-1].copy()) < 0.9
    monkeypatch.setattr(sys, "argv", ["scratches.py", "--help"])
    with pytest.raises(SystemExit):
        runpy.run_path(scratches.__file__, run_name="__main__")
    assert "--detector" in capsys.readouterr().out
