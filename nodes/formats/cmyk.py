"""Inks into light: pictures of four inks become sRGB when they are loaded."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def srgb_from_cmyk(samples: NDArray[Any], profile: bytes | None) -> NDArray[np.uint16]:
    """(h, w, 4) inks, 0 for none, of uint8 or uint16 as (h, w, 3) sRGB of 16 bits, so that nothing is rounded away.

    Through the file's profile; without one inks are taken as perfect: red is what cyan and black leave.
    """
    if profile is None or profile[16:20] != b"CMYK":
        return _perfect_inks(samples)
    import imagecodecs

    return imagecodecs.cms_transform(
        np.ascontiguousarray(samples),
        profile,
        imagecodecs.cms_profile("srgb"),
        colorspace="cmyk",
        outcolorspace="rgb",
        outdtype="uint16",
        intent=imagecodecs.CMS.INTENT.RELATIVE_COLORIMETRIC,
        flags=imagecodecs.CMS.FLAGS.BLACKPOINTCOMPENSATION,
    )


def _perfect_inks(samples: NDArray[Any]) -> NDArray[np.uint16]:
    left = 1 - samples.astype(np.float32) / np.float32(np.iinfo(samples.dtype).max)
    return np.rint(left[..., :3] * left[..., 3:] * 65535).astype(np.uint16)
