from __future__ import annotations

import pytest

from graph.context import Context
from graph.errors import StepError
from nodes.faces.choice import chosen, placed
from nodes.kinds.faces import Face, Faces


def face(left: float, width: float) -> Face:
    return Face((left, 0.0, left + width, width), ((left, 0.0),) * 5)


FACES = Faces((face(300, 80), face(0, 30), face(100, 50)), height=400, width=500)


@pytest.mark.parametrize(
    ("which", "smallest", "expected"),
    [
        ("all", 0, [0, 1, 2]),
        ("largest", 0, [2]),
        ([0, 2], 0, [0, 2]),
        ([], 0, []),
        ("all", 50, [1, 2]),
        ([0], 50, []),
        ("largest", 100, []),
    ],
)
def test_which(which, smallest, expected):
    assert [number for number, _ in chosen(Context(), FACES, which, smallest)] == expected


def test_what_is_left_out_is_said():
    ctx = Context()
    chosen(ctx, FACES, [1, 7, 9], 0)
    chosen(ctx, FACES, "all", 40)
    assert ctx.notes == [
        "There is no face 8, 10; the last one is 3.",
        "1 face is narrower than 40 pixels and not restored.",
    ]


def test_none_at_all():
    none = Faces((), height=5, width=5)
    assert chosen(Context(), none, "largest", 0) == []
    assert chosen(Context(), none, "all", 0) == []
    ctx = Context()
    assert chosen(ctx, none, [3], 0) == []
    assert ctx.notes == []


def test_faces_follow_the_photo():
    larger = Faces((), height=1000, width=1250)
    assert placed(FACES, larger).found[0].width == pytest.approx(75)
    odd = Faces((face(0, 3),), height=5, width=7)
    assert placed(odd, Faces((), height=2, width=3)).width == 3


def test_faces_of_another_photo_are_refused():
    with pytest.raises(StepError, match="another photo"):
        placed(FACES, Faces((), height=500, width=400))
