"""Makes packages importable that a release of another package has broken. Where nothing is broken it does nothing."""

from __future__ import annotations

import sys
import threading
from typing import Any

_lock = threading.Lock()
_kept: list[Any] = []
"""Operator definitions live as long as the library object that made them."""


def mend_torchvision() -> None:
    """Let torchvision be imported beside a torch of another build.

    The usual wheel of torchvision is compiled for CUDA; beside a CPU torch its operators do not load and the import
    fails with `operator torchvision::nms does not exist`. Nothing here uses those operators, but timm, spandrel,
    facexlib and basicsr import the package. They are declared in Python then.
    """
    with _lock:
        try:
            import torchvision  # noqa: F401 - the import is what is tried
        except RuntimeError as error:
            if "torchvision::nms" not in str(error):
                raise
        else:
            return
        _declare_operators()


def _declare_operators() -> None:
    import torch

    for name in [name for name in sys.modules if name.partition(".")[0] == "torchvision"]:
        del sys.modules[name]
    library = torch.library.Library("torchvision", "FRAGMENT")
    library.define("nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    library.define("qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    library.impl("nms", _nms, "CompositeExplicitAutograd")
    _kept.append(library)
    import torchvision.ops.boxes

    torchvision.ops.boxes._assert_has_ops = lambda: None  # noqa: SLF001 - it would refuse the operator declared above


def _nms(boxes: Any, scores: Any, threshold: float) -> Any:
    """Non-maximum suppression: the indices of boxes (N, 4) that no better one covers by more than `threshold`."""
    import torch

    areas = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    order = scores.argsort(descending=True)
    kept: list[int] = []
    while order.numel():
        best, order = int(order[0]), order[1:]
        kept.append(best)
        corner = torch.maximum(boxes[best, :2], boxes[order, :2])
        other = torch.minimum(boxes[best, 2:], boxes[order, 2:])
        overlap = (other - corner).clamp(min=0).prod(dim=1)
        order = order[overlap <= threshold * (areas[best] + areas[order] - overlap)]
    return torch.tensor(kept, dtype=torch.long, device=boxes.device)


def mend_basicsr() -> None:
    """Let basicsr be imported: it asks for a module of torchvision that was renamed in version 0.17."""
    mend_torchvision()
    import torchvision.transforms._functional_tensor as renamed

    sys.modules.setdefault("torchvision.transforms.functional_tensor", renamed)
