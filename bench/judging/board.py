"""The board of results: what each way scores on each kind of damage, photo by photo."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.judging.metrics import Scores, mean
from bench.measuring import Figure

NOTHING = "nothing"
"""The photo as it came."""

SOUND = "sound"
"""The kind of damage that is none."""

OWN: Mapping[str, tuple[str, ...]] = {
    "restore": ("scratches", "dust", "fading", "yellowing", "grain", "noise", "mixed"),
    "scratches-only": ("scratches", "dust"),
    "fade": ("fading", "yellowing"),
    "batch-archive": ("scratches", "dust", "fading", "yellowing"),
}
"""The workflows that must do better than nothing, and on which kinds of damage."""

UNHARMED = 0.99
"""SSIM of a sound photo after any of them."""


@dataclass
class Board:
    """Scores by kind of damage, way and photo."""

    kinds: dict[str, dict[str, dict[str, Scores]]] = field(default_factory=dict[str, dict[str, dict[str, Scores]]])

    def note(self, kind: str, way: str, photo: str, scored: Scores) -> None:
        self.kinds.setdefault(kind, {}).setdefault(way, {})[photo] = scored

    def means(self, kind: str) -> dict[str, Scores]:
        return {way: mean(list(photos.values())) for way, photos in self.kinds.get(kind, {}).items()}

    def worse(self, kind: str, way: str) -> list[str]:
        """The photos that it made worse by any of the metrics."""
        ways = self.kinds[kind]
        return [photo for photo, each in ways[way].items() if any(ways[NOTHING][photo].better(each))]

    def lines(self, kind: str) -> Iterator[str]:
        """A table of one kind."""
        yield f"\n{kind}\n"
        yield f"| {'':<24} | PSNR, dB |   SSIM |   GMSD | ΔE2000 | made worse |"
        yield f"|{'-' * 26}|---------:|-------:|-------:|-------:|-----------:|"
        for way, each in self.means(kind).items():
            # Of a sound photo doing nothing is perfect: everything else is worse, and how much is what counts.
            worse = "" if kind == SOUND or way == NOTHING else f"{len(self.worse(kind, way))}"
            row = f"| {way:<24} | {each.psnr:8.2f} | {each.ssim:6.4f} | {each.gmsd:6.4f} | {each.delta_e:6.2f} |"
            yield f"{row} {worse:>10} |"

    def figures(self) -> list[Figure]:
        """The targets."""
        found: list[Figure] = []
        for way, kinds in OWN.items():
            found += [figure for kind in kinds for figure in self._gain(kind, way)]
            found += self._unharmed(way)
        return found

    def plain(self) -> Mapping[str, Any]:
        return {
            kind: {way: {photo: each._asdict() for photo, each in photos.items()} for way, photos in ways.items()}
            for kind, ways in self.kinds.items()
        }

    def _gain(self, kind: str, way: str) -> Iterator[Figure]:
        means = self.means(kind)
        if way not in means:
            return
        before, after = means[NOTHING], means[way]
        gains = ", ".join(
            f"{name} {there - here:+.{digits}f}"
            for name, here, there, digits in zip(
                ("PSNR", "SSIM", "GMSD", "ΔE2000"), before, after, (2, 4, 4, 2), strict=True
            )
        )
        name = f"{way}, {kind}: metrics on which it beats doing nothing"
        yield Figure(name, sum(after.better(before)), "of 4", 4, gains, at_least=True)

    def _unharmed(self, way: str) -> Iterator[Figure]:
        if way not in self.kinds.get(SOUND, {}):
            return
        photos = self.kinds[SOUND][way]
        worst = min(photos, key=lambda photo: photos[photo].ssim)
        other = f"worst: {photos[worst].ssim:.4f}, {worst}"
        yield Figure(f"{way}, sound photos: SSIM", self.means(SOUND)[way].ssim, "", UNHARMED, other, at_least=True)


def beaten(board: Board, recipes: Sequence[str]) -> tuple[int, int]:
    """On how many pairs of kind and metric `restore` is better than the best recipe, and of how many."""
    won = all_ = 0
    for kind in OWN["restore"]:
        means = board.means(kind)
        rivals = [means[name] for name in recipes if name in means]
        if "restore" not in means or not rivals:
            continue
        verdicts = [means["restore"].better(rival) for rival in rivals]
        won += sum(all(each) for each in zip(*verdicts, strict=True))
        all_ += len(verdicts[0])
    return won, all_
