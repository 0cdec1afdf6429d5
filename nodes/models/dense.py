"""RRDBNet (ESRGAN, Real-ESRGAN x4plus and x2plus) on the processor, several times as fast as through its own layers.

X. Wang et al., "ESRGAN: Enhanced Super-Resolution Generative Adversarial Networks" (2018): each of its dense blocks
feeds every layer with all layers before it. Here these are planes that are never copied together; sums happen inside
the convolutions; and the enlarged end is done by strips of rows that stay in the caches.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from nodes.models.cancelling import Check
from nodes.models.fused import Convolution, enlarged, planes_of

if TYPE_CHECKING:
    import torch

GROWTH = 32
"""Channels that each layer of a dense block adds, and of a plane."""

SLOPE, SHARE = 0.2, 0.2
"""Of the leaky ReLUs, and of what a block adds to its input: both as published."""

STRIP_BYTES = 12 * 2**20
"""Of the widest tensor of a strip. Above 32 MiB the C library gives memory back to the system after every layer."""


class _Block(NamedTuple):
    grow: list[Convolution]
    end: Convolution


class DenseNetwork:
    """As `Network.run`, for one batch (N, C, H, W) in fp32."""

    def __init__(self, module: Any, dtype: torch.dtype) -> None:
        layers = list(module.model)
        self.shuffle: int = module.shuffle_factor or 1
        self.dtype = dtype
        self.first = layers[0]
        *groups, body = layers[1].sub
        self.blocks = [_blocks(group, dtype) for group in groups]
        self.channels: int = body.weight.shape[0]
        self.body = Convolution(body, dtype, planes=self.channels // GROWTH)
        self.ups, (high, self.last) = _tail(layers[2:], dtype)
        self.high = high
        self.factor = math.prod(factor for factor, _ in self.ups)

    @staticmethod
    def fits(module: Any) -> bool:
        """Whether it has the shape of the published networks: no ESRGAN+, no norms, planes that come out even."""
        import torch

        kinds = {type(part) for part in module.modules() if not list(part.children())}
        plain = kinds <= {torch.nn.Conv2d, torch.nn.LeakyReLU, torch.nn.Upsample, torch.nn.Identity}
        sizes = {tuple(part.kernel_size) for part in module.modules() if isinstance(part, torch.nn.Conv2d)}
        grown = module.model[1].sub[0].RDB1.conv1[0].weight.shape
        return plain and sizes == {(3, 3)} and grown[0] == GROWTH and grown[1] % GROWTH == 0

    def __call__(self, check: Check, batch: torch.Tensor) -> torch.Tensor:
        import torch
        from torch.nn.functional import pad, pixel_unshuffle

        height, width = batch.shape[-2:]
        if self.shuffle > 1:
            batch = pad(batch, (0, -width % self.shuffle, 0, -height % self.shuffle), "reflect")
            batch = pixel_unshuffle(batch, self.shuffle)
        done = [self._enlarged(check, self._trunk(check, each[None])) for each in batch]
        scale = self.factor // self.shuffle if self.factor >= self.shuffle else 1
        return torch.cat(done)[..., : height * scale, : width * scale]

    def _trunk(self, check: Check, picture: torch.Tensor) -> torch.Tensor:
        """The features (1, C, 1, H, W) of a picture (1, C, H, W) before it is enlarged."""
        import torch

        check()
        # Eight bits are too few for the picture itself: it enters in fp32.
        start = self.first(picture.contiguous(memory_format=torch.channels_last)).to(self.dtype)
        start = planes_of(start.contiguous(memory_format=torch.channels_last))
        height, width, own = *picture.shape[-2:], self.channels // GROWTH
        memory = torch.empty(1, own + 4, height, width, GROWTH, dtype=self.dtype)
        planes = memory.permute(0, 4, 1, 2, 3)
        sum_ = start.clone(memory_format=torch.preserve_format)
        _spread(sum_, memory)
        for one, two, three in self.blocks:
            inner = self._dense(check, one, memory, planes).end.plus(planes, sum_)
            _spread(inner, memory)
            self._dense(check, two, memory, planes).end.onto(inner, planes)
            _spread(inner, memory)
            self._dense(check, three, memory, planes)
            sum_.add_(inner, alpha=SHARE)
            three.end.onto(sum_, planes)
            _spread(sum_, memory)
        return self.body.plus(planes[:, :, :own], start)

    def _dense(self, check: Check, block: _Block, memory: torch.Tensor, planes: torch.Tensor) -> _Block:
        """Fill the planes that the layers of a block add; its last layer is left to the caller."""
        own = self.channels // GROWTH
        for index, layer in enumerate(block.grow, own):
            check()
            memory[0, index].copy_(layer(planes[:, :, :index]).permute(0, 2, 3, 4, 1)[0, 0])
        check()
        return block

    def _enlarged(self, check: Check, features: torch.Tensor) -> torch.Tensor:
        """The picture (1, C, H × factor, W × factor) of features (1, C, 1, H, W)."""
        import torch

        height, width = features.shape[-2:]
        # What each layer sees beyond its own pixel, in pixels of the result.
        seen = sum(self.factor // math.prod(f for f, _ in self.ups[: i + 1]) for i in range(len(self.ups))) + 2
        halo = -(-seen // self.factor)
        row = width * self.factor**2 * self.channels * self.dtype.itemsize
        rows = max(8, STRIP_BYTES // row)
        strips: list[torch.Tensor] = []
        for start in range(0, height, rows):
            first, stop = max(0, start - halo), min(height, start + rows)
            strip = self._strip(check, features[:, :, :, first : min(height, stop + halo)])
            strips.append(strip[:, :, (start - first) * self.factor : (stop - first) * self.factor])
        return torch.cat(strips, dim=2)

    def _strip(self, check: Check, plane: torch.Tensor) -> torch.Tensor:
        for factor, layer in self.ups:
            check()
            plane = layer(enlarged(plane, factor))
        check()
        return self.last(self.high(plane)[:, :, 0].float())


def _blocks(group: Any, dtype: torch.dtype) -> tuple[_Block, _Block, _Block]:
    """The three dense blocks of an RRDB, their shares of the sum multiplied into the weights."""
    gains = (SHARE, SHARE, SHARE * SHARE)
    one, two, three = (
        _block(part, dtype, gain) for part, gain in zip((group.RDB1, group.RDB2, group.RDB3), gains, strict=True)
    )
    return one, two, three


def _block(part: Any, dtype: torch.dtype, gain: float) -> _Block:
    *grow, end = (getattr(part, f"conv{number}")[0] for number in range(1, 6))
    layers = [Convolution(conv, dtype, slope=SLOPE, planes=conv.weight.shape[1] // GROWTH) for conv in grow]
    return _Block(layers, Convolution(end, dtype, planes=end.weight.shape[1] // GROWTH, gain=gain))


def _tail(layers: list[Any], dtype: torch.dtype) -> tuple[list[tuple[int, Convolution]], tuple[Convolution, Any]]:
    """The enlarging layers with their factors, then the two that follow; the very last stays in fp32."""
    import torch

    factors = [round(float(str(layer.scale_factor))) for layer in layers if isinstance(layer, torch.nn.Upsample)]
    *convs, last = (layer for layer in layers if isinstance(layer, torch.nn.Conv2d))
    ups = [Convolution(conv, dtype, slope=SLOPE) for conv in convs]
    return list(zip(factors, ups[:-1], strict=True)), (ups[-1], last)


def _spread(features: torch.Tensor, memory: torch.Tensor) -> None:
    """Copy features (1, C, 1, H, W) into the first planes (1, D, H, W, 32)."""
    rows = features.permute(0, 2, 3, 4, 1)[0, 0]
    own = rows.shape[-1] // GROWTH
    memory[0, :own].copy_(rows.view(*rows.shape[:2], own, GROWTH).permute(2, 0, 1, 3))
