"""What is added to a diffusion model for one picture, and taken off again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from graph.context import Context
from graph.errors import StepError
from graph.pool import Pool
from nodes.kinds.addons import Addons, Control, Lora
from nodes.kinds.image import Image
from nodes.models.device import Device
from nodes.models.diffusion.diffuser import DiffusionModel
from nodes.models.diffusion.package import package
from nodes.models.diffusion.samplers import scheduler
from nodes.models.diffusion.wish import Wish
from nodes.models.lending import Lending
from nodes.models.shelf import Shelf
from tests.nodes.models.tiny_addons import tiny_control_folder, tiny_lora, tiny_vae_folder

FAMILIES = ("sd1", "sd2", "sdxl")
WISH = Wish("a fox in the snow", steps=2)


@pytest.fixture(scope="module")
def lender(tiny_diffusion: Path, tmp_path_factory: pytest.TempPathFactory) -> Lending:
    folder = tmp_path_factory.mktemp("addons")
    for family in FAMILIES:
        tiny_lora(folder, family, name=f"lora-{family}")
        tiny_vae_folder(folder, family)
        tiny_control_folder(folder, family)
    tiny_lora(folder, "sd1", seed=2, name="other-lora-sd1")
    return Lending(Pool(2**30), Shelf([tiny_diffusion, folder]), Device("cpu", "full"))


@pytest.fixture
def ctx(ctx: Context, lender: Lending) -> Context:
    return replace(ctx, lender=lender)


@pytest.fixture
def lines(rng: np.random.Generator) -> Image:
    """A picture of another size than what is drawn."""
    return Image((rng.random((40, 50, 3)) > 0.8).astype(np.float32))


def drawn(ctx: Context, name: str, addons: Addons, **more: Any) -> Any:
    with ctx.borrow(DiffusionModel(name)) as diffuser:
        wish = replace(WISH, addons=addons, **more)
        if diffuser.family.inpaint:
            return diffuser.fill(ctx, wish, np.full((64, 72, 3), 0.4, np.float32), np.eye(64, 72, dtype=bool))
        return diffuser.draw(ctx, wish, 64, 72)


@pytest.mark.parametrize("name", ["tiny-sd1", "tiny-sd2", "tiny-sdxl", "tiny-sd1-inpaint", "tiny-sdxl-inpaint"])
def test_each_changes_the_picture_and_is_taken_off_again(ctx: Context, lines: Image, name: str):
    family = name.split("-")[1]
    lora, control = Lora(f"lora-{family}.safetensors"), Control(f"tiny-{family}-control", lines)
    vae = f"tiny-{family}-vae"
    plain = drawn(ctx, name, Addons())
    for addons in (
        Addons(loras=(lora,)),
        Addons(vae=vae),
        Addons(controls=(control,)),
        Addons(clip_skip=3),
        Addons(loras=(lora,), vae=vae, clip_skip=3, controls=(control,)),
    ):
        assert (drawn(ctx, name, addons) != plain).any(), addons
        assert (drawn(ctx, name, Addons()) == plain).all(), addons


@pytest.mark.parametrize(("name", "layer"), [("tiny-sd1", 1), ("tiny-sd2", 2), ("tiny-sdxl", 2)])
def test_the_usual_clip_skip_changes_nothing(ctx: Context, name: str, layer: int):
    assert (drawn(ctx, name, Addons(clip_skip=layer)) == drawn(ctx, name, Addons())).all()


def test_strengths_count(ctx: Context, lines: Image):
    def moved(addons: Addons) -> float:
        return float(np.abs(drawn(ctx, "tiny-sd1", addons) - plain).mean())

    plain = drawn(ctx, "tiny-sd1", Addons())
    loras = [Addons(loras=(Lora("lora-sd1.safetensors", each),)) for each in (0.0, 0.2, 1.0)]
    controls = [Addons(controls=(Control("tiny-sd1-control", lines, each),)) for each in (0.0, 0.2, 1.0)]
    for addons in (loras, controls):
        amounts = [moved(each) for each in addons]
        assert amounts[0] == 0
        assert amounts == sorted(set(amounts))


@pytest.mark.parametrize(
    ("family", "kind"), [("sd1", "StableDiffusionControlNetPipeline"), ("sdxl", "StableDiffusionXLControlNetPipeline")]
)
def test_controls_as_diffusers_does(ctx: Context, lender: Lending, rng: np.random.Generator, family: str, kind: str):
    picture = rng.random((64, 72, 3), np.float32)
    control = Control(f"tiny-{family}-control", Image(picture), 0.7, sees="picture")
    ours = drawn(ctx, f"tiny-{family}", Addons(controls=(control,)), negative="a dog", sampler="Euler")
    own = package().DiffusionPipeline.from_pretrained(lender.shelf.path(f"tiny-{family}"), local_files_only=True)
    network = package().ControlNetModel.from_pretrained(lender.shelf.path(control.name), local_files_only=True)
    pipe = getattr(package(), kind).from_pipe(own, controlnet=network)
    pipe.set_progress_bar_config(disable=True)
    pipe.scheduler = scheduler("Euler", own.scheduler.config)
    theirs = pipe(
        WISH.prompt, negative_prompt="a dog", image=torch.from_numpy(picture.transpose(2, 0, 1)[None].copy()),
        controlnet_conditioning_scale=0.7, num_inference_steps=WISH.steps, guidance_scale=WISH.guidance,
        height=64, width=72, generator=torch.Generator().manual_seed(WISH.seed), output_type="np",
    ).images[0]  # fmt: skip
    assert np.abs(ours - theirs).max() < 2e-4


def test_several_of_a_kind(ctx: Context, lines: Image):
    one, two = Lora("lora-sd1.safetensors", 0.5), Lora("other-lora-sd1.safetensors", 0.5)
    made = [drawn(ctx, "tiny-sd1", Addons(loras=each)) for each in ((one,), (two,), (one, two))]
    held = [Control("tiny-sd1-control", lines, each) for each in (0.3, 0.5)]
    made += [drawn(ctx, "tiny-sd1", Addons(controls=tuple(each))) for each in (held[:1], held[1:], held)]
    assert len({each.tobytes() for each in made}) == len(made)


def test_a_control_watches_the_first_steps_alone(ctx: Context, lines: Image):
    def until(share: float) -> Any:
        return drawn(ctx, "tiny-sd1", Addons(controls=(Control("tiny-sd1-control", lines, 1.0, share),)), steps=4)

    made = [until(share) for share in (0.0, 0.25, 0.5, 1.0)]
    assert len({each.tobytes() for each in made}) == len(made)
    assert (made[0] == drawn(ctx, "tiny-sd1", Addons(), steps=4)).all()


@pytest.mark.parametrize("strange", ["lora", "vae", "control"])
def test_one_for_another_family_is_refused_and_the_next_run_works(ctx: Context, lines: Image, strange: str):
    plain = drawn(ctx, "tiny-sdxl", Addons())
    addons = {
        "lora": Addons(loras=(Lora("lora-sdxl.safetensors"), Lora("lora-sd1.safetensors"))),
        "vae": Addons(vae="tiny-sd1-vae"),
        "control": Addons(controls=(Control("tiny-sd1-control", lines),)),
    }[strange]
    with pytest.raises(StepError, match=r"sd1.* was made for Stable Diffusion 1.*XL"):
        drawn(ctx, "tiny-sdxl", addons)
    assert (drawn(ctx, "tiny-sdxl", Addons()) == plain).all()


def test_one_that_is_not_there_is_named(ctx: Context):
    with pytest.raises(StepError, match="gone"):
        drawn(ctx, "tiny-sd1", Addons(loras=(Lora("gone.safetensors"),)))
