"""A mask to act on."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from graph.controls import Number
from graph.spec import node
from nodes.kinds.mask import Mask


@node(title="Spot")
def spot(
    *,
    height: Annotated[int, Number(1)] = 3000,
    width: Annotated[int, Number(1)] = 4000,
    share: Annotated[float, Number(0, 1)] = 0.01,
) -> Mask:
    """Make a mask of thin stripes that covers a share of the picture."""
    values = np.zeros((height, width), np.float32)
    if share:
        values[:, :: max(1, round(4 / share))] = values[:, 1 :: max(1, round(4 / share))] = 1.0
        values[:, 2 :: max(1, round(4 / share))] = values[:, 3 :: max(1, round(4 / share))] = 1.0
    return Mask(values)
