"""Artefacts for drawn damage."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from training.artefacts import KINDS


@pytest.fixture(scope="session")
def artefact_folder(tmp_path_factory) -> Path:
    """The same hair for every kind, as alpha."""
    folder, alpha = tmp_path_factory.mktemp("artefacts"), np.zeros((80, 120), np.uint8)
    cv2.ellipse(alpha, (60, 60), (50, 40), 0, 190, 330, 255, 3, cv2.LINE_AA)
    for kind in KINDS:
        (folder / kind).mkdir()
        Image.fromarray(np.dstack([np.full((80, 120, 3), 255, np.uint8), alpha])).save(folder / kind / "one.png")
    return folder
