"""Stops a network in the middle of its work."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch

Check = Callable[[], None]
"""Raises where the work is to stop, as Context.check does."""


@contextmanager
def looking(module: torch.nn.Module, check: Check) -> Generator[None]:
    """Call `check` before every layer inside the block, so that a long pass can be cancelled."""
    hooks = [part.register_forward_pre_hook(lambda *_: check()) for part in module.modules()]
    try:
        yield
    finally:
        for hook in hooks:
            hook.remove()
