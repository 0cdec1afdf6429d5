from __future__ import annotations

import numpy as np
import pytest
from PIL import Image as Pillow

from graph.errors import StepError
from graph.given import Given
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.masks.load import load
from nodes.masks.save import save

MARKED = np.s_[10:20, 5:40]


@pytest.fixture
def truth() -> np.ndarray:
    values = np.zeros((48, 64), np.float32)
    values[MARKED] = 1
    return values


def written(path, array: np.ndarray, mode: str) -> str:
    Pillow.fromarray((array * 255).round().astype(np.uint8), mode).save(path)
    return str(path)


def as_layer(truth: np.ndarray) -> np.ndarray:
    return np.dstack([np.zeros((*truth.shape, 3)), truth])


def as_erased(truth: np.ndarray) -> np.ndarray:
    """A photo whose damage was erased: the colour is still there, under alpha 0."""
    return np.dstack([np.full((*truth.shape, 3), 0.4), 1 - truth])


def as_red_paint(truth: np.ndarray) -> np.ndarray:
    photo = np.random.default_rng(1).uniform(0.2, 0.8, truth.shape)[..., None] * [1.0, 0.95, 0.9]
    return photo + 0.6 * truth[..., None] * (np.array([1, 0, 0]) - photo)


@pytest.mark.parametrize(
    ("sign", "mode", "drawn"),
    [
        ("white", "L", lambda truth: truth),
        ("black", "L", lambda truth: 1 - truth),
        ("opaque", "RGBA", as_layer),
        ("transparent", "RGBA", as_erased),
        ("red", "RGB", as_red_paint),
    ],
)
@pytest.mark.parametrize("guess", [True, False])
def test_every_way_of_marking_is_understood(ctx, tmp_path, truth, sign, mode, drawn, guess):
    file = written(tmp_path / "mask.png", drawn(truth), mode)
    values = load(ctx, file=file, sign="guess" if guess else sign).values
    assert np.abs(np.where(values > 0.5, 1, 0) - truth).max() == 0


def test_a_mask_in_memory_is_read_too(ctx, tmp_path, truth):
    written(tmp_path / "mask.png", truth, "L")
    given = Given("mask.png", (tmp_path / "mask.png").read_bytes())
    assert np.array_equal(load(ctx, file=given).values, truth)


def test_it_is_brought_to_the_size_of_the_photo(ctx, tmp_path, truth):
    file = written(tmp_path / "mask.png", truth, "L")
    found = load(ctx, Image(np.zeros((96, 128, 3), np.float32)), file=file)
    assert found.values.shape == (96, 128)
    assert found.values[30, 40] == pytest.approx(1, abs=0.01)


def test_other_proportions_are_refused(ctx, tmp_path, truth):
    file = written(tmp_path / "mask.png", truth, "L")
    with pytest.raises(StepError, match="sizes"):
        load(ctx, Image(np.zeros((96, 96, 3), np.float32)), file=file)


def test_red_in_the_photo_is_no_paint_where_the_photo_is_wired(ctx, tmp_path, truth):
    photo = np.random.default_rng(1).uniform(0.3, 0.9, truth.shape)[..., None] * np.array([1, 0.7, 0.5])
    photo[30:45, 40:60] = [0.7, 0.1, 0.1]
    painted = photo + 0.5 * truth[..., None] * (np.array([1, 0, 0]) - photo)
    file = written(tmp_path / "painted.png", painted, "RGB")
    values = load(ctx, Image(photo.astype(np.float32)), file=file).values
    assert np.abs(values - truth).max() < 0.05


def test_sepia_alone_is_no_paint(ctx, tmp_path, truth):
    sepia = np.random.default_rng(1).uniform(0.3, 0.9, truth.shape)[..., None] * np.array([1, 0.78, 0.55])
    painted = sepia + 0.5 * truth[..., None] * (np.array([1, 0, 0]) - sepia)
    values = load(ctx, file=written(tmp_path / "painted.png", painted, "RGB"), sign="red").values
    assert ((values > 0) == (truth > 0)).all()


def grey_alpha(truth: np.ndarray) -> Pillow.Image:
    return Pillow.merge("LA", [Pillow.new("L", truth.shape[::-1], 255), Pillow.fromarray(in_255(truth))])


def palette(truth: np.ndarray) -> Pillow.Image:
    """Dark blue and pale yellow."""
    picture = Pillow.fromarray((truth > 0).astype(np.uint8), "P")
    picture.putpalette([0, 0, 40, 255, 255, 200])
    return picture


def in_255(truth: np.ndarray) -> np.ndarray:
    return (truth * 255).round().astype(np.uint8)


@pytest.mark.parametrize(
    ("name", "drawn", "options"),
    [
        ("sixteen.png", lambda truth: Pillow.fromarray((truth * 65535).astype(np.uint16)), {}),
        ("sixteen.tif", lambda truth: Pillow.fromarray((truth * 65535).astype(np.uint16)), {}),
        ("one-bit.png", lambda truth: Pillow.fromarray(truth > 0), {}),
        ("one-bit.tif", lambda truth: Pillow.fromarray(truth > 0), {"compression": "group4"}),
        ("palette.png", palette, {}),
        ("layer.png", grey_alpha, {}),
        ("cut-out.png", palette, {"transparency": 0}),
        ("deflated.tif", lambda truth: Pillow.fromarray(in_255(truth)), {"compression": "tiff_adobe_deflate"}),
        ("mask.jpg", lambda truth: Pillow.fromarray(in_255(truth)), {"quality": 90}),
        ("mask.bmp", lambda truth: Pillow.fromarray(in_255(truth)), {}),
    ],
)
def test_files_as_picture_editors_write_them(ctx, tmp_path, truth, name, drawn, options):
    drawn(truth).save(tmp_path / name, **options)
    values = load(ctx, Image(np.zeros((*truth.shape, 3), np.float32)), file=str(tmp_path / name)).values
    assert ((values > 0.5) == (truth > 0.5)).all()


def test_a_mask_that_lies_on_its_side_in_the_file_is_turned(ctx, tmp_path, truth):
    exif = Pillow.Exif()
    exif[0x0112] = 6
    Pillow.fromarray(np.rot90(in_255(truth))).save(tmp_path / "turned.jpg", quality=95, exif=exif)
    values = load(ctx, Image(np.zeros((*truth.shape, 3), np.float32)), file=str(tmp_path / "turned.jpg")).values
    assert ((values > 0.5) == (truth > 0.5)).all()


@pytest.mark.parametrize("format", ["png", "tiff"])
@pytest.mark.parametrize("inverted", [False, True])
def test_what_is_saved_comes_back(ctx, truth, rng, format, inverted):
    hard = Mask(1 - truth if inverted else truth)
    soft = Mask(np.abs(inverted - truth * rng.uniform(0.2, 1, truth.shape)).astype(np.float32))
    whole = Mask(np.round(soft.values * 255) / np.float32(255))
    for number, (mask, off) in enumerate([(hard, 0), (whole, 1e-7), (soft, 1e-5)]):
        save(ctx, mask, name=f"{{photo}}-damage-{number}", format=format)
        assert np.abs(load(ctx, file=str(ctx.written[-1])).values - mask.values).max() <= off
    assert ctx.written[0].stem == "photo-damage-0"


def test_a_mask_of_whole_steps_is_written_in_8_bits(ctx, truth):
    for values in (truth, truth * np.float32(0.3)):
        save(ctx, Mask(values), name=f"{values.max():.1f}")
    modes = []
    for path in ctx.written:
        with Pillow.open(path) as file:
            modes.append(file.mode)
    assert modes == ["L", "I;16"]


def test_no_file_is_an_error(ctx):
    with pytest.raises(StepError, match="No file"):
        load(ctx)
