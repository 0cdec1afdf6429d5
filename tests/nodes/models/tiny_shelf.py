"""A folder with a small random network for every node that needs one, under the official file names."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.nodes.models.tiny_background import tiny_subject
from tests.nodes.models.tiny_colour import tiny_ddcolor
from tests.nodes.models.tiny_diffusion import tiny_folder
from tests.nodes.models.tiny_faces import tiny_restoreformer
from tests.nodes.models.tiny_restoration import tiny_fbcnn, tiny_nafnet
from tests.nodes.models.tiny_scratches import tiny_scratches
from tests.nodes.models.tiny_upscale import tiny_general, tiny_weak

SETTINGS: Mapping[str, Mapping[str, Any]] = {
    "background/generate": {"model": "tiny-sd1", "steps": 1},
    "colour/hints": {"strokes": [{"points": [[1, 1], [4, 3]], "size": 3, "colour": "#b05030"}]},
    "faces/detect": {"model": "cascade"},
    "generate/text_to_image": {"model": "tiny-sd1", "steps": 1},
    "repair/inpaint_diffusion": {"model": "tiny-sd1-inpaint", "steps": 1},
}
"""What tests choose instead of a node's default, where that does nothing or is a model that cannot be made small."""

NEED_PACKAGES = ("official/gfpgan", "official/realesrgan")
"""Nodes that run packages which need not be installed; they have tests of their own."""


def tiny_models(folder: Path) -> Path:
    """Write them all."""
    for make in (tiny_general, tiny_weak, tiny_fbcnn, tiny_nafnet, tiny_ddcolor, tiny_scratches):
        make(folder)
    tiny_subject(folder, "isnet-general-use")
    tiny_folder(folder / "tiny-sd1")
    tiny_folder(folder / "tiny-sd1-inpaint", inpaint=True)
    # GFPGAN comes in one size only. The loader goes by what is in a file, not by its name.
    shutil.move(tiny_restoreformer(folder), folder / "GFPGANv1.4.pth")
    return folder
