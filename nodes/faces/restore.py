"""Restore the faces in a photo."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager, nullcontext
from typing import Annotated, Any

from graph.context import Context
from graph.controls import Choice, FaceChoice, Pixels, Seed, Slider, Weights
from graph.spec import node
from nodes.faces.align import enlargement
from nodes.faces.choice import Upright, chosen, placed, upright
from nodes.faces.guard import Guard, Held, told
from nodes.faces.likeness import LIMIT, MEASURES, VECTORS, measuring
from nodes.faces.restorer import Restorer
from nodes.kinds.arrays import Floats
from nodes.kinds.faces import Faces
from nodes.kinds.image import Image
from nodes.models.face_networks import FaceModel
from nodes.models.parsing import ParsingModel
from nodes.pixels.extent import require_same_shape

ELLIPSE = "ellipse"
"""The way of cutting a face out that needs no model."""

COARSER = 0.6
"""A face that comes out of the network with this share of its pixels, or fewer, is worth a word."""

MEASURING = "How that is measured: vectors know people better; structure needs no more packages."

CUTTING = "How a face is cut out: the ellipse needs no download; parsenet follows its outline and hair."


@node(title="Restore Faces", version=2, scale_free=False)
def restore(
    ctx: Context,
    image: Image,
    faces: Faces,
    original: Image | None = None,
    *,
    model: Annotated[
        str, Weights(task="faces", help="The network that rebuilds the faces; each has its own look and licence.")
    ] = "gfpgan-1.4",
    strength: Annotated[float, Slider(0, 1, 0.05, help="0 keeps the photo, 1 trusts the network.")] = 0.7,
    fidelity: Annotated[float, Slider(0, 1, 0.05, help="CodeFormer only: from the cleanest to the most alike.")] = 0.7,
    likeness: Annotated[
        float, Slider(0, 1, 0.05, help="How alike a face must stay, or its strength is lowered; 0 switches this off.")
    ] = LIMIT,
    which: Annotated[Any, FaceChoice(help="All, the largest, or some by their numbers from left to right.")] = "all",
    smallest: Annotated[
        float, Pixels(0, 1000, 1, help="Narrower faces stay as they are: the network would invent them.")
    ] = 40.0,
    match_colour: Annotated[
        float, Slider(0, 1, 0.05, help="How far light and colour of the face are brought back to the photo's.")
    ] = 1.0,
    grain: Annotated[float, Slider(0, 1, 0.05, help="How much of the photo's grain the new face gets back.")] = 0.8,
    parsing: Annotated[str, Weights(task="parsing", free=(ELLIPSE,), help=CUTTING, advanced=True)] = ELLIPSE,
    measure: Annotated[str, Choice(MEASURES, help=MEASURING, advanced=True)] = VECTORS,
    seed: Annotated[int, Seed(help="Another seed draws other grain and skin texture.", advanced=True)] = 1,
) -> Image:
    """Rebuild blurred faces with a network and blend them back.

    Wire the result of Find Faces. It helps most when a face is 60 to 300 pixels wide. The network has learned from
    photos of today and guesses what the old one does not show: compare eyes, mouth and teeth with the original, and
    leave out faces that are good already. After enlarging wire the small photo to Original: faces are read from it, and
    go into the large one with all the detail they have, up to 512 pixels a side.

    Every new face is compared with the old one, and a percentage says how alike they are: 100 % is the same face, about
    50 % a face halfway to another person. Below Likeness the strength is lowered for this face until it holds. Where
    the new face is somebody else's, the old one stays. Sharper is not less alike; what the old photo does not show at
    all, nobody can compare.

    Light, colour and grain follow the photo, and a black-and-white one stays so.
    """
    source = original or image
    require_same_shape(source, image, "The photo and its original differ in shape")
    wanted = _wanted(ctx, placed(faces, source), which, smallest) if strength > 0 else []
    if not wanted:
        ctx.say("No face was restored.")
        return image
    out = _copied(ctx, image)
    cut = nullcontext(None) if parsing == ELLIPSE else ctx.borrow(ParsingModel(parsing))
    with ctx.borrow(FaceModel(model)) as network, cut as parser, _guarding(ctx, measure, likeness) as guard:
        work = Restorer(ctx, source, image, network, parser, guard, strength, fidelity, match_colour, grain, seed)
        looked = [(each.number, work.restore(out, each.matrix, each.number)) for each in ctx.track(wanted)]
    return image.like(out) if _said(ctx, looked, strength, len(faces)) else image


@contextmanager
def _guarding(ctx: Context, measure: str, likeness: float) -> Generator[Guard | None]:
    if likeness <= 0:
        yield None
        return
    with measuring(ctx, measure) as alike:
        yield Guard(alike, likeness, ctx.check)


def _said(ctx: Context, looked: list[tuple[int, Held | None]], strength: float, count: int) -> int:
    """How many faces were restored, after telling so."""
    held = [(number, each) for number, each in looked if each]
    for note in told(held, strength):
        ctx.say(note)
    done = len(looked) - sum(each.strength == 0 for _, each in held)
    ctx.say(f"Restored {done} of {count} face{'' if count == 1 else 's'}." if done else "No face was restored.")
    return done


def _wanted(ctx: Context, faces: Faces, which: Any, smallest: float) -> list[Upright]:
    """The faces to restore."""
    if not len(faces):
        ctx.say("There are no faces in this photo.")
    found = upright(ctx, chosen(ctx, faces, which, smallest))
    large = sum(enlargement(each.matrix) < COARSER for each in found)
    if large:
        those = "1 face is" if large == 1 else f"{large} faces are"
        ctx.say(f"{those} larger than the network's 512 pixels: finer detail is lost unless the strength is low.")
    return found


def _copied(ctx: Context, image: Image) -> Floats:
    out = ctx.empty(image.pixels.shape)
    for tile in ctx.tiles(image):
        out[tile.write] = image.pixels[tile.write]
    return out
