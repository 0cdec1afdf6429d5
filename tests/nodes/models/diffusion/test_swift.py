"""What is quicker draws the same."""

from __future__ import annotations

import weakref
from pathlib import Path
from typing import Any

import pytest
import torch

from nodes.models.diffusion.package import package
from nodes.models.diffusion.swift import SPARE, Packed, quicken

ROOM = 2**40

PRECISIONS = [
    torch.float32,
    pytest.param(
        torch.bfloat16,
        marks=pytest.mark.skipif(
            not torch.ops.mkldnn._is_mkldnn_bf16_supported(), reason="this processor computes in fp32 alone"
        ),
    ),
]


def unet(folder: Path, dtype: torch.dtype = torch.float32) -> Any:
    made = package().UNet2DConditionModel.from_pretrained(folder / "tiny-sd1" / "unet", torch_dtype=dtype)
    return made.to(memory_format=torch.channels_last)


def answer(network: Any, height: int = 16, width: int = 16, passes: int = 2) -> torch.Tensor:
    generator = torch.Generator().manual_seed(2)
    x, words = (torch.randn(shape, generator=generator) for shape in ((passes, 4, height, width), (passes, 77, 32)))
    with torch.no_grad():
        return network(x.to(network.dtype), 500, words.to(network.dtype), return_dict=False)[0].float()


def convolutions(network: Any) -> list[torch.nn.Conv2d]:
    return [part for part in network.modules() if isinstance(part, torch.nn.Conv2d)]


@pytest.mark.parametrize("dtype", PRECISIONS)
def test_it_draws_the_same(tiny_diffusion, dtype):
    plain, quick = (unet(tiny_diffusion, dtype) for _ in range(2))
    assert quicken(quick, ROOM) == sum(part.weight.nbytes for part in convolutions(quick)) > 0
    assert all(isinstance(part.forward, Packed) for part in convolutions(quick))
    # One after the other, as crops of several sizes come.
    for size in ((16, 16), (8, 24), (16, 16), (8, 24, 1)):
        roundings = 32 * torch.finfo(dtype).eps
        torch.testing.assert_close(answer(quick, *size), answer(plain, *size), rtol=0, atol=roundings)
        assert torch.equal(answer(quick, *size), answer(quick, *size))


def test_weights_stay_and_go_with_the_network(tiny_diffusion):
    plain, quick = unet(tiny_diffusion), unet(tiny_diffusion)
    quicken(quick, ROOM)
    answer(quick)
    assert all(
        torch.equal(*each) for each in zip(plain.state_dict().values(), quick.state_dict().values(), strict=True)
    )
    gone = weakref.ref(convolutions(quick)[0].forward)
    del quick
    assert gone() is None


def test_it_is_left_where_memory_is_short(tiny_diffusion):
    network = unet(tiny_diffusion)
    size = quicken(unet(tiny_diffusion), ROOM)
    assert quicken(network, SPARE * size - 1) == 0
    assert not any(isinstance(part.forward, Packed) for part in convolutions(network))


def test_other_precisions_are_left(tiny_diffusion):
    assert quicken(unet(tiny_diffusion, torch.float16), ROOM) == 0
