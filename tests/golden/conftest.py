"""`pytest tests/golden --update-golden` writes what is expected anew. Look at the pictures before they are kept."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from tests.golden.comparing import Golden

HERE = Path(__file__).parent


class Inputs:
    """The small photos in inputs/, and masks drawn by formula."""

    def __init__(self) -> None:
        self.portrait, self.faded, self.sepia, self.scratched = map(
            self._photo, ("portrait", "faded", "sepia", "scratched")
        )
        self.damage = Mask(self._values("damage"))
        """What is really broken in `scratched`."""
        self.noisy = self._noisy()
        self.face = self._disc(36)
        """Fades out from the face of `portrait`."""
        self.collar = self._disc(30, y=110)

    @staticmethod
    def _values(name: str) -> np.ndarray:
        with Pillow.open(HERE / "inputs" / f"{name}.png") as file:
            return np.asarray(file, np.float32) / 255

    def _photo(self, name: str) -> Image:
        return Image(self._values(name))

    def _noisy(self) -> Image:
        """The portrait with noise of 12 of 255 in each channel."""
        noise = np.random.default_rng(3).normal(0, 12 / 255, self.portrait.pixels.shape)
        return Image(np.clip(self.portrait.pixels + noise, 0, 1).astype(np.float32))

    @property
    def scan(self) -> Image:
        """A print that lies askew on the white glass of a scanner."""
        print_ = Pillow.fromarray(np.round(self.portrait.pixels * 255).astype(np.uint8))
        glass = Pillow.new("RGB", (260, 260), (244, 244, 244))
        turned = print_.resize((144, 192)).convert("RGBA").rotate(6, Pillow.Resampling.BICUBIC, expand=True)
        glass.paste(turned, (45, 25), turned)
        return Image((np.asarray(glass, np.float32) / 255).astype(np.float32))

    @property
    def torn(self) -> Image:
        """A corner of the print is gone: the black bed shows."""
        pixels = self.faded.pixels.copy()
        down, across = np.mgrid[:128, :96]
        pixels[across - 96 + 30 > down + 3 * np.sin(across / 2.3)] = 0.02
        return Image(pixels)

    @staticmethod
    def _disc(radius: float, y: float = 58, x: float = 48, fade: float = 12) -> Mask:
        down, across = np.mgrid[:128, :96].astype(np.float32)
        return Mask(np.clip((radius - np.hypot(down - y, across - x)) / fade + 0.5, 0, 1).astype(np.float32))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the expected pictures of tests/golden anew")


@pytest.fixture(scope="session")
def inputs() -> Inputs:
    return Inputs()


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    # The default is for a run of all tests: pytest then reads this file after its command line.
    update = request.config.getoption("--update-golden", default=False)
    return Golden(HERE / "expected", HERE / "failed", bool(update))
