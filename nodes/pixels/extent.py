"""Whether what a step is given belongs together."""

from __future__ import annotations

from graph.context import Extent
from graph.errors import StepError


def require_same_size(first: Extent, second: Extent | None, what: str) -> None:
    """StepError unless both are equally large, or there is no second; `what` names them: "the mask and the photo"."""
    if second is not None and (first.width, first.height) != (second.width, second.height):
        raise StepError(
            f"The sizes of {what} differ: {first.width} × {first.height} and {second.width} × {second.height} pixels.",
            "Use pictures that belong together, or resize one with Resize first.",
        )
