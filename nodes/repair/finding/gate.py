"""What is damage and what belongs to the picture."""

from __future__ import annotations

import numpy as np

from nodes.kinds.arrays import Floats
from nodes.repair.finding.candidates import Candidates
from nodes.repair.finding.company import FirstLook, company
from nodes.repair.finding.trees import trees

EVEN = 0.6
"""What both looks together call this likely is given as one half. Above it three quarters of 80 sound photos stayed
empty and 0.14 % of their area was marked; a false repair is worse than a missed one."""


def judged(found: list[Candidates], shape: tuple[int, int]) -> list[Floats]:
    """How likely each group is damage, 0..1; `shape` is the photo's.

    Each group is judged by itself first, then again in the light of what else was found: on a print with one sure
    scratch a doubtful one is likely, on a photo without any it is a wire or a hair. The two looks count the same.
    """
    looks = [first_look(each) for each in found]
    return [
        agreed(look.probability, trees(f"{each.kind}_in_company").probability(each.measures | others))
        for each, look, others in zip(found, looks, company(looks, shape), strict=True)
    ]


def first_look(found: Candidates) -> FirstLook:
    """Each group judged by itself."""
    probability = trees(found.kind).probability(found.measures)
    return FirstLook(found.level, found.groups, found.light, probability)


def agreed(one: Floats, other: Floats) -> Floats:
    """The geometric mean of two odds as a probability, moved so that EVEN becomes one half."""
    odds = np.sqrt(one * other / np.maximum((1 - one) * (1 - other), 1e-12)) * ((1 - EVEN) / EVEN)
    return (odds / (1 + odds)).astype(np.float32)
