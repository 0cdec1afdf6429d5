"""Show how alike the faces in two photos are."""

from __future__ import annotations

from typing import Annotated, Any

from graph.context import Context
from graph.controls import Choice, FaceChoice, Slider
from graph.spec import node
from nodes.faces.align import Affine, aligned, stretched
from nodes.faces.choice import chosen, placed, upright
from nodes.faces.cover import ellipse_cover
from nodes.faces.likeness import LIMIT, MEASURES, VECTORS, Likeness, measuring, percent
from nodes.faces.softness import equally_sharp
from nodes.faces.tag import draw_tag
from nodes.kinds.faces import Faces
from nodes.kinds.image import Image
from nodes.pixels.extent import require_same_shape
from nodes.pixels.profile import convert

GOOD, BAD = (0.13, 0.47, 0.3), (0.75, 0.2, 0.14)
"""Colours of the boxes, dark enough for white letters."""


@node(title="Compare Faces")
def compare(
    ctx: Context,
    image: Image,
    other: Image,
    faces: Faces,
    *,
    which: Annotated[Any, FaceChoice(help="All, the largest, or some by their numbers from left to right.")] = "all",
    likeness: Annotated[float, Slider(0, 1, 0.05, help="Faces less alike than this get a red box.")] = LIMIT,
    measure: Annotated[
        str, Choice(MEASURES, help="Vectors know people better; structure needs no more packages.", advanced=True)
    ] = VECTORS,
) -> Image:
    """Draw a box around each face, with how alike it is to the same face in another photo.

    Wire the old photo first and the finished one to Other, with the faces found in the old one: each box in the
    finished photo says whether somebody still looks like themselves. 100 % is the same face, about 50 % a face halfway
    to another person. A face that only got sharper or cleaner stays above 70 %.

    The picture is for looking only. It compares two versions of one photo, not people in different photos.
    """
    require_same_shape(image, other, "The two photos differ in shape")
    wanted = upright(ctx, chosen(ctx, placed(faces, image), which, 0.0))
    if not wanted:
        ctx.say("There is no face to compare.")
        return other
    out = ctx.empty(other.pixels.shape)
    for tile in ctx.tiles(other):
        out[tile.write] = other.pixels[tile.write]
    with measuring(ctx, measure) as way:
        found = [(_alike(image, other, each.matrix, way), each) for each in ctx.track(wanted)]
    across, down = other.width / image.width, other.height / image.height
    for alike, (number, face, _) in found:
        text = f"{number + 1}: {percent(alike)}"
        draw_tag(out, face.mapped(across, down).box, text, GOOD if alike >= likeness else BAD)
    _tell(ctx, [(alike, each.number + 1) for alike, each in found], likeness)
    return other.like(out)


def _alike(image: Image, other: Image, matrix: Affine, way: Likeness) -> float:
    """How alike the face that `matrix` takes out of the first photo is to the one at the same place in the other."""
    stretch = stretched(matrix, image.width / other.width, image.height / other.height)
    before = convert(aligned(image.pixels, matrix), image.origin.profile, None)
    after = convert(aligned(other.pixels, stretch), other.origin.profile, None)
    before, after = equally_sharp(before, after, ellipse_cover())
    return way.to(before)(after)


def _tell(ctx: Context, found: list[tuple[float, int]], likeness: float) -> None:
    (least, number), count = min(found), len(found)
    if count == 1:
        ctx.say(f"Face {number} is {percent(least)} alike.")
        return
    less = f"{sum(alike < likeness for alike, _ in found)} of {count} faces"
    ctx.say(f"Face {number} is the least alike, {percent(least)}; {less} are below {percent(likeness)}.")
