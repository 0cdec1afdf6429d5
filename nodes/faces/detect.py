"""Find the faces in a photo."""

from __future__ import annotations

from typing import Annotated

from graph.context import Context
from graph.controls import Number, Pixels, Slider, Weights
from graph.spec import node
from nodes.faces.search import found
from nodes.kinds.faces import Faces
from nodes.kinds.image import Image
from nodes.models.detector import CASCADE, DetectorModel


@node(title="Find Faces")
def detect(
    ctx: Context,
    image: Image,
    *,
    model: Annotated[
        str,
        Weights(
            task="face-detect",
            free=(CASCADE,),
            help="YuNet is small and good; RetinaFace finds more difficult faces; cascade needs no download.",
        ),
    ] = "yunet",
    confidence: Annotated[
        float, Slider(0.3, 1, 0.05, help="How sure the detector must be: lower finds more faces, and more mistakes.")
    ] = 0.7,
    smallest: Annotated[
        float, Pixels(8, 2000, 1, help="Narrower faces are left out; small ones take longer to look for.")
    ] = 32.0,
    most: Annotated[int, Number(1, 10_000, help="Only this many are kept, the largest ones.", advanced=True)] = 500,
) -> Faces:
    """Find where faces are, and in each the eyes, the nose and the mouth.

    Wire the result to Restore Faces. Faces are numbered from left to right. Nobody is recognised: it only finds places.
    Large scans are looked at in several sizes, so that both a portrait and the faces in a school photo are found.

    If a face is missed, lower the confidence or choose RetinaFace. Faces that lie on their side are not found: turn the
    photo first. The cascade finds upright faces only, and guesses where eyes and mouth are.
    """
    with ctx.borrow(DetectorModel(model)) as detector:
        faces = found(ctx, image, detector, confidence, smallest)
    if len(faces) > most:
        largest = sorted(faces, key=lambda face: face.width, reverse=True)[:most]
        ctx.say(f"Found {_counted(len(faces))}; the largest {most} are kept.")
        return Faces(tuple(largest), height=faces.height, width=faces.width)
    ctx.say(f"Found {_counted(len(faces))}.")
    return faces


def _counted(count: int) -> str:
    return {0: "no face", 1: "1 face"}.get(count, f"{count} faces")
