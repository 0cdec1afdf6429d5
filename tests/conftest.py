"""Fixtures that every test may use."""

from __future__ import annotations

import os

# Two idle OpenMP pools on few cores otherwise spin against each other.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
# Many tests start the program: it is compiled for the first of them, also where a container says not to keep that.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# No test reaches for the internet; those of downloads talk to a server of their own.
os.environ["HEIRLOOM_OFFLINE"] = "1"

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from graph.context import Context
from graph.pool import Pool
from nodes.kinds.arrays import allocator
from nodes.models.device import Device
from nodes.models.lending import Lending
from nodes.models.shelf import Shelf

REAL_WEIGHTS = Path(__file__).parents[2] / "shared" / "weights"
"""Official model files, where somebody has put them; they are not part of the repository."""

Lend = Callable[..., Context]


@pytest.fixture
def ctx(tmp_path: Path) -> Context:
    """A context that works alone: large arrays lie in the test's own folder."""
    return Context(allocate=allocator(tmp_path / "scratch"), outputs=tmp_path / "outputs")


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(7)


@pytest.fixture
def lend(ctx: Context) -> Lend:
    """`lend(folder, …)` is a context that lends the model files in those folders, in fp32 on the processor."""

    def lending(*folders: Path, device: Device = Device("cpu", "full")) -> Context:  # noqa: B008 - it is frozen
        return replace(ctx, lender=Lending(Pool(2 * 2**30), Shelf(folders), device))

    return lending


@pytest.fixture
def online(monkeypatch: pytest.MonkeyPatch) -> None:
    """This test may download, from a server of its own."""
    monkeypatch.delenv("HEIRLOOM_OFFLINE", raising=False)


@pytest.fixture(scope="session")
def tiny_weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of small random networks: one for every node that needs one."""
    from tests.nodes.models.tiny_shelf import tiny_models

    return tiny_models(tmp_path_factory.mktemp("weights"))


@pytest.fixture(scope="session")
def tiny_diffusion(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of small random diffusion models of all five kinds, each a folder as diffusers writes it.

    tiny-sd1, tiny-sd1-inpaint, tiny-sd2 (of velocities), tiny-sdxl, tiny-sdxl-inpaint.
    """
    from tests.nodes.models.tiny_diffusion import tiny_folder

    folder = tmp_path_factory.mktemp("diffusion")
    for family in ("sd1", "sd2", "sdxl"):
        tiny_folder(folder / f"tiny-{family}", family)
    for family in ("sd1", "sdxl"):
        tiny_folder(folder / f"tiny-{family}-inpaint", family, inpaint=True)
    return folder


@pytest.fixture(scope="session")
def real_weights() -> Path:
    """The folder of official model files; the test is skipped where there is none."""
    if not REAL_WEIGHTS.is_dir():
        pytest.skip(f"there are no official model files in {REAL_WEIGHTS.name} beside the checkout")
    return REAL_WEIGHTS
