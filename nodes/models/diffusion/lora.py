"""LoRA files: small changes to a diffusion model, each with its strength, that are taken off again afterwards."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.errors import StepError
from nodes.models.device import Device
from nodes.models.diffusion.contents import TITLES, Name
from nodes.models.diffusion.fitting import check_family
from nodes.models.diffusion.lora_file import DOWN, UP, Change, LoraFile, read_lora

if TYPE_CHECKING:
    import torch

Hook = Callable[..., "torch.Tensor"]
"""Gets a layer, its inputs and its output, and gives the output instead of that."""


@dataclass(frozen=True)
class LoraModel:
    """A LoRA to borrow, by the name of its file on the shelf."""

    name: str

    @property
    def weights(self) -> tuple[str, ...]:
        return (self.name,)

    def load(self, files: Mapping[str, Path], device: Device) -> tuple[LoraFile, int]:
        loaded = read_lora(files[self.name])
        return loaded, sum(each.nbytes for change in loaded.changes.values() for each in change.matrices.values())


@contextmanager
def with_loras(pipe: Any, family: Name, loras: Sequence[tuple[LoraFile, float]]) -> Generator[None]:
    """Put LoRAs with their strengths on the pipeline's networks for the length of the block.

    The prompt is to be encoded inside the block. The networks' own weights are never touched: what a LoRA adds is
    computed beside them, as PEFT does; but without its search for layers, which takes XL ten seconds a LoRA.
    StepError, before anything is changed, for a LoRA that does not fit.
    """
    worn = [(_fitted(pipe, family, lora), strength) for lora, strength in loras if strength]
    with ExitStack() as stack:
        for changes, strength in worn:
            for network, change in changes.items():
                for layer, adding in _added(change, strength):
                    handle = getattr(pipe, network).get_submodule(layer).register_forward_hook(adding)
                    stack.callback(handle.remove)
        yield


def _fitted(pipe: Any, family: Name, lora: LoraFile) -> dict[str, Change]:
    """The changes under the names that these networks have for their layers. StepError where they do not fit."""
    check_family(lora.name, [lora.family] if lora.family else [], family)
    changes = {network: _named(change, getattr(pipe, network, None)) for network, change in lora.changes.items()}
    for network, change in changes.items():
        for name, matrix in change.matrices.items():
            if not _fits(getattr(pipe, network, None), name, matrix):
                raise StepError(
                    f"{lora.name} does not fit this model of {TITLES[family]}: {network} has no layer like {name}.",
                    f"Choose a LoRA that was made for {TITLES[family]}, or another model.",
                )
    return changes


def _named(change: Change, network: Any) -> Change:
    """Releases of transformers differ in whether the layers of a text encoder lie in a module text_model."""
    inner = "text_model." if hasattr(network, "text_model") else ""

    def named(layer: str) -> str:
        return inner + layer.removeprefix("text_model.")

    return Change(
        {named(name): matrix for name, matrix in change.matrices.items()},
        {named(name): alpha for name, alpha in change.alphas.items()},
    )


def _fits(network: torch.nn.Module | None, name: str, matrix: torch.Tensor) -> bool:
    layer, _, which = name.partition(".lora_")
    axes = {"A.weight": 1, "B.weight": 0}
    try:
        wide: Any = network.get_submodule(layer).weight if network else None
    except AttributeError:
        return False
    if wide is None or which not in axes:
        return False
    return wide.ndim == matrix.ndim and wide.shape[axes[which]] == matrix.shape[axes[which]]


def _added(change: Change, strength: float) -> Iterator[tuple[str, Hook]]:
    """What is added to the output of each layer."""
    for name, down in change.matrices.items():
        if name.endswith(DOWN):
            layer, rank = name.removesuffix(DOWN), len(down)
            yield layer, _adding(down, change.matrices[layer + UP], strength * change.alphas.get(layer, rank) / rank)


def _adding(down: torch.Tensor, up: torch.Tensor, share: float) -> Hook:
    """Add `share` times what two narrow layers make of a layer's input."""
    from torch.nn.functional import conv2d, linear

    pair = down, up

    def add(layer: Any, inputs: tuple[torch.Tensor, ...], output: torch.Tensor) -> torch.Tensor:
        nonlocal pair
        # Moved once: `to` gives what is already there.
        first, second = pair = pair[0].to(inputs[0]), pair[1].to(inputs[0])
        if first.ndim == 2:
            return output + linear(linear(inputs[0], first), second) * share
        narrow = conv2d(inputs[0], first, None, layer.stride, layer.padding, layer.dilation)
        return output + conv2d(narrow, second) * share

    return add
