from __future__ import annotations

import numpy as np
import pytest
from PIL import Image as Pillow

from graph.errors import StepError
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


def as_red_paint(truth: np.ndarray) -> np.ndarray:
    photo = np.random.default_rng(1).uniform(0.2, 0.8, truth.shape)[..., None] * [1.0, 0.95, 0.9]
    return photo + 0.6 * truth[..., None] * (np.array([1, 0, 0]) - photo)


@pytest.mark.parametrize(
    ("sign", "mode", "drawn"),
    [
        ("white", "L", lambda truth: truth),
        ("black", "L", lambda truth: 1 - truth),
        ("opaque", "RGBA", as_layer),
        ("red", "RGB", as_red_paint),
    ],
)
@pytest.mark.parametrize("guess", [True, False])
def test_every_way_of_marking_is_understood(ctx, tmp_path, truth, sign, mode, drawn, guess):
    file = written(tmp_path / "mask.png", drawn(truth), mode)
    values = load(ctx, file=file, sign="guess" if guess else sign).values
    assert np.abs(np.where(values > 0.5, 1, 0) - truth).max() == 0


def test_it_is_brought_to_the_size_of_the_photo(ctx, tmp_path, truth):
    file = written(tmp_path / "mask.png", truth, "L")
    found = load(ctx, Image(np.zeros((96, 128, 3), np.float32)), file=file)
    assert found.values.shape == (96, 128)
    assert found.values[30, 40] == pytest.approx(1, abs=0.01)


def test_other_proportions_are_refused(ctx, tmp_path, truth):
    file = written(tmp_path / "mask.png", truth, "L")
    with pytest.raises(StepError, match="sizes"):
        load(ctx, Image(np.zeros((96, 96, 3), np.float32)), file=file)


def test_what_is_saved_can_be_loaded_again(ctx, truth):
    soft = Mask((truth * 0.75).astype(np.float32))
    save(ctx, soft, name="{photo}-damage")
    (path,) = ctx.written
    assert path.name == "photo-damage.png"
    assert np.abs(load(ctx, file=str(path)).values - soft.values).max() < 1 / 255


def test_no_file_is_an_error(ctx):
    with pytest.raises(StepError, match="No file"):
        load(ctx)
