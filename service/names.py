"""Names that people give, before any path is made of them."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from service.refusals import Refusal

FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\..*)?", re.IGNORECASE | re.DOTALL)
"""Names that Windows keeps for devices, whatever their suffix (learn.microsoft.com, "Naming Files, Paths")."""

JOINERS = "\u200c\u200d"
"""Invisible characters that Persian, Indic scripts and emoji need."""

LONGEST_FILE = 150
"""Bytes of a photo's name: most systems take 255, and copies of it get additions."""

LONGEST_NAME = 100
"""Characters of a workflow's name."""
LONGEST_NAME_BYTES = 200
"""The same in bytes, so that its file and a temporary one beside it can be made everywhere."""


def file_name(name: str, suffixes: tuple[str, ...] = (), usual: str = "photo") -> str:
    """A name that every system takes, as near to the person's as it can be.

    `suffixes` are those that the file's content may have, the first for a name with none of them; without any the
    name keeps its own. Never has a separator, a control character or a dot in front; at most LONGEST_FILE bytes.
    """
    stem, suffix = _parted(re.split(r"[/\\]", name)[-1], suffixes)
    stem = _clean(stem)
    if RESERVED.fullmatch(stem):
        stem = f"_{stem}"
    room = LONGEST_FILE - len(suffix.encode())
    stem = stem.encode()[:room].decode(errors="ignore").strip(". ")
    return (stem or usual) + suffix


def _parted(name: str, suffixes: tuple[str, ...]) -> tuple[str, str]:
    """The name without its suffix, and the suffix it shall have. A false one gives way only where it is a picture's."""
    if not suffixes:
        return name, ""
    stem, dot, last = name.strip().rpartition(".")
    suffix = f".{last}".lower()
    if dot and suffix in suffixes:
        return stem, f".{last}"
    return (stem if dot and suffix in PICTURES else name), suffixes[0]


PICTURES = (
    *(".avif", ".bmp", ".gif", ".heic", ".heif", ".hif", ".j2k", ".jfif", ".jp2", ".jpe", ".jpeg", ".jpg", ".jpx"),
    *(".png", ".svg", ".tif", ".tiff", ".webp"),
)
"""Suffixes that claim to be a picture's."""


def _clean(text: str) -> str:
    kept = (_written(character) for character in unicodedata.normalize("NFC", text))
    return FORBIDDEN.sub("_", "".join(kept)).strip(". ")


def _written(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Zs":
        return " "
    return "" if category[0] in "CZ" and character not in JOINERS else character


def workflow_name(name: str) -> str:
    """The name of a workflow in its one spelling. Refusal for one that cannot be a file's on every system."""
    found = unicodedata.normalize("NFC", name)
    if not 1 <= len(found) <= LONGEST_NAME or len(found.encode(errors="replace")) > LONGEST_NAME_BYTES:
        raise Refusal(422, "A workflow's name has 1 to 100 characters.", "Choose a shorter one.")
    if FORBIDDEN.search(found) or _clean(found) != found:
        raise Refusal(422, "This cannot be the name of a workflow.", "Use letters, digits, spaces, - and _.")
    if RESERVED.fullmatch(found):
        raise Refusal(422, f"A file cannot be called {found!r} on every computer.", "Choose another name.")
    return found


def disposition(how: Literal["inline", "attachment"], name: str) -> str:
    """The Content-Disposition of a file to look at, or to keep, under a name (RFC 6266)."""
    return f"{how}; filename*=UTF-8''{quote(name, safe='')}"


def inside(folder: Path, path: Path) -> Path:
    """The path itself. Refusal where it, or what it links to, lies outside of the folder: a second line of defence."""
    if not path.resolve().is_relative_to(folder.resolve()):
        raise Refusal(404, "There is nothing of that name.")
    return path
