from __future__ import annotations

from nodes.generate.vae import vae
from nodes.kinds.addons import Addons, Lora


def test_the_last_one_counts():
    before = Addons((Lora("sepia"),))
    assert vae(vae(before, model="first"), model="second") == Addons((Lora("sepia"),), vae="second")


def test_it_may_stand_first():
    assert vae(model="mse") == Addons(vae="mse")
