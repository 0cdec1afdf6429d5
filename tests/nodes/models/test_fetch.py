"""Downloads, from a real server that cuts, lies, errs and redirects."""

from __future__ import annotations

import hashlib
import json
import socket
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from tests.nodes.models.fetching import BODY, EAGER, entry_of, get, left, why
from tests.nodes.models.hostile import Hostile, Manner, hostile_server


@pytest.fixture
def server(online: None) -> Generator[Hostile]:  # noqa: ARG001 - asked for what it does
    with hostile_server() as hostile:
        yield hostile


def test_a_good_server(server: Hostile, tmp_path: Path):
    heard: list[tuple[str, int, int | None]] = []
    path = get(entry_of(server.serve("/a", Manner(BODY))), tmp_path / "new", lambda *told: heard.append(told))
    assert path.read_bytes() == BODY
    assert left(path.parent) == {"toy.pth"}
    assert heard[0] == ("toy", 0, len(BODY))
    assert heard[-1] == ("toy", len(BODY), len(BODY))
    assert [done for _, done, _ in heard] == sorted(done for _, done, _ in heard)


def test_a_cut_download_goes_on_where_it_ended(server: Hostile, tmp_path: Path):
    url = server.serve("/a", Manner(BODY, cuts=[100_000, 200_000, 1]))
    assert get(entry_of(url), tmp_path).read_bytes() == BODY
    assert server.ranges == ["", "bytes=100000-", "bytes=300000-", "bytes=300001-"]
    assert server.asked[1][1]["if-range"] == '"one"'


def test_cuts_without_end_are_no_endless_loop(server: Hostile, tmp_path: Path):
    message = why(entry_of(server.serve("/a", Manner(BODY, cuts=[1000] + [0] * 50))), tmp_path)
    assert "cut after 1,000 of 1,048,576 bytes" in message
    assert len(server.asked) == 1 + len(EAGER.pauses)
    assert (tmp_path / "toy.pth.part").stat().st_size == 1000


def test_many_cuts_are_no_reason_to_give_up_while_it_goes_on(server: Hostile, tmp_path: Path):
    url = server.serve("/a", Manner(BODY, cuts=[50_000] * 20))
    assert get(entry_of(url), tmp_path).read_bytes() == BODY


def test_the_next_process_goes_on_too(server: Hostile, tmp_path: Path):
    manner = Manner(BODY, cuts=[1000, 0, 0, 0, 0, 0])
    entry = entry_of(server.serve("/a", manner))
    why(entry, tmp_path)
    manner.cuts.clear()
    assert get(entry, tmp_path).read_bytes() == BODY
    assert server.ranges[-1] == "bytes=1000-"


def test_a_server_that_ignores_range_begins_anew(server: Hostile, tmp_path: Path):
    url = server.serve("/a", Manner(BODY, ranges=False, cuts=[300_000]))
    assert get(entry_of(url), tmp_path).read_bytes() == BODY
    assert server.ranges == ["", "bytes=300000-"]


def test_a_file_that_changed_in_between_begins_anew(server: Hostile, tmp_path: Path):
    new = BODY[::-1]
    manner = Manner(BODY, cuts=[300_000])
    entry = entry_of(server.serve("/a", manner), body=None, size=len(BODY))
    (tmp_path / "toy.pth.part").write_bytes(new[:7])
    (tmp_path / "toy.pth.part.json").write_text(json.dumps({"url": entry.urls[0], "validator": '"old"'}))
    manner.cuts.clear()
    assert get(entry, tmp_path).read_bytes() == BODY
    assert server.asked[0][1]["if-range"] == '"old"'


def test_without_a_sha256_parts_of_different_places_are_not_put_together(server: Hostile, tmp_path: Path):
    first = server.serve("/a", Manner(BODY[::-1], cuts=[1000] + [0] * 9))
    second = server.serve("/b", Manner(BODY))
    assert get(entry_of(first, second, body=None), tmp_path).read_bytes() == BODY
    assert server.asked[-1][0] == "/b"
    assert server.ranges[-1] == ""


def test_without_a_validator_nothing_unchecked_is_resumed(server: Hostile, tmp_path: Path):
    url = server.serve("/a", Manner(BODY, etag="", cuts=[1000]))
    assert get(entry_of(url, body=None), tmp_path).read_bytes() == BODY
    assert server.ranges == ["", ""]


def test_a_mirror_goes_on_where_the_first_place_ended(server: Hostile, tmp_path: Path):
    first = server.serve("/a", Manner(BODY, cuts=[1000] + [0] * 9))
    second = server.serve("/b", Manner(BODY, etag='"other"'))
    assert get(entry_of(first, second), tmp_path).read_bytes() == BODY
    assert server.asked[-1][0] == "/b"
    assert server.ranges[-1] == "bytes=1000-"
    assert "if-range" not in server.asked[-1][1]


def test_parts_that_do_not_fit_together_get_a_second_chance(server: Hostile, tmp_path: Path):
    (tmp_path / "toy.pth.part").write_bytes(b"rubbish")
    assert get(entry_of(server.serve("/a", Manner(BODY))), tmp_path).read_bytes() == BODY
    assert server.ranges == ["bytes=7-", ""]


@pytest.mark.parametrize("shift", [-1, 5])
def test_an_answer_with_another_part(server: Hostile, tmp_path: Path, shift: int):
    url = server.serve("/a", Manner(BODY, cuts=[1000], shift=shift))
    assert get(entry_of(url), tmp_path).read_bytes() == BODY
    assert server.ranges == ["", "bytes=1000-", ""]


def test_a_part_longer_than_the_file(server: Hostile, tmp_path: Path):
    (tmp_path / "toy.pth.part").write_bytes(BODY + b"more")
    assert get(entry_of(server.serve("/a", Manner(BODY))), tmp_path).read_bytes() == BODY


def test_a_whole_part_of_a_killed_process_is_only_checked(server: Hostile, tmp_path: Path):
    (tmp_path / "toy.pth.part").write_bytes(BODY)
    assert get(entry_of(server.serve("/a", Manner(BODY))), tmp_path).read_bytes() == BODY
    assert server.asked == []


def test_wrong_bytes_never_get_the_name(server: Hostile, tmp_path: Path):
    message = why(entry_of(server.serve("/a", Manner(BODY[::-1]))), tmp_path)
    assert hashlib.sha256(BODY).hexdigest() in message
    assert left(tmp_path) == set()


def test_wrong_bytes_here_right_ones_there(server: Hostile, tmp_path: Path):
    urls = [server.serve("/a", Manner(BODY[::-1])), server.serve("/b", Manner(BODY))]
    assert get(entry_of(*urls), tmp_path).read_bytes() == BODY


@pytest.mark.parametrize("length", [1000, 2**40])
def test_a_length_that_is_not_the_files_is_seen_before_anything_comes(server: Hostile, tmp_path: Path, length: int):
    message = why(entry_of(server.serve("/a", Manner(BODY, length=length))), tmp_path)
    assert f"has {length:,} bytes instead of 1,048,576" in message
    assert left(tmp_path) == set()


def test_without_a_length_the_known_one_counts(server: Hostile, tmp_path: Path):
    right = entry_of(server.serve("/a", Manner(BODY, length=0)))
    assert get(right, tmp_path).read_bytes() == BODY
    longer = entry_of(server.serve("/b", Manner(BODY * 2, length=0)), file="longer.pth")
    assert "more came than the 1,048,576 bytes" in why(longer, tmp_path)


def test_a_length_too_large_for_an_unknown_file_is_a_cut(server: Hostile, tmp_path: Path):
    url = server.serve("/a", Manner(BODY, length=len(BODY) + 1, ranges=False))
    assert "cut after 1,048,576 of 1,048,577" in why(entry_of(url, body=None), tmp_path)


@pytest.mark.parametrize("status", [404, 403, 410])
def test_what_is_not_there_is_not_asked_again(server: Hostile, tmp_path: Path, status: int):
    gone = server.serve("/a", Manner(statuses=[status]))
    assert f"answered {status}" in why(entry_of(gone), tmp_path)
    assert len(server.asked) == 1


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_a_busy_server_is_asked_again(server: Hostile, tmp_path: Path, status: int):
    later = format_datetime(datetime.now(UTC) + timedelta(hours=1))
    url = server.serve("/a", Manner(BODY, statuses=[status, status], headers={"Retry-After": later}))
    assert get(entry_of(url), tmp_path).read_bytes() == BODY
    assert len(server.asked) == 3


def test_every_place_is_tried_and_says_why(server: Hostile, tmp_path: Path):
    urls = [server.serve("/a", Manner(statuses=[404])), server.serve("/b", Manner(statuses=[500] * 9))]
    message = why(entry_of(*urls, "http://127.0.0.1:9/c"), tmp_path)
    assert "/a: the server answered 404 Not Found" in message
    assert "/b: the server answered 500" in message
    assert "/c: the server refuses the connection" in message


def test_redirects_are_followed(server: Hostile, tmp_path: Path):
    target = server.serve("/b", Manner(BODY, cuts=[1000]))
    url = server.serve("/a", Manner(statuses=[302, 302], headers={"Location": target}))
    assert get(entry_of(url), tmp_path).read_bytes() == BODY
    assert [path for path, _ in server.asked] == ["/a", "/b", "/a", "/b"]
    assert server.ranges[-1] == "bytes=1000-"


def test_a_circle_of_redirects_ends(server: Hostile, tmp_path: Path):
    url = f"{server.address}/a"
    server.serve("/a", Manner(statuses=[302] * 50, headers={"Location": url}))
    assert "answered 302" in why(entry_of(url), tmp_path)


def test_a_web_page_is_no_model(server: Hostile, tmp_path: Path):
    page = Manner(b"<html>Please log in</html>", headers={"Content-Type": "text/html; charset=utf-8"})
    assert "web page" in why(entry_of(server.serve("/a", page), body=None), tmp_path)


def test_nothing_is_no_model(server: Hostile, tmp_path: Path):
    assert "is empty" in why(entry_of(server.serve("/a", Manner(b"")), body=None), tmp_path)


@pytest.mark.usefixtures("online")
def test_what_is_no_http_at_all(tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as listening, ThreadPoolExecutor(1) as pool:
        listening.settimeout(30)

        def mumble() -> None:
            for _ in range(4):
                connection, _ = listening.accept()
                connection.sendall(b"\x00\x01 mumble\r\n\r\n")
                connection.close()

        pool.submit(mumble)
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/a"
        assert "makes no sense" in why(entry_of(url), tmp_path)


def test_the_first_download_of_an_unpublished_file_binds_the_later_ones(server: Hostile, tmp_path: Path):
    manner = Manner(BODY)
    entry = entry_of(server.serve("/a", manner), body=None)
    get(entry, tmp_path).unlink()
    noted = json.loads((tmp_path / "weights.lock.json").read_text())
    assert noted["toy.pth"] == {"sha256": hashlib.sha256(BODY).hexdigest(), "url": entry.urls[0]}
    manner.body = BODY[::-1]
    assert "that of the first download, noted in weights.lock.json" in why(entry, tmp_path)
    manner.body = BODY
    assert get(entry, tmp_path).read_bytes() == BODY


def test_a_damaged_lock_file_is_like_none(server: Hostile, tmp_path: Path):
    (tmp_path / "weights.lock.json").write_text("[1, 2")
    get(entry_of(server.serve("/a", Manner(BODY)), body=None), tmp_path)
    assert set(json.loads((tmp_path / "weights.lock.json").read_text())) == {"toy.pth"}


def test_offline_nothing_is_asked(server: Hostile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HEIRLOOM_OFFLINE", "1")
    entry = entry_of(server.serve("/a", Manner(BODY)))
    assert "HEIRLOOM_OFFLINE" in why(entry, tmp_path)
    assert server.asked == []
