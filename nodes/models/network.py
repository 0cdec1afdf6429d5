"""Networks of PyTorch whose architecture spandrel knows: the only place where spandrel is imported."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.errors import StepError
from nodes.models.cancelling import Check, looking
from nodes.models.compatibility import mend_torchvision
from nodes.models.device import Device

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True)
class TorchModel:
    """A network to borrow, by the name of its file on the shelf."""

    name: str
    other: str = ""
    """A second file of the same architecture whose weights are mixed in."""
    share: float = 0.0
    """How much of the second one, 0..1."""

    @property
    def weights(self) -> tuple[str, ...]:
        return (self.name, self.other) if self.other else (self.name,)

    def load(self, files: Mapping[str, Path], device: Device) -> tuple[Network, int]:
        state = read_state(files[self.name])
        if self.other:
            state = mixed(state, read_state(files[self.other]), self.share)
        network = Network(described(state, files[self.name]), device)
        return network, network.size


class Network:
    """A loaded network on its device, in its precision. It works for one borrower at a time.

    fp16 is a matter of the weights; bf16 of the layers alone (autocast), because its eight bits are too few for the
    picture itself: what goes in and what is added at the end stays in fp32.
    """

    def __init__(self, descriptor: Any, device: Device) -> None:
        import torch

        self.architecture: str = descriptor.architecture.id
        self.purpose: str = descriptor.purpose
        self.scale: int = descriptor.scale
        self.inputs: int = descriptor.input_channels
        self.outputs: int = descriptor.output_channels
        self.requirements = _requirements(descriptor)
        self.memory = device.memory
        """Bytes that its layers may take for one tile."""
        self.per_pixel: int | None = None
        """Bytes that its layers take per pixel of the input, once somebody has measured it."""
        halves = [torch.float16] * descriptor.supports_half + [torch.bfloat16] * descriptor.supports_bfloat16
        chosen = device.dtype(tuple(halves))
        self.device = torch.device(device.kind)
        self.dtype = torch.float16 if chosen is torch.float16 else torch.float32
        """Of the tensors it takes."""
        self.layers = chosen
        """What its layers compute in."""
        self.module: torch.nn.Module = descriptor.model.eval().requires_grad_(requires_grad=False)
        self._place(self.device, self.dtype)
        self._call: Callable[..., torch.Tensor] = descriptor._call_fn  # noqa: SLF001 - __call__ allows one tensor only, and clamps
        self._fused = fused_network(self)

    @property
    def size(self) -> int:
        """Bytes of its weights; the faster form holds them twice more, as they are and packed."""
        own = sum(each.nbytes for each in self.module.state_dict().values())
        return own if self._fused is None else own + 2 * own * self.layers.itemsize // 4

    def run(self, check: Check, *tensors: torch.Tensor) -> torch.Tensor:
        """The output for input tensors (N, C, H, W) on its device and in its dtype; `check` is called on the way."""
        import torch

        if self._fused is not None and len(tensors) == 1:
            with torch.inference_mode():
                return self._fused(check, tensors[0])
        mixed = self.layers is torch.bfloat16
        with torch.inference_mode(), looking(self.module, check), torch.autocast(self.device.type, self.layers, mixed):
            return self._call(self.module, *tensors)

    @contextmanager
    def full(self, device: str | None = None) -> Generator[None]:
        """Compute in fp32, and on another device, for the length of the block."""
        import torch

        before = self.device, self.dtype, self.layers, self._fused
        try:
            self._place(torch.device(device or self.device), torch.float32)
            self.layers, self._fused = torch.float32, None
            yield
        finally:
            home, dtype, self.layers, self._fused = before
            self._place(home, dtype)

    def _place(self, device: torch.device, dtype: torch.dtype) -> None:
        import torch

        self.module.to(device=device, dtype=dtype)
        if all(each.ndim < 5 for each in self.module.parameters()):
            # GFPGAN's modulated weights have five dimensions, and its layers count on rows of pixels.
            self.module.to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue] - torch's overloads lack it
        self.device, self.dtype = device, dtype


def fused_network(network: Network) -> Callable[[Check, torch.Tensor], torch.Tensor] | None:
    """The same network in a form that the processor computes faster, where there is one."""
    from nodes.models.compact import CompactNetwork
    from nodes.models.dense import DenseNetwork
    from nodes.models.fused import available

    form = {"ESRGAN": DenseNetwork, "Compact": CompactNetwork}.get(network.architecture)
    if form is None or network.device.type != "cpu" or not available() or not form.fits(network.module):
        return None
    return form(network.module, network.layers)


def _requirements(descriptor: Any) -> Any:
    """The sizes that a network takes. spandrel asks ESRGAN x2 for multiples of 4; its layers need multiples of 2."""
    shuffle = getattr(descriptor.model, "shuffle_factor", None)
    return replace(descriptor.size_requirements, multiple_of=shuffle) if shuffle else descriptor.size_requirements


def read_state(path: Path) -> Any:
    """The state dict in a checkpoint. StepError for a file that is damaged, or that wants to run code."""
    mend_torchvision()
    from spandrel import ModelLoader

    try:
        return ModelLoader("cpu").load_state_dict_from_file(path)
    except Exception as error:
        raise StepError(f"{path.name} is no model file that can be read: {_line(error)}.", "Fetch it again.") from error


def described(state: Any, path: Path) -> Any:
    """The descriptor of a state dict. StepError where its architecture is unknown."""
    mend_torchvision()
    from spandrel import MAIN_REGISTRY, ModelLoader, UnsupportedModelError
    from spandrel_extra_arches import install

    install(ignore_duplicates=True)
    try:
        return ModelLoader("cpu", MAIN_REGISTRY).load_from_state_dict(state)
    except (UnsupportedModelError, RuntimeError, KeyError, ValueError) as error:
        raise StepError(f"{path.name} is of no known architecture.", "Choose another model.") from error


def mixed(state: Any, other: Any, share: float) -> Any:
    """The weights of two equal networks, `share` (0..1) of the second."""
    inner, outer = _flat(state), _flat(other)
    if {name: value.shape for name, value in inner.items()} != {name: value.shape for name, value in outer.items()}:
        raise StepError("The two model files do not belong together.", "Fetch them again.")
    return {name: value.float() * (1 - share) + outer[name].float() * share for name, value in inner.items()}


def _flat(state: Any) -> Any:
    """The weights themselves: several training codes wrap them once more."""
    return next((state[key] for key in ("params_ema", "params", "state_dict") if key in state), state)


def _line(error: BaseException) -> str:
    return str(error).strip().splitlines()[0][:120] if str(error).strip() else type(error).__name__
