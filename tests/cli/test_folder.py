"""`--run` on a folder."""

from __future__ import annotations

import csv
import json
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from tests.cli.conftest import Heirloom, make_photo


@pytest.fixture
def folder(tmp_path: Path, rng: np.random.Generator) -> Path:
    """Three photos, one of them a level down, one damaged photo, and a file that is none."""
    shoebox = tmp_path / "shoebox"
    for name in ("anna.png", "bertha.jpg", "1920/clara.tif"):
        make_photo(shoebox / name, rng)
    (shoebox / "damaged.png").write_bytes((shoebox / "anna.png").read_bytes()[:1500])
    (shoebox / "notes.txt").write_text("who is who")
    return shoebox


def rows(results: Path) -> list[dict[str, str]]:
    with (results / "manifest.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_one_failing_does_not_stop_the_rest(heirloom: Heirloom, workflow: Path, folder: Path, tmp_path: Path):
    results = tmp_path / "results"
    answer = heirloom("--run", workflow, "--input", folder, "--output", results)
    assert answer.code == 1
    assert "3 done, 0 done before, 1 failed" in answer.out
    made = {str(path.relative_to(results)) for path in results.rglob("*") if path.is_file()}
    assert made == {"anna.png", "bertha.jpg", "1920/clara.tif", "manifest.csv"}


def test_the_manifest_says_what_was_done(heirloom: Heirloom, workflow: Path, folder: Path, tmp_path: Path):
    results = tmp_path / "results"
    heirloom("--run", workflow, "--input", folder, "--output", results)
    by_name = {Path(row["input"]).name: row for row in rows(results)}
    anna = by_name["anna.png"]
    assert anna["status"] == "done"
    assert anna["sha256_in"] == sha256((folder / "anna.png").read_bytes()).hexdigest()
    assert anna["sha256_out"] == sha256((results / "anna.png").read_bytes()).hexdigest()
    assert json.loads(anna["steps"]).keys() == {"photo", "soft", "grow"}
    assert "numpy" in json.loads(anna["versions"])
    assert by_name["damaged.png"]["status"] == "failed"
    assert "damaged" in by_name["damaged.png"]["message"]


def test_an_interrupted_night_goes_on(heirloom: Heirloom, workflow: Path, folder: Path, tmp_path: Path):
    results = tmp_path / "results"
    heirloom("--run", workflow, "--input", folder, "--output", results)
    (results / "anna.png").unlink()
    (results / "bertha.jpg").write_bytes(b"somebody wrote over it")
    with (results / "manifest.csv").open("a", encoding="utf-8") as file:
        file.write("2026-11-22,done,a line that was cut o")
    answer = heirloom("--run", workflow, "--input", folder, "--output", results)
    assert "2 done, 1 done before, 1 failed" in answer.out
    assert (results / "anna.png").exists()
    assert rows(results)[-1]["status"] in {"done", "failed"}


def test_another_setting_is_another_result(heirloom: Heirloom, workflow: Path, folder: Path, tmp_path: Path):
    call = ("--run", workflow, "--input", folder, "--output", tmp_path / "results")
    heirloom(*call)
    assert "3 done, 0 done before" in heirloom(*call, "--set", "soft.radius=3").out


def test_results_are_never_taken_for_photos(heirloom: Heirloom, workflow: Path, folder: Path):
    call = ("--run", workflow, "--input", folder, "--output", folder / "restored")
    heirloom(*call)
    assert "0 done, 3 done before, 1 failed" in heirloom(*call).out


def test_the_folder_of_the_photos_is_no_place_for_results(heirloom: Heirloom, workflow: Path, folder: Path):
    answer = heirloom("--run", workflow, "--input", folder, "--output", folder)
    assert answer.code == 2
    assert "inputs stay as they are" in answer.err


def test_steps_are_kept_for_each_photo(heirloom: Heirloom, workflow: Path, folder: Path, tmp_path: Path):
    steps = tmp_path / "steps"
    heirloom("--run", workflow, "--input", folder, "--output", tmp_path / "results", "--steps", steps)
    assert (steps / "anna.png" / "03-grow.png").exists()
    assert (steps / "1920" / "clara.tif" / "03-grow.png").exists()


def test_a_wrong_workflow_is_said_once(heirloom: Heirloom, workflow: Path, folder: Path, tmp_path: Path):
    answer = heirloom("--run", workflow, "--input", folder, "--output", tmp_path / "r", "--set", "soft.radius=x")
    assert answer.code == 2
    assert answer.err.count("must be a number") == 1


def test_an_empty_folder_is_a_problem(heirloom: Heirloom, workflow: Path, tmp_path: Path):
    (tmp_path / "empty").mkdir()
    answer = heirloom("--run", workflow, "--input", tmp_path / "empty")
    assert answer.code == 2
    assert "no photos" in answer.err


def test_json_counts(heirloom: Heirloom, workflow: Path, folder: Path, tmp_path: Path):
    answer = heirloom("--run", workflow, "--input", folder, "--output", tmp_path / "r", "--json")
    assert {key: answer.json[-1][key] for key in ("done", "skipped", "failed")} == {
        "done": 3,
        "skipped": 0,
        "failed": 1,
    }
