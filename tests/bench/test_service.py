"""The benchmark of the service: what it holds for right and wrong, and a short run of the whole."""

from __future__ import annotations

import io
import json
import re
import runpy
import sys
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

import nodes
from bench import service
from bench.serving import watchers
from bench.serving.cases import QUICK, TRIVIAL, chain, photos, with_gamma
from bench.serving.ledger import Ledger
from bench.serving.program import Program
from graph.check import check
from graph.document import parse
from graph.errors import Problem
from graph.places import Places
from graph.registry import Registry

TALE: list[dict[str, Any]] = [
    {"seq": 4, "event": "Snapshot"},
    {"seq": 5, "event": "RunQueued", "run": {"id": "a"}},
    {"seq": 6, "event": "RunStarted", "run": "a"},
    {
        "seq": 7,
        "event": "RunPlanned",
        "run": "a",
        "steps": [{"id": "s", "action": "run"}, {"id": "t", "action": "run"}],
    },
    {"seq": 8, "event": "StepStarted", "run": "a", "step": "s"},
    {"event": "StepProgress", "run": "a", "step": "s", "fraction": 0.2},
    {"event": "StepProgress", "run": "a", "step": "s", "fraction": 0.4},
    {"seq": 9, "event": "StepDone", "run": "a", "step": "s"},
    {"seq": 10, "event": "StepStarted", "run": "a", "step": "t"},
    {"seq": 11, "event": "StepDone", "run": "a", "step": "t"},
    {"seq": 12, "event": "RunFinished", "run": "a", "seconds": 2.0},
    {"seq": 13, "event": "RunEnded", "run": {"id": "a", "state": "done"}},
]
"""What a client is told of one run."""


def ledger(tale: Iterable[dict[str, Any]]) -> Ledger:
    found = Ledger()
    for message in tale:
        found.read(message)
    return found


def renumbered(tale: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """As a server would number it that forgot something, or mixed it up."""
    numbers = iter(range(100))
    return [{**message, "seq": next(numbers)} if "seq" in message else message for message in tale]


def test_a_run_told_as_it_should_be():
    found = ledger(TALE)
    assert (found.wrong, found.ended(), found.done()) == ([], 1, 1)
    assert found.liveliest() == pytest.approx(0.5)
    cached = [{**TALE[3], "steps": [{"id": "s", "action": "cached"}]}]
    assert ledger(renumbered([*TALE[:3], *cached, *TALE[10:]])).wrong == []


@pytest.mark.parametrize("missing", [place for place in range(1, 12) if place not in {5, 6}])
def test_what_is_missing_is_noticed(missing):
    """By its number, and by the sense of the tale if that is mended."""
    left = TALE[:missing] + TALE[missing + 1 :]
    if missing < 11:
        assert any("number" in word for word in ledger(left).wrong)
        assert ledger(renumbered(left)).wrong
    else:
        assert ledger(left).ended() == 0


@pytest.mark.parametrize("place", [place for place in range(1, 11) if place not in {5, 6}])
def test_what_comes_twice_or_too_early_is_noticed(place):
    assert ledger(renumbered([*TALE[: place + 1], *TALE[place:]])).wrong
    swapped = [*TALE[:place], TALE[place + 1], TALE[place], *TALE[place + 2 :]]
    assert ledger(swapped).wrong


def test_progress_that_makes_no_sense_is_noticed():
    backwards = [*TALE[:5], TALE[6], TALE[5], *TALE[7:]]
    assert ["backwards" in word for word in ledger(backwards).wrong] == [True]
    assert ledger([*TALE[:8], TALE[5], *TALE[8:]]).wrong
    assert ledger([*TALE[:4], TALE[5], *TALE[4:]]).wrong
    assert ledger([{**TALE[1], "seq": 3}, *TALE[1:]]).wrong
    assert ledger([TALE[0], {"event": "RunStarted", "run": "a"}]).wrong


def test_photos_are_all_different():
    assert len(set(islice(photos(160, 200), 300))) == 300
    with Image.open(io.BytesIO(next(photos(640, 800)))) as photo:
        assert photo.size == (640, 800)


@pytest.mark.parametrize("document", [QUICK, TRIVIAL, chain(5, 1.2)])
def test_workflows_lack_only_their_photo(document):
    graph = check(parse(json.dumps(document)), Registry.collect(nodes), Places(()), None)
    lacking: list[Problem] = [problem for problems in graph.lacking.values() for problem in problems]
    assert [each.port for each in lacking] == ["photo"]


def test_a_slider_moves_one_setting_of_a_copy():
    moved = with_gamma(QUICK, 3.0)
    assert moved["nodes"]["light"]["settings"] == {"auto": False, "gamma": 3.0}
    assert QUICK["nodes"]["light"]["settings"]["gamma"] == 1.5
    assert (
        chain(3, 1.2)["nodes"]["step-1"]["settings"]["gamma"] != chain(3, 1.3)["nodes"]["step-1"]["settings"]["gamma"]
    )


def test_a_server_that_does_not_start_is_told(tmp_path):
    with pytest.raises(RuntimeError, match="--nonsense"), Program(tmp_path, "--nonsense"):
        pass


def test_everything_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    figures, drawn = tmp_path / "figures.json", tmp_path / "chart.png"
    options = ["--small", "--clients", "2", "--json", str(figures), "--chart", str(drawn)]
    monkeypatch.setattr(sys, "argv", ["service.py", *options])
    assert service.main() == 0
    found = [(figure["name"].strip(), figure["value"]) for figure in json.loads(figures.read_text())]
    none = [value for name, value in found if re.search("not done|missing|lost|not see", name)]
    assert none == [0] * 8
    assert dict(found)["memory then"] > 10
    assert all(value > 0 for name, value in found if "a client gets" in name)
    with Image.open(drawn) as chart:
        assert chart.width > 1000
    said = capsys.readouterr().out
    assert "3 runs, 2 clients" in said
    assert "figures mean nothing" in said


def test_watchers_that_find_no_server_are_told():
    with pytest.raises(RuntimeError, match="could not connect"), watchers.Watching(1, 1, 1):
        pass


def test_help(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["service.py", "--help"])
    with pytest.raises(SystemExit):
        runpy.run_path(service.__file__, run_name="__main__")
    assert "--clients" in capsys.readouterr().out
