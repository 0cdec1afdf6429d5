"""Which of the faces a node works on."""

from __future__ import annotations

from typing import Any

from graph.context import Context, Extent
from graph.errors import StepError
from nodes.kinds.faces import Face, Faces

ROUNDING = 0.02
"""Share by which the proportions of two sizes of one photo may differ."""


def chosen(ctx: Context, faces: Faces, which: Any, smallest: float) -> list[tuple[int, Face]]:
    """The faces that a FaceChoice means, of at least that width, with their numbers. Says which are left out."""
    numbered = list(enumerate(faces))
    if which == "largest":
        numbered = sorted(numbered, key=lambda each: each[1].width * each[1].height)[-1:]
    elif which != "all":
        missing = [number for number in which if int(number) >= len(faces)]
        if missing:
            ctx.say(f"There is no face {', '.join(map(str, missing))}; the last one is {len(faces) - 1}.")
        numbered = [(number, face) for number, face in numbered if number in which]
    wide = [(number, face) for number, face in numbered if face.width >= smallest]
    if len(wide) < len(numbered):
        count = len(numbered) - len(wide)
        those = "1 face is" if count == 1 else f"{count} faces are"
        ctx.say(f"{those} narrower than {smallest:g} pixels and not restored.")
    return wide


def placed(faces: Faces, image: Extent) -> Faces:
    """The faces in the photo's pixels. StepError where they come from a photo of another shape."""
    require_same_shape(faces, image, "The faces were found in another photo than this one")
    return faces.resized(image.height, image.width)


def require_same_shape(first: Extent, second: Extent, what: str) -> None:
    """StepError unless both have the same proportions, within what rounding leaves."""
    wanted = first.width * second.height / first.height
    if abs(wanted - second.width) > 1 + second.height / first.height + ROUNDING * second.width:
        raise StepError(
            f"{what}: {first.width} × {first.height} and {second.width} × {second.height} pixels.",
            "Wire pictures that belong together.",
        )
