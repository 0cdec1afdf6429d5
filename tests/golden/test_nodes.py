"""Every node on small photos, against pictures that somebody looked at and kept in expected/."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import nodes
from graph.context import Context
from graph.registry import Registry
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from tests.conftest import Lend
from tests.golden.comparing import MEAN, MOST, Golden
from tests.golden.conftest import Inputs

REGISTRY = Registry.collect(nodes)

OF_FILES = {"files/load", "files/save", "files/save_steps", "masks/load", "masks/save"}
"""Their pictures are those of a file, which has tests of its own."""

OF_ADDONS = {"generate/clip_skip", "generate/control", "generate/lora", "generate/vae"}
"""They give no picture, but what a model is told besides."""

OF_MODELS = {
    "background/generate",
    "background/matte",
    "colour/colorize",
    "detail/deblur",
    "faces/compare",
    "faces/detect",
    "faces/mask",
    "faces/restore",
    "generate/text_to_image",
    "official/gfpgan",
    "official/realesrgan",
    "repair/inpaint_diffusion",
}
"""Random networks make no picture to look at. What they compute is held against other programs in tests/parity, and
what is done with it in the tests of each node."""

BUDGET = 1_300_000
"""Bytes of all pictures kept: everybody who clones the repository gets them."""


@dataclass(frozen=True)
class Case:
    """A node, which of the inputs go where, and its settings; `variant` tells several of one node apart."""

    id: str
    wires: Mapping[str, str]
    settings: Mapping[str, Any] = field(default_factory=dict)
    variant: str = ""
    mean: float = MEAN
    most: float = MOST
    real: bool = False
    """It needs official model files."""

    @property
    def name(self) -> str:
        return "-".join(part for part in (self.id.replace("/", "-"), self.variant) if part)

    def result(self, ctx: Context, inputs: Inputs) -> Image | Mask:
        wired = {socket: getattr(inputs, source) for socket, source in self.wires.items()}
        spec = REGISTRY[self.id]
        value = spec.function(*((ctx,) if spec.takes_context else ()), **wired, **{**spec.defaults, **self.settings})
        return next(iter(value)) if hasattr(value, "_fields") else value


PORTRAIT = {"image": "portrait"}
FADED = {"image": "faded"}
SEPIA = {"image": "sepia"}
SCRATCHED = {"image": "scratched"}
TWO_MASKS = {"mask": "face", "other": "collar"}

STROKES = [
    {"points": [[10, 110], [40, 118], [80, 100]], "size": 9, "hardness": 0.4, "erase": False, "colour": "#ffffff"},
    {"points": [[48, 40], [52, 70]], "size": 14, "hardness": 1.0, "erase": True, "colour": "#ffffff"},
]

HINTS = [
    {"points": [[40, 40], [55, 60]], "size": 6, "hardness": 1.0, "erase": False, "colour": "#c09070"},
    {"points": [[8, 20], [8, 60]], "size": 6, "hardness": 1.0, "erase": False, "colour": "#5070a0"},
]
S_CURVE = [[0.0, 0.0], [0.25, 0.15], [0.75, 0.85], [1.0, 1.0]]
SUBJECT = {**PORTRAIT, "mask": "collar"}

CASES = [
    Case("background/decontaminate", SUBJECT),
    Case("background/harmonise", SUBJECT, {"grain": 0.5}),
    Case("background/refine", SUBJECT, {"inside": 3, "outside": 3}),
    Case("background/replace", SUBJECT, {"kind": "studio"}, "studio"),
    Case("background/replace", SUBJECT, {"kind": "blurred", "blur": 4}, "blurred"),
    Case("background/shadow", SUBJECT, {"strength": 0.6}),
    Case("colour/blur_chroma", {"image": "noisy", "mask": "face"}, {"blur": 2}),
    Case("colour/correct", FADED, {"cast": 1, "vibrance": 0.5}),
    Case("colour/hints", SEPIA, {"strokes": HINTS, "keep": False}),
    Case("colour/match", {"image": "faded", "reference": "portrait"}, {"keep_light": False}),
    Case("colour/tint", PORTRAIT, {"tone": "split"}),
    Case("colour/to_grey", PORTRAIT, {"mix": "orthochromatic"}),
    Case("compare/difference", {"image": "portrait", "other": "faded"}, {"gain": 3}),
    Case("compare/side_by_side", {"image": "faded", "other": "portrait"}, {"view": "split", "gap": 4}),
    Case("damage/age", PORTRAIT, {"seed": 4}),
    Case("detail/blur", PORTRAIT, {"radius": 3}),
    Case("detail/blur", {**PORTRAIT, "mask": "collar"}, {"radius": 8}, "masked"),
    Case("detail/sharpen", PORTRAIT, {"amount": 1.5, "radius": 1.2, "threshold": 0.02}),
    Case("geometry/border", PORTRAIT, {"way": "add"}),
    Case("geometry/crop", PORTRAIT, {"shape": "1:1"}),
    Case("geometry/crop_to_print", {"image": "scan"}),
    Case("geometry/perspective", PORTRAIT, {"corners": [[10, 8], [88, 14], [84, 118], [6, 122]]}),
    Case("geometry/rotate", PORTRAIT, {"angle": 7.0}),
    Case("geometry/straighten", PORTRAIT, {"by": "hand", "angle": 3.0}),
    Case("geometry/torn_edges", {"image": "torn"}),
    Case("layers/blend", {"base": "portrait", "top": "sepia"}, {"mode": "multiply", "opacity": 0.6}, "multiply"),
    Case(
        "layers/blend", {"base": "portrait", "top": "scratched", "mask": "collar"}, {"mode": "luminosity"}, "luminosity"
    ),
    Case("masks/combine", TWO_MASKS, {"how": "subtract"}),
    Case("masks/feather", {"mask": "damage"}, {"radius": 5, "side": "outwards"}),
    Case("masks/grow", {"mask": "damage"}, {"by": 2}),
    Case("masks/grow", {"mask": "face"}, {"by": -6}, "soft"),
    Case("masks/overlay", {"image": "portrait", "mask": "collar"}, {"colour": "#2060ff"}),
    Case("masks/paint", {"image": "portrait", "mask": "face"}, {"strokes": STROKES}),
    Case("masks/trace", SCRATCHED, {"points": [[48.0, 8.0], [57.0, 120.0]]}),
    Case("masks/threshold", {"mask": "face"}, {"level": 0.7, "softness": 0.1}),
    Case("masks/threshold", {"mask": "damage"}, {"drop_islands": 8, "invert": True}, "islands"),
    Case("noise/denoise", {"image": "noisy"}, {"strength": 1, "noise": 12}),
    Case("noise/denoise", {"image": "noisy"}, {"method": "ffdnet-color", "strength": 1}, "network", real=True),
    Case("noise/denoise", SCRATCHED, {"strength": 0.8}, "measured"),
    Case("noise/grain", PORTRAIT, {"strength": 0.3, "size": 2, "colour": 0.5}),
    Case("noise/jpeg", PORTRAIT, {"quality": 20}),
    Case("repair/find_scratches", {**SCRATCHED, "map": "damage"}, {"polarity": "light", "grow": 2}),
    # The network is trained anew now and then; what it finds is measured, not kept.
    Case("repair/map_damage", SCRATCHED, {"finder": "classical"}),
    Case("repair/inpaint", {**SCRATCHED, "mask": "damage"}),
    Case("tone/fade", FADED, {"strength": 1}),
    Case("tone/fade", SEPIA, {"strength": 1, "tone": "neutral"}, "neutral"),
    Case("tone/auto", FADED),
    Case("tone/contrast", SEPIA, {"strength": 1}),
    Case("tone/curves", PORTRAIT, {"brightness": S_CURVE, "blue": [[0.0, 0.1], [1.0, 0.9]]}),
    Case("tone/even_light", SEPIA, {"auto": False}),
    Case("tone/negative", PORTRAIT, {"film": "colour"}),
    Case("tone/levels", SEPIA),
    Case("tone/levels", PORTRAIT, {"auto": False, "black": 0.1, "white": 0.8, "gamma": 1.3, "strength": 1}, "manual"),
    Case("tone/white_balance", FADED, {"method": "shades of grey", "strength": 1}),
    Case("tone/white_balance", PORTRAIT, {"method": "manual", "temperature": -0.5, "tint": 0.2}, "manual"),
    Case("upscale/enlarge", PORTRAIT, {"scale": 1.5}, real=True),
    Case("upscale/keep_true", {"image": "faded", "photo": "portrait"}, {"strength": 0.5}),
    Case("upscale/resize", {"image": "scratched"}, {"factor": 0.5}, "smaller"),
    Case("upscale/resize", {"image": "sepia"}, {"by": "width", "length": 153}, "larger"),
]


@pytest.mark.parametrize("case", [case for case in CASES if not case.real], ids=lambda case: case.name)
def test_it_still_makes_the_picture_that_was_kept(case: Case, ctx: Context, inputs: Inputs, golden: Golden):
    golden.check(case.name, case.result(ctx, inputs), case.mean, case.most)


@pytest.mark.parametrize("case", [case for case in CASES if case.real], ids=lambda case: case.name)
def test_so_do_official_models(case: Case, lend: Lend, real_weights: Path, inputs: Inputs, golden: Golden):
    golden.check(case.name, case.result(lend(real_weights), inputs), case.mean, case.most)


def test_every_node_has_a_picture():
    assert set(REGISTRY) - OF_FILES - OF_ADDONS - OF_MODELS <= {case.id for case in CASES}


def test_every_picture_has_a_test():
    kept = {path.stem for path in (Path(__file__).parent / "expected").iterdir()}
    assert kept == {case.name for case in CASES}


def test_the_pictures_stay_small():
    assert (
        sum(path.stat().st_size for path in Path(__file__).parent.rglob("*.png") if "failed" not in path.parts) < BUDGET
    )
