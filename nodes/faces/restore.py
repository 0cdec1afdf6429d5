"""Restore the faces in a photo."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Annotated, Any

from graph.context import Context
from graph.controls import FaceChoice, Pixels, Seed, Slider, Weights
from graph.spec import node
from nodes.faces.align import Affine, affine_from_landmarks, enlargement
from nodes.faces.choice import chosen, placed, require_same_shape
from nodes.faces.restorer import Restorer
from nodes.kinds.arrays import Floats
from nodes.kinds.faces import Faces
from nodes.kinds.image import Image
from nodes.models.face_networks import FaceModel
from nodes.models.parsing import ParsingModel

ELLIPSE = "ellipse"
"""The way of cutting a face out that needs no model."""

COARSER = 0.6
"""A face that comes out of the network with this share of its pixels, or fewer, is worth a word."""

CUTTING = "How a face is cut out: the ellipse needs no download; parsenet follows its outline and hair."


@node(title="Restore Faces", scale_free=False)
def restore(
    ctx: Context,
    image: Image,
    faces: Faces,
    onto: Image | None = None,
    *,
    model: Annotated[
        str, Weights(task="faces", help="The network that rebuilds the faces; each has its own look and licence.")
    ] = "gfpgan-1.4",
    strength: Annotated[float, Slider(0, 1, 0.05, help="0 keeps the photo, 1 trusts the network.")] = 0.7,
    fidelity: Annotated[float, Slider(0, 1, 0.05, help="CodeFormer only: from the cleanest to the most alike.")] = 0.7,
    which: Annotated[Any, FaceChoice(help="All, the largest, or some by their numbers from left to right.")] = "all",
    smallest: Annotated[
        float, Pixels(0, 1000, 1, help="Narrower faces stay as they are: the network would invent them.")
    ] = 40.0,
    match_colour: Annotated[
        float, Slider(0, 1, 0.05, help="How far light and colour of the face are brought back to the photo's.")
    ] = 1.0,
    grain: Annotated[float, Slider(0, 1, 0.05, help="How much of the photo's grain the new face gets back.")] = 0.8,
    parsing: Annotated[str, Weights(task="parsing", free=(ELLIPSE,), help=CUTTING, advanced=True)] = ELLIPSE,
    seed: Annotated[int, Seed(help="Another seed draws other grain and skin texture.", advanced=True)] = 1,
) -> Image:
    """Rebuild blurred faces with a network and blend them back.

    Wire the result of Find Faces. It helps most when a face is 60 to 300 pixels wide. The network has learned from
    photos of today and guesses what the old one does not show: compare eyes, mouth and teeth with the original, lower
    the strength where it is no longer the same person, and leave out faces that are good already. Wire the enlarged
    photo to Onto, and the faces go into that one with all the detail they have, up to 512 pixels a side.

    Light, colour and grain follow the photo, and a black-and-white one stays so.
    """
    target = onto or image
    require_same_shape(image, target, "The photo and the enlarged one differ in shape")
    wanted = _wanted(ctx, placed(faces, image), which, smallest) if strength > 0 else []
    if not wanted:
        ctx.say("No face was restored.")
        return target
    out = _copied(ctx, target)
    cut = nullcontext(None) if parsing == ELLIPSE else ctx.borrow(ParsingModel(parsing))
    with ctx.borrow(FaceModel(model)) as network, cut as parser:
        work = Restorer(ctx, image, target, network, parser, strength, fidelity, match_colour, grain, seed)
        for number, matrix in ctx.track(wanted):
            work.restore(out, matrix, number)
    ctx.say(f"Restored {len(wanted)} of {len(faces)} face{'' if len(faces) == 1 else 's'}.")
    return target.like(out)


def _wanted(ctx: Context, faces: Faces, which: Any, smallest: float) -> list[tuple[int, Affine]]:
    """The numbers of the faces to restore, and how each is brought into the square."""
    if not len(faces):
        ctx.say("There are no faces in this photo.")
    found: list[tuple[int, Affine]] = []
    for number, face in chosen(ctx, faces, which, smallest):
        matrix = affine_from_landmarks(face.landmarks)
        if matrix is None:
            ctx.say(f"Face {number} is left out: its eyes, nose and mouth do not make a face.")
        else:
            found.append((number, matrix))
    large = sum(enlargement(matrix) < COARSER for _, matrix in found)
    if large:
        those = "1 face is" if large == 1 else f"{large} faces are"
        ctx.say(f"{those} larger than the network's 512 pixels: finer detail is lost unless the strength is low.")
    return found


def _copied(ctx: Context, image: Image) -> Floats:
    out = ctx.empty(image.pixels.shape)
    for tile in ctx.tiles(image):
        out[tile.write] = image.pixels[tile.write]
    return out
