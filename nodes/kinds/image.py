"""A photograph."""

from __future__ import annotations

from dataclasses import InitVar, dataclass, field, replace
from typing import Literal

from nodes.kinds.arrays import Floats, seal

Mode = Literal["L", "RGB"]


@dataclass(frozen=True, slots=True)
class Origin:
    """What the file said about the picture besides its pixels. Nodes pass it on untouched."""

    mode: Mode = "RGB"
    """L if the file held one grey channel: saving writes one again as long as the picture is still grey."""
    bits: int = 8
    """Bits per sample in the file: 8 or 16."""
    profile: bytes | None = None
    """ICC profile of the pixel values; None means sRGB."""
    exif: bytes | None = None
    """A TIFF-structured EXIF block without the `Exif\\0\\0` header; its orientation has been applied and reset."""
    xmp: bytes | None = None
    iptc: bytes | None = None
    """IPTC-IIM records, as they stand in a JPEG's 8BIM resource 0x0404 or TIFF tag 33723."""
    dpi: tuple[float, float] | None = None
    """Horizontal, vertical."""
    sha256: str | None = None
    """Of the file's bytes."""


@dataclass(frozen=True, slots=True, eq=False)
class Image:
    """Pixels as float32 (H, W, 3), 0..1, finite, read-only, in the RGB encoding of the file they came from."""

    pixels: Floats
    origin: Origin = field(default_factory=Origin)
    checked: InitVar[bool] = False
    """True skips the range check, which reads every pixel: for a codec that reads back what was checked before."""

    def __post_init__(self, checked: bool) -> None:
        shape = self.pixels.shape
        if len(shape) != 3 or shape[2] != 3 or 0 in shape:
            raise ValueError(f"an Image is (H, W, 3) with at least one pixel, not {shape}")
        object.__setattr__(self, "pixels", seal(self.pixels, "an Image", checked))

    @property
    def height(self) -> int:
        return self.pixels.shape[0]

    @property
    def width(self) -> int:
        return self.pixels.shape[1]

    def like(self, pixels: Floats) -> Image:
        """Other pixels from the same origin. They are clipped to 0..1 only by who made them."""
        return replace(self, pixels=pixels)
