from __future__ import annotations

import subprocess
import sys

import numpy as np
import torch

from nodes.models.compatibility import _nms, mend_torchvision


def overlap(one: np.ndarray, two: np.ndarray) -> float:
    sides = np.minimum(one[2:], two[2:]) - np.maximum(one[:2], two[:2])
    both = float(np.prod(np.maximum(sides, 0)))
    return both / (float(np.prod(one[2:] - one[:2])) + float(np.prod(two[2:] - two[:2])) - both)


def test_non_maximum_suppression_keeps_what_no_better_box_covers(rng):
    corners = rng.random((60, 2)) * 50
    boxes, scores = np.concatenate([corners, corners + 5 + rng.random((60, 2)) * 20], axis=1), rng.random(60)
    kept: list[int] = []
    for index in np.argsort(-scores):
        if all(overlap(boxes[index], boxes[other]) <= 0.4 for other in kept):
            kept.append(int(index))
    assert _nms(torch.from_numpy(boxes), torch.from_numpy(scores), 0.4).tolist() == kept
    assert _nms(torch.zeros(0, 4), torch.zeros(0), 0.4).tolist() == []


def test_torchvision_can_be_imported_once_it_is_mended():
    mend_torchvision()
    mend_torchvision()
    import torchvision
    from torchvision.ops import nms

    assert torchvision.__version__
    boxes = torch.tensor([[0.0, 0, 10, 10], [1, 1, 10, 10], [20, 20, 30, 30]])
    assert nms(boxes, torch.tensor([0.5, 0.9, 0.1]), 0.5).tolist() == [1, 2]


def test_basicsr_finds_the_module_that_was_renamed():
    code = (
        "from nodes.models.compatibility import mend_basicsr; mend_basicsr(); mend_basicsr();"
        "from torchvision.transforms.functional_tensor import rgb_to_grayscale"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
