"""Models that are folders: several files that belong together, as diffusers keeps them."""

from __future__ import annotations

import hashlib
from pathlib import Path

SIGNS = ("model_index.json", "unet/*.safetensors", "diffusion_pytorch_model*.safetensors")
"""What lies in the folder of a model: of a whole pipeline, described or not, or of a single network."""

PARTS = ("*.json", "*.safetensors", "*.txt", "*/*.json", "*/*.safetensors", "*/*.txt")
"""The files that such a model is made of. They lie two folders deep at most; a link in a circle leads nowhere."""


def is_bundle(folder: Path) -> bool:
    """Whether this is the folder of a model. A hidden one is not: it may be half written."""
    return folder.is_dir() and not folder.name.startswith(".") and any(_found(folder, sign) for sign in SIGNS)


def settings_beside(file: Path) -> Path:
    """Where a person may say how the network in a single file is built; mostly there is nothing."""
    return file.with_suffix(".config.json")


def files_of(model: Path) -> list[Path]:
    """The files that a model is made of, be it a file or a folder."""
    if model.is_dir():
        return sorted({path for part in PARTS for path in _found(model, part)})
    return [path for path in (model, settings_beside(model)) if path.is_file()]


def state_of(model: Path) -> tuple[int, int | str]:
    """What changes when one of its files does: their size, and their times. OSError where there is no file."""
    if model.is_file() and len(files_of(model)) == 1:
        found = model.stat()
        return found.st_size, found.st_mtime_ns
    files = {str(path): path.stat() for path in files_of(model)}
    lines = [f"{name} {found.st_size} {found.st_mtime_ns}" for name, found in files.items()]
    return sum(found.st_size for found in files.values()), hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _found(folder: Path, pattern: str) -> list[Path]:
    found = folder.glob(pattern)
    return [path for path in found if not path.relative_to(folder).as_posix().startswith(".") and path.is_file()]
