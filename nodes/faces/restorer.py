"""One face after the other, out of the photo, through the network and back."""

from __future__ import annotations

from dataclasses import dataclass

from graph.context import Context
from nodes.faces.align import Affine, aligned, bounds, inverse, within
from nodes.faces.colour_match import matched
from nodes.faces.cover import ellipse_cover, parsed_cover
from nodes.faces.guard import Guard, Held
from nodes.faces.paste import paste
from nodes.faces.regrain import Regrain, lost_grain
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.models.face_networks import FaceNetwork
from nodes.models.parsing import Parser
from nodes.pixels.colour import is_grey
from nodes.pixels.profile import convert


@dataclass(frozen=True)
class Restorer:
    """How the faces of a photo are restored, and with what. Amounts are 0..1."""

    ctx: Context
    image: Image
    """Where the faces are taken from."""
    target: Image
    """Where they go to: the same photo, or an enlarged one."""
    network: FaceNetwork
    parser: Parser | None
    """What tells a face from its surroundings; without one an ellipse does."""
    guard: Guard | None
    """What keeps a face who it was; without one the strength is as wished."""
    strength: float
    fidelity: float
    match: float
    grain: float
    seed: int

    def restore(self, out: Floats, matrix: Affine, number: int) -> Held | None:
        """Restore one face in `out`, which begins as a copy of the target's pixels. None where nobody measured it.

        `matrix` leads from the photo to the aligned square; `number` gives every face grain of its own.
        """
        check, image = self.ctx.check, self.image
        shown = convert(aligned(image.pixels, matrix), image.origin.profile, None)
        made = self.network.restored(shown, check, fidelity=self.fidelity, seed=self.seed)
        cover = parsed_cover(self.parser.classes(made, check)) if self.parser else ellipse_cover()
        toned = self._toned(made, shown, cover, matrix)
        grey = self._is_grey(matrix)
        held = self.guard.held(shown, toned, cover, self.strength, grey=grey) if self.guard else None
        strength = held.strength if held else self.strength
        if strength > 0:
            grain = self.grain * lost_grain(shown, toned) if self.grain > 0 else 0.0
            self._paste(out, toned, cover * strength, matrix, grain, self.seed + number, grey=grey)
        return held

    def _paste(
        self, out: Floats, face: Floats, cover: Floats, matrix: Affine, grain: float, seed: int, *, grey: bool
    ) -> None:
        target = self.target
        back = inverse(matrix, target.width / self.image.width, target.height / self.image.height)
        paste(
            out,
            convert(face, None, target.origin.profile),
            cover,
            back,
            grey=grey,
            grain=Regrain(target.pixels, bounds(back, target.height, target.width), grain, seed),
            check=self.ctx.check,
        )

    def _toned(self, made: Floats, shown: Floats, cover: Floats, matrix: Affine) -> Floats:
        if self.match <= 0:
            return made
        # What lies beyond the photo's border has no colour to go by.
        return matched(made, shown, cover * within(matrix, self.image.height, self.image.width), self.match)

    def _is_grey(self, matrix: Affine) -> bool:
        """Whether the photo has no colour where the face is, so that the network's would be invented."""
        rows, columns = bounds(inverse(matrix), self.image.height, self.image.width)
        part = self.image.pixels[rows, columns]
        return not part.size or is_grey(part)
