from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from graph.errors import WorkflowError
from graph.registry import Registry
from service.library import Library
from service.refusals import Refusal
from tests.service.files import TRAVERSAL

NODES = {"photo": {"type": "files/load", "settings": {"photo": "sample.jpg"}}}
SHIPPED = json.dumps({"version": 1, "title": "Shipped", "nodes": NODES})
OWN = json.dumps({"version": 1, "title": "Own", "nodes": {**NODES, "again": {"type": "files/load"}}})


@pytest.fixture
def library(tmp_path: Path, registry: Registry) -> Library:
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    (shipped / "restore.json").write_text(SHIPPED)
    return Library(shipped, tmp_path / "own", registry)


def refused(library: Library, name: str) -> set[int]:
    """The statuses with which everything that takes a name refuses this one."""
    statuses: set[int] = set()
    for ask in (library.read, library.get, library.delete, lambda name: library.save(name, OWN)):
        with pytest.raises(Refusal) as refusal:
            ask(name)
        statuses.add(refusal.value.status)
    return statuses


def test_shipped_and_own_workflows_stand_in_one_list(library: Library) -> None:
    library.save("my album", OWN)
    found = [(each.name, each.title, each.owner, each.nodes) for each in library.list()]
    assert found == [("my album", "Own", "own", 2), ("restore", "Shipped", "shipped", 1)]
    assert library.list()[0].problems == ()


def test_ones_own_workflow_hides_the_shipped_one_until_it_is_deleted(library: Library) -> None:
    assert library.save("restore", OWN).owner == "own"
    assert json.loads(library.read("restore"))["title"] == "Own"
    assert [each.owner for each in library.list()] == ["own"]
    assert (library.shipped / "restore.json").read_text() == SHIPPED
    library.delete("restore")
    assert library.read("restore") == SHIPPED


def test_a_shipped_workflow_stays(library: Library) -> None:
    with pytest.raises(Refusal) as refusal:
        library.delete("restore")
    assert refusal.value.status == 403
    assert (library.shipped / "restore.json").is_file()


def test_what_a_program_sent_in_one_line_is_laid_out(library: Library) -> None:
    library.save("a", OWN)
    assert json.loads(library.read("a")) == json.loads(OWN)
    assert len(library.read("a").splitlines()) > 5


def test_what_a_person_laid_out_stays_as_it_is(library: Library) -> None:
    text = '{"version": 1,\n\n  "title": "Ännchen 祖母",   "nodes": {}, "layout": {"photo": [0, 1.50]}}\n'
    library.save("a", "\ufeff" + text)
    assert library.read("a") == text
    library.save("b", b"\xef\xbb\xbf" + text.encode())
    assert (library.own / "b.json").read_bytes() == text.encode()


@pytest.mark.parametrize("text", ["", "{", "[]", b"\xff\xfe", '{"nodes": 1}', '{"version": 1, "nodes": {"a": 1}}'])
def test_what_is_no_workflow_is_not_saved(library: Library, text: str | bytes) -> None:
    library.save("a", OWN)
    before = library.read("a")
    with pytest.raises(WorkflowError):
        library.save("a", text)
    assert library.read("a") == before
    assert [path.name for path in library.own.iterdir()] == ["a.json"]


def test_a_damaged_workflow_is_listed_with_its_problem_and_can_be_read(library: Library) -> None:
    (library.own / "cut.json").write_text(OWN[:30])
    (library.own / "bytes.json").write_bytes(b"\xff\xfe{}")
    (library.own / "old.json").write_text('{"version": 1, "nodes": {"a": {"type": "no/node"}}}')
    listed = {each.name: each for each in library.list()}
    assert "not JSON" in listed["cut"].problems[0].message
    assert "UTF-8" in listed["bytes"].problems[0].message
    assert listed["old"].problems[0].node == "a"
    assert library.read("cut") == OWN[:30]
    assert library.read("bytes").endswith("{}")


def test_the_list_sees_what_changed(library: Library) -> None:
    library.save("a", OWN)
    assert library.get("a").title == "Own"
    assert library.save("a", OWN.replace("Own", "Other")).title == "Other"
    (library.own / "a.json").unlink()
    assert [each.name for each in library.list()] == ["restore"]


@pytest.mark.parametrize("name", TRAVERSAL)
def test_no_name_leads_outside(library: Library, name: str) -> None:
    (library.own.parent / "passwd.json").write_text(SHIPPED)
    statuses = refused(library, name) if not name.startswith(("%2e", "..%c0", "~")) else set()
    assert statuses <= {404, 422}
    assert list(library.own.iterdir()) == []


def test_links_to_the_outside_are_no_workflows(library: Library, tmp_path: Path) -> None:
    (tmp_path / "secret.json").write_text(SHIPPED)
    (library.own / "link.json").symlink_to(tmp_path / "secret.json")
    assert refused(library, "link") == {404}
    assert [each.name for each in library.list()] == ["restore"]
    assert (tmp_path / "secret.json").read_text() == SHIPPED


def test_readers_never_see_half_a_workflow(library: Library) -> None:
    texts = [OWN.replace("Own", letter * 20_000) for letter in "abcd"]
    library.save("a", texts[0])

    def read_or_write(number: int) -> int:
        if number % 2:
            library.save("a", texts[number % 4])
        return len(library.read("a"))

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(read_or_write, range(40)))) == 1
    assert [path.name for path in library.own.iterdir()] == ["a.json"]


def test_pictures_that_came_with_a_workflow_are_found_as_soon_as_both_are_there(library: Library) -> None:
    pictures = library.shipped / "pictures"
    pictures.mkdir()
    (pictures / "restore-before.webp").write_bytes(b"before")
    assert [each.pictures for each in library.list()] == [False]
    with pytest.raises(Refusal) as refusal:
        library.picture("restore", "before")
    assert refusal.value.status == 404
    (pictures / "restore-after.webp").write_bytes(b"after")
    assert [each.pictures for each in library.list()] == [True]
    assert library.picture("restore", "after").read_bytes() == b"after"


def test_pictures_of_a_shipped_workflow_are_not_those_of_ones_own(library: Library) -> None:
    pictures = library.shipped / "pictures"
    pictures.mkdir()
    for side in ("before", "after"):
        (pictures / f"restore-{side}.webp").write_bytes(b"picture")
    assert library.get("restore").pictures
    assert not library.save("restore", OWN).pictures
