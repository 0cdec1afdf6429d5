"""What every registered node promises, whoever wrote it."""

from __future__ import annotations

import inspect
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image as Pillow

import nodes
from graph.context import Context
from graph.errors import Cancelled
from graph.pool import Pool
from graph.registry import Registry
from graph.spec import NodeSpec
from nodes.kinds.addons import Addons
from nodes.kinds.arrays import allocator
from nodes.kinds.faces import Face, Faces
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.models.device import Device
from nodes.models.lending import Lending
from nodes.models.shelf import Shelf
from tests.nodes.models.tiny_shelf import NEED_PACKAGES, SETTINGS

REGISTRY = Registry.collect(nodes)
SPECS = sorted((spec for spec in REGISTRY.values() if spec.id not in NEED_PACKAGES), key=lambda spec: spec.id)
SIZES = [(1, 1), (1, 37), (37, 1), (7, 5), (33, 47), (4000, 3)]

COLOURING = {
    "colour/colorize",
    "colour/hints",
    "colour/tint",
    "compare/difference",
    "compare/side_by_side",
    "damage/age",
    "faces/compare",
    "files/load",
    "generate/text_to_image",
    "masks/overlay",
    "noise/grain",
}
"""Nodes that may give a grey photo colour: heat maps, labels, another file, other pictures, paint, colour grain."""

every_node = pytest.mark.parametrize("spec", SPECS, ids=[spec.id for spec in SPECS])


def photograph(height: int, width: int, *, grey: bool = False) -> Image:
    """A gradient with grain and a scratch, the same for the same size."""
    rng = np.random.default_rng(height * 10_007 + width)
    down, across = np.linspace(0.2, 0.8, height)[:, None, None], np.linspace(0.1, 0.3, width)[None, :, None]
    pixels = (down + across + rng.normal(0, 0.03, (height, width, 1 if grey else 3))).clip(0, 1)
    pixels[:, width // 2] = 0.95
    return Image(np.broadcast_to(pixels, (height, width, 3)).astype(np.float32))


def stripe(height: int, width: int) -> Mask:
    """A mask that marks the scratch, and never the whole picture."""
    values = np.zeros((height, width), np.float32)
    values[: (height + 1) // 2 if width > 1 else height // 2, width // 2] = 1.0
    return Mask(values)


def one_face(height: int, width: int) -> Faces:
    """A face that fills the middle of the picture."""
    points = ((0.4, 0.4), (0.6, 0.4), (0.5, 0.5), (0.42, 0.6), (0.58, 0.6))
    box = (0.3 * width, 0.3 * height, 0.7 * width, 0.7 * height)
    return Faces((Face(box, tuple((x * width, y * height) for x, y in points)),), height=height, width=width)


@pytest.fixture(scope="module")
def lending(tiny_weights: Path) -> Lending:
    """Small random networks, in fp32 so that every processor computes the same."""
    return Lending(Pool(2**30), Shelf([tiny_weights]), Device("cpu", "full"))


@pytest.fixture
def ctx(tmp_path: Path, lending: Lending) -> Context:
    return Context(allocate=allocator(tmp_path / "scratch"), outputs=tmp_path / "outputs", lender=lending)


def inputs_for(spec: NodeSpec, image: Image, *, optional: bool = True) -> dict[str, Any]:
    size = image.height, image.width
    values = {"image": image, "mask": stripe(*size), "faces": one_face(*size), "addons": Addons(clip_skip=1)}
    return {socket.name: values[socket.kind] for socket in spec.sockets.values() if optional or not socket.optional}


def settings_for(spec: NodeSpec, folder: Path, size: tuple[int, int] = (7, 9)) -> dict[str, Any]:
    """The defaults, and a real picture of that height and width wherever a file is wanted."""
    settings = {**spec.defaults, **SETTINGS.get(spec.id, {})}
    for name in spec.file_settings:
        settings[name] = str(folder / "photo.png")
        Pillow.new("RGB", (size[1], size[0]), "teal").save(folder / "photo.png")
    return settings


def call(spec: NodeSpec, ctx: Context, inputs: dict[str, Any], settings: dict[str, Any]) -> list[Any]:
    """The outputs, in order."""
    value = spec.function(*((ctx,) if spec.takes_context else ()), **inputs, **settings)
    return list(value) if hasattr(value, "_fields") else [value] if spec.outputs else []


def arrays(values: list[Any]) -> list[np.ndarray]:
    return [v.pixels if isinstance(v, Image) else v.values for v in values if isinstance(v, Image | Mask)]


def test_none_is_refused():
    assert REGISTRY.problems == ()


@every_node
def test_its_help_is_for_people(spec: NodeSpec):
    assert spec.summary.endswith(".")
    assert len(spec.summary) <= 110
    assert spec.title.istitle() or spec.title[0].isupper()
    for name, setting in spec.settings.items():
        assert setting.control.help.endswith("."), f"{name} has no help"


@every_node
def test_its_settings_describe_themselves(spec: NodeSpec):
    for setting in spec.settings.values():
        assert setting.control.widget
        if setting.default != "":
            assert setting.validate(setting.default) == setting.default


@every_node
def test_the_file_is_where_the_id_says(spec: NodeSpec):
    assert Path(inspect.getfile(spec.function)).with_suffix("").parts[-2:] == tuple(spec.id.split("/"))


@every_node
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_any_size_gives_a_sound_picture(spec: NodeSpec, size: tuple[int, int], ctx: Context, tmp_path: Path):
    outputs = call(spec, ctx, inputs_for(spec, photograph(*size)), settings_for(spec, tmp_path, size))
    for found, port in zip(outputs, spec.outputs.values(), strict=True):
        assert isinstance(found, REGISTRY.kinds[port.kind].type)
    for values in arrays(outputs):
        assert np.isfinite(values).all()
        assert values.min() >= 0
        assert values.max() <= 1


@every_node
@pytest.mark.parametrize("level", [0.0, 1.0], ids=["black", "white"])
def test_flat_pictures_are_sound(spec: NodeSpec, level: float, ctx: Context, tmp_path: Path):
    flat = Image(np.full((40, 50, 3), level, np.float32))
    for values in arrays(call(spec, ctx, inputs_for(spec, flat), settings_for(spec, tmp_path, (40, 50)))):
        assert np.isfinite(values).all()


@every_node
def test_optional_inputs_may_be_left_out(spec: NodeSpec, ctx: Context, tmp_path: Path):
    call(spec, ctx, inputs_for(spec, photograph(33, 47), optional=False), settings_for(spec, tmp_path))


@every_node
def test_it_is_pure(spec: NodeSpec, ctx: Context, tmp_path: Path):
    image = photograph(61, 83)
    before = image.pixels.copy()
    inputs, settings = inputs_for(spec, image), settings_for(spec, tmp_path, (61, 83))
    first, second = call(spec, ctx, inputs, settings), call(spec, ctx, inputs, settings)
    assert np.array_equal(image.pixels, before)
    for one, two in zip(arrays(first), arrays(second), strict=True):
        assert np.array_equal(one, two)


@pytest.mark.parametrize("spec", [spec for spec in SPECS if spec.id not in COLOURING], ids=lambda spec: spec.id)
def test_a_grey_photo_stays_grey(spec: NodeSpec, ctx: Context, tmp_path: Path):
    outputs = call(spec, ctx, inputs_for(spec, photograph(61, 83, grey=True)), settings_for(spec, tmp_path, (61, 83)))
    for values in arrays([value for value in outputs if isinstance(value, Image)]):
        assert np.ptp(values, axis=2).max() < 1e-5


@every_node
def test_large_pictures_are_worked_through_in_pieces(spec: NodeSpec, tmp_path: Path, lending: Lending):
    """At 12 megapixels a node looks at the cancel flag at least once for every two of them, or does nothing."""
    image = photograph(3000, 4000)
    looks = 0

    class Counting(Context):
        def check(self) -> None:
            nonlocal looks
            looks += 1
            if looks > 6:
                self.cancelled.set()
            super().check()

    ctx = Counting(allocate=allocator(tmp_path / "scratch"), outputs=tmp_path, lender=lending)
    settings = settings_for(spec, tmp_path)
    if spec.file_settings:
        Pillow.fromarray((image.pixels * 255).astype(np.uint8)).save(tmp_path / "photo.png", compress_level=1)
    inputs = inputs_for(spec, image)
    try:
        outputs = call(spec, ctx, inputs, settings)
    except Cancelled:
        return
    untouched = [id(value) for value in inputs.values()]
    new = arrays([value for value in outputs if id(value) not in untouched])
    # A constant, such as an empty mask, costs nothing.
    assert all(0 in values.strides for values in new), f"looked {looks} times"


def test_scales_of_pixels_settings_are_lengths():
    """A preview on a smaller photo scales lengths along; a length of nothing stays nothing."""
    for spec in SPECS:
        for setting in spec.settings.values():
            if setting.control.widget == "pixels":
                assert math.isclose(setting.control.scaled(8.0, 0.5), 4.0)
                assert setting.control.scaled(0, 0.5) == 0
