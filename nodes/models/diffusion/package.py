"""diffusers and transformers: imported once, quiet, and without a way to the network."""

from __future__ import annotations

import os
from functools import cache
from importlib.util import find_spec
from typing import Any

from graph.errors import StepError
from nodes.models.compatibility import mend_torchvision

NEEDED = ("accelerate", "diffusers", "open_clip", "transformers")
"""What the extra `diffusion` brings."""


@cache
def package() -> Any:
    """The module diffusers. The first call takes seconds. StepError where the extra packages are missing."""
    if any(find_spec(name) is None for name in NEEDED):
        raise StepError(
            "Stable Diffusion needs the extra packages for diffusion.",
            'Install them: pip install -e ".[diffusion]"',
        )
    # Everything comes from local files. This makes sure of it, even where somebody has imported the hub before.
    os.environ |= {"HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1", "DISABLE_TELEMETRY": "YES"}
    mend_torchvision()
    import diffusers
    import huggingface_hub.constants
    import transformers

    huggingface_hub.constants.HF_HUB_OFFLINE = True
    for each in (diffusers, transformers):
        each.utils.logging.set_verbosity_error()
        each.utils.logging.disable_progress_bar()
    return diffusers
