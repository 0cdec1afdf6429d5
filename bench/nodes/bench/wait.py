"""A step that waits."""

from __future__ import annotations

import time
from typing import Annotated

from graph.context import Context
from graph.controls import Number
from graph.spec import node
from nodes.kinds.mask import Mask


@node(title="Wait", volatile=True)
def wait(ctx: Context, mask: Mask, *, seconds: Annotated[float, Number(0)] = 1.0) -> Mask:
    """Give what was given, later."""
    until = time.perf_counter() + seconds
    while (left := until - time.perf_counter()) > 0:
        ctx.check()
        time.sleep(min(left, 0.01))
    return mask
