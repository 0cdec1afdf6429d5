"""Results on their way into files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graph.check import check
from graph.errors import StepError, WorkflowError
from graph.given import Given
from graph.places import Places
from graph.results import named_like, number_of, photo_of, result_kind, save
from tests.graph import toys
from tests.graph.toy_kinds import KINDS, ValueCodec
from tests.graph.toys import Value, box, flow

NODES = toys.registry()
KIND = replace(KINDS["value"], writes=(".png", ".txt"))


def test_the_kind_of_the_result_is_seen_past_bypassed_nodes() -> None:
    document = flow("b", a=box("number"), b=box("add", {"a": "a"}, bypass=True))
    assert result_kind(check(document, NODES), KINDS).name == "value"
    with pytest.raises(WorkflowError, match="does not say what its result is"):
        result_kind(check(flow(a=box("number")), NODES), KINDS)


def test_the_photo(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("1", encoding="utf-8")
    document = flow(None, "a.photo", a=box("open", photo="a.txt"))
    assert photo_of(check(document, NODES, Places([tmp_path]))) == tmp_path / "a.txt"
    assert photo_of(check(document, NODES, Places(given={"a.txt": Given("b.txt", b"1")}))) == Path("b.txt")
    assert photo_of(check(flow(a=box("number")), NODES)) is None


@pytest.mark.parametrize(
    ("photo", "name"), [("a.TXT", "a.TXT"), ("scan.heic", "scan.heic.png"), ("folder/plain", "plain.png")]
)
def test_a_result_is_called_like_the_photo(photo: str, name: str) -> None:
    assert named_like(Path(photo), KIND) == name


@pytest.mark.parametrize(
    ("photo", "name"), [("a.TXT", "a-3.TXT"), ("scan.heic", "scan.heic-3.png"), ("folder/plain", "plain-3.png")]
)
def test_a_further_one_on_the_same_photo_has_its_number(photo: str, name: str) -> None:
    assert named_like(Path(photo), KIND, 3) == name


def test_the_number_is_that_of_what_the_document_counts() -> None:
    document = flow("scan.sheet", scan=box("scan", width=7), a=box("number"))
    assert number_of(check(document, NODES)) == 1
    assert number_of(check(replace(document, each=("scan", "width")), NODES)) == 7
    off = document.with_settings({("scan", "bypass"): True})
    assert number_of(check(replace(off, each=("scan", "width"), result=("a", "value")), NODES)) == 1


def test_saving_makes_folders_and_leaves_nothing_else(tmp_path: Path) -> None:
    save(KIND, Value(1), tmp_path / "new" / "a.txt", None)
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["a.txt"]


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_half_a_file_never_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def broken(_self: ValueCodec, _value: Any, path: Path, _workflow: str | None) -> None:
        path.write_text("half", encoding="utf-8")
        raise error

    (tmp_path / "a.txt").write_text("before", encoding="utf-8")
    monkeypatch.setattr(ValueCodec, "write", broken)
    with pytest.raises((StepError, KeyboardInterrupt)) as raised:
        save(KIND, Value(1), tmp_path / "a.txt", None, called="The result")
    assert [(path.name, path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()] == [("a.txt", "before")]
    if raised.type is StepError:
        assert str(raised.value) == (
            "The result cannot be written: No space left on device. Check the folder and the disk."
        )
