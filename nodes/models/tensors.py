"""Between pictures as arrays (H, W, C) and the tensors (N, C, H, W) that networks take. Nowhere else are there any."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from nodes.kinds.arrays import Floats

if TYPE_CHECKING:
    import torch


def tensor_from_arrays(arrays: Sequence[Floats], device: torch.device, dtype: torch.dtype) -> torch.Tensor:
    """Equally large arrays (H, W, C) or (H, W) as one batch (N, C, H, W), channels last in memory."""
    import torch

    batch = np.stack([array if array.ndim == 3 else array[..., None] for array in arrays])
    return torch.from_numpy(batch).to(device, dtype).permute(0, 3, 1, 2)


def arrays_from_tensor(tensor: torch.Tensor) -> Floats:
    """A batch (N, C, H, W) as one float32 array (N, H, W, C)."""
    import torch

    return tensor.permute(0, 2, 3, 1).to("cpu", torch.float32).contiguous().numpy()
