"""Networks from their settings and their weights."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from graph.errors import StepError
from nodes.models.diffusion.package import package

if TYPE_CHECKING:
    import torch

State = Mapping[str, Any]
"""Tensors by the name that diffusers or transformers give them."""

FORMER = {".query.": ".to_q.", ".key.": ".to_k.", ".value.": ".to_v.", ".proj_attn.": ".to_out.0."}
"""What the attention of VAEs was called before diffusers 0.18; most published ones still call it so."""

WRAPPER = "text_model."
"""Stands before the names of a text encoder's weights, or not: it depends on the release of transformers."""

SPARE = ("position_ids", "text_projection.weight", "logit_scale")
"""Weights that files of text encoders hold and that need not have a place in the network."""


def build_unet(settings: Mapping[str, Any], state: State, dtype: torch.dtype, file: str) -> Any:
    """UNet2DConditionModel. StepError where weights and settings do not fit together."""
    return _build(lambda: package().UNet2DConditionModel.from_config(dict(settings)), state, dtype, file)


def build_vae(settings: Mapping[str, Any], state: State, dtype: torch.dtype, file: str) -> Any:
    """AutoencoderKL. StepError as above."""
    current = {_renamed(name): tensor for name, tensor in state.items()}
    return _build(lambda: package().AutoencoderKL.from_config(dict(settings)), current, dtype, file)


def build_controlnet(settings: Mapping[str, Any], state: State, dtype: torch.dtype, file: str) -> Any:
    """ControlNetModel. StepError as above."""
    return _build(lambda: package().ControlNetModel.from_config(dict(settings)), state, dtype, file)


def build_encoder(settings: Mapping[str, Any], state: State, dtype: torch.dtype, file: str, *, projected: bool) -> Any:
    """CLIP's text encoder; `projected` is the one that also gives a vector for the whole prompt. StepError as above."""
    package()
    from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

    kind = CLIPTextModelWithProjection if projected else CLIPTextModel
    return _build(lambda: kind(CLIPTextConfig(**settings)), state, dtype, file)


def _build(make: Callable[[], Any], state: State, dtype: torch.dtype, file: str) -> Any:
    from accelerate import init_empty_weights

    try:
        with init_empty_weights():
            network = make()
    except Exception as error:
        raise StepError(f"The settings of {file} make no network: {error}.", "Get its JSON files again.") from error
    wanted = {name: tensor.shape for name, tensor in network.state_dict().items()}
    given = _named(state, wanted)
    wrong = [name for name, shape in wanted.items() if name not in given or given[name].shape != shape]
    if wrong or given.keys() - wanted.keys():
        odd = (wrong or sorted(given.keys() - wanted.keys()))[0]
        raise StepError(
            f"The weights of {file} are not those of the network that they should be: {odd} does not fit.",
            "Get the file again, or choose another checkpoint.",
        )
    # A copy, so that the file may change while the network lives: what safetensors gives is the file in memory.
    network.load_state_dict({name: tensor.to(dtype, copy=True) for name, tensor in given.items()}, assign=True)
    return network.eval().requires_grad_(requires_grad=False)


def _named(state: State, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The weights under the names that the network uses, without those that only files have."""
    wrapped = any(name.startswith(WRAPPER) for name in wanted)
    named: dict[str, Any] = {}
    for name, tensor in state.items():
        bare = name.removeprefix(WRAPPER)
        own = name if name in wanted else f"{WRAPPER}{bare}" if wrapped else bare
        if own in wanted or not own.endswith(SPARE):
            named[own] = tensor
    return named


def _renamed(name: str) -> str:
    for former, current in FORMER.items():
        name = name.replace(former, current)
    return name
