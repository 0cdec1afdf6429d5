"""`--run` on one photo."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

from tests.cli.conftest import Heirloom, workflow_json, write_workflow


def test_writes_the_result_and_says_where(heirloom: Heirloom, workflow: Path, photo: Path, tmp_path: Path):
    answer = heirloom("--run", workflow, "--input", photo, "--output", tmp_path / "out.png")
    assert answer.code == 0
    assert answer.out.strip() == str(tmp_path / "out.png")
    with Pillow.open(tmp_path / "out.png") as result:
        assert result.size == (128, 96)


def test_shows_every_step(heirloom: Heirloom, workflow: Path, photo: Path):
    answer = heirloom("--run", workflow, "--input", photo)
    assert [line.split()[0] for line in answer.err.splitlines()] == ["photo", "soft", "grow"]


def test_without_output_writes_into_the_data_folder(heirloom: Heirloom, workflow: Path, photo: Path, tmp_path: Path):
    answer = heirloom("--run", workflow, "--input", photo)
    assert Path(answer.out.strip()) == tmp_path / "data" / "outputs" / "grandmother-test.png"


def test_output_may_be_a_folder(heirloom: Heirloom, workflow: Path, photo: Path, tmp_path: Path):
    (tmp_path / "results").mkdir()
    answer = heirloom("--run", workflow, "--input", photo, "--output", tmp_path / "results")
    assert Path(answer.out.strip()) == tmp_path / "results" / "grandmother-test.png"


def test_never_writes_over_the_photo(heirloom: Heirloom, workflow: Path, photo: Path):
    before = photo.read_bytes()
    answer = heirloom("--run", workflow, "--input", photo, "--output", photo)
    assert answer.code == 2
    assert "the photo itself" in answer.err
    assert photo.read_bytes() == before


def test_never_writes_over_the_photo_by_another_name(heirloom: Heirloom, workflow: Path, photo: Path, tmp_path: Path):
    link = tmp_path / "other-name.png"
    link.hardlink_to(photo)
    assert heirloom("--run", workflow, "--input", photo, "--output", link).code == 2


def test_unknown_format_is_refused_before_anything_runs(heirloom: Heirloom, workflow: Path, photo: Path):
    answer = heirloom("--run", workflow, "--input", photo, "--output", "result.pgn")
    assert answer.code == 2
    assert "Did you mean '.png'?" in answer.err
    assert "soft" not in answer.err


def test_set_changes_a_setting(heirloom: Heirloom, workflow: Path, photo: Path, tmp_path: Path):
    heirloom("--run", workflow, "--input", photo, "--set", "grow.factor=3", "--output", tmp_path / "out.png")
    with Pillow.open(tmp_path / "out.png") as result:
        assert result.size == (192, 144)


def test_set_takes_a_control_by_its_name(heirloom: Heirloom, workflow: Path, photo: Path, tmp_path: Path):
    plain, switched = tmp_path / "plain.png", tmp_path / "off.png"
    heirloom("--run", workflow, "--input", photo, "--set", "soft.bypass=true", "--output", plain)
    heirloom("--run", workflow, "--input", photo, "--set", "Soften=false", "--output", switched)
    assert plain.read_bytes()[-20_000:] == switched.read_bytes()[-20_000:]


@pytest.mark.parametrize(
    ("change", "suggestion"),
    [
        ("sofd.radius=3", "Did you mean 'soft'?"),
        ("soft.radios=3", "Did you mean 'radius'?"),
        ("grow.method=lanczoz", "Did you mean 'lanczos'?"),
        ("Softnes=3", "Did you mean 'Softness'?"),
        ("soft.radius=-5", "at least"),
        ("soft.radius", "NODE.SETTING=VALUE"),
    ],
)
def test_a_typo_suggests_the_nearest(heirloom: Heirloom, workflow: Path, photo: Path, change: str, suggestion: str):
    answer = heirloom("--run", workflow, "--input", photo, "--set", change)
    assert answer.code == 2
    assert suggestion in answer.err


def test_all_problems_at_once(heirloom: Heirloom, tmp_path: Path, photo: Path):
    broken = workflow_json()
    broken["nodes"]["soft"]["type"] = "detail/blurr"
    broken["nodes"]["grow"]["settings"] = {"factor": 10_000, "metod": "area"}
    answer = heirloom("--run", write_workflow(tmp_path / "broken.json", broken), "--input", photo)
    assert answer.code == 2
    assert all(hint in answer.err for hint in ("detail/blur", "at most", "Did you mean 'method'?"))


def test_a_missing_photo_suggests_the_nearest(heirloom: Heirloom, workflow: Path, photo: Path):
    answer = heirloom("--run", workflow, "--input", photo.with_name("grandmothr.png"))
    assert answer.code == 2
    assert "Did you mean 'grandmother.png'?" in answer.err


def test_a_damaged_photo_fails_the_run(heirloom: Heirloom, workflow: Path, photo: Path):
    photo.write_bytes(photo.read_bytes()[:2000])
    answer = heirloom("--run", workflow, "--input", photo)
    assert answer.code == 1
    assert "damaged" in answer.err
    assert "Traceback" not in answer.err
    assert "cannot run, because photo failed" in answer.err


def test_the_second_time_nothing_runs(heirloom: Heirloom, workflow: Path, photo: Path):
    heirloom("--run", workflow, "--input", photo)
    steps = heirloom("--run", workflow, "--input", photo, "--explain").out.splitlines()
    assert len(steps) == 4


def test_steps_keeps_every_picture(heirloom: Heirloom, workflow: Path, photo: Path, tmp_path: Path):
    kept = tmp_path / "steps"
    heirloom("--run", workflow, "--input", photo, "--steps", kept)
    assert sorted(path.name for path in kept.iterdir()) == [
        "01-photo.alpha.png",
        "01-photo.png",
        "02-soft.png",
        "03-grow.png",
        "before-after.webp",
        "contact-sheet.png",
        "layers.tif",
        "record.json",
    ]
    with Pillow.open(kept / "01-photo.png") as kept_photo, Pillow.open(photo) as original:
        assert np.array_equal(np.asarray(kept_photo), np.asarray(original))


def test_steps_are_kept_from_the_cache_too(heirloom: Heirloom, workflow: Path, photo: Path, tmp_path: Path):
    heirloom("--run", workflow, "--input", photo, "--steps", tmp_path / "first")
    heirloom("--run", workflow, "--input", photo, "--steps", tmp_path / "second")
    for path in (tmp_path / "first").glob("*.png"):
        assert path.read_bytes() == (tmp_path / "second" / path.name).read_bytes()


def test_the_result_carries_its_workflow(heirloom: Heirloom, workflow: Path, photo: Path, tmp_path: Path):
    from nodes.formats.write import read_workflow

    result = tmp_path / "out.png"
    heirloom("--run", workflow, "--input", photo, "--output", result)
    carried = json.loads(read_workflow(result) or "")
    assert carried["nodes"]["grow"]["type"] == "upscale/resize"
    assert heirloom("--check", write_workflow(tmp_path / "carried.json", carried)).code == 0


def test_json_is_one_object_a_line(heirloom: Heirloom, workflow: Path, photo: Path):
    answer = heirloom("--run", workflow, "--input", photo, "--json")
    assert [line["event"] for line in answer.json[:2]] == ["RunPlanned", "StepStarted"]
    assert answer.json[-2]["status"] == "done"
    assert answer.json[-1]["output"].endswith("grandmother-test.png")
    assert answer.err == ""


def test_quiet_says_nothing(heirloom: Heirloom, workflow: Path, photo: Path):
    answer = heirloom("--run", workflow, "--input", photo, "--quiet")
    assert (answer.code, answer.out, answer.err) == (0, "", "")


def test_quiet_still_says_what_failed(heirloom: Heirloom, workflow: Path, tmp_path: Path):
    (broken := tmp_path / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nnothing more")
    answer = heirloom("--run", workflow, "--input", broken, "--quiet")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith("photo: ")


def test_a_workflow_without_result_runs_its_effects(heirloom: Heirloom, tmp_path: Path, photo: Path):
    saving = workflow_json()
    del saving["result"]
    saving["nodes"]["save"] = {"type": "files/save", "inputs": {"image": ["soft", "image"]}}
    path = write_workflow(tmp_path / "saving.json", saving)
    answer = heirloom("--run", path, "--input", photo, "--output", tmp_path / "kept")
    assert answer.code == 0
    assert [found.name for found in (tmp_path / "kept").iterdir()] == ["grandmother-restored.png"]
    again = heirloom("--run", path, "--input", photo, "--output", tmp_path / "kept", "--explain", "--json").json[0]
    assert [step["action"] for step in again["steps"]] == ["unneeded", "unneeded", "unneeded", "cached"]


def test_cache_can_be_switched_off_and_cleared(heirloom: Heirloom, workflow: Path, photo: Path, tmp_path: Path):
    assert heirloom("--run", workflow, "--input", photo, "--cache-size", "0").code == 0
    assert not (tmp_path / "cache").exists()
    heirloom("--run", workflow, "--input", photo)
    assert heirloom("--clear-cache").code == 0
