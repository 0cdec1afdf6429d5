"""The benchmark of the workflows: its metrics on cases known from papers and by hand, its damage, a short run."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bench.judging import metrics
from bench.judging.board import NOTHING, SOUND, Board
from bench.judging.damages import FOCUS, KINDS, Photo, damaged, from_folder, from_packages, smaller
from bench.judging.metrics import Scores, bleed, delta_e, gmsd, lightness_change, mean, psnr, scores, ssim
from bench.judging.recipes import FITTING, RECIPES
from bench.measuring import ROOT


@pytest.fixture(scope="module")
def photo() -> Photo:
    return smaller(from_packages()[1], 160)


def grey(level: float) -> np.ndarray:
    return np.full((64, 64, 3), level, np.float32)


def test_a_picture_scores_best_against_itself(photo):
    assert scores(photo.truth, photo.truth) == Scores(metrics.IDENTICAL, 1.0, 0.0, 0.0)


def test_figures_worked_out_by_hand():
    assert psnr(grey(0.5), grey(0.6)) == pytest.approx(20, abs=1e-4)
    # L* of sRGB 0.5 and 0.6 is 53.389 and 63.223; the weight of their difference is CIEDE2000's S_L.
    square = (58.306 - 50) ** 2
    assert delta_e(grey(0.5), grey(0.6)) == pytest.approx(9.834 / (1 + 0.015 * square / np.sqrt(20 + square)), abs=0.01)
    assert lightness_change(grey(0.5), grey(0.6)) == pytest.approx(9.834, abs=0.01)


def test_gmsd_sees_lost_edges_and_not_another_brightness(photo):
    dimmed, flat = photo.truth * np.float32(0.98), photo.truth.copy()
    flat[40:80, 40:80] = flat[40:80, 40:80].mean()
    assert gmsd(dimmed, photo.truth) < 0.01
    assert gmsd(flat, photo.truth) > 0.05


@pytest.mark.parametrize("metric", [psnr, ssim])
def test_noise_lowers(metric, photo, rng):
    noise = rng.standard_normal(photo.truth.shape, np.float32)
    weak, strong = (metric(np.clip(photo.truth + share * noise, 0, 1), photo.truth) for share in (0.02, 0.1))
    assert strong < weak < metric(photo.truth, photo.truth)


def test_bleed_counts_colour_over_an_edge_alone():
    truth = np.empty((40, 40, 3), np.float32)
    truth[:, :20], truth[:, 20:] = (0.8, 0.3, 0.3), (0.3, 0.3, 0.8)
    ran, far = truth.copy(), truth.copy()
    ran[:, 20:22], far[:, 35:] = truth[0, 0], truth[0, 0]
    assert bleed(truth, truth) == bleed(far, truth) == 0
    assert bleed(ran, truth) > 5
    assert bleed(grey(0.5), grey(0.2)) == 0


@pytest.mark.parametrize("kind", KINDS)
def test_damage_is_seeded_and_changes_the_photo(kind, photo):
    made = damaged(photo, kind, 0)
    assert np.array_equal(made, damaged(photo, kind, 0))
    assert not np.array_equal(made, photo.truth)
    assert not np.array_equal(made, damaged(photo, kind, 1)) or kind == "jpeg"
    assert made.dtype == np.float32
    assert np.array_equal(np.round(made * 255), (made * np.float32(255)).round())


def test_print_and_damage_are_scanned_alike(photo):
    """Where no damage lies, the damaged scan is the sound one: nothing else may earn or cost points."""
    changed = np.abs(damaged(photo, "scratches", 0) - photo.truth).max(axis=2) > 0
    assert 0 < changed.mean() < 0.5
    assert FOCUS > 0


def test_recipes_keep_size_and_range(photo):
    for name, recipe in RECIPES.items():
        made = recipe(photo.truth)
        assert made.shape == photo.truth.shape, name
        assert made.dtype == np.float32, name
        assert 0 <= made.min() <= made.max() <= 1, name
    assert set(FITTING) == {SOUND, *KINDS}


def test_a_workflow_must_beat_nothing_on_every_metric():
    board = Board()
    for way, made in ((NOTHING, Scores(30, 0.9, 0.1, 5)), ("fade", Scores(31, 0.95, 0.1, 4))):
        board.note("fading", way, "one", made)
    figure = board.figures()[0]
    assert (figure.value, figure.target, figure.reached) == (3, 4, False)
    assert board.worse("fading", "fade") == []
    board.note("fading", "fade", "one", Scores(31, 0.95, 0.05, 4))
    assert board.figures()[0].reached
    assert mean([Scores(1, 2, 3, 4), Scores(3, 4, 5, 6)]) == (2, 3, 4, 5)


def test_a_harmed_sound_photo_is_told():
    board = Board()
    board.note(SOUND, NOTHING, "one", Scores(100, 1, 0, 0))
    board.note(SOUND, "restore", "one", Scores(40, 0.98, 0, 0))
    (figure,) = board.figures()
    assert not figure.reached
    assert "one" in figure.other
    assert any("restore" in line for line in board.lines(SOUND))


def test_a_folder_of_photos_is_read_by_name(tmp_path):
    for name in ("b.png", "a.jpg", "notes.txt"):
        path = tmp_path / name
        Image.new("L", (9, 5), 90).save(path) if path.suffix != ".txt" else path.write_text("x")
    assert [each.name for each in from_folder(tmp_path)] == ["a", "b"]
    assert [each.name for each in from_folder(tmp_path, "b*")] == ["b"]


def bench(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, ROOT / "bench" / "quality.py", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=280, cwd=ROOT)


@pytest.fixture
def workflows(tmp_path) -> Path:
    """A workflow that does nothing under the name of one with targets, and one whose network is not at hand."""
    folder = tmp_path / "workflows"
    folder.mkdir()
    photo = {"type": "files/load", "settings": {"photo": "sample.jpg"}}
    still = {"version": 1, "nodes": {"photo": photo}, "input": ["photo", "photo"], "result": ["photo", "image"]}
    (folder / "fade.json").write_text(json.dumps(still))
    colour = {"type": "colour/colorize", "inputs": {"image": ["photo", "image"]}}
    colourise = {**still, "nodes": {"photo": photo, "colour": colour}, "result": ["colour", "image"]}
    (folder / "colourise.json").write_text(json.dumps(colourise))
    shutil.copy(ROOT / "workflows" / "sample.jpg", folder)
    return folder


def test_a_quick_run_says_what_is_short_and_what_was_left_out(tmp_path, workflows):
    wanted = tmp_path / "figures.json", tmp_path / "scores.json", tmp_path / "chart.png"
    ran = bench("--quick", "--check", "--workflows", workflows, "--json", wanted[0], "--details", wanted[1],
                "--chart", wanted[2], "--only", "damage,unchanged")  # fmt: skip
    assert ran.returncode == 1, ran.stderr
    assert "Left out: restore.json is not there." in ran.stdout
    assert "Left out: colourise.json needs" in ran.stdout
    figures = {each["name"]: each["value"] for each in json.loads(wanted[0].read_text())}
    assert figures["fade, fading: metrics on which it beats doing nothing"] == 0
    assert figures["fade, sound photos: SSIM"] == 1
    assert "← short" in ran.stdout
    found = json.loads(wanted[1].read_text())
    assert found["fading"]["fade"] == found["fading"][NOTHING]
    assert wanted[2].stat().st_size > 10_000


def test_a_contact_sheet_shows_every_photo(tmp_path, workflows):
    (workflows / "fade.json").rename(workflows / "restore.json")
    shutil.copy(ROOT / "workflows" / "sample.jpg", tmp_path / "workflows" / "other.jpg")
    ran = bench("--sheet", tmp_path / "sheet.png", "--photos", workflows, "--workflows", workflows)
    assert ran.returncode == 0, ran.stderr
    with Image.open(tmp_path / "sheet.png") as sheet:
        assert sheet.width > 3000


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--photos", "nowhere"), "There is no folder nowhere."),
        (("--photos", "web/src"), "There is no photo in web/src"),
        (("--kinds", "dust,mould"), "There is no mould."),
        (("--sheet", "sheet.png"), "--sheet needs --photos FOLDER."),
    ],
)
def test_wrong_options_are_refused_with_a_sentence(arguments, words):
    ran = bench(*arguments)
    assert ran.returncode == 2
    assert words in ran.stderr
    assert "Traceback" not in ran.stderr
