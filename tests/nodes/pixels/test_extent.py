from __future__ import annotations

import numpy as np
import pytest

from graph.errors import StepError
from nodes.kinds.mask import Mask
from nodes.pixels.extent import require_same_size


def _mask(height: int, width: int) -> Mask:
    return Mask(np.zeros((height, width), np.float32))


def test_equal_sizes_pass():
    require_same_size(_mask(3, 4), _mask(3, 4), "both")


def test_other_sizes_are_named():
    with pytest.raises(StepError, match="sizes of the mask and the photo differ: 4 × 3 and 3 × 4"):
        require_same_size(_mask(3, 4), _mask(4, 3), "the mask and the photo")
