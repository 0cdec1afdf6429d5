"""A contact sheet of real old photos before and after a workflow, to be looked at."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from PIL import Image as Pillow
from PIL import ImageDraw

from bench.judging.damages import SUFFIXES, Photo, bytes_of, from_file
from bench.judging.engine import Engine
from nodes.kinds.arrays import Floats

PANEL = 400
"""Pixels of the longer side of a photo on the sheet, and of the piece shown pixel by pixel beside it."""

GAP, CAPTION, COLUMNS = 8, 18, 2


def write_sheet(path: Path, engine: Engine, workflow: Path, folder: Path, most: int) -> None:
    """Each photo whole and, where most has changed, at its own size; before on the left, after on the right."""
    files = [file for file in sorted(folder.iterdir()) if file.suffix.lower() in SUFFIXES]
    chosen = [files[place] for place in np.linspace(0, len(files) - 1, min(most, len(files))).round().astype(int)]
    cells: list[Pillow.Image] = []
    for file in chosen:
        photo = from_file(file)
        cells.append(_cell(photo, engine.run(workflow, photo.pixels).pixels))
        print(photo.name)
    rows = -(-len(cells) // COLUMNS)
    width, height = cells[0].size
    sheet = Pillow.new("RGB", (COLUMNS * (width + GAP), rows * (height + GAP)), "white")
    for number, cell in enumerate(cells):
        row, column = divmod(number, COLUMNS)
        sheet.paste(cell, (column * (width + GAP), row * (height + GAP)))
    sheet.save(path)


def _cell(photo: Photo, after: Floats) -> Pillow.Image:
    """Name; whole before and after; a piece before and after."""
    cell = Pillow.new("RGB", (4 * (PANEL + GAP), CAPTION + PANEL), "white")
    ImageDraw.Draw(cell).text((2, 2), photo.name, fill="black")
    rows, columns = _busiest(np.abs(after - photo.pixels).mean(axis=2))
    panels = [_whole(photo.pixels), _whole(after), *(_picture(each[rows, columns]) for each in (photo.pixels, after))]
    for number, panel in enumerate(panels):
        cell.paste(panel, (number * (PANEL + GAP), CAPTION))
    return cell


def _whole(pixels: Floats) -> Pillow.Image:
    picture = _picture(pixels)
    picture.thumbnail((PANEL, PANEL), Pillow.Resampling.LANCZOS)
    return picture


def _picture(pixels: Floats) -> Pillow.Image:
    return Pillow.fromarray(bytes_of(pixels))


def _busiest(change: Floats) -> tuple[slice, slice]:
    """The square of PANEL pixels in which most has changed from one pixel to the next."""
    height, width = change.shape
    tall, wide = min(PANEL, height), min(PANEL, width)
    fine = np.abs(cv2.Laplacian(change, cv2.CV_32F))
    sums = cv2.boxFilter(fine, -1, (wide, tall), anchor=(0, 0), borderType=cv2.BORDER_CONSTANT)
    whole = sums[: height - tall + 1, : width - wide + 1]
    top, left = divmod(int(whole.argmax()), whole.shape[1])
    return slice(top, top + tall), slice(left, left + wide)
