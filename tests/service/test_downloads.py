"""Model files on their way here, from a real server that behaves as it is told to."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Generator
from pathlib import Path

import pytest

from nodes.models.catalog import Catalog
from nodes.models.shelf import Shelf
from service.downloads import Download, Downloads
from service.limits import Limits
from service.refusals import Refusal
from service.watch.hub import Hub
from tests.nodes.models.fetching import BODY, entry_of
from tests.nodes.models.hostile import Hostile, Manner, hostile_server
from tests.service.conftest import wait_for

NAMES = ("first", "second", "third")


class Site:
    """A catalogue of three models, the first of which needs the second, and the server that has them."""

    def __init__(self, hostile: Hostile, folder: Path) -> None:
        self.hostile, self.folder, self.hub = hostile, folder, Hub()
        self.manners = {name: Manner(BODY) for name in NAMES}
        entries = {
            name: entry_of(
                hostile.serve(f"/{name}.pth", self.manners[name]),
                name=name,
                file=f"{name}.pth",
                needs=("second",) if name == "first" else (),
            )
            for name in NAMES
        }
        self.shelf = Shelf((folder,), Catalog(entries))
        self.downloads = Downloads(self.shelf, self.hub, Limits(downloads=1))

    def state(self, name: str) -> Download:
        return next(each for each in self.downloads.list() if each.name == name)

    def ends(self, name: str) -> Download:
        """The download, once it has ended."""
        wait_for(lambda: self.state(name).state not in {"waiting", "running"})
        return self.state(name)


@pytest.fixture
def site(tmp_path: Path) -> Generator[Site]:
    with hostile_server() as hostile:
        site = Site(hostile, tmp_path / "models")
        yield site
        site.downloads.close()


@pytest.mark.usefixtures("online")
def test_a_model_comes_with_what_it_needs(site: Site):
    assert site.downloads.start("first").state == "waiting"
    assert site.ends("first") == Download("first", "done", 2 * len(BODY), 2 * len(BODY))
    assert {path.name for path in site.folder.glob("[!.]*")} == {"first.pth", "second.pth"}
    (seen,) = site.hub.snapshot().downloads
    assert (seen.name, seen.state, seen.done, seen.total) == ("first", "done", 2 * len(BODY), 2 * len(BODY))


@pytest.mark.usefixtures("online")
def test_what_is_there_is_done_at_once(site: Site):
    site.folder.mkdir()
    (site.folder / "third.pth").write_bytes(BODY)
    assert site.downloads.start("third").state == "done"
    assert site.hostile.asked == []


@pytest.mark.usefixtures("online")
def test_a_cancelled_download_goes_on_where_it_ended(site: Site):
    gate = site.manners["third"].gate = threading.Event()
    site.downloads.start("third")
    wait_for(lambda: site.state("third").done > 0)
    assert site.downloads.start("third").state == "running"
    assert site.downloads.cancel("third").state == "cancelled"
    assert site.downloads.cancel("third").state == "cancelled"
    gate.set()
    assert site.downloads.start("third").state == "waiting"
    assert site.ends("third").state == "done"
    assert hashlib.sha256((site.folder / "third.pth").read_bytes()).digest() == hashlib.sha256(BODY).digest()
    assert site.hostile.ranges[-1].startswith("bytes=")


@pytest.mark.usefixtures("online")
def test_a_failure_is_told_without_paths_and_can_be_tried_again(site: Site):
    site.manners["third"].statuses = [404]
    site.downloads.start("third")
    failed = site.ends("third")
    assert failed.state == "failed"
    said = " ".join(f"{each.message} {each.remedy}" for each in failed.problems)
    assert "404" in said
    assert str(site.folder.parent) not in said
    (seen,) = site.hub.snapshot().downloads
    assert "404" in seen.message
    site.downloads.start("third")
    assert site.ends("third").state == "done"


@pytest.mark.usefixtures("online")
def test_who_comes_later_waits_and_can_be_cancelled_meanwhile(site: Site):
    gate = site.manners["third"].gate = threading.Event()
    site.downloads.start("third")
    wait_for(lambda: site.state("third").state == "running")
    site.downloads.start("second")
    site.downloads.start("first")
    assert (site.state("second").state, site.state("first").state) == ("waiting", "waiting")
    assert site.downloads.cancel("first").state == "cancelled"
    gate.set()
    assert (site.ends("third").state, site.ends("second").state) == ("done", "done")
    assert [each.name for each in site.downloads.list()] == ["third", "second", "first"]


@pytest.mark.usefixtures("online")
def test_closing_cancels_everything(site: Site):
    site.manners["third"].gate = threading.Event()
    site.downloads.start("third")
    site.downloads.start("second")
    site.downloads.close()
    assert {each.state for each in site.downloads.list()} == {"cancelled"}
    with pytest.raises(Refusal) as caught:
        site.downloads.start("second")
    assert caught.value.status == 503


def test_what_may_not_be_fetched_is_refused(site: Site):
    with pytest.raises(Refusal) as caught:
        site.downloads.start("first")
    assert caught.value.status == 409
    assert "HEIRLOOM_OFFLINE" in caught.value.problems[0].message
    assert str(site.folder.parent) not in str(caught.value.problems)
    assert site.downloads.list() == ()


@pytest.mark.parametrize("name", ["", "frist", "../first", "x" * 5000])
def test_only_the_catalogue_can_be_fetched(site: Site, name: str):
    for ask in (site.downloads.start, site.downloads.cancel):
        with pytest.raises(Refusal) as caught:
            ask(name)
        assert caught.value.status == 404
        assert len(str(caught.value.problems)) < 500
