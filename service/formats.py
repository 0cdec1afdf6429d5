"""The formats that pictures leave the service in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from fastapi import Query

MEDIA = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
    ".tif": "image/tiff",
    ".bmp": "image/bmp",
}
"""The suffix that makes a codec write each media type."""

Format = Literal["png", "jpeg", "webp", "tiff"]
"""What people choose from when they download."""

SUFFIX: Mapping[Format, str] = {"png": ".png", "jpeg": ".jpg", "webp": ".webp", "tiff": ".tif"}

Quality = Annotated[
    int | None, Query(ge=1, le=100, description="For JPEG and WebP, where 100 loses nothing; 92 where it is not said.")
]

Data = Literal["json"]
"""What has no pixels is downloaded as, such as faces."""
