from __future__ import annotations

import numpy as np
import pytest

from graph.controls import Strokes
from graph.errors import StepError
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.masks.paint import paint


def stroke(*points: tuple[float, float], size: float = 10, hardness: float = 1.0, erase: bool = False) -> dict:
    return {
        "points": [list(p) for p in points],
        "size": size,
        "hardness": hardness,
        "erase": erase,
        "colour": "#ffffff",
    }


@pytest.fixture
def photo() -> Image:
    return Image(np.full((60, 80, 3), 0.5, np.float32))


def test_a_dot_is_round_and_as_wide_as_the_brush(ctx, photo):
    values = paint(ctx, photo, strokes=[stroke((40, 30), size=20)]).values
    assert values.sum() == pytest.approx(np.pi * 100, rel=0.02)
    assert values[30, 40] == 1
    assert values[30, 25] == 0
    assert np.allclose(values, values[::-1].T[::-1].T[:, ::-1][::-1], atol=1)


def test_a_line_is_as_long_and_wide_as_it_was_drawn(ctx, photo):
    values = paint(ctx, photo, strokes=[stroke((10, 30), (70, 30), size=6)]).values
    assert values[:, 40].sum() == pytest.approx(6, abs=0.01)
    assert values[30].sum() == pytest.approx(66, abs=1)


def test_strokes_act_in_order(ctx, photo):
    marked = stroke((40, 30), size=20)
    erased = stroke((40, 30), size=10, erase=True)
    assert paint(ctx, photo, strokes=[marked, erased]).values[30, 40] == 0
    assert paint(ctx, photo, strokes=[erased, marked]).values[30, 40] == 1


def test_a_soft_brush_fades(ctx, photo):
    row = paint(ctx, photo, strokes=[stroke((40, 30), size=40, hardness=0)]).values[30]
    assert np.all(np.diff(row[20:40]) >= 0)
    assert 0.2 < row[30] < 0.8


def test_a_wired_mask_is_corrected(ctx, photo):
    found = Mask(np.pad(np.ones((20, 20), np.float32), ((0, 40), (0, 60))))
    values = paint(ctx, photo, found, strokes=[stroke((10, 10), size=8, erase=True), stroke((60, 40))]).values
    assert (values[10, 10], values[1, 1], values[40, 60]) == (0, 1, 1)
    assert paint(ctx, photo, found) is found


def test_large_masks_show_no_seam(ctx):
    large = Image(np.broadcast_to(np.float32(0.5), (1200, 1100, 3)))
    values = paint(ctx, large, strokes=[stroke((900, 1000), (1090, 1050), size=31, hardness=0.3)]).values
    shifted = paint(ctx, large, strokes=[stroke((800, 900), (990, 950), size=31, hardness=0.3)]).values
    assert np.allclose(values[100:, 100:], shifted[:-100, :-100], atol=1e-4)


@pytest.mark.parametrize("points", [[(-50, -50)], [(1e6, 1e6), (-1e6, 3)], [(79.9, 59.9)]])
def test_strokes_beyond_the_photo_are_cut(ctx, photo, points):
    values = paint(ctx, photo, strokes=[stroke(*points)]).values
    assert values.shape == (60, 80)
    assert np.isfinite(values).all()


def test_a_mask_of_another_photo_is_refused(ctx, photo):
    with pytest.raises(StepError, match="sizes"):
        paint(ctx, photo, Mask(np.zeros((10, 10), np.float32)))


def drawn(tool: str, *points: tuple[float, float], **parts: object) -> dict:
    return {"tool": tool, "points": [list(point) for point in points], **parts}


TOOLS = {
    "brush": drawn("brush", (30, 30), (60, 40), size=12),
    "lasso": drawn("lasso", (20, 10), (60, 15), (50, 50), (25, 45)),
    "flood": drawn("flood", (50, 30), tolerance=0.2),
    "line": drawn("line", (40.5, 5), (40.5, 55), size=2),
}

every_tool = pytest.mark.parametrize("tool", TOOLS)


@pytest.fixture
def scene(rng) -> Image:
    """A light disk and a white line on grain."""
    rows, columns = np.mgrid[:60, :80]
    light = np.where(np.hypot(rows - 30, columns - 52) < 9, 0.8, 0.3) + rng.normal(0, 0.01, (60, 80))
    light[:, 40] += 0.15
    return Image(np.repeat(light[..., None], 3, axis=2).clip(0, 1).astype(np.float32))


@every_tool
def test_what_a_tool_marks_it_also_erases(ctx, scene, tool):
    marked = paint(ctx, scene, strokes=[TOOLS[tool]]).values
    assert marked.max() == 1
    assert marked.min() == 0
    both = paint(ctx, scene, strokes=[TOOLS[tool], {**TOOLS[tool], "erase": True}]).values
    # What half a stroke covers, half of a stroke erases.
    assert both.max() <= 0.5
    assert not both[marked == 1].any()


@every_tool
def test_it_corrects_a_wired_mask(ctx, scene, tool):
    marked = paint(ctx, scene, strokes=[TOOLS[tool]]).values
    whole = Mask(np.ones((60, 80), np.float32))
    erased = paint(ctx, scene, whole, strokes=[{**TOOLS[tool], "erase": True}]).values
    assert np.allclose(erased, 1 - marked)


@every_tool
def test_a_photo_of_one_pixel_can_be_painted(ctx, tool):
    dot = Image(np.full((1, 1, 3), 0.5, np.float32))
    for place in [(0.5, 0.5), (0, 0), (1, 1), (5, 5), (-3, 0)]:
        values = paint(ctx, dot, strokes=[drawn(tool, place), drawn(tool, place, place), drawn(tool, place)]).values
        assert values.shape == (1, 1)
        assert 0 <= values[0, 0] <= 1


@every_tool
@pytest.mark.parametrize("point", [(-50, -50), (1e6, 3), (1e300, -1e300), (80, 60)])
def test_points_beyond_the_photo_are_sound(ctx, scene, tool, point):
    values = paint(ctx, scene, strokes=[drawn(tool, point), drawn(tool, point, (10, 10), (30, 20))]).values
    assert np.isfinite(values).all()


@pytest.mark.parametrize("tool", ["brush", "lasso"])
def test_a_scaled_stroke_gives_the_scaled_mask(ctx, tool):
    strokes = Strokes().validate([TOOLS[tool]])
    large = paint(ctx, Image(np.zeros((240, 320, 3), np.float32)), strokes=Strokes().scaled(strokes, 4)).values
    small = paint(ctx, Image(np.zeros((60, 80, 3), np.float32)), strokes=strokes).values
    assert np.abs(large.reshape(60, 4, 80, 4).mean(axis=(1, 3)) - small).mean() < 0.005


def test_order_counts_between_tools(ctx, scene):
    erased = {**TOOLS["brush"], "erase": True}
    first = paint(ctx, scene, strokes=[TOOLS["lasso"], erased]).values
    last = paint(ctx, scene, strokes=[erased, TOOLS["lasso"]]).values
    assert first[30, 30] == 0
    assert last[30, 30] == 1


def test_each_place_of_a_flood_is_one_of_its_own(ctx, scene):
    values = paint(ctx, scene, strokes=[drawn("flood", (52, 30), (5, 5), tolerance=0.1)]).values
    assert values[30, 52] == 1
    assert values[5, 5] == 1
    assert values[30, 70] == 0, "the line keeps the right side apart"


def test_a_line_follows_a_scratch_from_one_click(ctx, rng):
    light = 0.5 + rng.normal(0, 0.02, (240, 200))
    light[:, 90] += 0.12
    photo = Image(np.repeat(light[..., None], 3, axis=2).clip(0, 1).astype(np.float32))
    values = paint(ctx, photo, strokes=[drawn("line", (90.5, 120), size=2)]).values
    assert (values[:, 90] > 0.5).mean() > 0.9
    assert values.mean() < 0.03


def test_where_no_line_is_nothing_is_marked_and_it_says_so(ctx, photo):
    assert not paint(ctx, photo, strokes=[drawn("line", (30, 30), size=2)]).values.any()
    assert "second point" in ctx.notes[0]


def test_pressure_makes_a_brush_thinner(ctx, photo):
    pressed = drawn("brush", (10, 30), (70, 30), size=20, widths=[0.2, 1])
    across = paint(ctx, photo, strokes=[pressed]).values.sum(axis=0)
    assert across[10] == pytest.approx(4, abs=0.5)
    assert across[40] == pytest.approx(12, abs=0.5)
    assert across[69] == pytest.approx(20, abs=0.5)


def test_full_pressure_is_the_plain_brush(ctx, photo):
    plain = drawn("brush", (10, 30), (50, 40), (70, 10), size=9, hardness=0.5)
    values = [paint(ctx, photo, strokes=[each]).values for each in (plain, {**plain, "widths": [1, 1, 1]})]
    assert np.allclose(*values, atol=1e-6)


def test_a_lifted_pen_leaves_nothing(ctx, photo):
    assert not paint(ctx, photo, strokes=[drawn("brush", (10, 30), (50, 40), widths=[0, 0])]).values.any()
