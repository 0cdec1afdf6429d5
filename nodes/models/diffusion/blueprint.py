"""How the networks of each family are built: what lies beside the weights says so, or else our own JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from graph.errors import StepError, nearest
from nodes.models.bundle import settings_beside
from nodes.models.diffusion.contents import Name
from nodes.models.diffusion.folder import part_config, read_json

CONFIGS = Path(__file__).parent / "configs"
"""The architectures as their authors published them: a file per family, a table per part."""

Blueprint = dict[str, dict[str, Any]]
"""The settings of each part: unet, vae, text_encoder, text_encoder_2 (XL alone), scheduler."""

CONTROLNET = "controlnet"
"""A part of no checkpoint, which may be in a file of its own."""

SPACING = {"timestep_spacing": "leading"}
"""How diffusers reads the schedules of folders from before there was a choice."""


def blueprint_of_folder(name: Name, folder: Path) -> Blueprint:
    """Each part as its own JSON says, or else as published. StepError for JSON that cannot be read."""
    plans = {part: dict(part_config(folder, part) or settings) for part, settings in _shipped(name).items()}
    plans["scheduler"] = {**SPACING, **plans["scheduler"]}
    return plans


def blueprint_of_file(name: Name, file: Path, hints: Mapping[str, Mapping[str, Any]]) -> Blueprint:
    """As published, but for what the file itself hints at, and for what somebody says in a file beside it."""
    shipped, beside = _shipped(name), _beside(file)
    parts = [*shipped, CONTROLNET]
    if wrong := next((part for part in beside if part not in parts), None):
        raise StepError(f"{settings_beside(file).name} names the part {wrong!r}.", nearest(wrong, parts))
    return {part: {**settings, **hints.get(part, {}), **beside.get(part, {})} for part, settings in shipped.items()}


def _beside(file: Path) -> Mapping[str, Mapping[str, Any]]:
    told = read_json(settings_beside(file)) or {}
    if wrong := [part for part, settings in told.items() if not isinstance(settings, dict)]:
        raise StepError(f"{settings_beside(file).name} has no settings for {wrong[0]}.", "See docs/weights.md.")
    return told


@cache
def _shipped(name: Name) -> Blueprint:
    return json.loads((CONFIGS / f"{name}.json").read_text(encoding="utf-8"))
