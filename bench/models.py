"""Measures the networks: enlarging beside the official package, against the processor's peak; memory, seams, loading.

python bench/models.py [--check] [--json FILE] [--chart FILE.png] [--pictures FOLDER] [--only peer,large,…]

Official model files are taken from ../shared/weights; without them, random ones of the same architecture are made.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import torch
from PIL import Image as Pillow

from bench.measuring import ROOT, SHARED, Figure, process, python, report
from graph.context import Context
from graph.pool import Pool
from nodes.kinds.arrays import Floats, allocator
from nodes.kinds.image import Image
from nodes.models import network as loading
from nodes.models.compatibility import mend_basicsr
from nodes.models.device import Device
from nodes.models.lending import Lending
from nodes.models.network import Network, TorchModel
from nodes.models.shelf import Shelf
from nodes.models.tiling import run_tiled
from nodes.upscale.enlarge import enlarge
from tests.nodes.models.tiny_upscale import tiny_general, tiny_x4plus

GIB = 2**30
SIDE = 256
X4PLUS, GENERAL = "RealESRGAN_x4plus.pth", "realesr-general-x4v3.pth"

TARGETS = {X4PLUS: 2.5, GENERAL: 2.0}
"""How many times as fast as the official package, at least. On a graphics card: CUDA_TARGET."""
CUDA_TARGET = 3.0
PEAK_TARGET = 90.0
DECIBELS = 50.0
FASTER = "  as fast as the official package"


def operations(file: str, height: int, width: int) -> float:
    """Floating-point operations of a published network on a picture: two per weight and pixel of each 3 × 3 layer."""
    if file == GENERAL:
        return 2 * 9 * height * width * (3 * 64 + 32 * 64 * 64 + 64 * 48)
    dense = sum((64 + 32 * layer) * (32 if layer < 4 else 64) for layer in range(5))
    low = 3 * 64 + 69 * dense + 64 * 64
    return 2 * 9 * height * width * (low + 4 * 64 * 64 + 16 * (2 * 64 * 64 + 64 * 3))


@cache
def weights() -> Path:
    """The folder of model files: the official ones, or random ones of the same architecture."""
    official = SHARED / "weights"
    if all((official / file).is_file() for file in (X4PLUS, GENERAL)):
        return official
    print("There are no official model files here: random ones are measured.")
    folder = Path(tempfile.mkdtemp(prefix="heirloom-bench-"))
    tiny_general(folder, width=64, layers=32)
    tiny_x4plus(folder, channels=64, blocks=23)
    return folder


def portrait(height: int, width: int) -> Floats:
    """A photograph in the public domain, cut or repeated to that size."""
    from matplotlib.cbook import get_sample_data

    with Pillow.open(str(get_sample_data("grace_hopper.jpg", asfileobj=False))) as file:
        pixels = np.asarray(file.convert("RGB"), np.float32) / 255
    more = [(0, max(0, side - have)) for side, have in zip((height, width), pixels.shape, strict=False)]
    return np.pad(pixels, [*more, (0, 0)], "symmetric")[:height, :width].astype(np.float32)


def context(folder: Path, **parts: Any) -> Context:
    return Context(allocate=allocator(folder), **parts)


def loaded(file: str, device: Device) -> Network:
    return TorchModel(file).load({file: weights() / file}, device)[0]


def decibels(one: Floats, two: Floats) -> float:
    return float(-10 * np.log10(((one - two) ** 2).mean() + 1e-20))


def official(file: str, half: bool = False, margin: int = 0) -> Any:
    """The package's own class with the same weights; None where the package is not installed.

    `margin` is its pre_pad: pixels mirrored at the right and at the bottom only, 10 by default. Without it both
    programs compute exactly the same.
    """
    mend_basicsr()
    try:
        from basicsr.archs.rrdbnet_arch import RRDBNet
        from realesrgan import RealESRGANer
        from realesrgan.archs.srvgg_arch import SRVGGNetCompact
    except ImportError:
        print("The package realesrgan is not installed: no comparison with it.")
        return None
    model = SRVGGNetCompact(3, 3, 64, 32, 4, "prelu") if file == GENERAL else RRDBNet(3, 3, 4, 64, 23, 32)
    return RealESRGANer(4, str(weights() / file), model=model, tile=0, pre_pad=margin, half=half)


@dataclass
class Race:
    """Several ways to do the same, one after the other in turn, so that a disturbance meets all of them."""

    best: dict[str, float] = field(default_factory=dict[str, float])
    """The quickest of each, in seconds: what the machine does when nobody disturbs it."""

    def run(self, rounds: int, **ways: Callable[[], object]) -> None:
        for _ in range(rounds):
            for name, way in ways.items():
                started = time.perf_counter()
                way()
                self.best[name] = min(self.best.get(name, np.inf), time.perf_counter() - started)


def product(dtype: torch.dtype) -> Callable[[], object]:
    """A product of 4096 × 4096 matrices, all three in place: what shows a processor's peak."""
    one, two, out = (torch.randn(4096, 4096).to(dtype) for _ in range(3))
    return lambda: torch.mm(one, two, out=out)


PRODUCT = 2 * 4096**3


def peer(folder: Path) -> list[Figure]:
    """Enlarging 256 × 256 pixels four times on the processor, beside the official package and the peak."""
    figures: list[Figure] = []
    pixels, device = portrait(SIDE, SIDE), Device("cpu")
    bgr = np.ascontiguousarray(np.round(pixels[..., ::-1] * 255).astype(np.uint8))
    for file, rounds in ((GENERAL, 5), (X4PLUS, 3)):
        network, ctx = loaded(file, device), context(folder)
        ours = run_tiled(ctx, network, pixels)
        race, multiply, theirs = Race(), product(network.layers), official(file)
        multiply()
        for _ in range(rounds):
            race.run(1, peak=multiply, ours=lambda n=network, c=ctx: run_tiled(c, n, pixels))
            race.run(1, peak=multiply)
            if theirs is not None:
                race.run(1, official=lambda t=theirs: t.enhance(bgr, outscale=4))
        race.run(10 - min(9, 2 * rounds), peak=multiply)
        figures += _beside(file, race, network)
        if theirs is not None:
            level, default = (_likeness(ours, each, bgr) for each in (theirs, official(file, margin=10)))
            other = f"with the package's default margin, right and below: {default:.1f} dB"
            figures.append(Figure("  likeness to its output", level, "dB", DECIBELS, other, at_least=True))
    return figures


def _likeness(ours: Floats, theirs: Any, bgr: Any) -> float:
    """In decibels; the package's 8 bits alone allow 59."""
    return decibels(ours, theirs.enhance(bgr, outscale=4)[0][..., ::-1].astype(np.float32) / 255)


def _beside(file: str, race: Race, network: Network) -> list[Figure]:
    seconds, count = race.best["ours"], operations(file, SIDE, SIDE)
    reached, peak = count / seconds / 1e9, PRODUCT / race.best["peak"] / 1e9
    precision = str(network.layers).removeprefix("torch.")
    figures = [Figure(f"{Path(file).stem}, {SIDE}², {precision}", seconds, "s", None, f"{reached:.0f} GFLOP/s")]
    if theirs := race.best.get("official"):
        speed = theirs / seconds
        figures.append(Figure(FASTER, speed, "×", TARGETS[file], f"{theirs:.2f} s", at_least=True))
    other, target = f"{precision} products: {peak:.0f} GFLOP/s", PEAK_TARGET if file == X4PLUS else None
    figures.append(Figure("  of the processor's peak", 100 * reached / peak, "%", target, other, at_least=True))
    megapixels = 16 * SIDE**2 / seconds / 1e6
    return [*figures, Figure("  speed", megapixels, "MP/s", None, "of the result")]


def large(folder: Path) -> list[Figure]:  # noqa: ARG001 - all parts are called alike
    """From 1.5 to 24 megapixels in a process of its own, under two bounds."""
    figures: list[Figure] = []
    idle = process([python(), __file__, "--enlarge", "0"])[1]
    for bound in (Device().memory, 256 * 2**20):
        seconds, peak = process([python(), __file__, "--enlarge", str(bound)])
        name = f"1.5 → 24 MP, bound {bound / GIB:g} GiB: peak beyond the libraries"
        other = f"{idle / GIB:.2f} GiB are torch and the model; {seconds:.0f} s"
        figures.append(Figure(name, (peak - idle) / GIB, "GiB", bound / GIB + 0.25, other))
    return figures


def enlarge_alone(bound: int) -> None:
    """What `large` starts: 1000 × 1500 pixels four times as large, with that bound in bytes; 0 only loads."""
    with tempfile.TemporaryDirectory() as name:
        device = Device("cpu", memory=bound or GIB)
        ctx = context(Path(name), lender=Lending(Pool(GIB), Shelf((weights(),)), device))
        size = (1000, 1500) if bound else (8, 8)
        result = enlarge(ctx, Image(portrait(*size)), model=GENERAL, scale=4, denoise=1)
        assert result.width == 4 * size[1]


def loads(folder: Path) -> list[Figure]:  # noqa: ARG001 - as above
    """The first and the second use of a model in one process."""
    count, read = 0, loading.read_state

    def counted(path: Path) -> Any:
        nonlocal count
        count += 1
        return read(path)

    loading.read_state = counted
    lender = Lending(Pool(GIB), Shelf((weights(),)), Device("cpu"))
    times: list[float] = []
    for _ in range(2):
        started = time.perf_counter()
        with lender.borrow(TorchModel(GENERAL), threading.Event()):
            times.append(time.perf_counter() - started)
    loading.read_state = read
    return [
        Figure("second use of a model: files read again", count - 1, "", 0),
        Figure("  lent after", times[1] * 1e3, "ms", 5, f"the first time after {times[0] * 1e3:.0f} ms"),
    ]


def start(folder: Path) -> list[Figure]:  # noqa: ARG001 - as above
    """`python server.py --nodes`, which reads every node."""
    command = [python(), "-X", "importtime", str(ROOT / "server.py"), "--nodes"]
    found = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    names = {line.rpartition("|")[2].strip().partition(".")[0] for line in found.stderr.splitlines()}
    heavy = names & {"torch", "torchvision", "onnxruntime", "spandrel", "cv2", "scipy"}
    race = Race()
    race.run(3, nodes=lambda: subprocess.run([command[0], *command[3:]], capture_output=True, check=True, cwd=ROOT))
    return [
        Figure("server.py --nodes: heavy packages imported", len(heavy), "", 0, ", ".join(sorted(heavy)) or "none"),
        Figure("  seconds", race.best["nodes"], "s"),
    ]


def seams(folder: Path) -> list[Figure]:
    """Small tiles against the whole picture at once."""
    figures: list[Figure] = []
    for file, side, most in ((GENERAL, 400, 160), (X4PLUS, 288, 192)):
        network, ctx = loaded(file, Device("cpu")), context(folder)
        pixels = portrait(side, side)
        whole = run_tiled(ctx, network, pixels, most=side)
        tiled = run_tiled(ctx, network, pixels, most=most)
        level = decibels(tiled, whole)
        name = f"{Path(file).stem}, tiles of {most} against whole"
        figures.append(Figure(name, level, "dB", DECIBELS, at_least=True))
        _picture(f"seams-{Path(file).stem}.png", np.abs(tiled - whole) * 50)
        _picture(f"tiled-{Path(file).stem}.png", tiled)
    return figures


PICTURES: list[Path] = []
"""Where to write what is to be looked at; empty: nowhere."""


def _picture(name: str, pixels: Floats) -> None:
    for folder in PICTURES:
        folder.mkdir(parents=True, exist_ok=True)
        Pillow.fromarray(np.round(pixels.clip(0, 1) * 255).astype(np.uint8)).save(folder / name)


def cuda(folder: Path) -> list[Figure]:
    """On a graphics card: beside the official package in half precision, and photos of 1, 4 and 16 megapixels."""
    if not torch.cuda.is_available():
        print("There is no CUDA device here: nothing measured on one.")
        return []
    return [figure for file in (GENERAL, X4PLUS) for figure in _on_card(file, context(folder))]


def _on_card(file: str, ctx: Context) -> list[Figure]:
    network, theirs, pixels = loaded(file, Device("cuda")), official(file, half=True), portrait(512, 512)
    bgr = np.ascontiguousarray(np.round(pixels[..., ::-1] * 255).astype(np.uint8))
    ways: dict[str, Callable[[], object]] = {"ours": lambda: run_tiled(ctx, network, pixels)}
    if theirs is not None:
        ways["official"] = lambda: theirs.enhance(bgr, outscale=4)
    Race().run(2, **ways)
    (race := Race()).run(10, **ways)
    seconds = race.best["ours"]
    name = f"{Path(file).stem} on {torch.cuda.get_device_name()}"
    figures = [Figure(f"{name}, 512²", seconds * 1e3, "ms")]
    if whole := race.best.get("official"):
        other = f"{whole * 1e3:.0f} ms in fp16"
        figures.append(Figure(FASTER, whole / seconds, "×", CUDA_TARGET, other, at_least=True))
    return figures + [_photo_on_card(network, ctx, side) for side in (1000, 2000, 4000)]


def _photo_on_card(network: Network, ctx: Context, side: int) -> Figure:
    photo = portrait(side, side)
    (race := Race()).run(2, ours=lambda: run_tiled(ctx, network, photo))
    millions = side * side / 1e6
    return Figure(f"  {millions:.0f} MP", millions / race.best["ours"], "MP/s", None, "of the photo")


def chart(figures: list[Figure], path: Path) -> None:
    """Bars: each figure as a share of its target. Bounds from above are to stay left of the line, others to pass it."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    shown = [figure for figure in figures if figure.target]
    values = [figure.value / (figure.target or 1) for figure in shown]
    drawing, axes = plt.subplots(figsize=(11, 0.5 * len(shown) + 1.2), layout="constrained")
    colours = ["tab:green" if figure.reached else "tab:red" for figure in shown]
    axes.barh([figure.name.strip() for figure in shown], values, color=colours)
    axes.axvline(1, color="black")
    axes.invert_yaxis()
    axes.set_xlabel("times the target")
    drawing.savefig(path, dpi=120)


PARTS: dict[str, Callable[[Path], list[Figure]]] = {
    "peer": peer, "large": large, "loads": loads, "start": start, "seams": seams, "cuda": cuda,
}  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default=",".join(PARTS), help="parts to measure, separated by commas")
    parser.add_argument("--chart", type=Path, help="draw the figures that have a target there, as PNG")
    parser.add_argument("--pictures", type=Path, help="write what is to be looked at into that folder")
    parser.add_argument("--enlarge", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_known_args()[0]
    if arguments.enlarge is not None:
        enlarge_alone(arguments.enlarge)
        return 0
    PICTURES.extend([arguments.pictures] if arguments.pictures else [])
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as name:
        for part in arguments.only.split(","):
            figures += PARTS[part](Path(name))
    if arguments.chart:
        chart(figures, arguments.chart)
    fast = [f"{figure.value:.1f} times as fast" for figure in figures if figure.name == FASTER]
    return report("The networks", figures, f"Beside the official package: {'; '.join(fast) or 'not measured'}.")


if __name__ == "__main__":
    sys.exit(main())
