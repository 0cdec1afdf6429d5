from __future__ import annotations

import itertools
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.context import LARGEST_SKETCH, Context, tiles
from graph.errors import Cancelled, StepError


@dataclass(frozen=True)
class Extent:
    height: int
    width: int


SIDES = st.integers(1, 70)


@given(SIDES, SIDES, st.integers(0, 20), st.integers(1, 30))
def test_tiles_cover_every_pixel_once_and_read_their_surroundings(h: int, w: int, overlap: int, side: int) -> None:
    seen: set[tuple[int, int]] = set()
    for tile in tiles(h, w, overlap, side):
        for read, write, core, length in zip(tile.read, tile.write, tile.core, (h, w), strict=True):
            assert write.stop - write.start <= side
            assert range(length)[read][core] == range(length)[write]
            assert read.start == max(0, write.start - overlap)
            assert read.stop == min(length, write.stop + overlap)
        pixels = set(itertools.product(range(h)[tile.write[0]], range(w)[tile.write[1]]))
        assert not pixels & seen
        seen |= pixels
    assert len(seen) == h * w


def test_tracking_reports_up_to_the_end() -> None:
    told: list[float] = []
    context = Context(on_progress=lambda fraction, _: told.append(fraction))
    assert list(context.track("abcd")) == ["a", "b", "c", "d"]
    assert told == [0.0, 0.25, 0.5, 0.75, 1.0]


def test_tracking_what_has_no_length() -> None:
    told: list[float] = []
    context = Context(on_progress=lambda fraction, _: told.append(fraction))
    assert list(context.track(iter("ab"))) == ["a", "b"]
    assert list(context.track(iter("ab"), total=2)) == ["a", "b"]
    assert told == [0.0, 0.0, 1.0, 0.0, 0.5, 1.0]


def test_a_sketch_is_passed_on_unless_it_is_too_large() -> None:
    told: list[tuple[float, bytes]] = []
    context = Context(on_progress=lambda fraction, sketch: told.append((fraction, sketch)))
    context.progress(0.25)
    context.progress(0.5, bytes(LARGEST_SKETCH))
    with pytest.raises(ValueError, match=r"16384 bytes, not 16385"):
        context.progress(0.75, bytes(LARGEST_SKETCH + 1))
    assert told == [(0.25, b""), (0.5, bytes(LARGEST_SKETCH))]


def test_a_cancel_stops_at_the_next_item() -> None:
    context = Context()
    walk = context.tiles(Extent(100, 100), side=10)
    next(walk)
    context.cancelled.set()
    with pytest.raises(Cancelled):
        next(walk)
    with pytest.raises(Cancelled):
        context.check()


def test_alone_it_has_no_arrays_and_no_models() -> None:
    with pytest.raises(StepError, match="allocate"):
        Context().empty((1, 1))
    with pytest.raises(StepError, match="lender"):
        Context().borrow(None)


def test_notes_and_files_are_kept_in_order() -> None:
    context = Context()
    context.say("first")
    context.say("second")
    context.wrote(Path("a"))
    assert (context.notes, context.written) == (["first", "second"], [Path("a")])
