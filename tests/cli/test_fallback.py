"""Runs whose model files cannot be had: the real program against a server that does not have them, or unasked."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image as Pillow

from tests.cli.conftest import BODY, Answer, Heirloom, make_photo, write_workflow
from tests.nodes.models.hostile import Hostile

FETCH_IT = "python server.py --fetch gfpgan-1.4"


class Run:
    """`--run` of a workflow that uses a model, with what it shall do without."""

    def __init__(self, heirloom: Heirloom, using: tuple[Path, list[str]], folder: Path, without: Any) -> None:
        self.heirloom, (self.workflow, self.more) = heirloom, using
        self.folder, self.output = folder, self.workflow.parent / "out"
        document = json.loads(self.workflow.read_text())
        document["input"] = ["photo", "photo"]
        if without:
            document["nodes"]["use"]["without"] = without
        write_workflow(self.workflow, document)

    def __call__(self, *options: str | Path) -> Answer:
        return self.heirloom("--run", self.workflow, "--weights-dir", self.folder, *self.more, *options)


@pytest.fixture
def missing(weights_server: Hostile) -> Hostile:
    """The server has lost the file."""
    weights_server.manners["/GFPGANv1.4.pth"].statuses = [404] * 9
    return weights_server


@pytest.fixture
def run(request: pytest.FixtureRequest, heirloom: Heirloom, using: tuple[Path, list[str]], folder: Path) -> Run:
    return Run(heirloom, using, folder, getattr(request, "param", "bypass"))


def notes(answer: Answer) -> str:
    """What the steps said, in the events of a run."""
    return " ".join(note for line in answer.json if line.get("event") == "StepDone" for note in line["notes"])


def rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "manifest.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.usefixtures("missing")
def test_a_file_that_is_lost_leaves_the_step_out_and_says_so(run: Run, tmp_path: Path):
    for verbosity in ([], ["--quiet"]):
        answer = run("--output", tmp_path / "out.png", *verbosity)
        assert answer.code == 0
        assert "Warning: use: Left out: GFPGANv1.4.pth cannot be fetched:" in answer.err
        assert FETCH_IT in answer.err
    with Pillow.open(tmp_path / "out.png") as out, Pillow.open(tmp_path / "photo.png") as photo:
        assert out.tobytes() == photo.tobytes()
        saved = json.loads(str(out.info["workflow"]))
    assert saved["nodes"]["use"] == {**saved["nodes"]["use"], "bypass": True, "without": "bypass"}


@pytest.mark.usefixtures("missing")
@pytest.mark.parametrize("run", [{"model": "nothing"}], indirect=True)
def test_a_step_works_another_way(run: Run, tmp_path: Path):
    answer = run("--output", tmp_path / "out.png", "--json")
    assert answer.code == 0
    (planned,) = [line for line in answer.json if line.get("event") == "RunPlanned"]
    fallback = {step["id"]: step["fallback"] for step in planned["steps"]}
    assert fallback["photo"] == ""
    assert fallback["use"].startswith("Works with model nothing instead: GFPGANv1.4.pth cannot be fetched")
    assert notes(answer) == "With nothing."


def test_nothing_is_downloaded_where_that_is_asked(run: Run, weights_server: Hostile, tmp_path: Path):
    explained = run("--explain", "--no-download")
    (line,) = [line for line in explained.out.splitlines() if line.startswith("use ")]
    assert line.split()[1:4] == ["toy/use", "left", "out"]
    assert f"use: Left out: the model file gfpgan-1.4 is not there. Fetch it: {FETCH_IT}" in explained.out
    assert "Fetches first" not in explained.out
    answer = run("--output", tmp_path / "out.png", "--no-download", "--json")
    assert (answer.code, notes(answer), weights_server.asked) == (0, "", [])
    assert "Fetches first: gfpgan-1.4." in run("--explain").out
    answer = run("--output", tmp_path / "out.png", "--json")
    assert (answer.code, notes(answer)) == (0, "With gfpgan-1.4.")


@pytest.mark.parametrize("run", [None], indirect=True)
@pytest.mark.usefixtures("weights_server")
def test_without_a_word_on_it_the_run_is_refused(run: Run, tmp_path: Path):
    answer = run("--output", tmp_path / "out.png", "--no-download")
    assert answer.code == 2
    assert f"use.model: the model file gfpgan-1.4 is not there. Fetch it: {FETCH_IT}" in answer.err
    assert not (tmp_path / "out.png").exists()


def test_no_download_belongs_to_a_run(heirloom: Heirloom):
    answer = heirloom("--no-download")
    assert answer.code == 2
    assert "--no-download belongs to a run" in answer.err


def test_a_folder_asks_once_and_is_done_again_when_the_file_is_there(
    run: Run, missing: Hostile, tmp_path: Path, rng: np.random.Generator
):
    for name in ("one", "two", "three"):
        make_photo(tmp_path / "album" / f"{name}.png", rng)
    night = ["--input", tmp_path / "album", "--output", tmp_path / "out"]
    answer = run(*night)
    assert answer.code == 0, answer.err
    assert answer.err.count("Warning: use: Left out") == 3
    asked = len(missing.asked)
    assert asked == missing.asked.count(missing.asked[0])
    assert [row["status"] for row in rows(tmp_path / "out")] == ["done"] * 3
    assert all(FETCH_IT in row["message"] for row in rows(tmp_path / "out"))
    assert "0 done, 3 done before" in run(*night, "--no-download").out
    assert len(missing.asked) == asked
    (run.folder / "GFPGANv1.4.pth").write_bytes(BODY)
    assert "3 done, 0 done before" in run(*night).out
    assert [row["message"] for row in rows(tmp_path / "out")[3:]] == [""] * 3
    assert "With gfpgan-1.4." in rows(tmp_path / "out")[-1]["steps"]
