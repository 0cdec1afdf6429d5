"""Which of several media types an answer gets, by the Accept header (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

NICKNAMES = {"image/jpg": "image/jpeg", "image/tif": "image/tiff"}
"""What people write, and what is registered."""


def choose(accept: str, offered: Sequence[str]) -> str | None:
    """The offered type that the client likes best, the first of equals; None where it accepts none of them.

    Without a header everything is accepted.
    """
    if not accept.strip():
        return offered[0]
    liked = _ranges(accept)
    best = max(offered, key=lambda media: _quality(media, liked))
    return best if _quality(best, liked) > 0 else None


def _ranges(accept: str) -> dict[str, float]:
    """The ranges of the header and their q. What is no range is left out."""
    found: dict[str, float] = {}
    for text in accept.lower().split(","):
        name, *parameters = (part.strip() for part in text.split(";"))
        q = _q(parameters)
        if name.count("/") == 1 and q is not None:
            name = NICKNAMES.get(name, name)
            found[name] = max(q, found.get(name, 0.0))
    return found


def _q(parameters: Sequence[str]) -> float | None:
    """The weight, 1 where there is none; None where it makes no sense."""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                q = float(value)
            except ValueError:
                return None
            return q if 0 <= q <= 1 else None
    return 1.0


def _quality(media: str, liked: Mapping[str, float]) -> float:
    """The most exact range counts."""
    family = media.partition("/")[0]
    return next((liked[name] for name in (media, f"{family}/*", "*/*") if name in liked), 0.0)
