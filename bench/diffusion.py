"""Measures diffusion beside the plain call of diffusers: a step of the UNet, a whole fill, and its memory.

python bench/diffusion.py [--check] [--json FILE] [--chart FILE.png] [--model FOLDER] [--side N] [--steps N] [--only …]

Without --model it takes the architecture of SD 1.5 for inpainting at full size, with random weights: they take as long.
Both ways compute in the same precision, in the same run, in turn.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import torch

from bench.measuring import Figure, process, python, report
from bench.models import Race, chart, context, portrait
from nodes.models.device import Device, Precision
from nodes.models.diffusion.blueprint import blueprint_of_file
from nodes.models.diffusion.diffuser import Diffuser, DiffusionModel
from nodes.models.diffusion.package import package
from nodes.models.diffusion.parts import load_parts
from nodes.models.diffusion.samplers import scheduler
from nodes.models.diffusion.vocabulary import CLIP_PAD, tokenizer
from nodes.models.diffusion.wish import Wish

GIB = 2**30

CUDA_TARGET = 1.3
"""How many times as fast as the plain call a fill is on a graphics card, at least."""
HALF_TARGET = 1.3
"""The same for a step on a processor that computes in half precision."""
NEAR = {torch.float32: 1e-4, torch.bfloat16: 2e-2, torch.float16: 4e-3}
"""How far the results of a step may lie apart, of their spread: some roundings."""

FASTER = "  as fast as diffusers' plain call"
WISH = Wish("a garden with roses, an old house, warm light", "people")

Work = Callable[[], Any]


@dataclass(frozen=True)
class Case:
    """What is measured: a model, on a device, at a size."""

    model: Path
    device: Device
    side: int
    steps: int

    @property
    def dtype(self) -> torch.dtype:
        return self.device.dtype((torch.float16, torch.bfloat16))

    @property
    def name(self) -> str:
        where = torch.cuda.get_device_name() if self.device.kind == "cuda" else self.device.kind
        return f"{self.side}², {str(self.dtype).removeprefix('torch.')} on {where}"

    def at(self, precision: Precision) -> Case:
        return Case(self.model, Device(self.device.name, precision), self.side, self.steps)

    def wait(self) -> None:
        """Until the device is done: a graphics card works while Python goes on."""
        if self.device.kind == "cuda":
            torch.cuda.synchronize()

    def photo(self) -> tuple[Any, Any]:
        """A photo with a hole of a sixteenth of its area."""
        hole = np.zeros((self.side, self.side), bool)
        hole[: self.side // 4, : self.side // 4] = True
        return portrait(self.side, self.side), hole


def random_model(folder: Path) -> Path:
    """SD 1.5 for inpainting with random weights: 2.1 GB."""
    blueprint = blueprint_of_file("sd1", folder / "random.safetensors", {"unet": {"in_channels": 9}})
    diffusers = package()
    from transformers import CLIPTextConfig, CLIPTextModel

    torch.manual_seed(0)
    torch.set_default_dtype(torch.bfloat16)
    try:
        parts = {
            "unet": diffusers.UNet2DConditionModel.from_config(blueprint["unet"]),
            "vae": diffusers.AutoencoderKL.from_config(blueprint["vae"]),
            "text_encoder": CLIPTextModel(CLIPTextConfig(**blueprint["text_encoder"])),
        }
    finally:
        torch.set_default_dtype(torch.float32)
    parts |= {"tokenizer": tokenizer(folder, CLIP_PAD), "scheduler": scheduler(WISH.sampler, blueprint["scheduler"])}
    parts |= {"safety_checker": None, "feature_extractor": None, "requires_safety_checker": False}
    diffusers.StableDiffusionInpaintPipeline(**parts).save_pretrained(folder / "random")
    return folder / "random"


def ours(case: Case) -> Work:
    """The fill as nodes have it done."""
    diffuser = DiffusionModel(case.model.name).load({case.model.name: case.model}, case.device)[0]
    ctx, wish = context(Path(tempfile.gettempdir())), Wish(WISH.prompt, WISH.negative, case.steps)
    return lambda: diffuser.fill(ctx, wish, *case.photo())


def plain(case: Case) -> Work:
    """The same by diffusers as it comes."""
    made = package().StableDiffusionInpaintPipeline.from_pretrained(
        case.model, dtype=case.dtype, local_files_only=True, safety_checker=None
    )
    made.set_progress_bar_config(disable=True)
    made.scheduler = scheduler(WISH.sampler, made.scheduler.config)
    pixels, hole = case.photo()
    wanted: dict[str, Any] = {
        "prompt": WISH.prompt,
        "negative_prompt": WISH.negative,
        "guidance_scale": WISH.guidance,
        "num_inference_steps": case.steps,
        "image": pixels,
        "mask_image": hole.astype(np.float32),
        "height": case.side,
        "width": case.side,
        "strength": 1.0,
    }
    pipe = made.to(case.device.kind)
    return lambda: pipe(**wanted, generator=torch.Generator().manual_seed(1), output_type="np")


WAYS: Mapping[str, Callable[[Case], Work]] = {"ours": ours, "plain": plain}


def step(case: Case) -> list[Figure]:
    """One step of the UNet with both passes, in the precision that the device is given."""
    parts = load_parts(case.model, case.dtype)
    Diffuser(parts, torch.device(case.device.kind))
    networks = {
        "ours": parts.unet.to(case.device.kind),
        "plain": package()
        .UNet2DConditionModel.from_pretrained(case.model / "unet", dtype=case.dtype, local_files_only=True)
        .to(case.device.kind),
    }
    generator = torch.Generator().manual_seed(1)
    channels, width = parts.unet.config.in_channels, parts.unet.config.cross_attention_dim
    shapes = (2, channels, case.side // 8, case.side // 8), (2, 77, width)
    x, words = (torch.randn(shape, generator=generator).to(case.device.kind, case.dtype) for shape in shapes)
    found: dict[str, torch.Tensor] = {}

    def pass_through(name: str) -> None:
        with torch.no_grad():
            found[name] = networks[name](x, 500, words, return_dict=False)[0].float()
        case.wait()

    seconds = raced({name: lambda name=name: pass_through(name) for name in networks}, rounds=4)
    apart = float((found["ours"] - found["plain"]).square().mean().sqrt() / found["plain"].std())
    target = HALF_TARGET if case.dtype is torch.bfloat16 else None
    return [*beside(f"A step, {case.name}", seconds, target), Figure("  difference", apart, "σ", NEAR[case.dtype])]


def call(case: Case) -> list[Figure]:
    """A whole fill. On a processor in full precision: in half, diffusers would also run the VAE so, and we do not."""
    if case.device.kind == "cpu":
        case = case.at("full")
    works = {name: way(case) for name, way in WAYS.items()}
    seconds = raced(works, rounds=3 if case.device.kind == "cuda" else 1)
    target = CUDA_TARGET if case.device.kind == "cuda" else None
    return beside(f"A fill of {case.steps} steps, {case.name}", seconds, target)


def memory(case: Case) -> list[Figure]:
    """What a fill takes, weights and all: on a graphics card there, else in a process of its own."""
    peaks = {name: (card_memory if case.device.kind == "cuda" else own_memory)(name, case) / GIB for name in WAYS}
    other = f"{peaks['plain']:.2f} GiB for the plain call"
    if case.device.kind == "cpu":
        mapped = sum(file.stat().st_size for file in case.model.rglob("*.safetensors")) / GIB
        other += f", whose weights stay in the mapped files: {mapped:.2f} GiB more"
    return [Figure(f"Memory of a fill, {case.name}", peaks["ours"], "GiB", None, other)]


def card_memory(name: str, case: Case) -> int:
    torch.cuda.empty_cache()
    before = torch.cuda.memory_allocated()
    torch.cuda.reset_peak_memory_stats()
    WAYS[name](case)()
    return torch.cuda.max_memory_allocated() - before


def own_memory(name: str, case: Case) -> int:
    sizes = ["--side", str(case.side), "--steps", str(case.steps)]
    return process([python(), __file__, "--alone", name, "--model", case.model, *sizes])[1]


def raced(ways: Mapping[str, Work], rounds: int) -> Mapping[str, float]:
    """The best seconds of each; the first round only warms up."""
    Race().run(1, **ways)
    (race := Race()).run(rounds, **ways)
    return race.best


def beside(name: str, seconds: Mapping[str, float], target: float | None) -> list[Figure]:
    other = f"{seconds['plain']:.3g} s"
    speed = seconds["plain"] / seconds["ours"]
    return [
        Figure(name, seconds["ours"], "s", None, other),
        Figure(FASTER, speed, "×", target, at_least=True),
    ]


PARTS: Mapping[str, Callable[[Case], list[Figure]]] = {"step": step, "call": call, "memory": memory}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default=",".join(PARTS), help="parts to measure, separated by commas")
    parser.add_argument("--model", type=Path, help="a folder as diffusers writes it, of a model for inpainting")
    parser.add_argument("--side", type=int, help="pixels a side: 512 on a graphics card, 256 on a processor")
    parser.add_argument("--steps", type=int, help="of the sampler: 30 on a graphics card, 2 on a processor")
    parser.add_argument("--chart", type=Path, help="draw the figures that have a target there, as PNG")
    parser.add_argument("--alone", choices=tuple(WAYS), help=argparse.SUPPRESS)
    arguments = parser.parse_known_args()[0]
    device = Device()
    card = device.kind == "cuda"
    with tempfile.TemporaryDirectory(prefix="heirloom-bench-") as name:
        model = arguments.model or random_model(Path(name))
        case = Case(model, device, arguments.side or (512 if card else 256), arguments.steps or (30 if card else 2))
        if arguments.alone:
            WAYS[arguments.alone](case)()
            return 0
        figures = [figure for part in arguments.only.split(",") for figure in PARTS[part](case)]
    if arguments.chart:
        chart(figures, arguments.chart)
    if not card:
        print("There is no CUDA device here: whether a fill is 1.3 times as fast on one was not measured.")
    fast = "; ".join(f"{figure.value:.2f} times as fast" for figure in figures if figure.name == FASTER)
    return report("Diffusion", figures, f"Beside diffusers: {fast or 'not measured'}.")


if __name__ == "__main__":
    sys.exit(main())
