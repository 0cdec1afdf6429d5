"""The training itself: step by step, watched, saved, and stopped in time."""

from __future__ import annotations

import copy
import math
import os
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.progress import Progress, TaskID

from nodes.kinds.arrays import Floats
from nodes.models.scratch_network import BLOCK, FORMS, architecture, channels, read, write
from nodes.models.tensors import tensor_from_arrays
from training.checkpoint import Row, Standing, load, save
from training.losses import loss
from training.patches import Patches
from training.pictures import write_curves, write_sheet
from training.real import Label
from training.scoring import Score, score

if TYPE_CHECKING:
    import torch

USUAL = 6000
"""Steps, where nothing is said about how long to train."""

WARM = 100
"""Steps until the rate is at its highest."""

DECAY = 1e-4
"""Of the weights (AdamW)."""

MEMORY = 0.998
"""Of the running mean of the weights, which is what is judged and shipped."""

SAVED = 60.0
"""Seconds between checkpoints."""

SHOWN = 10
"""Samples on a sheet."""


@dataclass(frozen=True)
class Recipe:
    """What makes two trainings the same."""

    encoder: str
    side: int
    batch: int
    rate: float
    seed: int

    def __post_init__(self) -> None:
        if self.side % BLOCK or self.side <= 0:
            raise ValueError(f"--side is a multiple of {BLOCK}, not {self.side}")
        if self.batch < 1:
            raise ValueError("--batch is at least 1")


@dataclass(frozen=True)
class Budget:
    """How long to train: so many steps, or so many minutes, or whichever is over first."""

    steps: int | None = None
    minutes: float | None = None

    def spent(self, step: int, seconds: float) -> float:
        """0..1 and beyond."""
        shares = [step / self.limit] if self.steps is not None or self.minutes is None else []
        if self.minutes is not None:
            shares.append(seconds / (60 * self.minutes))
        return max(shares)

    @property
    def limit(self) -> int:
        """Steps that can be made at most."""
        if self.steps is not None:
            return max(1, self.steps)
        return USUAL if self.minutes is None else 10**8


@dataclass
class Lessons:
    """One training in one folder.

    Responsibilities:
    - go on from the checkpoint that lies there
    - steps until the budget is spent; the rate falls along a cosine
    - every so often a look at the validation, with curves and a sheet of samples; the best weights are kept
    """

    recipe: Recipe
    teaching: Patches
    looking: Patches
    out: Path
    device: str = "cpu"
    workers: int = 0
    every: int = 250
    start: Path | None = None
    shift: float = 0.0
    """Taken from the logits of what is written, so that 0.5 is the threshold to ship: the loss prefers false finds to
    missed ones."""
    sources: dict[str, Any] = field(default_factory=dict[str, Any])
    standing: Standing = field(init=False)

    def run(self, budget: Budget, progress: Progress) -> None:
        """After `begin`: until the budget is spent."""
        bar = progress.add_task("training", total=budget.limit if budget.steps else None, note="")
        began, saved = time.monotonic() - self.standing.seconds, time.monotonic()
        total, since = 0.0, 0
        if budget.spent(self.standing.step, self.standing.seconds) >= 1:
            return
        for patches, label in self._batches(budget.limit):
            spent = budget.spent(self.standing.step, time.monotonic() - began)
            total, since = total + self._step(patches, label, spent), since + 1
            self.standing.step += 1
            self.standing.seconds = time.monotonic() - began
            over = budget.spent(self.standing.step, self.standing.seconds) >= 1
            if over or self.standing.step % self.every == 0:
                self._look(total / since)
                total, since = 0.0, 0
            if over or time.monotonic() - saved > SAVED:
                self._save()
                saved = time.monotonic()
            self._tell(progress, bar)
            if over:
                return

    def begin(self) -> None:
        """Everything as the checkpoint has it, or new. ValueError where another training lies in the folder."""
        import torch

        self.out.mkdir(parents=True, exist_ok=True)
        torch.manual_seed(self.recipe.seed)
        found = load(self._checkpoint)
        if found is not None and found.recipe != asdict(self.recipe):
            raise ValueError(f"{self.out} holds a training with other settings; choose another folder")
        self.standing = found or Standing(asdict(self.recipe))
        self.module = self._placed(read(self.start) if self.start else architecture(self.recipe.encoder))
        self.mean = self._placed(architecture(self.recipe.encoder))
        self.mean.load_state_dict(self.module.state_dict())
        self.mean.eval().requires_grad_(requires_grad=False)
        self.optimiser = torch.optim.AdamW(self.module.parameters(), self.recipe.rate, weight_decay=DECAY)
        if found is not None:
            for name, each in self._parts.items():
                each.load_state_dict(found.states[name])

    @property
    def _parts(self) -> dict[str, Any]:
        return {"network": self.module, "mean": self.mean, "optimiser": self.optimiser}

    @property
    def _checkpoint(self) -> Path:
        return self.out / "checkpoint.pt"

    def _save(self) -> None:
        self.standing.states = {name: each.state_dict() for name, each in self._parts.items()}
        save(self._checkpoint, self.standing)

    def _placed(self, module: torch.nn.Module) -> torch.nn.Module:
        import torch

        return module.to(self.device, memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue] - torch's overloads lack it

    def _batches(self, limit: int) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
        """Those that are left, in their order, on the device."""
        import torch
        from torch.utils.data import DataLoader

        batch, step = self.recipe.batch, self.standing.step
        left = replace(self.teaching, first=step * batch, count=(limit - step) * batch)
        loader = DataLoader(
            left,  # pyright: ignore[reportArgumentType] - it has a length and items: all that is asked of a data set
            batch,
            sampler=range(len(left)),
            num_workers=self.workers,
            pin_memory=self.device == "cuda",
            prefetch_factor=4 if self.workers else None,
            multiprocessing_context="spawn" if self.workers else None,
            worker_init_fn=_alone if self.workers else None,
        )
        with _one_thread_each():
            made = iter(loader)
        for patches, label in made:
            placed = patches.to(self.device, non_blocking=True, memory_format=torch.channels_last)
            yield placed, label.to(self.device, non_blocking=True)

    def _step(self, patches: torch.Tensor, label: torch.Tensor, spent: float) -> float:
        import torch

        rise = min(1.0, (self.standing.step + 1) / WARM)
        for group in self.optimiser.param_groups:
            group["lr"] = self.recipe.rate * rise * 0.5 * (1 + math.cos(math.pi * min(1.0, spent)))
        self.module.train()
        with torch.autocast(self.device, torch.bfloat16):
            logits = self.module(patches)
        wrong = loss(logits, label)
        self.optimiser.zero_grad(set_to_none=True)
        wrong.backward()
        torch.nn.utils.clip_grad_norm_(self.module.parameters(), 1.0)
        self.optimiser.step()
        self._remember()
        return float(wrong.detach())

    def _remember(self) -> None:
        import torch

        keep = min(MEMORY, (1 + self.standing.step) / (10 + self.standing.step))
        with torch.no_grad():
            for kept, now in zip(self.mean.state_dict().values(), self.module.state_dict().values(), strict=True):
                if kept.is_floating_point():
                    kept.lerp_(now.to(kept.dtype), 1 - keep)

    def _look(self, wrong: float) -> None:
        """Judge the running mean, draw what there is to see, and keep it if it is the best so far."""
        likely = self._judged()
        found = score((each, label) for each, (_, label) in zip(likely, self._exam, strict=True))
        self.standing.rows.append(Row(self.standing.step, wrong, found, self.standing.seconds))
        write_curves(self.out / "curves.png", self.standing.rows)
        sheet = [(light, label, each) for each, (light, label) in zip(likely, self._exam, strict=True)]
        write_sheet(self.out / f"samples-{self.standing.step:06}.png", sheet[:SHOWN])
        if found.f1 > self.standing.best:
            self.standing.best = found.f1
            write(self.out / "scratches.safetensors", self._shifted(), self.recipe.encoder, self._card(found))

    def _shifted(self) -> torch.nn.Module:
        module: Any = copy.deepcopy(self.mean)
        module.segmentation_head[0].bias -= self.shift
        return module

    @cached_property
    def _exam(self) -> list[tuple[Floats, Label]]:
        """The validation's patches: always the same, and slow to make."""
        return [self.looking.patch(number) for number in range(len(self.looking))]

    def _judged(self) -> list[Floats]:
        import torch

        found: list[Floats] = []
        for start in range(0, len(self._exam), self.recipe.batch):
            lights = [light for light, _ in self._exam[start : start + self.recipe.batch]]
            batch = tensor_from_arrays([channels(light) for light in lights], torch.device(self.device), torch.float32)
            with torch.inference_mode(), torch.autocast(self.device, torch.bfloat16):
                logits = self.mean(batch.contiguous(memory_format=torch.channels_last))
            found += list(logits.float().sigmoid()[:, 0].cpu().numpy())
        return found

    def _card(self, found: Score) -> dict[str, Any]:
        import torch

        return {
            "network": "segmentation_models_pytorch.Unet",
            **FORMS[self.recipe.encoder]._asdict(),
            "parameters": sum(each.numel() for each in self.mean.parameters()),
            "recipe": asdict(self.recipe),
            "steps": self.standing.step,
            "minutes": round(self.standing.seconds / 60, 1),
            "shift": self.shift,
            "device": self.device,
            "torch": torch.__version__,
            "validation": {name: round(value, 4) for name, value in found._asdict().items()},
            "pictures": self.sources,
        }

    def _tell(self, progress: Progress, bar: TaskID) -> None:
        rows = self.standing.rows
        note = f"loss {rows[-1].loss:.3f}, F1 {rows[-1].score.f1:.3f}, best {self.standing.best:.3f}" if rows else ""
        progress.update(bar, completed=self.standing.step, note=note)


def _alone(_: int) -> None:
    """A worker's picture library shall not start threads of its own: there is a worker for each processor."""
    import cv2

    cv2.setNumThreads(1)


@contextmanager
def _one_thread_each() -> Generator[None]:
    """The same for linear algebra, whose threads are counted when a process starts."""
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(dict.fromkeys(names, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
