"""Photos that exist in memory only, from the workflow to the node."""

from __future__ import annotations

import json
from pathlib import Path

from graph.document import Document
from graph.given import Given
from graph.places import Places
from graph.session import Order, Session
from tests.graph.toys import Value, box, carry_out, flow


def document(photo: str = "a.txt") -> Document:
    return flow("a", "a.photo", a=box("open", photo=photo))


def places(data: bytes, name: str = "a.txt") -> Places:
    return Places(confined=True, given={"a.txt": Given(name, data)})


def test_a_node_is_given_it(session: Session) -> None:
    outcome, _ = carry_out(session, document(), places=places(b"7"))
    assert outcome.value(("a", "value")) == Value(7)


def test_its_content_is_its_key_wherever_it_lies(session: Session, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_bytes(b"7")
    orders = [
        Order(document(), places(b"7")),
        Order(document(), places(b"7", "another name.txt")),
        Order(document(str(tmp_path / "other.txt"))),
    ]
    assert len({session.plan(order).keys["a"] for order in orders}) == 1
    assert session.plan(Order(document(), places(b"8"))).keys["a"] != session.plan(orders[0]).keys["a"]


def test_another_photo_is_told_as_one(session: Session) -> None:
    carry_out(session, document(), places=places(b"7"), name="it")
    assert carry_out(session, document(), places=places(b"8"), name="it")[1].why == {"a": "photo changed"}
    assert json.dumps(session.cache.last_run("it"))


def test_effects_are_named_after_it(session: Session, tmp_path: Path) -> None:
    whole = flow(None, "a.photo", a=box("open", photo="a.txt"), s=box("save", {"value": "a"}))
    carry_out(session, whole, places=places(b"7", "../grandma.jpg"), outputs=tmp_path)
    assert [path.name for path in tmp_path.glob("*.txt")] == ["grandma.txt"]


def test_a_live_run_takes_it(memory_session: Session) -> None:
    outcome = memory_session.live(Order(document(), places(b"7"))).wait(30)
    assert outcome
    assert outcome.value(("a", "value")) == Value(7)
