"""`--steps`: every picture, what sums them up, and the record."""

from __future__ import annotations

import hashlib
import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import psdtags
import pytest
from PIL import Image as Pillow

from tests.cli.conftest import Heirloom, make_photo, workflow_json, write_workflow
from tests.cli.test_interrupted import command

PICTURES = ["01-photo.alpha.png", "01-photo.png", "02-soft.png", "03-grow.png"]
SUMMARY = ["before-after.webp", "contact-sheet.png", "layers.tif"]


def kept(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def record(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "record.json").read_text(encoding="utf-8"))


def states(folder: Path) -> dict[str, str]:
    return {step["id"]: step["state"] for step in record(folder)["steps"]}


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def steps(tmp_path: Path) -> Path:
    return tmp_path / "steps"


@pytest.fixture
def run(heirloom: Heirloom, workflow: Path, photo: Path, tmp_path: Path, steps: Path):
    """Runs the small workflow with `--steps`."""

    def call(*more: str | Path, workflow: Path = workflow):
        where = ["--input", photo, "--output", tmp_path / "out.png", "--steps", steps]
        return heirloom("--run", workflow, *where, *more)

    return call


def test_pictures_are_those_of_the_steps(run, steps: Path, photo: Path, tmp_path: Path):
    run()
    assert kept(steps) == sorted([*PICTURES, *SUMMARY, "record.json"])
    for step, whole in (("01-photo.png", photo), ("03-grow.png", tmp_path / "out.png")):
        with Pillow.open(steps / step) as of_step, Pillow.open(whole) as of_file:
            assert np.array_equal(np.asarray(of_step), np.asarray(of_file))


def test_the_sheet_has_a_tile_for_each_step(run, steps: Path):
    run()
    with Pillow.open(steps / "contact-sheet.png") as sheet:
        pixels = np.asarray(sheet).astype(int)
    marked = np.abs(pixels - 46).max(axis=2) > 20
    left, right = np.array_split(marked, 2, axis=1)
    # Two columns and two rows, of which the second is half full.
    assert right.any()
    assert np.flatnonzero(left.any(axis=1)).max() > np.flatnonzero(right.any(axis=1)).max() + 60


def test_the_layers_add_up_to_the_result(run, steps: Path, tmp_path: Path):
    run()
    layers = psdtags.TiffImageSourceData.fromtiff(steps / "layers.tif").layers
    assert [layer.name for layer in layers] == ["Original", "Tone", "Enlarged"]
    with Pillow.open(steps / "layers.tif") as flat, Pillow.open(tmp_path / "out.png") as result:
        assert np.array_equal(np.asarray(flat), np.asarray(result))


def test_the_record_says_what_was_done(run, steps: Path, photo: Path, workflow: Path, tmp_path: Path):
    run("--set", "soft.radius=3", "--device", "cpu", "--precision", "full")
    found = record(steps)
    assert found["status"] == "done"
    assert found["photo"] == {"file": str(photo), "sha256": sha256(photo)}
    assert found["file"] == str(workflow)
    assert found["output"] == {"file": str(tmp_path / "out.png"), "sha256": sha256(tmp_path / "out.png")}
    assert found["versions"]["numpy"] == np.__version__
    assert found["computing"] == "cpu full"
    assert sorted(found["files"]) == sorted([*PICTURES, *SUMMARY])
    photo_step, soft, grow = found["steps"]
    assert (soft["node"], soft["version"], soft["state"]) == ("detail/blur", 1, "done")
    assert soft["settings"]["radius"] == 3
    assert grow["settings"]["method"]
    assert grow["inputs"] == {"image": ["soft", "image"]}
    assert grow["size"] == [128, 96]
    assert grow["seconds"] >= 0
    assert photo_step["pictures"] == {"image": "01-photo.png", "alpha": "01-photo.alpha.png"}
    assert len({step["key"] for step in found["steps"]}) == 3


def test_the_recorded_workflow_makes_the_same_again(run, heirloom: Heirloom, steps: Path, tmp_path: Path):
    run("--set", "soft.radius=3")
    again = write_workflow(tmp_path / "again.json", record(steps)["workflow"])
    heirloom("--run", again, "--output", tmp_path / "again.png")
    with Pillow.open(tmp_path / "out.png") as first, Pillow.open(tmp_path / "again.png") as second:
        assert np.array_equal(np.asarray(first), np.asarray(second))


def test_models_are_recorded_with_the_sha256_of_their_files(heirloom: Heirloom, photo: Path, steps: Path):
    nodes = {
        "photo": {"type": "files/load"},
        "map": {"type": "repair/map_damage", "inputs": {"image": ["photo", "image"]}},
    }
    workflow = workflow_json(nodes=nodes, result=["map", "mask"], controls={})
    answer = heirloom("--run", write_workflow(steps.with_suffix(".json"), workflow), "--input", photo, "--steps", steps)
    assert answer.code == 0, answer.err
    (model,) = record(steps)["steps"][1]["models"]
    assert model["files"]
    for file in model["files"]:
        assert file["sha256"] == sha256(Path(__file__).parents[2] / "weights" / file["file"])


def test_a_second_run_of_the_same_replaces_its_files(run, steps: Path):
    run()
    first = (steps / "02-soft.png").read_bytes()
    assert run("--set", "soft.radius=9").code == 0
    assert (steps / "02-soft.png").read_bytes() != first
    assert states(steps)["photo"] in ("cached", "done")
    assert run("--set", "soft.bypass=true").code == 0
    assert "02-soft.png" not in kept(steps)
    assert "02-grow.png" in kept(steps)


def test_a_second_run_has_every_picture_too(run, steps: Path):
    run()
    run()
    assert set(states(steps).values()) <= {"cached", "done"}
    assert kept(steps) == sorted([*PICTURES, *SUMMARY, "record.json"])


def test_files_from_elsewhere_are_not_written_over(run, steps: Path):
    steps.mkdir()
    (steps / "02-soft.png").write_text("mine")
    (steps / "letter.txt").write_text("mine too")
    answer = run()
    assert answer.code == 2
    assert "02-soft.png is there already" in answer.err
    assert kept(steps) == ["02-soft.png", "letter.txt"]
    (steps / "02-soft.png").unlink()
    assert run().code == 0
    assert (steps / "letter.txt").read_text() == "mine too"


def test_steps_of_another_photo_are_not_written_over(run, heirloom: Heirloom, workflow, steps, tmp_path, rng):
    run()
    before = (steps / "01-photo.png").read_bytes()
    other = make_photo(tmp_path / "other.png", rng)
    answer = heirloom("--run", workflow, "--input", other, "--steps", steps)
    assert answer.code == 2
    assert "steps of another run" in answer.err
    assert (steps / "01-photo.png").read_bytes() == before


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"file": 1}', "\0"])
def test_a_record_that_says_nothing_is_nobodys(run, steps: Path, text: str):
    steps.mkdir()
    (steps / "record.json").write_text(text)
    assert run().code == 2
    assert kept(steps) == ["record.json"]


def test_a_record_cannot_make_files_elsewhere_go(run, steps: Path, tmp_path: Path):
    run()
    victim = tmp_path / "victim.txt"
    victim.write_text("mine")
    found = record(steps)
    found["files"] += ["../victim.txt", str(victim), 7, "..", ""]
    (steps / "record.json").write_text(json.dumps(found))
    assert run().code == 0
    assert victim.read_text() == "mine"


def test_a_result_that_is_called_like_a_summary_stays(heirloom: Heirloom, workflow, photo, steps: Path):
    answer = heirloom("--run", workflow, "--input", photo, "--output", steps / "layers.tif", "--steps", steps)
    assert answer.code == 0
    with Pillow.open(steps / "layers.tif") as result:
        assert result.size == (128, 96)
        assert 37724 not in result.tag_v2  # type: ignore[attr-defined] - a TIFF's
    assert record(steps)["output"]["sha256"] == sha256(steps / "layers.tif")


def test_a_photo_that_cannot_be_read_is_no_traceback(run, steps: Path, photo: Path):
    photo.write_bytes(b"no photo")
    assert run().code == 1
    assert record(steps)["status"] == "failed"
    assert kept(steps) == ["record.json"]


def test_a_folder_that_cannot_be_made_is_said(run, tmp_path: Path):
    (tmp_path / "file").write_text("mine")
    answer = run("--steps", tmp_path / "file" / "steps")
    assert answer.code == 2
    assert "cannot be written" in answer.err or "is a file" in answer.err


def test_a_file_is_no_folder(run, steps: Path):
    steps.write_text("mine")
    answer = run()
    assert answer.code == 2
    assert steps.read_text() == "mine"


@pytest.mark.parametrize("id", ["../../up", "a/b\\c", "x" * 200, "ü" * 200, "写真" * 100, "con", " ", ".", "🙂"])
def test_any_id_makes_a_file_in_the_folder(heirloom: Heirloom, photo: Path, steps: Path, tmp_path: Path, id: str):
    nodes = {"photo": {"type": "files/load"}, id: {"type": "detail/blur", "inputs": {"image": ["photo", "image"]}}}
    workflow = write_workflow(tmp_path / "w.json", workflow_json(nodes=nodes, result=[id, "image"], controls={}))
    answer = heirloom("--run", workflow, "--input", photo, "--output", tmp_path / "o.png", "--steps", steps)
    assert answer.code == 0, answer.err
    assert len([name for name in kept(steps) if name.startswith("02-") and name.endswith(".png")]) == 1
    assert set(SUMMARY) <= set(kept(steps))
    assert record(steps)["steps"][1]["id"] == id


BROKEN = '''
from __future__ import annotations
from graph.context import Context
from graph.errors import StepError
from graph.spec import node
from nodes.kinds.image import Image

@node(title="Break")
def break_it(ctx: Context, image: Image) -> Image:
    """Fail."""
    {what}
'''


@pytest.fixture
def breaking(tmp_path: Path):
    """A workflow whose third step does something, and the arguments it needs."""

    def make(what: str) -> tuple[Path, list[str | Path]]:
        folder = tmp_path / "own"
        (folder / "added").mkdir(parents=True)
        (folder / "added" / "break_it.py").write_text(BROKEN.format(what=what))
        nodes = workflow_json()["nodes"]
        nodes["bad"] = {"type": "added/break_it", "inputs": {"image": ["soft", "image"]}}
        nodes["grow"]["inputs"] = {"image": ["bad", "image"]}
        return write_workflow(tmp_path / "bad.json", workflow_json(nodes=nodes)), ["--add-nodes", folder]

    return make


def test_a_failing_step_leaves_what_came_before_and_the_record(run, steps: Path, breaking):
    workflow, more = breaking('raise StepError("It broke.", "Mend it.")')
    assert run(*more, workflow=workflow).code == 1
    assert kept(steps) == ["01-photo.alpha.png", "01-photo.png", "02-soft.png", "contact-sheet.png", "record.json"]
    found = record(steps)
    assert found["status"] == "failed"
    assert states(steps) == {"photo": "done", "soft": "done", "bad": "failed", "grow": "blocked"}
    assert found["steps"][2]["message"] == "It broke. Mend it."
    assert found["output"] == {}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for a single process")
def test_an_interrupted_run_leaves_what_came_before_and_the_record(steps: Path, photo: Path, tmp_path: Path, breaking):
    workflow, more = breaking("ctx.cancelled.wait(60)\n    ctx.check()")
    call = command(tmp_path, "--run", workflow, "--input", photo, "--steps", steps, *more)
    with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        for line in running.stdout:
            if (event := json.loads(line)).get("event") == "StepStarted" and event["step"] == "bad":
                break
        running.send_signal(signal.SIGINT)
        running.stdout.read()
    assert record(steps)["status"] == "cancelled"
    assert states(steps) == {"photo": "done", "soft": "done", "bad": "running", "grow": "waiting"}
    assert kept(steps) == ["01-photo.alpha.png", "01-photo.png", "02-soft.png", "contact-sheet.png", "record.json"]


def test_what_was_interrupted_can_be_run_again(run, steps: Path):
    run()
    found = record(steps)
    (steps / "record.json").write_text(json.dumps({**found, "status": "running"}))
    (steps / "layers.tif").unlink()
    assert run().code == 0
    assert record(steps)["status"] == "done"


def test_effects_are_recorded_with_what_they_wrote(heirloom: Heirloom, photo: Path, steps: Path, tmp_path: Path):
    nodes = {
        "photo": {"type": "files/load"},
        "out": {"type": "files/save", "inputs": {"image": ["photo", "image"]}},
    }
    workflow = write_workflow(tmp_path / "w.json", workflow_json(nodes=nodes, result=None, controls={}))
    results = tmp_path / "results"
    assert heirloom("--run", workflow, "--input", photo, "--output", results, "--steps", steps).code == 0
    written = record(steps)["steps"][1]["written"]
    assert written == {str(results / "grandmother-restored.png"): sha256(results / "grandmother-restored.png")}


def test_a_folder_keeps_the_steps_of_each_photo(heirloom: Heirloom, workflow: Path, tmp_path: Path, steps: Path, rng):
    photos = tmp_path / "photos"
    make_photo(photos / "anna.png", rng)
    make_photo(photos / "1920" / "clara.tif", rng)
    (photos / "bad.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    answer = heirloom("--run", workflow, "--input", photos, "--output", tmp_path / "results", "--steps", steps)
    assert answer.code == 1
    for within in ("anna.png", "1920/clara.tif"):
        assert kept(steps / within) == sorted([*PICTURES, *SUMMARY, "record.json"])
        assert record(steps / within)["output"]["file"] == str(tmp_path / "results" / within)
    assert record(steps / "bad.png")["status"] == "failed"
    again = heirloom("--run", workflow, "--input", photos, "--output", tmp_path / "results", "--steps", steps)
    assert "2 done before" in again.out
    assert record(steps / "anna.png")["status"] == "done"


def test_a_layer_of_another_shape_is_left_out(heirloom: Heirloom, photo: Path, steps: Path, tmp_path: Path):
    nodes = {
        "photo": {"type": "files/load"},
        "pair": {
            "type": "compare/side_by_side",
            "inputs": {"image": ["photo", "image"], "other": ["photo", "image"]},
        },
        "soft": {"type": "detail/blur", "inputs": {"image": ["pair", "image"]}},
    }
    workflow = write_workflow(tmp_path / "w.json", workflow_json(nodes=nodes, result=["soft", "image"], controls={}))
    answer = heirloom("--run", workflow, "--input", photo, "--output", tmp_path / "o.png", "--steps", steps)
    assert answer.code == 0, answer.err
    assert "layers.tif is without Original" in answer.err
    layers = psdtags.TiffImageSourceData.fromtiff(steps / "layers.tif").layers
    assert [layer.name for layer in layers] == ["Side by Side", "Tone"]
