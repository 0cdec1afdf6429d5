"""What was there before is there after a restart, however the server ended."""

from __future__ import annotations

import threading
from pathlib import Path

from graph.events import StepStarted
from tests.graph.toys import box, flow
from tests.service.runs.house import GATED, PATIENCE, Gate, House


def test_a_pause_lasts_over_a_restart_and_lets_the_running_one_end(tmp_path: Path, gate: Gate) -> None:
    with House(tmp_path).start() as house:
        works = house.add(GATED)
        assert gate.entered.wait(PATIENCE)
        house.queue.pause()
        waits = house.add()
        gate.open.set()
        assert house.ended(works).state == "done"
    with House(tmp_path).start() as house:
        assert house.queue.order() == ([waits], True)
        assert house.hub.snapshot().paused
        house.queue.resume()
        assert house.ended(waits).state == "done"


def test_closing_lets_a_run_end_within_its_grace(tmp_path: Path, gate: Gate) -> None:
    house = House(tmp_path).start()
    id, waits = house.add(GATED), house.add()
    assert gate.entered.wait(PATIENCE)
    closing = threading.Thread(target=house.close)
    closing.start()
    gate.open.set()
    closing.join(PATIENCE)
    with House(tmp_path) as again:
        assert again.queue.get(id).state == "done"
        assert again.queue.order() == ([waits], False)


def test_after_its_grace_a_run_waits_again_and_goes_on_from_the_cache(tmp_path: Path, gate: Gate) -> None:
    long = box("toil", name=str(tmp_path / "long"), wait=0.1)
    document = flow("p", long=long, p=box("probe", {"value": "long"}, name="gate"))
    house = House(tmp_path).start()
    id = house.add(document, force=("long",))
    assert gate.entered.wait(PATIENCE)
    other = house.add(priority=7)
    house.close(grace=0)
    assert house.hub.snapshot().waiting[0].id == id, "before all others"
    gate.open.set()
    with House(tmp_path).start() as again:
        record = again.ended(id)
        assert record.state == "done"
        assert [(step.step, step.why, step.state) for step in record.steps] == [
            ("long", "forced", "done"),
            ("p", "forced", "done"),
        ]
        assert (record.steps[0].seconds or 0) >= 0.1, "what the first life did is still written there"
        again.ended(other)
    assert (tmp_path / "long").read_text() == "ran\n"


def test_a_result_that_was_put_in_place_but_not_noted(tmp_path: Path) -> None:
    with House(tmp_path) as house:
        id, half = house.add(), house.add()
        for each in (id, half):
            house.store.claim(1.0)
            house.store.note_steps(each, [], "result.txt")
            house.queue._results.of(each).mkdir(parents=True)
        (house.queue._results.of(id) / "result.txt").write_text("it is there")
        (house.queue._results.of(half) / ".1-2-result.part.txt").write_text("it is")
    with House(tmp_path).start() as again:
        assert again.queue.get(id).state == "done"
        assert again.queue.file(id, "result.txt").path.read_text() == "it is there"
        assert again.ended(half).state == "done"
        assert [path.name for path in (tmp_path / "results" / half).iterdir()] == ["result.txt"]
        assert [message.run for message in again.hub.of(StepStarted)] == [half, half]


def test_a_folder_that_was_to_go_goes_at_the_next_start(tmp_path: Path) -> None:
    with House(tmp_path).start() as house:
        id = house.ended(house.add()).id
        house.store.remove(id)
    assert (tmp_path / "results" / id).exists()
    with House(tmp_path).start():
        assert not (tmp_path / "results" / id).exists()
