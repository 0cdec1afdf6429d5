"""Prints, taken off the scanner's glass."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image as Pillow

from graph.context import Context
from graph.errors import NothingMore
from nodes.geometry.crop_to_print import crop_to_print
from nodes.geometry.prints import prints_on
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image, Origin
from nodes.kinds.mask import Mask
from tests.cli.conftest import Heirloom, heirloom, write_workflow  # noqa: F401 - a fixture of another folder
from tests.nodes.geometry.conftest import BEDS, Scan


def alike(one: Floats, other: Floats) -> float:
    """The mean difference, a few pixels of the edges left out."""
    again = cv2.resize(one, other.shape[1::-1], interpolation=cv2.INTER_AREA)
    return float(np.abs(again - other)[6:-6, 6:-6].mean())


@pytest.mark.parametrize("bed", BEDS)
@pytest.mark.parametrize("angle", [-9.0, -2.0, 0.0, 4.0])
def test_corners_are_found_to_the_pixel(ctx: Context, photo: Floats, bed: str, angle: float):
    scan = Scan(bed=bed).lay(photo, 230, 290, angle)
    prints = prints_on(ctx, scan.image)
    assert len(prints.corners) == 1
    off = np.hypot(*(prints.small.full(prints.corners[0]) + 0.5 - scan.corners[0]).T)
    assert off.max() < 1.2


@pytest.mark.parametrize("angle", [0.0, 5.0])
def test_a_print_is_set_upright(ctx: Context, photo: Floats, angle: float):
    scan = Scan(bed="black").lay(photo, 230, 290, angle)
    found = crop_to_print(ctx, scan.image, Mask(scan.pixels[..., 0]))
    assert (found.image.height, found.image.width) == pytest.approx((240, 180), abs=2)
    assert alike(found.image.pixels, photo) < 0.03
    assert np.abs(found.mask.values - found.image.pixels[..., 0]).mean() < 0.02
    assert not found.missing.values.any()
    assert ctx.notes[0] == "One print was found."


def test_one_that_lies_straight_is_cut_out_to_the_last_bit(ctx: Context, photo: Floats):
    scan = Scan(bed="grey").lay(photo, 240, 300)
    found = crop_to_print(ctx, scan.image).image.pixels
    places = [(y, x) for y in range(176, 186) for x in range(146, 156)]
    parts = [scan.pixels[y : y + found.shape[0], x : x + found.shape[1]] for y, x in places]
    assert any(part.shape == found.shape and np.array_equal(part, found) for part in parts)


def test_several_are_counted_as_one_reads(ctx: Context, photo: Floats):
    scan = Scan(height=700, width=620, bed="white")
    levels = [0.2, 0.4, 0.6, 0.8]
    for level, (x, y) in zip(levels, [(150, 160), (440, 175), (140, 500), (450, 510)], strict=True):
        scan.lay(photo * np.float32(0.2) + np.float32(level - 0.1), x, y, 3.0)
    found = [float(crop_to_print(ctx, scan.image, which=number).image.pixels.mean()) for number in (1, 2, 3, 4)]
    assert found == sorted(found)
    assert "4 prints were found; this is number 1." in ctx.notes
    with pytest.raises(NothingMore, match="only 4 prints"):
        crop_to_print(ctx, scan.image, which=5)


def test_the_border_stays_or_goes(ctx: Context, bordered: Floats, photo: Floats):
    scan = Scan(bed="black").lay(bordered, 230, 290, 3.0)
    kept = crop_to_print(ctx, scan.image).image
    assert (kept.height, kept.width) == pytest.approx((258, 198), abs=2)
    without = crop_to_print(ctx, scan.image, keep_border=False).image
    assert (without.height, without.width) == pytest.approx((239, 179), abs=3)
    assert alike(without.pixels, photo) < 0.04


def test_a_margin_leaves_or_takes_more(ctx: Context, photo: Floats):
    scan = Scan(bed="black").lay(photo, 230, 290, 4.0)
    sizes = [crop_to_print(ctx, scan.image, margin=margin).image.height for margin in (-5.0, 0.0, 5.0)]
    assert sizes[1] - sizes[0] == pytest.approx(24, abs=1)
    assert sizes[2] - sizes[1] == pytest.approx(24, abs=1)


def test_a_torn_corner_keeps_its_place_and_is_marked(ctx: Context, photo: Floats):
    scan = Scan(bed="black").lay(photo, 230, 290, 3.0, torn=True)
    found = crop_to_print(ctx, scan.image)
    assert (found.image.height, found.image.width) == pytest.approx((240, 180), abs=2)
    assert found.missing.values[-4:, -4:].min() == 1
    assert found.missing.values.mean() == pytest.approx(0.06, abs=0.02)
    assert not found.missing.values[: found.image.height // 2].any()


def test_what_fills_the_scan_stays_as_it_is(ctx: Context, photo: Floats, bordered: Floats, house: Floats):
    for pixels in (photo, bordered, house, np.full((90, 80, 3), 0.5, np.float32), np.ones((1, 7, 3), np.float32)):
        image = Image(pixels)
        assert crop_to_print(ctx, image).image is image
        with pytest.raises(NothingMore):
            crop_to_print(ctx, image, which=2)


def test_what_is_no_rectangle_is_no_print(ctx: Context):
    scan = Scan(bed="white")
    cv2.circle(scan.pixels, (240, 300), 130, (0.3, 0.3, 0.3), -1)
    image = scan.image
    assert crop_to_print(ctx, image).image is image


def test_a_print_may_lie_in_the_corner_of_the_glass(ctx: Context, photo: Floats):
    scan = Scan(bed="white").lay(photo, 90, 120)
    found = crop_to_print(ctx, scan.image).image
    assert (found.height, found.width) == pytest.approx((240, 180), abs=2)


def test_what_the_file_said_is_kept(ctx: Context, photo: Floats):
    origin = Origin(bits=16, dpi=(300, 300), exif=b"exif")
    image = Image(Scan(bed="grey").lay(photo, 240, 300, 5).pixels, origin)
    assert crop_to_print(ctx, image).image.origin == origin


def test_a_folder_run_takes_all_of_them(heirloom: Heirloom, tmp_path: Path, photo: Floats):  # noqa: F811 - the fixture
    folder = tmp_path / "scans"
    folder.mkdir()
    scan = Scan(height=420, width=640, bed="black").lay(photo, 140, 200, 4).lay(photo, 430, 210, -3)
    Pillow.fromarray((scan.pixels * 255).astype(np.uint8)).save(folder / "a.png")
    Pillow.fromarray((photo * 255).astype(np.uint8)).save(folder / "b.png")
    nodes = {
        "photo": {"type": "files/load"},
        "crop": {"type": "geometry/crop_to_print", "inputs": {"image": ["photo", "image"]}},
    }
    places = {"input": ["photo", "photo"], "result": ["crop", "image"], "each": ["crop", "which"]}
    workflow = write_workflow(tmp_path / "prints.json", {"version": 1, "nodes": nodes, **places})
    answer = heirloom("--run", workflow, "--input", folder, "--output", tmp_path / "out")
    assert "3 done, 0 done before, 0 failed" in answer.out
    sizes = {}
    for path in (tmp_path / "out").glob("*.png"):
        with Pillow.open(path) as picture:
            sizes[path.name] = picture.size
    assert sizes.keys() == {"a.png", "a-2.png", "b.png"}
    assert all(size == pytest.approx((180, 240), abs=2) for size in sizes.values())
