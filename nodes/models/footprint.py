"""How much memory a network takes while it works."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING, Any

from nodes.models.cancelling import Check
from nodes.models.network import Network

if TYPE_CHECKING:
    import torch

PROBE = 48
"""Pixels a side of the picture that is tried, where the network does not want more."""

SCRATCH = 1.3
"""Convolutions take buffers of their own beside the tensors that are counted; this is the most seen on a processor."""


def bytes_per_pixel(network: Network, check: Check) -> int:
    """Bytes that the layers of a network hold at once, per pixel of the input: measured once, on a small picture."""
    if network.per_pixel is None:
        side = max(PROBE, network.requirements.minimum)
        side = -(-side // network.requirements.multiple_of) * network.requirements.multiple_of
        network.per_pixel = max(1, int(_peak(network, side, check) * SCRATCH / side**2))
    return network.per_pixel


def _peak(network: Network, side: int, check: Check) -> int:
    import torch

    counter = _counter()
    with counter:
        network.run(check, torch.zeros(1, network.inputs, side, side, device=network.device, dtype=network.dtype))
    return counter.peak


def _counter() -> Any:
    """A mode of torch that sees every operation, and counts the bytes of the results that are still alive."""
    import torch
    from torch.utils._python_dispatch import TorchDispatchMode
    from torch.utils._pytree import tree_leaves

    class Counter(TorchDispatchMode):
        alive = peak = 0

        def __torch_dispatch__(self, function: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
            result = function(*args, **(kwargs or {}))
            for part in tree_leaves(result):
                # Weights that oneDNN has packed are opaque, and stay.
                if isinstance(part, torch.Tensor) and not part.is_mkldnn:
                    self._count(part)
            return result

        def _count(self, tensor: torch.Tensor) -> None:
            storage = tensor.untyped_storage()
            if id(storage) in self._seen:
                return
            self._seen.add(id(storage))
            self.alive += storage.nbytes()
            self.peak = max(self.peak, self.alive)
            weakref.finalize(storage, self._gone, id(storage), storage.nbytes())

        def _gone(self, key: int, size: int) -> None:
            self._seen.discard(key)
            self.alive -= size

        def __init__(self) -> None:
            super().__init__()
            self._seen: set[int] = set()

    return Counter()
