"""Pictures as files, in every format that is read."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tifffile
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL import ImageCms

Maker = Callable[[], bytes]

EDGE = Path(__file__).parents[4] / "shared" / "photos" / "edge"


def picture() -> NDArray[np.uint8]:
    """45 × 61 pixels with smooth parts, edges and grain."""
    rng = np.random.default_rng(3)
    rows, columns = np.mgrid[:45, :61]
    smooth = np.stack([rows * 4, columns * 3, (rows + columns) * 2], axis=2) + rng.normal(0, 4, (45, 61, 3))
    smooth[10:20, 15:40] = (200, 30, 90)
    return smooth.clip(0, 255).astype(np.uint8)


def deep_picture() -> NDArray[np.uint16]:
    """The same with 16 bits that no 8-bit step can hold."""
    rng = np.random.default_rng(4)
    return picture().astype(np.uint16) * 256 + rng.integers(0, 256, (45, 61, 3)).astype(np.uint16)


def by_pillow(format: str, mode: str = "RGB", **options: Any) -> Maker:
    def make() -> bytes:
        file = io.BytesIO()
        Pillow.fromarray(picture()).convert(mode).save(file, format, **options)
        return file.getvalue()

    return make


def by_tifffile(values: Callable[[], NDArray[Any]], **options: Any) -> Maker:
    def make() -> bytes:
        file = io.BytesIO()
        tifffile.imwrite(file, values(), **options)
        return file.getvalue()

    return make


def heic(deep: bool) -> Maker:
    def make() -> bytes:
        import pillow_heif

        file = io.BytesIO()
        if deep:
            pillow_heif.from_bytes("RGB;16", (61, 45), deep_picture().tobytes()).save(file, quality=90)
        else:
            pillow_heif.from_pillow(Pillow.fromarray(picture())).save(file, quality=90)
        return file.getvalue()

    return make


def deep_png(channels: int) -> Maker:
    def make() -> bytes:
        import imagecodecs

        values = np.dstack([deep_picture(), deep_picture()[..., :1]])[..., :channels]
        return bytes(imagecodecs.png_encode(np.ascontiguousarray(values)))

    return make


def deep_jpeg2000() -> bytes:
    import imagecodecs

    return bytes(imagecodecs.jpeg2k_encode(deep_picture(), level=0))


def planes() -> NDArray[np.uint16]:
    return np.ascontiguousarray(np.moveaxis(deep_picture(), 2, 0))


FILES: dict[str, Maker] = {
    "png-1": by_pillow("PNG", "1"),
    "png-grey": by_pillow("PNG", "L"),
    "png-grey-alpha": by_pillow("PNG", "LA"),
    "png-palette": by_pillow("PNG", "P"),
    "png-rgb": by_pillow("PNG"),
    "png-rgba": by_pillow("PNG", "RGBA"),
    "png-16": deep_png(3),
    "png-16-alpha": deep_png(4),
    "jpeg": by_pillow("JPEG"),
    "jpeg-grey": by_pillow("JPEG", "L"),
    "jpeg-inks": by_pillow("JPEG", "CMYK"),
    "jpeg-progressive": by_pillow("JPEG", progressive=True),
    "tiff-1-fax": by_pillow("TIFF", "1", compression="group4"),
    "tiff-palette": by_pillow("TIFF", "P"),
    "tiff-rgb": by_pillow("TIFF"),
    "tiff-rgba": by_pillow("TIFF", "RGBA"),
    "tiff-inks": by_pillow("TIFF", "CMYK"),
    "tiff-jpeg": by_pillow("TIFF", compression="jpeg"),
    "tiff-lzw": by_pillow("TIFF", compression="tiff_lzw"),
    "tiff-packbits": by_pillow("TIFF", compression="packbits"),
    "tiff-16": by_tifffile(deep_picture, photometric="rgb"),
    "tiff-16-big-endian": by_tifffile(deep_picture, photometric="rgb", byteorder=">"),
    "tiff-16-tiles": by_tifffile(deep_picture, photometric="rgb", tile=(16, 32), compression="lzw", predictor=True),
    "tiff-16-planes": by_tifffile(planes, photometric="rgb", planarconfig="separate", compression="zlib"),
    "tiff-big": by_tifffile(deep_picture, photometric="rgb", bigtiff=True),
    "webp": by_pillow("WEBP"),
    "webp-lossless": by_pillow("WEBP", "RGBA", lossless=True),
    "bmp": by_pillow("BMP"),
    "bmp-palette": by_pillow("BMP", "P"),
    "heic": heic(deep=False),
    "heic-10": heic(deep=True),
    "jpeg2000": by_pillow("JPEG2000"),
    "jpeg2000-stream": by_pillow("JPEG2000", no_jp2=True),
    "jpeg2000-16": deep_jpeg2000,
}


@pytest.fixture(params=FILES)
def any_file(request: pytest.FixtureRequest) -> bytes:
    """Every kind of file in turn."""
    return FILES[request.param]()


@pytest.fixture
def samples() -> NDArray[np.uint8]:
    return picture()


@pytest.fixture
def deep_samples() -> NDArray[np.uint16]:
    return deep_picture()


@pytest.fixture
def make_file() -> Callable[[str], bytes]:
    """A file by its name in FILES."""
    return lambda name: FILES[name]()


@pytest.fixture(scope="session")
def srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@pytest.fixture
def edge_photo() -> Callable[[str], Path]:
    """An awkward picture of the shared photos; the test is skipped without them."""

    def find(name: str) -> Path:
        path = EDGE / name
        if not path.is_file():
            pytest.skip(f"the shared photo {name} is not at hand")
        return path

    return find
