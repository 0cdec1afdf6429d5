"""Why a picture file cannot be read or written, in words for its owner."""

from __future__ import annotations

from graph.errors import StepError

READABLE = "PNG, JPEG, TIFF, WebP, BMP, HEIC and JPEG 2000"


def damaged(name: str, how: str = "it ends in the middle of the picture") -> StepError:
    return StepError(f"{name} is damaged: {how}.", "Copy or scan it again, or take it from a backup.")


def garbled(name: str) -> StepError:
    return damaged(name, "its picture data cannot be decoded")


def unknown(name: str) -> StepError:
    return StepError(f"{name} is not a picture of a known format.", f"Use one of {READABLE}.")


def unsupported(name: str, what: str) -> StepError:
    return StepError(f"{name} is {what}, which cannot be read.", "Save it as a plain RGB or grey TIFF or PNG.")


def too_large(name: str, height: int, width: int, limit: int) -> StepError:
    size = f"{width} × {height} pixels, {height * width / 1e6:,.0f} megapixels"
    remedy = f"The limit is {limit / 1e6:,.0f} megapixels: make the picture smaller, or cut it in parts."
    return StepError(f"{name} is too large: {size}.", remedy)


def no_page(name: str, page: int, pages: int) -> StepError:
    has = "only one page" if pages == 1 else f"{pages} pages"
    return StepError(f"{name} has {has}, so there is no page {page}.", f"Choose a page from 1 to {pages}.")
