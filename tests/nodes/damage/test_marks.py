"""Every kind of damage, drawn on a grey sheet."""

from __future__ import annotations

import numpy as np
import pytest

from nodes.damage.amounts import MEASURED, Amounts, measured
from nodes.damage.cracks import cracks, creases
from nodes.damage.dust import dirt, dust
from nodes.damage.fingerprints import fingerprints
from nodes.damage.foxing import foxing, spots
from nodes.damage.hairs import fibres, long_hairs, short_hairs
from nodes.damage.mark import Kind, Mark
from nodes.damage.scratches import scratches
from nodes.damage.sheet import SCAN, Sheet, Window, sheet_of
from nodes.damage.stains import stains
from nodes.damage.tape import tapes
from nodes.damage.tears import tears, wear

SHEET = Sheet(400, 520, 0.3)
DRAWN = {
    scratches: Kind.SCRATCH,
    cracks: Kind.CRACK,
    creases: Kind.CREASE,
    dust: Kind.DUST,
    dirt: Kind.DIRT,
    short_hairs: Kind.HAIR,
    long_hairs: Kind.HAIR,
    fibres: Kind.FIBRE,
    stains: Kind.STAIN,
    foxing: Kind.FOXING,
    spots: Kind.SPOT,
    tapes: Kind.TAPE,
    fingerprints: Kind.FINGERPRINT,
    tears: Kind.TORN,
}


def _laid(marks: list[Mark], window: Window, level: float = 0.45) -> tuple[np.ndarray, np.ndarray]:
    pixels, kinds = np.full((*window.shape, 3), level, np.float32), np.zeros(window.shape, np.uint8)
    for mark in marks:
        mark.lay(pixels, kinds, window)
    return pixels, kinds


def test_every_kind_is_drawn_by_something():
    assert set(DRAWN.values()) == set(Kind)


@pytest.mark.parametrize("draw", DRAWN, ids=lambda draw: draw.__name__)
def test_it_is_seen_where_it_says_and_nowhere_else(draw):
    marks = draw(SHEET, np.random.default_rng(4), 12)
    pixels, kinds = _laid(marks, SHEET.whole)
    change = np.abs(pixels - 0.45).mean(axis=2)
    assert set(np.unique(kinds)) - {0} == {DRAWN[draw]}
    # Where two lie upon each other they may cancel out.
    assert (change[kinds > 0] > 0.01).mean() > 0.95
    assert np.isfinite(pixels).all()
    assert pixels.min() >= 0
    assert pixels.max() <= 1
    # Only soft rims and the shade of a fold are changed without being marked.
    assert (change[kinds == 0] > 0.14).mean() < 0.002


@pytest.mark.parametrize("draw", DRAWN, ids=lambda draw: draw.__name__)
def test_it_is_the_same_through_every_window(draw):
    marks = draw(SHEET, np.random.default_rng(8), 8)
    whole, kinds = _laid(marks, SHEET.whole)
    for window in (Window(0, 0, 130, 111), Window(97, 205, 160, 210), Window(350, 400, 50, 120)):
        part, found = _laid(marks, window)
        place = window.within(SHEET.whole)
        assert np.abs(part - whole[place]).max() < 0.03
        assert (found != kinds[place]).mean() < 2e-3


@pytest.mark.parametrize("draw", DRAWN, ids=lambda draw: draw.__name__)
@pytest.mark.parametrize("shape", [(1, 1), (1, 60), (60, 1), (7, 5), (4000, 3)])
def test_any_sheet(draw, shape):
    sheet = sheet_of(*shape)
    pixels, _ = _laid(draw(sheet, np.random.default_rng(1), 3) + wear(sheet, np.random.default_rng(2), 1), sheet.whole)
    assert np.isfinite(pixels).all()


def test_light_sheets_get_light_marks_and_dark_ones_dark_marks():
    for light in (0.0, 1.0):
        sheet = Sheet(300, 300, 0.4, light)
        pixels, kinds = _laid(dust(sheet, np.random.default_rng(2), 60), sheet.whole)
        assert ((pixels[kinds > 0].mean(axis=1) > 0.45) == bool(light)).all()


def test_on_a_whole_scan_there_are_as_many_as_were_counted(rng):
    scan = Sheet(*SCAN, 1.0)
    for draw, (shape, scale) in MEASURED.items():
        counts = [measured(draw, scan, 0.5, rng) for _ in range(300)]
        assert np.mean(counts) == pytest.approx(shape * scale, rel=0.35)
    assert scan.share == 1


def test_dust_is_as_large_as_was_measured(rng):
    """Half of 7631 specks cover at most 53 square pixels of the scan, a tenth more than 84."""
    areas = []
    for mark in dust(Sheet(*SCAN, 1.0, 1.0), rng, 300):
        pixels, _ = _laid([mark], mark.box, 0.0)
        areas.append(np.count_nonzero(pixels.mean(axis=2) > pixels.mean(axis=2).max() / 2))
    assert np.median(areas) == pytest.approx(53, rel=0.25)
    assert np.quantile(areas, 0.9) == pytest.approx(84, rel=0.35)


def test_worn_rims_leave_the_middle_alone(rng):
    _, kinds = _laid(wear(SHEET, rng, 1.0), SHEET.whole)
    assert kinds[:3].mean() > 1
    assert not kinds[60:-60, 60:-60].any()


def test_no_amount_is_no_mark(rng):
    assert Amounts().marks(SHEET, rng) == []
