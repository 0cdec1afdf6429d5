"""What the pictures of the node reference show: for each node, what goes in and how it is set."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow

from graph.context import Context
from graph.pool import Pool
from nodes.background.matte import matte
from nodes.background.replace import replace
from nodes.faces.detect import detect
from nodes.geometry.border import border
from nodes.geometry.rotate import rotate
from nodes.geometry.torn_edges import torn_edges
from nodes.kinds.arrays import allocator
from nodes.kinds.faces import Faces
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.models.device import Device
from nodes.models.lending import Lending
from nodes.models.shelf import Shelf
from nodes.repair.map_damage import map_damage

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "workflows" / "sample.jpg"
WEIGHTS = ROOT / "weights"

FACE = np.s_[0:360, 70:360]
"""Of scikit-image's astronaut: head, collar and some background."""
SCRATCHED = np.s_[200:640, 360:720]
"""Of the sample: scratches run over face and ground here."""
FADED_BLACK, FADED_WHITE = np.array([[0.36, 0.22, 0.24], [0.93, 0.86, 0.74]], np.float32)
"""What became of black and white in a print whose dyes have lost depth, cyan most."""


@dataclass(frozen=True)
class Scene:
    """A node, what is wired to it, and its settings where they differ from the usual ones."""

    id: str
    wires: Mapping[str, str]
    """For each socket the name of a picture or mask below."""
    settings: Mapping[str, Any] = field(default_factory=dict[str, Any])
    also: tuple[str, ...] = ()
    """Sockets that are shown before the result besides the first one."""

    def inputs(self) -> dict[str, Any]:
        return {socket: PICTURES[name]() for socket, name in self.wires.items()}

    def shown(self, inputs: Mapping[str, Any]) -> Iterator[Any]:
        """What stands left of the result: nothing where it is drawn from words alone."""
        for socket in (*tuple(self.wires)[:1], *self.also):
            yield inputs[socket]


@cache
def context() -> Context:
    """Lends what comes with Heirloom."""
    lender = Lending(Pool(2**30), Shelf((WEIGHTS,)), Device("cpu", "full"))
    return Context(allocate=allocator(Path(gettempdir())), lender=lender)


def photo(pixels: NDArray[Any]) -> Image:
    return Image(np.clip(pixels, 0, 1).astype(np.float32))


@cache
def portrait() -> Image:
    from skimage import data

    return photo(np.asarray(data.astronaut()[FACE], np.float32) / 255)


def grey() -> Image:
    light = portrait().pixels @ np.array([0.299, 0.587, 0.114], np.float32)
    return photo(np.repeat(light[..., None], 3, axis=2))


def faded() -> Image:
    return photo(FADED_BLACK + (FADED_WHITE - FADED_BLACK) * portrait().pixels)


def dull() -> Image:
    return photo(0.22 + 0.5 * grey().pixels)


def noisy() -> Image:
    noise = np.random.default_rng(3).normal(0, 0.07, portrait().pixels.shape)
    return photo(portrait().pixels + noise)


def small() -> Image:
    """Every third pixel's mean: a picture from an old web page."""
    pixels = portrait().pixels
    height, width = (side // 3 for side in pixels.shape[:2])
    return photo(pixels[: height * 3, : width * 3].reshape(height, 3, width, 3, 3).mean(axis=(1, 3)))


def blocky() -> Image:
    """Saved as a JPEG of quality 12."""
    file = BytesIO()
    Pillow.fromarray(np.round(portrait().pixels * 255).astype(np.uint8)).save(file, "jpeg", quality=12)
    with Pillow.open(file) as saved:
        return photo(np.asarray(saved, np.float32) / 255)


def soft() -> Image:
    import cv2

    return photo(cv2.GaussianBlur(portrait().pixels, (0, 0), 1.6))


@cache
def scratched() -> Image:
    with Pillow.open(SAMPLE) as file:
        return photo(np.asarray(file.convert("RGB"), np.float32)[SCRATCHED] / 255)


@cache
def damage() -> Mask:
    """What is found on `scratched` without a network."""
    return Mask((map_damage(context(), scratched(), finder="classical").values > 0.3).astype(np.float32))


def uneven() -> Image:
    """Darker towards the corners, as a simple lens or a lamp leaves it."""
    height, width = portrait().pixels.shape[:2]
    down, across = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j].astype(np.float32)
    return photo(grey().pixels * (1 - 0.33 * (down**2 + across**2))[..., None])


def negative() -> Image:
    """Of a colour film: turned round by density, behind its orange base."""
    return photo(np.array([0.85, 0.55, 0.35], np.float32) * (0.04 / (portrait().pixels ** 2.2 + 0.04)) ** 0.55)


def patchy() -> Image:
    """Colour that has run over outlines and stands in patches, as a network leaves it."""
    import cv2

    light, *chroma = cv2.split(cv2.cvtColor(portrait().pixels, cv2.COLOR_RGB2Lab))
    blotches = np.random.default_rng(5).normal(0, 25, (2, *light.shape)).astype(np.float32)
    blurred = [cv2.GaussianBlur(plane + 3 * spots, (0, 0), 9) for plane, spots in zip(chroma, blotches, strict=True)]
    return photo(cv2.cvtColor(cv2.merge([light, *blurred]), cv2.COLOR_Lab2RGB))


def tilted() -> Image:
    """scikit-image's brick wall, three degrees askew."""
    from skimage import data

    wall = photo(np.repeat(np.asarray(data.brick()[100:420, 60:480, None], np.float32) / 255, 3, axis=2))
    return rotate(context(), wall, angle=3.0, canvas="crop").image


@cache
def bed() -> Image:
    """Two prints on the glass of a scanner."""
    glass = np.full((560, 860, 3), 0.96, np.float32)
    for picture, left, angle in ((grey(), 60, -4.0), (faded(), 470, 3.0)):
        framed = border(context(), picture, way="add", width=4).image
        turned = rotate(context(), framed, angle=angle, fill="white", canvas="grow").image.pixels
        height, width = turned.shape[:2]
        glass[80 : 80 + height, left : left + width] = np.minimum(turned * 0.97, 0.96)
    return photo(glass)


def torn() -> Image:
    """A corner of the print is gone: the black bed shows."""
    pixels = faded().pixels.copy()
    height, width = pixels.shape[:2]
    down, across = np.mgrid[:height, :width]
    ragged = 8 * np.sin(across / 7) + 5 * np.sin(across / 2.3)
    pixels[across - width + 85 > down + ragged] = 0.02
    return photo(pixels)


def gone() -> Mask:
    """The corner that `torn` has lost."""
    return torn_edges(context(), torn())


@cache
def subject() -> Mask:
    return matte(context(), portrait(), faces(), model="grabcut")


@cache
def faces() -> Faces:
    return detect(context(), portrait(), model="cascade")


def backdrop() -> Image:
    """scikit-image's coffee cup, cut to the size of the portrait."""
    from skimage import data

    return photo(np.asarray(data.coffee()[:360, 100:390], np.float32) / 255)


def before_backdrop() -> Image:
    return replace(context(), portrait(), subject(), backdrop(), kind="picture").image


def disc() -> Mask:
    """Fades out from the face."""
    height, width = portrait().pixels.shape[:2]
    down, across = np.mgrid[:height, :width].astype(np.float32)
    return Mask(np.clip((95 - np.hypot(down - 140, across - 155)) / 40 + 0.5, 0, 1).astype(np.float32))


def bar() -> Mask:
    values = np.zeros(portrait().pixels.shape[:2], np.float32)
    values[200:, :] = 1
    return Mask(values)


PICTURES: Mapping[str, Callable[[], Image | Mask | Faces]] = {
    each.__name__: each
    for each in (
        portrait,
        grey,
        faded,
        dull,
        noisy,
        small,
        blocky,
        soft,
        scratched,
        damage,
        uneven,
        negative,
        patchy,
        tilted,
        bed,
        torn,
        gone,
        subject,
        faces,
        backdrop,
        before_backdrop,
        disc,
        bar,
    )
}

S_CURVE = [[0.0, 0.0], [0.25, 0.15], [0.75, 0.86], [1.0, 1.0]]
STROKES = [
    {"points": [[60, 250], [160, 330], [250, 260]], "size": 26, "hardness": 0.5, "erase": False},
    {"points": [[155, 110], [155, 170]], "size": 40, "hardness": 1.0, "erase": True},
]

COLOURS = [
    {"points": points, "size": 12, "hardness": 1.0, "erase": False, "colour": colour}
    for colour, points in (
        ("#e8b494", [[130, 120], [175, 120]]),
        ("#8a5a30", [[110, 50], [190, 45]]),
        ("#e06030", [[30, 330], [90, 320]]),
        ("#e06030", [[250, 320], [280, 345]]),
        ("#d8d4cc", [[40, 60], [60, 150]]),
        ("#d8d4cc", [[260, 60], [270, 180]]),
        ("#404040", [[120, 250], [190, 250]]),
    )
]

BACKDROP = "studio portrait photograph, plain mottled grey backdrop"
"""What `torn` has lost."""

SCENES = (
    Scene("background/matte", {"image": "portrait", "faces": "faces"}, {"model": "grabcut"}),
    Scene("background/refine", {"image": "portrait", "mask": "subject", "faces": "faces"}, also=("mask",)),
    Scene("background/decontaminate", {"image": "portrait", "mask": "subject"}),
    Scene("background/replace", {"image": "portrait", "mask": "subject"}),
    Scene("background/generate", {"image": "portrait", "mask": "subject"}),
    Scene("background/harmonise", {"image": "before_backdrop", "mask": "subject"}),
    Scene("background/shadow", {"image": "before_backdrop", "mask": "subject"}, {"strength": 0.6}),
    Scene("colour/blur_chroma", {"image": "patchy"}),
    Scene("colour/colorize", {"image": "grey"}),
    Scene("colour/correct", {"image": "portrait"}, {"warmth": -0.5, "vibrance": 0.6}),
    Scene("colour/hints", {"image": "grey"}, {"strokes": COLOURS}),
    Scene("colour/match", {"image": "faded", "reference": "portrait"}, {"keep_light": False}, ("reference",)),
    Scene("colour/tint", {"image": "grey"}),
    Scene("colour/to_grey", {"image": "portrait"}, {"mix": "red filter"}),
    Scene("detail/deblur", {"image": "soft"}),
    Scene("faces/compare", {"image": "portrait", "other": "soft", "faces": "faces"}, {"measure": "structure"}),
    Scene("faces/detect", {"image": "portrait"}, {"model": "cascade"}),
    Scene("faces/mask", {"faces": "faces"}),
    Scene("faces/restore", {"image": "soft", "faces": "faces"}),
    Scene("generate/control", {"image": "portrait"}),
    Scene("generate/text_to_image", {}),
    Scene("geometry/border", {"image": "portrait"}, {"way": "add"}),
    Scene("geometry/crop", {"image": "portrait"}, {"shape": "1:1"}),
    Scene("geometry/crop_to_print", {"image": "bed"}),
    Scene("geometry/perspective", {"image": "bed"}, {"corners": [[70, 100], [370, 80], [400, 450], [90, 480]]}),
    Scene("geometry/rotate", {"image": "portrait"}, {"quarter": "right"}),
    Scene("geometry/straighten", {"image": "tilted"}),
    Scene("geometry/torn_edges", {"image": "torn"}),
    Scene("masks/trace", {"image": "scratched"}, {"points": [[40, 400], [300, 300]]}),
    Scene("tone/contrast", {"image": "dull"}, {"strength": 1}),
    Scene("tone/curves", {"image": "portrait"}, {"brightness": S_CURVE}),
    Scene("tone/even_light", {"image": "uneven"}),
    Scene("tone/negative", {"image": "negative"}),
    Scene("tone/auto", {"image": "faded"}),
    Scene("compare/difference", {"image": "portrait", "other": "blocky"}, {"gain": 5}, ("other",)),
    Scene("compare/side_by_side", {"image": "faded", "other": "portrait"}, {"view": "split", "gap": 4}),
    Scene("damage/age", {"image": "portrait"}, {"seed": 4}),
    Scene("detail/blur", {"image": "portrait", "mask": "bar"}, {"radius": 8}, ("mask",)),
    Scene("detail/sharpen", {"image": "soft"}, {"amount": 1.5, "radius": 1.5}),
    Scene("layers/blend", {"base": "portrait", "top": "faded", "mask": "disc"}, {"mode": "multiply"}, ("mask",)),
    Scene("masks/combine", {"mask": "disc", "other": "bar"}, {"how": "subtract"}, ("other",)),
    Scene("masks/feather", {"mask": "damage"}, {"radius": 6}),
    Scene("masks/grow", {"mask": "damage"}, {"by": 3}),
    Scene("masks/overlay", {"image": "scratched", "mask": "damage"}),
    Scene("masks/paint", {"image": "portrait", "mask": "disc"}, {"strokes": STROKES}, ("mask",)),
    Scene("masks/threshold", {"mask": "disc"}, {"level": 0.6}),
    Scene("noise/denoise", {"image": "noisy"}, {"strength": 1}),
    Scene("noise/grain", {"image": "portrait"}, {"strength": 0.4, "size": 2}),
    Scene("noise/jpeg", {"image": "blocky"}),
    Scene("repair/find_scratches", {"image": "scratched"}),
    Scene("repair/map_damage", {"image": "scratched"}),
    Scene("repair/inpaint", {"image": "scratched", "mask": "damage"}, also=("mask",)),
    Scene("repair/inpaint_diffusion", {"image": "torn", "mask": "gone"}, {"prompt": BACKDROP}, ("mask",)),
    Scene("tone/fade", {"image": "faded"}, {"strength": 1}),
    Scene("tone/levels", {"image": "dull"}, {"strength": 1}),
    Scene("tone/white_balance", {"image": "faded"}, {"method": "shades of grey", "strength": 1}),
    Scene("upscale/enlarge", {"image": "small"}, {"scale": 3}),
    Scene("upscale/keep_true", {"image": "soft", "photo": "small"}),
    Scene("upscale/resize", {"image": "small"}, {"factor": 3}),
)
