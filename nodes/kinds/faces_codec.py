"""How faces are measured, stored, shown and exchanged."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from graph.errors import CacheError, StepError
from graph.kinds import Kind, Meta
from nodes.formats.write import encode
from nodes.kinds.arrays import Floats
from nodes.kinds.faces import LANDMARKS, Face, Faces
from nodes.kinds.image import Image
from nodes.kinds.image_codec import PREVIEW_QUALITY, Box, within

BYTES = 1024
"""What a face of a box, five points and a score takes as Python objects, roughly."""

SUFFIX = ".json"

GROUND, BOX, POINT = 0.13, (0.44, 0.61, 0.92), (1.0, 0.76, 0.32)
"""Colours of a preview, as RGB in 0..1."""


class FacesCodec:
    """See graph.kinds.Codec. A few numbers, so that all of them stand in the meta."""

    def size(self, value: Faces) -> int:
        return BYTES * (1 + len(value))

    def encode(self, value: Faces) -> tuple[Meta, Sequence[memoryview]]:
        return {"height": value.height, "width": value.width, "faces": [_json_from_face(each) for each in value]}, []

    def decode(self, meta: Meta, buffers: Sequence[memoryview]) -> Faces:
        try:
            found = tuple(_face_from_json(each) for each in meta["faces"])
            return Faces(found, height=meta["height"], width=meta["width"])
        except (ValueError, TypeError, KeyError, IndexError) as error:
            raise CacheError(f"Stored faces cannot be read: {error}.") from error

    def backing(self, value: Faces) -> Path | None:
        return None

    def extent(self, value: Faces) -> tuple[int, int]:
        return value.height, value.width

    def shrink(self, value: Faces, scale: float) -> Faces:
        height, width = (max(1, round(side * scale)) for side in (value.height, value.width))
        return value.resized(height, width)

    def preview(self, value: Faces, side: int) -> bytes:
        small = self.shrink(value, min(1.0, side / max(value.height, value.width)))
        return encode(Image(_drawn(small)), format="webp", quality=PREVIEW_QUALITY)

    def tile(self, value: Faces, box: Box, side: int) -> bytes:
        rows, columns = within(box, value.height, value.width)
        moved = tuple(face.mapped(1, 1, -columns.start, -rows.start) for face in value)
        height, width = rows.stop - rows.start, columns.stop - columns.start
        return self.preview(Faces(moved, height=height, width=width), side)

    def to_bytes(self, value: Faces, suffix: str, workflow: str | None, quality: int | None = None) -> bytes:
        """As JSON: the photo's size, the faces from left to right, and the workflow that found them."""
        if suffix.lower() != SUFFIX:
            raise StepError(f"Faces cannot be written as {suffix[:20]!r}.", f"Use {SUFFIX}.")
        meta, _ = self.encode(value)
        steps = {} if workflow is None else {"workflow": json.loads(workflow)}
        return json.dumps({**meta, **steps}, indent=1).encode()

    def write(self, value: Faces, path: Path, workflow: str | None) -> None:
        path.write_bytes(self.to_bytes(value, path.suffix, workflow))


def _json_from_face(face: Face) -> dict[str, Any]:
    return {"box": list(face.box), "landmarks": [list(point) for point in face.landmarks], "score": face.score}


def _face_from_json(fields: dict[str, Any]) -> Face:
    left, top, right, bottom = fields["box"]
    points = tuple((float(x), float(y)) for x, y in fields["landmarks"])
    return Face((left, top, right, bottom), points, fields["score"])


def _drawn(faces: Faces) -> Floats:
    """Boxes and points on a dark ground."""
    import cv2

    canvas = np.full((faces.height, faces.width, 3), GROUND, np.float32)
    thick = max(1, max(faces.height, faces.width) // 300)
    for face in faces:
        left, top, right, bottom = (round(min(max(part, -1e4), 1e6)) for part in face.box)
        cv2.rectangle(canvas, (left, top), (right, bottom), BOX, thick, cv2.LINE_AA)
        for x, y in face.landmarks[:LANDMARKS]:
            cv2.circle(canvas, (round(min(max(x, -1e4), 1e6)), round(min(max(y, -1e4), 1e6))), 2 * thick, POINT, -1)
    return np.clip(canvas, 0.0, 1.0)


KIND = Kind(name="faces", type=Faces, codec=FacesCodec(), colour="#e2a458", writes=(SUFFIX,))
