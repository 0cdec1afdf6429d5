"""A step that does nothing."""

from __future__ import annotations

from typing import Annotated

from graph.controls import Number
from graph.spec import node
from nodes.kinds.mask import Mask


@node(title="Pass On")
def pass_on(mask: Mask, *, value: Annotated[int, Number()] = 0) -> Mask:  # noqa: ARG001 - it only makes keys differ
    """Give what was given."""
    return mask
