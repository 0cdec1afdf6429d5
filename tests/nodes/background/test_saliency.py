from __future__ import annotations

import numpy as np
import pytest

from nodes.background.saliency import saliency


def test_what_differs_from_the_frame_stands_out(rng):
    picture = np.full((120, 160, 3), 0.3, np.float32)
    picture[40:90, 60:100] = (0.8, 0.5, 0.3)
    picture = (picture + rng.normal(0, 0.01, picture.shape)).clip(0, 1).astype(np.float32)
    found = saliency(picture)
    assert found[50:80, 65:95].mean() > 0.6
    assert found[:20].mean() < 0.2


@pytest.mark.parametrize("size", [(1, 1), (1, 50), (50, 1), (3, 2)], ids=str)
@pytest.mark.parametrize("level", [0.0, 0.5, 1.0])
def test_nothing_stands_out_of_nothing(size, level):
    found = saliency(np.full((*size, 3), level, np.float32))
    assert found.shape == size
    assert np.isfinite(found).all()
    assert found.min() >= 0
    assert found.max() <= 1
