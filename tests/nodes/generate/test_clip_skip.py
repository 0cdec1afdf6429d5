from __future__ import annotations

import pytest

from nodes.generate.clip_skip import clip_skip
from nodes.kinds.addons import DEEPEST_SKIP, Addons, Lora


@pytest.mark.parametrize("layer", [1, 2, DEEPEST_SKIP])
def test_as_it_is_usually_counted(layer):
    before = Addons((Lora("sepia"),), vae="mse")
    assert clip_skip(before, layer=layer) == Addons((Lora("sepia"),), "mse", layer)


def test_it_may_stand_first():
    assert clip_skip() == Addons(clip_skip=2)
