"""Large pictures made from nothing."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from graph.controls import Number, Seed
from graph.spec import node
from nodes.kinds.image import Image


@node(title="Fill")
def fill(
    *,
    seed: Annotated[int, Seed()] = 0,
    height: Annotated[int, Number(1)] = 3000,
    width: Annotated[int, Number(1)] = 4000,
) -> Image:
    """Make a noisy picture of a given size."""
    return Image(np.random.default_rng(seed).random((height, width, 3), np.float32))
