"""ControlNets: read in all layouts, at work, refused where they do not fit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from graph.context import Context
from graph.errors import StepError
from nodes.kinds.addons import Addons, Control
from nodes.kinds.image import Image
from nodes.models.device import Device
from nodes.models.diffusion.blueprint import blueprint_of_file
from nodes.models.diffusion.contents import Name
from nodes.models.diffusion.control import SHARED, ControlFile, ControlModel, holed, under_diffusers_names
from nodes.models.diffusion.diffuser import DiffusionModel
from nodes.models.diffusion.package import package
from nodes.models.diffusion.samplers import scheduler
from nodes.models.diffusion.wish import Wish
from tests.conftest import Lend
from tests.nodes.models.tiny_addons import original_control, tiny_control_file, tiny_control_folder
from tests.nodes.models.tiny_diffusion import Family

FAMILIES: tuple[Family, ...] = ("sd1", "sd2", "sdxl")


def loaded(path: Path) -> ControlFile:
    return ControlModel(path.name).load({path.name: path}, Device("cpu", "full"))[0]


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(
    "form", [{}, {"prefix": ""}, {"original": False}], ids=["control_model", "without prefix", "diffusers"]
)
def test_every_layout_gives_the_same_network(tmp_path: Path, family: Family, form: dict[str, Any]):
    wanted = loaded(tiny_control_folder(tmp_path, family)).network.state_dict()
    found = loaded(tiny_control_file(tmp_path, family, **form))
    assert found.family == family
    state = found.network.state_dict()
    assert state.keys() == wanted.keys()
    assert all(torch.equal(state[name], wanted[name]) for name in wanted)


def test_a_folder_without_json_is_built_as_published(tmp_path: Path):
    """That is how it is fetched; a tiny one is not of that size, which is how it shows here."""
    place = tiny_control_folder(tmp_path)
    (place / "config.json").unlink()
    with pytest.raises(StepError, match="The weights of tiny-sd1-control are not those of the network"):
        loaded(place)


@pytest.mark.parametrize("family", FAMILIES)
def test_one_of_full_size_is_built_as_the_published_ones(family: Name):
    """Its shapes alone: diffusers makes it of the whole UNet, we of the settings that both share."""
    unet = blueprint_of_file(family, Path("none.safetensors"), {})["unet"]
    kind = package().ControlNetModel
    with torch.device("meta"):
        whole = package().UNet2DConditionModel.from_config(unet)
        wanted = kind.from_unet(whole, load_weights_from_unet=False)
        found = kind.from_config({name: unet[name] for name in SHARED if name in unet})
    shapes = {name: weight.shape for name, weight in found.state_dict().items()}
    assert shapes == {name: weight.shape for name, weight in wanted.state_dict().items()}
    same = ("attention_head_dim", "norm_num_groups", "upcast_attention", "transformer_layers_per_block")
    assert {name: found.config[name] for name in same} == {name: wanted.config[name] for name in same}
    read = under_diffusers_names(original_control(wanted.state_dict()), unet)
    assert shapes == {name: weight.shape for name, weight in read.items()}


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["lora_controlnet", "input_hint_block.0.weight"], "a Control-LoRA"),
        (["controlnet_cond_embedding.conv_in.weight", "control_add_embedding.linear_1.weight"], "Union"),
        (["adapter.body.0.in_conv.weight"], "a T2I adapter"),
        (["weight"], "a network of an unknown kind"),
    ],
)
def test_what_is_no_plain_controlnet_is_refused(tmp_path: Path, names: list[str], said: str):
    path = tmp_path / "odd.safetensors"
    save_file({name: torch.zeros(4, 4) for name in names}, path)
    with pytest.raises(StepError, match=said) as refused:
        loaded(path)
    assert refused.value.message.startswith("odd.safetensors is")
    assert "cannot be used as a ControlNet" in refused.value.message


def test_models_damaged_and_pickled_files_are_refused(tmp_path: Path, tiny_diffusion: Path):
    with pytest.raises(StepError, match=r"is Stable Diffusion 1\. It cannot be used as a ControlNet"):
        loaded(tiny_diffusion / "tiny-sd1" / "unet" / "diffusion_pytorch_model.safetensors")
    with pytest.raises(StepError, match="holds no ControlNet"):
        loaded(tiny_diffusion / "tiny-sd1" / "unet")
    torn = tmp_path / "torn.safetensors"
    torn.write_bytes(tiny_control_file(tmp_path).read_bytes()[:-4])
    with pytest.raises(StepError, match="damaged or not complete"):
        loaded(torn)
    with pytest.raises(StepError, match="pickled"):
        loaded(tmp_path / "control_v11p_sd15_canny.pth")


def test_one_of_another_build_is_refused(tmp_path: Path):
    path = tiny_control_file(tmp_path, original=False)
    state = load_file(path)
    state["controlnet_mid_block.weight"] = torch.zeros(8, 8, 1, 1)
    save_file(state, path)
    with pytest.raises(StepError, match="not those of the network"):
        loaded(path)


@pytest.mark.parametrize(
    ("name", "inpaints"), [("control_v11p_sd15_inpaint", True), ("control_v11p_sd15_canny", False)]
)
def test_those_for_inpainting_are_known_by_name(tmp_path: Path, name: str, inpaints: bool):
    assert loaded(tiny_control_folder(tmp_path, name=name)).inpaints == inpaints


def test_they_see_the_hole_as_no_colour(rng: np.random.Generator):
    pixels, hole = rng.random((8, 9, 3), np.float32), np.zeros((8, 9), bool)
    hole[2:4, 3:5] = True
    seen = holed(pixels, hole)
    assert seen.dtype == np.float32
    assert (seen[hole] == -1).all()
    assert np.array_equal(seen[~hole], pixels[~hole])


class Drawn:
    """Pictures of a tiny model with ControlNets."""

    def __init__(self, ctx: Context, model: str) -> None:
        self.ctx, self.model = ctx, model

    def __call__(self, *controls: Control) -> np.ndarray:
        wish = Wish("a boat", steps=4, addons=Addons(controls=controls))
        with self.ctx.borrow(DiffusionModel(self.model)) as diffuser:
            return diffuser.draw(self.ctx, wish, 64, 64)


@pytest.fixture
def picture() -> Image:
    lines = np.zeros((64, 64, 3), np.float32)
    lines[10:50, 20] = lines[30, 5:60] = 1
    return Image(lines)


@pytest.mark.parametrize("family", ["sd1", "sdxl"])
def test_lines_are_followed_by_strength_and_share_of_the_steps(
    tmp_path: Path, tiny_diffusion: Path, lend: Lend, picture: Image, family: Family
):
    name = tiny_control_folder(tmp_path, family).name
    draw = Drawn(lend(tmp_path, tiny_diffusion), f"tiny-{family}")
    plain, held = draw(), draw(Control(name, picture, sees="picture"))
    assert np.abs(held - plain).max() > 0.05
    assert np.array_equal(draw(Control(name, picture, strength=0, sees="picture")), plain)
    assert np.array_equal(draw(Control(name, picture, until=0, sees="picture")), plain)
    half = draw(Control(name, picture, until=0.5, sees="picture"))
    assert not np.array_equal(half, plain)
    assert not np.array_equal(half, held)
    twice = draw(*[Control(name, picture, strength=0.5, sees="picture")] * 2)
    assert np.abs(twice - held).max() < 1e-3
    assert np.array_equal(draw(), plain)


@pytest.mark.parametrize(("family", "kind"), [("sd1", "StableDiffusion"), ("sdxl", "StableDiffusionXL")])
def test_two_draw_what_diffusers_pipeline_draws(
    tmp_path: Path, tiny_diffusion: Path, lend: Lend, picture: Image, family: Family, kind: str
):
    names = [tiny_control_folder(tmp_path, family, f"tiny-{number}").name for number in range(2)]
    pictures = [picture, Image(np.ascontiguousarray(picture.pixels.transpose(1, 0, 2)))]
    strengths, until = [0.8, 0.4], [1.0, 0.5]
    settings = zip(names, pictures, strengths, until, strict=True)
    ours = Drawn(lend(tmp_path, tiny_diffusion), f"tiny-{family}")(*[Control(*each, "picture") for each in settings])
    pipe = getattr(package(), f"{kind}ControlNetPipeline").from_pretrained(
        tiny_diffusion / f"tiny-{family}",
        controlnet=[loaded(tmp_path / name).network for name in names],
        local_files_only=True,
        **({} if family == "sdxl" else {"safety_checker": None}),
    )
    pipe.scheduler = scheduler(Wish("").sampler, pipe.scheduler.config)
    pipe.set_progress_bar_config(disable=True)
    theirs = pipe(
        "a boat",
        image=[torch.tensor(each.pixels.transpose(2, 0, 1)[None]) for each in pictures],
        num_inference_steps=4,
        guidance_scale=Wish("").guidance,
        height=64,
        width=64,
        generator=torch.Generator().manual_seed(Wish("").seed),
        controlnet_conditioning_scale=strengths,
        control_guidance_end=until,
        output_type="np",
    ).images[0]
    assert np.abs(ours - theirs).max() < 1e-3


def test_another_familys_is_refused_and_the_next_picture_is_as_ever(
    tmp_path: Path, tiny_diffusion: Path, lend: Lend, picture: Image
):
    name = tiny_control_folder(tmp_path, "sdxl").name
    draw = Drawn(lend(tmp_path, tiny_diffusion), "tiny-sd1")
    plain = draw()
    with pytest.raises(StepError, match="made for Stable Diffusion XL, but the model is Stable Diffusion 1"):
        draw(Control(name, picture))
    assert np.array_equal(draw(), plain)


def test_a_hole_is_shown_to_one_for_inpainting(tmp_path: Path, tiny_diffusion: Path, lend: Lend, picture: Image):
    """Whatever picture it is given: two of them fill alike, where one for lines would not."""
    tiny_control_folder(tmp_path, name="tiny-inpaint")
    tiny_control_folder(tmp_path, name="tiny-lines")
    ctx, hole = lend(tmp_path, tiny_diffusion), np.zeros((64, 64), bool)
    hole[16:48, 16:48] = True
    other = Image(np.zeros((64, 64, 3), np.float32))

    def filled(name: str, shown: Image) -> np.ndarray:
        wish = Wish("a boat", steps=2, addons=Addons(controls=(Control(name, shown, sees="picture"),)))
        with ctx.borrow(DiffusionModel("tiny-sd1-inpaint")) as diffuser:
            return diffuser.fill(ctx, wish, np.full((64, 64, 3), 0.4, np.float32), hole)

    assert np.array_equal(filled("tiny-inpaint", picture), filled("tiny-inpaint", other))
    assert not np.array_equal(filled("tiny-lines", picture), filled("tiny-lines", other))
