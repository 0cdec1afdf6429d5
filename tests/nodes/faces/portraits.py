"""Two people, from photos in the public domain, aligned; and what restoring may make of them."""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
from matplotlib.cbook import get_sample_data
from PIL import Image as Pillow
from skimage.data import astronaut

from nodes.faces.align import affine_from_landmarks, aligned
from nodes.faces.cover import ellipse_cover
from nodes.kinds.arrays import Floats

PLACES = {
    "astronaut": ((200.1, 101.8), (247.1, 102.6), (220.4, 124.5), (198.6, 142.8), (239.7, 143.6)),
    "officer": ((227.1, 193.3), (307.8, 195.4), (266.5, 240.0), (228.5, 267.9), (302.2, 269.6)),
}


@cache
def portrait(who: str) -> Floats:
    """The face (512, 512, 3) of one of them, read-only."""
    if who == "astronaut":
        pixels = astronaut()
    else:
        with Pillow.open(str(get_sample_data("grace_hopper.jpg", asfileobj=False))) as photo:
            pixels = np.asarray(photo)
    matrix = affine_from_landmarks(PLACES[who])
    assert matrix is not None
    face = aligned((pixels / 255).astype(np.float32), matrix)
    face.flags.writeable = False
    return face


def towards(first: Floats, second: Floats, share: float) -> Floats:
    """The first face with that share of the second one."""
    return (first + np.float32(share) * ellipse_cover()[..., None] * (second - first)).astype(np.float32)


def sharpened(face: Floats) -> Floats:
    return np.clip(face + (face - cv2.GaussianBlur(face, (0, 0), 3)), 0, 1).astype(np.float32)


def shrunk(face: Floats, across: int) -> Floats:
    """The face as a photo shows it in which it is that many pixels wide."""
    side = round(512 * across / 310)
    small = cv2.resize(face, (side, side), interpolation=cv2.INTER_AREA)
    return np.clip(cv2.resize(small, (512, 512), interpolation=cv2.INTER_LINEAR), 0, 1).astype(np.float32)
