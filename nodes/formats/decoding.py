"""The border to the libraries that decode: whatever goes wrong behind it is told in words."""

from __future__ import annotations

import logging
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image as Pillow

from graph.errors import StepError
from nodes.formats.refusal import garbled, too_large
from nodes.formats.source import Source

PIXELS = 400_000_000
"""Twenty thousand pixels a side: a large plate at 2400 dpi. A file of a few kilobytes can claim far more."""

# Our own limit is checked against the header; Pillow's would warn at 89 megapixels, well within a good scan.
Pillow.MAX_IMAGE_PIXELS = None
# Without any handler Python prints what tifffile finds odd about a file; with one it reaches only those who log.
logging.getLogger("tifffile").addHandler(logging.NullHandler())

_filters = threading.Lock()
"""The list of warning filters belongs to the process: two threads changing it at once would leave it changed."""


def check_size(name: str, height: int, width: int, limit: int) -> None:
    """StepError above `limit` pixels. To be called with the header's numbers, before anything is decoded."""
    if height * width > limit:
        raise too_large(name, height, width, limit)


@contextmanager
def decoding(name: str) -> Iterator[None]:
    """Turn every error of a decoder into a StepError that says the file is damaged."""
    try:
        yield
    except StepError:
        raise
    except MemoryError as error:
        raise StepError(f"{name} needs more memory than there is.", "Close other programs.") from error
    except Exception as error:
        # A garbled file makes each library fail in its own way, from OSError to IndexError.
        raise garbled(name) from error


@contextmanager
def opened(source: Source, *formats: str) -> Iterator[Pillow.Image]:
    """The file in Pillow, its header read. Pillow's remarks on odd metadata are not passed on."""
    with decoding(source.name), source.stream() as file:
        with _filters, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Pillow.open(file, formats=formats)
        with picture:
            yield picture
