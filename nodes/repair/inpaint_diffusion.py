"""Fill what is gone with what words and surroundings suggest."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, NamedTuple

import numpy as np

from graph.context import Context, tiles
from graph.controls import Choice, Pixels, Seed, Slider, Text, Toggle, Weights
from graph.errors import StepError
from graph.spec import node
from nodes.kinds.addons import Addons
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.models.diffusion.diffuser import Diffuser, DiffusionModel
from nodes.models.diffusion.samplers import USUAL
from nodes.models.diffusion.settings import Guidance, Sampler, Steps
from nodes.models.diffusion.wish import Wish
from nodes.pixels.extent import require_same_size
from nodes.pixels.one_tone import Toning
from nodes.repair.filling.crops import Plan, cells_with
from nodes.repair.filling.feather import feathered
from nodes.repair.filling.learned import Work, fill, part_of
from nodes.repair.filling.prompted import DRAWING, STARTS, Prompted
from nodes.repair.filling.proofs import Proofs
from nodes.repair.filling.tone import one_tone

GROWN = 4.0
"""Pixels around the mask that are kept from the model's eyes too: damage ends softly, and masks are tight."""

MANY = 60
"""Pieces from which on somebody may want to think again: on a laptop they take hours."""


class Filled(NamedTuple):
    """The filled photo, and all that was made to choose from, small."""

    image: Image
    candidates: Image


@node(title="Fill Damage by Diffusion", scale_free=False)
def inpaint_diffusion(
    ctx: Context,
    image: Image,
    mask: Mask,
    addons: Addons | None = None,
    *,
    prompt: Annotated[str, Text(lines=3, help="What is to be seen, as a caption would say it, in English.")] = "",
    negative: Annotated[str, Text(lines=2, help="What is not to be seen.")] = "text, frame, scratches, painting",
    model: Annotated[
        str, Weights(task="diffusion-inpaint", help="Those made for filling fit in best; others do with strength 0.8.")
    ] = "stable-diffusion-1.5-inpainting",
    steps: Steps = 30,
    guidance: Guidance = 7.0,
    strength: Annotated[
        float, Slider(0, 1, 0.05, help="1 invents freely; less keeps to what a hole begins with.")
    ] = 1.0,
    seed: Annotated[int, Seed(help="Another seed invents another picture; the same one repeats it.")] = 1,
    candidates: Annotated[int, Slider(1, 8, 1, help="How many are made to choose from; each takes the next seed.")] = 1,
    pick: Annotated[int, Slider(1, 8, 1, help="Which of them is kept, by its number.")] = 1,
    feather: Annotated[float, Pixels(0, 100, 1, help="How far beyond the mask the fill fades into the photo.")] = 8.0,
    grain: Annotated[float, Slider(0, 1, 0.05, help="How much of the photo's grain the fill gets.")] = 1.0,
    closer: Annotated[
        bool, Toggle(help="Draw wide holes again from nearby: sharper, and several times slower.")
    ] = True,
    start: Annotated[
        str, Choice(STARTS, help="A hole begins with the colours around it, or with the photo.", advanced=True)
    ] = STARTS[0],
    sampler: Sampler = USUAL,
) -> Filled:
    """Fill large holes with what a diffusion model invents from your words and what is around.

    It is for what Fill Damage cannot do: a torn-off corner, a burnt wall, a large stain. Scratches and specks are
    better and much quicker with Fill Damage. Name what belongs in the hole and what the photo is, not the damage:
    "photograph, 1930s, wooden wall with a window". (wooden wall:1.3) makes words count more.

    All it draws is invented. With a wall or a garden that does little harm. A face, a hand, a medal or writing will
    look real and be wrong: do not let it draw people who lived, and say with the photo what was filled.

    Only the marked places and a soft edge around them change; black and white stays so, and sepia sepia. Holes wider
    than half a piece are drawn small first, and with "closer" again piece by piece. The second output shows all
    candidates with their seeds: set that seed and one candidate to have it again. For a second pass over the result of
    Fill Damage, wire that, start from the photo, and take a strength of about 0.5: shapes stay and get texture.

    It needs the extra packages for diffusion (pip install -e ".[diffusion]") and a download of 2 to 7 GB, mostly under
    an OpenRAIL licence: free to use, in business too, but not for harm. Every piece of 512 × 512 pixels with damage
    takes minutes on a laptop, seconds on a graphics card.
    """
    require_same_size(image, mask, "the mask and the photo")
    if strength == 0.0 or not mask.values.any():
        ctx.say("Nothing to fill." if strength else "With a strength of 0 nothing is filled.")
        return Filled(image, image)
    wish = Wish(prompt, negative, steps, guidance, strength, seed, sampler, addons or Addons())
    return _filled(
        ctx, image, mask.values, _Look(feather, grain, closer, start), model, wish, _Choosing(candidates, pick)
    )


class _Look(NamedTuple):
    feather: float
    grain: float
    closer: bool
    start: str


class _Choosing(NamedTuple):
    """How many candidates are made, and which is kept, from 1 on."""

    made: int
    kept: int


class _Task(NamedTuple):
    """What all candidates have in common."""

    image: Image
    damage: Floats
    share: Floats
    """The damage with a soft edge."""
    tone: Toning | None
    wish: Wish
    look: _Look

    def plan(self, model: Diffuser) -> Plan:
        return Plan(self.share, model.side, DRAWING._replace(again=self.look.closer))

    def fill(self, ctx: Context, model: Diffuser, seed: int, out: Floats) -> None:
        """Make `out` the photo, filled with that seed."""
        for tile in tiles(self.image.height, self.image.width):
            ctx.check()
            out[tile.write] = self.image.pixels[tile.write]
        work = Work.on(self.image, self.share, self.damage, out, GROWN, self.look.grain, self.tone)
        size = self.image.height, self.image.width
        drawn = Prompted(model, replace(self.wish, seed=seed), self.look.start, size)
        fill(ctx, work, self.plan(model), drawn)


def _filled(
    ctx: Context, image: Image, mask: Floats, look: _Look, model: str, wish: Wish, choosing: _Choosing
) -> Filled:
    _require(mask, choosing)
    share = feathered(ctx, mask, look.feather)
    task = _Task(image, mask, share, one_tone(image, share), wish, look)
    out, proofs = ctx.empty(image.pixels.shape), Proofs.of(ctx, share, choosing.made)
    with ctx.borrow(DiffusionModel(model)) as diffuser:
        pieces = len(task.plan(diffuser).crops())
        if pieces * choosing.made > MANY:
            ctx.warn(f"This draws {pieces * choosing.made} pieces. Specks and scratches are quicker with Fill Damage.")
        for done, number in enumerate(_order(choosing)):
            task.fill(part_of(ctx, done, choosing.made), diffuser, wish.seed + number, out)
            proofs.add(ctx, number, out, f"{number + 1}: seed {wish.seed + number}")
    seed = wish.seed + choosing.kept - 1
    of = f", candidate {choosing.kept} of {choosing.made}" if choosing.made > 1 else ""
    parts = f" in {pieces} pieces" if pieces > 1 else ""
    ctx.say(f"Filled {_places(share)}{parts} with {model}, seed {seed}{of}. What is there now is invented.")
    return Filled(image.like(out), image.like(proofs.sheet))


def _places(share: Floats) -> str:
    import cv2

    count = cv2.connectedComponents(cells_with(share)[0].astype(np.uint8))[0] - 1
    return f"{count} {'place' if count == 1 else 'places'}"


def _require(mask: Floats, choosing: _Choosing) -> None:
    if choosing.kept > choosing.made:
        raise StepError(
            f"Candidate {choosing.kept} is to be kept, but only {choosing.made} are made.",
            "Set Candidates as high as that, or pick a lower number.",
        )
    if mask.all():
        raise StepError(
            "The mask covers the whole photo.",
            "Mark only what is damaged: the rest is what it is fitted to. Picture from Words draws new pictures.",
        )


def _order(choosing: _Choosing) -> list[int]:
    """Numbers from 0 on; the kept one comes last, so that its pixels are those that stay."""
    kept = choosing.kept - 1
    return [*(number for number in range(choosing.made) if number != kept), kept]
