"""Real-ESRGAN's own package as a node."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import replace
from pathlib import Path

import imagecodecs
import numpy as np
import pytest
import skimage.data

from graph.context import Context
from graph.errors import Cancelled, StepError
from nodes.kinds.image import Image, Origin
from nodes.models.official import OfficialEnlarger, packages
from nodes.official.realesrgan import LARGEST, realesrgan
from tests.conftest import Lend
from tests.nodes.models.tiny_official import tiny_general, tiny_realesrgan

if not importlib.util.find_spec("realesrgan"):
    pytest.skip("realesrgan is not installed: make official", allow_module_level=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    tiny_realesrgan(folder, 4)
    tiny_general(folder)
    return folder


def photo(height: int = 40, width: int = 50) -> Image:
    return Image(skimage.data.astronaut()[60 : 60 + height, 190 : 190 + width].astype(np.float32) / 255)


def bytes_of(image: Image) -> np.ndarray:
    return np.rint(image.pixels * 255).astype(np.uint8)


def test_it_is_what_the_package_gives(folder: Path, lend: Lend):
    """Called as the package's own script calls it."""
    packages()
    from basicsr.archs.rrdbnet_arch import RRDBNet
    from realesrgan import RealESRGANer

    network = RRDBNet(num_in_ch=3, num_out_ch=3, num_feat=16, num_block=1, num_grow_ch=32, scale=4)
    worker = RealESRGANer(4, str(folder / "RealESRGAN_x4plus.pth"), model=network, tile=24, pre_pad=0, device="cpu")
    theirs, _ = worker.enhance(np.ascontiguousarray(bytes_of(photo())[..., ::-1]), outscale=3.5)
    ours = realesrgan(lend(folder), photo(), model="realesrgan-x4plus", outscale=3.5, tile=24)
    assert np.array_equal(bytes_of(ours), theirs[..., ::-1])
    assert (ours.height, ours.width) == (140, 175)


def test_the_strength_mixes_two_networks_as_there(folder: Path, lend: Lend):
    packages()
    from realesrgan import RealESRGANer
    from realesrgan.archs.srvgg_arch import SRVGGNetCompact

    paths = [str(folder / f"realesr-general-{name}.pth") for name in ("x4v3", "wdn-x4v3")]
    network = SRVGGNetCompact(num_feat=16, num_conv=4, upscale=4, act_type="prelu")
    worker = RealESRGANer(4, paths, dni_weight=[0.3, 0.7], model=network, pre_pad=0, device="cpu")
    theirs, _ = worker.enhance(np.ascontiguousarray(bytes_of(photo())[..., ::-1]))
    ours = realesrgan(lend(folder), photo(), model="realesr-general-x4v3", denoise=0.3, tile=0)
    assert np.abs(bytes_of(ours).astype(int) - theirs[..., ::-1]).max() <= 1


def test_a_grey_photo_stays_grey(folder: Path, lend: Lend):
    grey = Image(np.repeat(photo().pixels[..., 1:2], 3, axis=2))
    pixels = realesrgan(lend(folder), grey, model="realesrgan-x4plus").pixels
    assert np.ptp(pixels, axis=2).max() == 0
    assert pixels.std() > 0.05


def test_the_network_sees_srgb(folder: Path, lend: Lend):
    """The same values mean other colours in another profile, and the result is in that profile again."""
    profile = imagecodecs.cms_profile("adobergb")
    other = Image(photo().pixels, Origin(profile=profile))
    ours = realesrgan(lend(folder), other, model="realesrgan-x4plus")
    assert ours.origin.profile == profile
    assert np.abs(ours.pixels - realesrgan(lend(folder), photo(), model="realesrgan-x4plus").pixels).max() > 0.02


@pytest.mark.parametrize("size", [(1, 1), (1, 60), (7, 5), (33, 2)], ids=str)
def test_small_photos(folder: Path, lend: Lend, size: tuple[int, int]):
    assert realesrgan(lend(folder), photo(*size), model="realesrgan-x4plus", tile=16).pixels.shape == (
        size[0] * 4,
        size[1] * 4,
        3,
    )


def test_it_is_pure(folder: Path, lend: Lend):
    image = photo(20, 30)
    before = image.pixels.copy()
    first, second = (realesrgan(lend(folder), image, model="realesrgan-x4plus").pixels for _ in range(2))
    assert np.array_equal(first, second)
    assert np.array_equal(image.pixels, before)


def test_a_result_beyond_memory_is_refused(folder: Path, lend: Lend):
    side = int((LARGEST / 16) ** 0.5) + 1
    large = Image(np.broadcast_to(np.float32(0.5), (side, side, 3)), checked=True)
    with pytest.raises(StepError, match="Use Enlarge"):
        realesrgan(lend(folder), large, model="realesrgan-x4plus", outscale=1.0)


@pytest.mark.parametrize("tile", [0, 16])
def test_a_network_that_fails_ends_the_step(folder: Path, lend: Lend, tile: int):
    """The package prints that a tile failed, and goes on."""

    class Failing(Context):
        def check(self) -> None:
            raise RuntimeError("out of memory")

    with (
        lend(folder).borrow(OfficialEnlarger("realesrgan-x4plus")) as enlarger,
        pytest.raises(StepError, match=r"out of memory.* smaller tiles"),
    ):
        enlarger.run(Failing(), bytes_of(photo()), 4, tile, 10)


def test_it_tells_how_far_it_is(folder: Path, lend: Lend):
    told: list[float] = []
    ctx = replace(lend(folder), on_progress=lambda done, _: told.append(done))
    realesrgan(ctx, photo(40, 50), model="realesrgan-x4plus", tile=20)
    assert told == pytest.approx([n / 6 for n in range(6)])


def test_it_can_be_stopped(folder: Path, lend: Lend):
    ctx = lend(folder)
    with ctx.borrow(OfficialEnlarger("realesrgan-x4plus")):
        ctx.cancelled.set()
        with pytest.raises(Cancelled):
            realesrgan(ctx, photo(), model="realesrgan-x4plus")


def test_a_model_of_another_kind(lend: Lend, real_weights: Path):
    with pytest.raises(StepError, match="RealESRGANer does not run detection_mobilenet"):
        realesrgan(lend(real_weights), photo(), model="retinaface-mobilenet")


def test_without_the_packages(folder: Path, lend: Lend, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "realesrgan.utils", None)
    monkeypatch.delattr("realesrgan.utils")
    with pytest.raises(StepError, match=r"not installed.*pip install -e '\.\[official\]'"):
        realesrgan(lend(folder), photo(), model="realesrgan-x4plus")
