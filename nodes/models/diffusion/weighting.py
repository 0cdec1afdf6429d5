r"""How much each word of a prompt counts, as people write it: (word:1.3), ((word)), [word], \( \), BREAK.

The notation is that of the first such programs of 2022 (AUTOMATIC1111's stable-diffusion-webui describes it), and
what is found in pictures' records.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

NESTED = 1.1
"""What a pair of round brackets multiplies the weight by, and a pair of square ones divides it by."""

MOST = 10.0
"""Largest weight, either way. Pictures fall apart long before."""

PIECE = re.compile(
    r"""
    \\(?P<escaped>[\\()\[\]])
  | (?P<opening>[(\[])
  | :\s*(?P<weight>[+-]?(?:\d+\.?\d*|\.\d+))\s*\)
  | (?P<closing>[)\]])
  | [^\\()\[\]:]+
  | .
    """,
    re.VERBOSE | re.DOTALL,
)
BREAK = re.compile(r"\bBREAK\b")

Pieces = Sequence[re.Match[str]]


@dataclass(frozen=True, slots=True)
class Span:
    """Neighbouring text of one weight."""

    text: str
    weight: float = 1.0


def parse(prompt: str) -> tuple[tuple[Span, ...], ...]:
    """The parts of a prompt between BREAKs, at least one, each in spans of one weight.

    Any text is a prompt: a bracket without its other half is plain text.
    """
    parts: list[list[Span]] = [[]]
    for span in _merged(_weighted(prompt)):
        for number, text in enumerate(BREAK.split(span.text)):
            if number:
                parts.append([])
            if text.strip():
                parts[-1].append(Span(text, span.weight))
    return tuple(tuple(part) for part in parts if part) or ((),)


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    for weight, neighbours in groupby(spans, key=lambda span: span.weight):
        yield Span("".join(span.text for span in neighbours), weight)


def _weighted(prompt: str) -> Iterator[Span]:
    pieces = list(PIECE.finditer(prompt))
    factors, ends = _pairs(pieces)
    weights = [1.0]
    for place, piece in enumerate(pieces):
        if place in factors:
            weights.append(_bounded(weights[-1] * factors[place]))
        elif place in ends:
            weights.pop()
        else:
            yield Span(piece["escaped"] or piece[0], weights[-1])


def _pairs(pieces: Pieces) -> tuple[Mapping[int, float], Collection[int]]:
    """Which pieces are brackets that belong together: the factor of each opening one, and the closing ones.

    What is open between the two stays plain text.
    """
    factors: dict[int, float] = {}
    ends: set[int] = set()
    round_ones: list[int] = []
    square_ones: list[int] = []
    for place, piece in enumerate(pieces):
        if opening := piece["opening"]:
            (round_ones if opening == "(" else square_ones).append(place)
        elif piece["closing"] or piece["weight"]:
            square = piece["closing"] == "]"
            mine, others = (square_ones, round_ones) if square else (round_ones, square_ones)
            if mine:
                begin = mine.pop()
                while others and others[-1] > begin:
                    others.pop()
                factors[begin] = _bounded(float(piece["weight"] or NESTED)) if not square else 1 / NESTED
                ends.add(place)
    return factors, ends


def _bounded(weight: float) -> float:
    return min(max(weight, -MOST), MOST)
