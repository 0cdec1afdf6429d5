"""What the parity tests share: the official packages, model files for both sides, photos."""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import skimage.data
from filelock import FileLock
from PIL import Image as Pillow

from nodes.kinds.image import Image
from tests.nodes.models.tiny_official import tiny_general, tiny_realesrgan, whole_gfpgan, whole_parsenet

PORTRAITS = Path(__file__).parents[2] / ".." / "shared" / "photos" / "old"
"""Photos that are not part of the repository."""


@pytest.fixture(scope="session", autouse=True)
def official() -> None:
    """Skip where the packages are missing."""
    missing = [name for name in ("basicsr", "facexlib", "gfpgan", "realesrgan") if not importlib.util.find_spec(name)]
    if missing:
        pytest.skip(f"{', '.join(missing)} not installed: make official, or pip install -e '.[official]'")


@pytest.fixture(scope="session")
def enlargers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of small random networks under the names of Real-ESRGAN."""
    folder = tmp_path_factory.mktemp("enlargers")
    tiny_realesrgan(folder, 2)
    tiny_realesrgan(folder, 4)
    tiny_general(folder)
    return folder


@pytest.fixture(scope="session")
def restorers(tmp_path_factory: pytest.TempPathFactory, real_weights: Path) -> Path:
    """A folder with a random GFPGAN and parser, and the real detector: 0.2 GB, made once in a test run."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "restorers"
    with FileLock(folder.with_suffix(".lock")):
        if not folder.exists():
            unfinished = Path(f"{folder}.new")
            unfinished.mkdir()
            whole_gfpgan(unfinished)
            whole_parsenet(unfinished)
            shutil.copy(real_weights / "detection_mobilenet0.25_Final.pth", unfinished)
            unfinished.rename(folder)
    return folder


@pytest.fixture(scope="session")
def astronaut() -> Image:
    """Eileen Collins, 512 × 512, one face of about 100 pixels."""
    return Image(skimage.data.astronaut().astype(np.float32) / 255)


@pytest.fixture(scope="session")
def portrait() -> Callable[[str], Image]:
    """Real portraits by name, where somebody has put them beside the checkout; the test is skipped elsewhere."""

    def load(name: str) -> Image:
        path = PORTRAITS / name
        if not path.is_file():
            pytest.skip(f"there is no {name} among photos beside the checkout")
        with Pillow.open(path) as file:
            return Image(np.asarray(file.convert("RGB"), np.float32) / np.float32(255))

    return load
