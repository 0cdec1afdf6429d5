"""Folders of photos and of damage to learn from, made of what scikit-image carries."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image
from skimage import data

from training.artefacts import KINDS, LINES, Artefacts


@pytest.fixture(scope="session")
def photos(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("photos")
    for name in ("astronaut", "camera", "coffee", "chelsea"):
        Image.fromarray(getattr(data, name)()[60:200, 140:320]).save(folder / f"{name}.png")
    return folder


@pytest.fixture(scope="session")
def artefact_folder(tmp_path_factory) -> Path:
    """One picture a kind: a bent hair, or three dots, as alpha."""
    folder = tmp_path_factory.mktemp("artefacts")
    for kind in KINDS:
        alpha = np.zeros((80, 120), np.uint8)
        if kind in LINES:
            cv2.ellipse(alpha, (60, 60), (50, 40), 0, 190, 330, 255, 3, cv2.LINE_AA)
        else:
            for x, y, radius in ((30, 30, 4), (60, 50, 7), (95, 25, 5)):
                cv2.circle(alpha, (x, y), radius, 255, -1, cv2.LINE_AA)
        (folder / kind).mkdir()
        Image.fromarray(np.dstack([np.full((80, 120, 3), 255, np.uint8), alpha])).save(folder / kind / "one.png")
    return folder


@pytest.fixture
def artefacts(artefact_folder) -> Artefacts:
    return Artefacts(artefact_folder)


@pytest.fixture
def portrait() -> np.ndarray:
    """Float pixels with skin, cloth and sharp edges."""
    return (data.astronaut()[:256, 100:400] / 255).astype(np.float32)
