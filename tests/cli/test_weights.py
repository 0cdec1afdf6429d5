"""`--weights`, `--fetch`, and what a run does about model files, by the real program against a real server."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from cli.progress import Bars
from graph.events import Fetching
from nodes.models.catalog import catalog
from tests.cli.conftest import BODY, Heirloom, make_photo, write_workflow
from tests.nodes.models.hostile import Hostile

ROOT = Path(__file__).parents[2]


def test_the_list_names_size_licence_and_terms(heirloom: Heirloom, folder: Path):
    out = heirloom("--weights", "--weights-dir", folder).out
    (line,) = [line for line in out.splitlines() if "codeformer " in line]
    assert "376.6 MB" in line
    assert "NON-COMMERCIAL: S-Lab" in line
    assert "\n\nfaces\n" in out


def test_the_list_shows_what_lies_in_the_folders(
    heirloom: Heirloom, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (second := tmp_path / "second").mkdir()
    (third := tmp_path / "third").mkdir()
    monkeypatch.setenv("HEIRLOOM_WEIGHTS", f"{second}{':' if sys.platform != 'win32' else ';'}{third}")
    (folder / "u2netp.onnx").write_bytes(b"mine")
    (third / "rubbish.onnx").write_bytes(b"rubbish")
    answer = heirloom("--weights", "--weights-dir", folder, "--json")
    found = {each["name"]: each for each in answer.json[0]["weights"]}
    assert found["u2netp"]["path"] == str(folder / "u2netp.onnx")
    assert found["u2netp"]["note"] == "not the published file"
    assert found["rubbish.onnx"]["tasks"] == []
    assert found["rubbish.onnx"]["path"] == str(third / "rubbish.onnx")
    assert found["realesr-general-x4v3"]["needs"] == ["realesr-general-wdn-x4v3"]
    answer = heirloom("--weights", "--weights-dir", folder)
    assert f"{folder / 'u2netp.onnx'} (not the published file)" in answer.out
    assert "not usable" in answer.out
    assert f"Looked in {folder}, {second}, {third}, " in answer.err
    assert f"Downloads go to {folder}." in answer.err


def test_fetch_brings_a_model_and_what_it_needs(heirloom: Heirloom, weights_server: Hostile, folder: Path):
    answer = heirloom("--fetch", "realesr-general-x4v3", "--weights-dir", folder)
    assert answer.code == 0
    assert (folder / "realesr-general-x4v3.pth").read_bytes() == BODY
    assert (folder / "realesr-general-wdn-x4v3.pth").read_bytes() == BODY
    assert "Fetching realesr-general-x4v3, 70.0 kB. Licence: BSD-3-Clause." in answer.err
    assert "fetched 70.0 kB" in answer.err
    assert "NON" not in answer.err.upper()
    assert "1 of 1 are there: realesr-general-x4v3." in answer.out
    asked = len(weights_server.asked)
    assert heirloom("--fetch", "realesr-general-x4v3", "--weights-dir", folder).code == 0
    assert len(weights_server.asked) == asked


@pytest.mark.usefixtures("weights_server")
def test_fetch_several_says_which_may_not_be_used_for_money(heirloom: Heirloom, folder: Path):
    answer = heirloom("--fetch", "codeformer", "u2netp", "--weights-dir", folder)
    assert "Warning: codeformer is for non-commercial use only." in answer.err
    assert "u2netp is for" not in answer.err
    assert {path.name for path in folder.glob("[!.]*")} == {"codeformer.pth", "u2netp.onnx"}


@pytest.mark.usefixtures("weights_server")
def test_fetch_all(heirloom: Heirloom, folder: Path):
    answer = heirloom("--fetch", "all", "--weights-dir", folder, "--json")
    assert answer.code == 0
    assert answer.json[-1]["there"] == list(catalog())
    assert {line.get("event") for line in answer.json} >= {"Fetching"}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("[!.]*") if path.is_file()}
    assert {entry.file for entry in catalog().values()} == there


@pytest.mark.usefixtures("weights_server")
def test_fetch_what_a_workflow_uses(heirloom: Heirloom, folder: Path, using: tuple[Path, list[str]]):
    workflow, more = using
    assert heirloom("--fetch", workflow, "--weights-dir", folder, *more).code == 0
    assert [path.name for path in folder.glob("[!.]*")] == ["GFPGANv1.4.pth"]


def test_an_unknown_name_gets_the_nearest(heirloom: Heirloom, folder: Path):
    answer = heirloom("--fetch", "u2nep", "gfpgan-1.5", "--weights-dir", folder)
    assert answer.code == 2
    assert "Did you mean 'u2netp'?" in answer.err
    assert "Did you mean 'gfpgan-1.4'?" in answer.err


def test_one_that_fails_does_not_stop_the_others(heirloom: Heirloom, weights_server: Hostile, folder: Path):
    weights_server.manners["/u2net.onnx"].statuses = [404]
    answer = heirloom("--fetch", "u2net", "u2netp", "--weights-dir", folder)
    assert answer.code == 1
    assert "u2net.onnx cannot be fetched" in answer.err
    assert "404" in answer.err
    assert "1 of 2 are there: u2netp." in answer.out


def test_a_folder_that_is_not_there(heirloom: Heirloom, tmp_path: Path):
    answer = heirloom("--weights", "--weights-dir", tmp_path / "nowhere")
    assert answer.code == 2
    assert "Check --weights-dir" in answer.err


@pytest.mark.usefixtures("weights_server")
def test_a_run_fetches_what_it_needs_and_says_the_terms(
    heirloom: Heirloom, folder: Path, tmp_path: Path, using: tuple[Path, list[str]]
):
    workflow, more = using
    checked = heirloom("--check", workflow, "--weights-dir", folder, *more)
    assert "It fetches gfpgan-1.4 when it first runs." in checked.out
    explained = heirloom("--run", workflow, "--explain", "--weights-dir", folder, *more)
    assert "Fetches first: gfpgan-1.4." in explained.out
    answer = heirloom("--run", workflow, "--output", tmp_path / "out.png", "--weights-dir", folder, *more)
    assert answer.code == 0, answer.err
    assert "gfpgan-1.4 is for non-commercial use only" in answer.err
    assert "fetched 70.0 kB" in answer.err
    assert (folder / "GFPGANv1.4.pth").read_bytes() == BODY
    again = heirloom("--run", workflow, "--output", tmp_path / "out.png", "--weights-dir", folder, *more)
    assert again.code == 0
    assert "Fetching" not in again.err


def test_offline_a_run_says_what_to_do_before_anything_runs(
    heirloom: Heirloom,
    weights_server: Hostile,
    folder: Path,
    tmp_path: Path,
    using: tuple[Path, list[str]],
    monkeypatch: pytest.MonkeyPatch,
):
    workflow, more = using
    monkeypatch.setenv("HEIRLOOM_OFFLINE", "1")
    answer = heirloom("--run", workflow, "--output", tmp_path / "out.png", "--weights-dir", folder, *more, "--json")
    assert answer.code == 2
    (problem,) = answer.json[-1]["problems"]
    assert (problem["node"], problem["port"]) == ("use", "model")
    assert "GFPGANv1.4.pth" in problem["message"]
    assert f"{weights_server.address}/GFPGANv1.4.pth" in problem["message"]
    assert "python server.py --fetch gfpgan-1.4" in problem["remedy"]
    assert "'nothing', which needs no download" in problem["remedy"]
    assert weights_server.asked == []
    assert not [line for line in answer.json if line.get("event") or line.get("warning")]


def test_a_model_of_nobodys_name_is_refused(heirloom: Heirloom, folder: Path, using: tuple[Path, list[str]]):
    workflow, more = using
    answer = heirloom("--run", workflow, "--set", "use.model=gfpgan", "--weights-dir", folder, *more)
    assert answer.code == 2
    assert "Did you mean 'gfpgan-1." in answer.err


def test_on_a_terminal_a_file_has_a_bar():
    shown = io.StringIO()
    bars = Bars(Console(file=shown, force_terminal=True, width=100, color_system=None))
    bars.start()
    for done in (0, 5_000_000, 10_000_000):
        bars.show(Fetching("", "toy", done, 10_000_000))
        bars.show(Fetching("", "endless", done, None))
    bars.stop()
    assert "fetched 10.0 MB" in shown.getvalue()
    assert [line for line in shown.getvalue().split("\r") if "endless" in line and "10.0 MB" in line]
    assert "100%" not in shown.getvalue()


def test_the_help_of_a_node_names_its_models(heirloom: Heirloom, using: tuple[Path, list[str]]):
    answer = heirloom("--nodes", "toy/use", *using[1])
    assert "[nothing | gfpgan-1.4 | gfpgan-1.3 | " in answer.out
    answer = heirloom("--nodes", "toy/use", "--json", *using[1])
    assert answer.json[0]["models"]["model"][:2] == ["nothing", "gfpgan-1.4"]


@pytest.mark.parametrize("option", ["--device=gpu", "--precision=double", "--network-memory=lots"])
def test_wrong_choices_are_refused(heirloom: Heirloom, option: str):
    assert heirloom("--weights", option).code == 2


WITHOUT = """
import sys
import server
code = server.main(sys.argv[1:])
heavy = {"torch", "torchvision", "spandrel", "onnxruntime", "cv2", "rembg", "scipy"} & sys.modules.keys()
sys.exit(f"{code} {sorted(heavy)}")
"""


@pytest.mark.parametrize("arguments", [["--nodes"], ["--nodes", "--json"], ["--weights"]])
def test_looking_around_loads_no_network_package(arguments: list[str], tmp_path: Path):
    places = ["--data", str(tmp_path), "--cache-dir", str(tmp_path / "cache")]
    command = [sys.executable, "-c", WITHOUT, *arguments, *places]
    ended = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert ended.stderr.endswith("0 []\n")


def test_as_json_the_list_is_one_object(heirloom: Heirloom, folder: Path):
    out = heirloom("--weights", "--weights-dir", folder, "--json").out
    assert len(out.splitlines()) == 1
    assert json.loads(out)["weights"][0]["name"] == "realesr-general-x4v3"


def test_a_folder_run_says_once_what_is_missing_and_touches_no_photo(
    heirloom: Heirloom, tmp_path: Path, rng: np.random.Generator, using: tuple[Path, list[str]]
):
    path, arguments = using
    workflow = json.loads(path.read_text())
    write_workflow(path, {**workflow, "input": ["photo", "photo"]})
    for name in ("one", "two", "three"):
        make_photo(tmp_path / "album" / f"{name}.png", rng)
    answer = heirloom("--run", path, "--input", tmp_path / "album", "--output", tmp_path / "out", *arguments)
    assert answer.code == 2
    assert answer.err.count("--fetch gfpgan-1.4") == 1
    assert "set model to 'nothing', which needs no download" in answer.err
