"""Keeps a restored face who it was: the more it changes the person, the less of it is laid over the photo."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from nodes.faces.likeness import HALF, Likeness, percent
from nodes.faces.paste import laid
from nodes.faces.softness import equally_sharp
from nodes.kinds.arrays import Floats

STEP = 0.05
"""The strengths tried are multiples of it: nobody sees less."""

MOST = 12
"""Faces that are told one by one."""


class Held(NamedTuple):
    """What is done with a face."""

    strength: float
    """0 leaves it alone."""
    alike: float
    """How alike it is then, 0..1; of a face left alone, how alike the wished strength would have made it."""


@dataclass(frozen=True)
class Guard:
    """Looks at every restored face before it is laid over the photo."""

    likeness: Likeness
    limit: float
    """How alike it must stay, 0..1."""
    check: Callable[[], None]

    def held(self, photo: Floats, face: Floats, cover: Floats, strength: float, *, grey: bool) -> Held:
        """The greatest strength, up to the wished one, at which the photo's aligned face stays alike.

        All are (512, 512, …) and sRGB. The network's work is laid over in smaller and smaller shares, never done again.
        """
        photo, face = equally_sharp(photo, face, cover)
        alike = self.likeness.to(photo)

        def at(strength: float) -> float:
            self.check()
            return alike(laid(photo, face, cover * strength, grey=grey))

        if (whole := at(strength)) >= self.limit:
            return Held(strength, whole)
        # A little of somebody else would be a ghost over the face.
        return Held(0.0, whole) if at(1.0) < HALF else self._lowered(at, strength, whole)

    def _lowered(self, at: Callable[[float], float], strength: float, whole: float) -> Held:
        found = {0: whole}

        def fails(step: int) -> bool:
            found[step] = at(step * STEP)
            return found[step] < self.limit

        steps = range(1, max(1, round(strength / STEP)))
        kept = bisect_left(steps, True, key=fails)
        return Held(kept * STEP, found[kept])


def told(held: Sequence[tuple[int, Held]], strength: float) -> Iterator[str]:
    """What to say of the faces, by their numbers; people count from 1."""
    changed = [(number + 1, each) for number, each in held if each.strength < strength]
    for number, each in changed[:MOST]:
        alike = percent(each.alike)
        if each.strength > 0:
            yield f"Face {number}: {alike} alike, strength lowered from {strength:g} to {each.strength:.2g}."
        else:
            yield f"Face {number} is left alone: restored, it would be {alike} alike."
    if len(changed) > MOST:
        yield f"The strength was lowered for {len(changed) - MOST} more."
    kept = sorted((each.alike, number + 1) for number, each in held if each.strength == strength)
    if 0 < len(kept) <= MOST:
        yield f"With strength {strength:g}: {', '.join(f'face {n} {percent(alike)}' for alike, n in kept)} alike."
    elif kept:
        (least, number), (best, _) = kept[0], kept[-1]
        yield f"{len(kept)} faces stay {percent(least)} to {percent(best)} alike, the least of them face {number}."
