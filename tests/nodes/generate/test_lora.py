from __future__ import annotations

import pytest

from nodes.generate.lora import NONE, lora
from nodes.kinds.addons import Addons, Lora


def test_one_follows_another(ctx):
    first = lora(ctx, model="sepia.safetensors", strength=0.6)
    second = lora(ctx, first, model="studio.safetensors", strength=-1.5)
    assert first.loras == (Lora("sepia.safetensors", 0.6),)
    assert second.loras == (*first.loras, Lora("studio.safetensors", -1.5))


def test_what_was_added_before_stays(ctx):
    before = Addons(vae="mse", clip_skip=2)
    after = lora(ctx, before, model="sepia.safetensors")
    assert (after.vae, after.clip_skip) == ("mse", 2)


@pytest.mark.parametrize("settings", [{"model": NONE}, {"model": "sepia.safetensors", "strength": 0.0}])
def test_nothing_is_added_where_nothing_is_asked(ctx, settings):
    before = Addons(vae="mse")
    assert lora(ctx, before, **settings) is before
    assert "No LoRA" in ctx.notes[-1]
