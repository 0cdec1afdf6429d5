"""Which of the faces a node works on."""

from __future__ import annotations

from typing import Any, NamedTuple

from graph.context import Context, Extent
from nodes.faces.align import Affine, affine_from_landmarks
from nodes.kinds.faces import Face, Faces
from nodes.pixels.extent import require_same_shape


def chosen(ctx: Context, faces: Faces, which: Any, smallest: float) -> list[tuple[int, Face]]:
    """The faces that a FaceChoice means, of at least that width, with their numbers. Says which are left out.

    People count faces from 1, as the editor shows them; FaceChoice counts from 0.
    """
    numbered = list(enumerate(faces))
    if which == "largest":
        numbered = sorted(numbered, key=lambda each: each[1].width * each[1].height)[-1:]
    elif which != "all":
        missing = [str(number + 1) for number in which if number >= len(faces)]
        if missing and numbered:
            ctx.say(f"There is no face {', '.join(missing)}; the last one is {len(faces)}.")
        numbered = [(number, face) for number, face in numbered if number in which]
    wide = [(number, face) for number, face in numbered if face.width >= smallest]
    if len(wide) < len(numbered):
        count = len(numbered) - len(wide)
        those = "1 face is" if count == 1 else f"{count} faces are"
        ctx.say(f"{those} narrower than {smallest:g} pixels and not restored.")
    return wide


class Upright(NamedTuple):
    """A face that can be brought into the aligned square."""

    number: int
    """Counted from 0."""
    face: Face
    matrix: Affine
    """From the photo to the square."""


def upright(ctx: Context, numbered: list[tuple[int, Face]]) -> list[Upright]:
    """How each face gets there. Says which are left out because their points make no face."""
    found: list[Upright] = []
    for number, face in numbered:
        matrix = affine_from_landmarks(face.landmarks)
        if matrix is None:
            ctx.say(f"Face {number + 1} is left out: its eyes, nose and mouth do not make a face.")
        else:
            found.append(Upright(number, face, matrix))
    return found


def placed(faces: Faces, image: Extent) -> Faces:
    """The faces in the photo's pixels. StepError where they come from a photo of another shape."""
    require_same_shape(faces, image, "The faces were found in another photo than this one")
    return faces.resized(image.height, image.width)
