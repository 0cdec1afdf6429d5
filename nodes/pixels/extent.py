"""Whether what a step is given belongs together."""

from __future__ import annotations

from graph.context import Extent
from graph.errors import StepError

ROUNDING = 0.02
"""Share by which the proportions of two sizes of one photo may differ."""


def require_same_size(first: Extent, second: Extent | None, what: str) -> None:
    """StepError unless both are equally large, or there is no second; `what` names them: "the mask and the photo"."""
    if second is not None and (first.width, first.height) != (second.width, second.height):
        raise StepError(
            f"The sizes of {what} differ: {first.width} × {first.height} and {second.width} × {second.height} pixels.",
            "Use pictures that belong together, or resize one with Resize first.",
        )


def require_same_shape(first: Extent, second: Extent, what: str) -> None:
    """StepError unless both have the same proportions, within what rounding leaves."""
    wanted = first.width * second.height / first.height
    if abs(wanted - second.width) > 1 + second.height / first.height + ROUNDING * second.width:
        raise StepError(
            f"{what}: {first.width} × {first.height} and {second.width} × {second.height} pixels.",
            "Wire pictures that belong together.",
        )
