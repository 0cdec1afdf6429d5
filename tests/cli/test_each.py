"""`--run` on a folder of scans that hold several prints each."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

from tests.cli.conftest import Answer, Heirloom, workflow_json, write_workflow

TAKE = '''"""One stripe of a sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from graph.context import Context
from graph.controls import Number, Text
from graph.errors import NothingMore
from graph.spec import node
from nodes.kinds.image import Image


@node(title="Take a Stripe")
def take(
    ctx: Context,
    image: Image,
    *,
    which: Annotated[int, Number(1, 9, help="Which.")] = 1,
    log: Annotated[str, Text(help="A file.")] = "",
) -> Image:
    """Take 20 columns."""
    with Path(log).open("a") as file:
        file.write(str(which))
    if which > 1 and which * 20 > image.width:
        raise NothingMore(f"There is no stripe {which}.", "Choose a lower number.")
    return image.like(image.pixels[:, which * 20 - 20 : which * 20])
'''

REFUSE = '''"""Nothing for black stripes."""

from __future__ import annotations

from graph.errors import StepError
from graph.spec import node
from nodes.kinds.image import Image


@node(title="Refuse the Dark")
def refuse(image: Image) -> Image:
    """Refuse black stripes."""
    if image.pixels.max() == 0:
        raise StepError("It is black.")
    return image
'''


def sheet(path: Path, *levels: int) -> Path:
    """A photo file of stripes, each 20 columns wide."""
    path.parent.mkdir(parents=True, exist_ok=True)
    row = np.repeat(np.array(levels, np.uint8), 20)
    Pillow.fromarray(np.repeat(row[None], 16, axis=0)).save(path)
    return path


class Scans:
    """A folder of scans, a workflow that takes every stripe of each, and how to run it."""

    def __init__(self, heirloom: Heirloom, root: Path) -> None:
        self.heirloom, self.folder, self.results, self.log = heirloom, root / "scans", root / "results", root / "log"
        (root / "more" / "stripes").mkdir(parents=True)
        for name, text in (("take", TAKE), ("refuse", REFUSE)):
            (root / "more" / "stripes" / f"{name}.py").write_text(text, encoding="utf-8")
        self.nodes = root / "more"
        self.workflow = root / "each.json"
        self.data = workflow_json(
            nodes={
                "photo": {"type": "files/load"},
                "take": {
                    "type": "stripes/take",
                    "inputs": {"image": ["photo", "image"]},
                    "settings": {"log": str(self.log)},
                },
                "light": {"type": "stripes/refuse", "inputs": {"image": ["take", "image"]}},
            },
            result=["light", "image"],
            each=["take", "which"],
            controls={},
        )

    def run(self, *more: str | Path, photo: str = "") -> Answer:
        write_workflow(self.workflow, self.data)
        source = self.folder / photo
        return self.heirloom(
            "--add-nodes", self.nodes, "--run", self.workflow, "--input", source, "--output", self.results, *more
        )

    def asked(self) -> str:
        """The numbers that the node was asked for since the last look, in order."""
        text = self.log.read_text(encoding="utf-8") if self.log.exists() else ""
        self.log.unlink(missing_ok=True)
        return text

    def levels(self) -> dict[str, int]:
        """The grey of every result."""
        found: dict[str, int] = {}
        for path in sorted(path for path in self.results.rglob("*.png") if path.is_file()):
            with Pillow.open(path) as picture:
                found[path.relative_to(self.results).as_posix()] = int(np.asarray(picture).max())
        return found

    def rows(self) -> list[dict[str, str]]:
        with (self.results / "manifest.csv").open(newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))


@pytest.fixture
def scans(heirloom: Heirloom, tmp_path: Path) -> Scans:
    return Scans(heirloom, tmp_path)


def test_every_print_of_every_scan_is_taken(scans: Scans):
    sheet(scans.folder / "a.png", 10, 20, 30)
    sheet(scans.folder / "1920" / "b.png", 40)
    assert "4 done, 0 done before, 0 failed" in scans.run().out
    assert scans.levels() == {"a.png": 10, "a-2.png": 20, "a-3.png": 30, "1920/b.png": 40}


def test_each_has_its_row_and_the_last_says_how_many_there_are(scans: Scans):
    sheet(scans.folder / "a.png", 10, 20)
    scans.run()
    rows = scans.rows()
    assert [(row["status"], Path(row["output"]).name) for row in rows] == [
        ("done", "a.png"),
        ("done", "a-2.png"),
        ("end", ""),
    ]
    assert rows[-1]["message"] == "There is no stripe 3. Choose a lower number."


def test_what_is_done_is_not_even_asked_for_again(scans: Scans):
    sheet(scans.folder / "a.png", 10, 20)
    scans.run()
    (scans.results / "a-2.png").unlink()
    scans.asked()
    assert "1 done, 1 done before, 0 failed" in scans.run("--cache-size", "0").out
    assert set(scans.asked()) == {"2"}
    assert "0 done, 2 done before, 0 failed" in scans.run("--cache-size", "0").out
    assert scans.asked() == ""
    assert len(scans.rows()) == 4


def test_one_failing_does_not_keep_the_next_from_its_turn(scans: Scans):
    sheet(scans.folder / "a.png", 10, 0, 30)
    answer = scans.run()
    assert answer.code == 1
    assert "2 done, 0 done before, 1 failed" in answer.out
    assert scans.levels() == {"a.png": 10, "a-3.png": 30}


def test_a_damaged_scan_fails_once(scans: Scans):
    sheet(scans.folder / "a.png", 10, 20)
    whole = (scans.folder / "a.png").read_bytes()
    (scans.folder / "a.png").write_bytes(whole[: len(whole) // 2])
    assert "0 done, 0 done before, 1 failed" in scans.run().out
    assert [row["status"] for row in scans.rows()] == ["failed"]


def test_the_end_is_no_failure_to_who_reads_along(scans: Scans):
    sheet(scans.folder / "a.png", 10, 20)
    answer = scans.run("--json")
    assert answer.code == 0
    assert not [event for event in answer.json if event.get("event") == "StepFailed"]


def test_no_result_takes_the_name_of_another_photo(scans: Scans):
    sheet(scans.folder / "a.png", 10, 20)
    sheet(scans.folder / "a-2.png", 30)
    scans.run()
    assert scans.levels() == {"a.png": 10, "a-2.png": 30, "a--2.png": 20}


def test_files_that_steps_write_have_the_number_too(scans: Scans):
    scans.data["nodes"]["keep"] = {"type": "files/save", "inputs": {"image": ["light", "image"]}}
    sheet(scans.folder / "a.png", 10, 20)
    scans.run("--steps", scans.results / "steps")
    assert {"a-restored.png": 10, "a-2-restored.png": 20}.items() <= scans.levels().items()
    assert {"steps/a.png/02-take.png": 10, "steps/a-2.png/02-take.png": 20}.items() <= scans.levels().items()


def test_a_single_photo_takes_the_one_that_is_set(scans: Scans):
    sheet(scans.folder / "a.png", 10, 20)
    scans.results.mkdir()
    scans.run("--set", "take.which=2", photo="a.png")
    assert scans.levels() == {"a-2-each.png": 20}


def test_switched_off_a_scan_is_one_photo(scans: Scans):
    sheet(scans.folder / "a.png", 10, 20)
    assert "1 done" in scans.run("--set", "take.bypass=true").out
    assert scans.levels() == {"a.png": 20}


def test_what_cannot_be_counted_is_a_problem(scans: Scans):
    sheet(scans.folder / "a.png", 10, 20)
    scans.data["each"] = ["take", "wich"]
    answer = scans.run()
    assert answer.code == 2
    assert "each: 'wich' is not a setting that counts. Did you mean 'which'?" in answer.err.replace("\n", " ")
