"""Detectors: any function from a photo, (H, W, 3) RGB 0..1, to how likely each pixel is damaged, (H, W) 0..1."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np

from bench.finding.cases import Case
from bench.finding.dust import WEIGHTS, dust
from bench.finding.scoring import Bytes, Flags, as_bytes, level
from graph.context import Context
from graph.pool import Pool
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.models.catalog import SHIPPED
from nodes.models.device import Device
from nodes.models.lending import Lending
from nodes.models.shelf import Shelf
from nodes.pixels.colour import luma
from nodes.repair.find_scratches import find_scratches
from nodes.repair.finding.classical import classical_map
from nodes.repair.finding.damage_map import damage_map
from training.marking import FOLDS

Find = Callable[[Floats], Floats]
Decide = Callable[[Floats, Floats], Flags]
"""A photo and its map, to what is taken for damage."""

SCRATCHES = "scratches.safetensors"

SIZES = (5, 11, 23)
"""Pixels: sides of the squares in which something thin stands out."""

TOP = 2.5
"""A top-hat counts as sure from 0.4 of the range on; its threshold is half of that."""


class Answer(NamedTuple):
    """What a detector says to a photo."""

    likely: Bytes
    mask: Flags


@dataclass(frozen=True)
class Detector:
    """A row of the benchmark."""

    name: str
    find: Find
    threshold: float = 0.5
    """The one it ships with."""
    decide: Decide | None = None
    """What makes a mask of the map; None: the threshold does."""
    by_fold: tuple[Find, ...] = ()
    """Trained without the photos of one fold each."""
    map_of: str = ""
    """The row that has the same map; empty: its own."""

    def likely(self, case: Case) -> Bytes:
        """A photo of a fold is shown to what was trained without that fold, if there is such a thing."""
        found = self.by_fold[case.fold] if self.by_fold and case.fold is not None else self.find
        return as_bytes(found(case.pixels))

    def mask(self, case: Case, likely: Bytes) -> Flags:
        if self.decide is None:
            return likely >= int(level(self.threshold))
        return self.decide(case.pixels, likely.astype(np.float32) / np.float32(255))


class Answers:
    """What detectors said; a map is made once."""

    def __init__(self) -> None:
        self._maps: dict[tuple[str, str], Bytes] = {}
        self._masks: dict[tuple[str, str], Flags] = {}

    def of(self, detector: Detector, case: Case) -> Answer:
        source, own = (detector.map_of or detector.name, case.name), (detector.name, case.name)
        if source not in self._maps:
            self._maps[source] = detector.likely(case)
        if own not in self._masks:
            self._masks[own] = detector.mask(case, self._maps[source])
        return Answer(self._maps[source], self._masks[own])


def standard(weights: Path | None, folds: Path | None) -> list[Detector]:
    """The rows that come with the benchmark. Those whose weights are not there are left out, and it says so.

    ValueError where a fold has no weights.
    """
    rows = [*_ours(weights or SHIPPED, folds)]
    rows.append(Detector("classical", lambda pixels: classical_map(context(), Image(pixels))))
    if WEIGHTS.is_file():
        rows.append(Detector("dust network", dust))
    else:
        print(f"There is no {WEIGHTS.name}: no row for the dust network.")
    return [*rows, Detector("top-hat", top_hat)]


def from_outside(text: str) -> Detector:
    """`module:function` or `file.py:function`, with `@threshold` behind it where that is not 0.5.

    ValueError where there is no such function.
    """
    place, _, threshold = text.partition("@")
    module, _, name = place.rpartition(":")
    try:
        found = getattr(_module(module), name)
    except (ImportError, AttributeError, OSError) as error:
        raise ValueError(f"{place} is no module:function that can be loaded: {error}") from error
    return Detector(name, found, float(threshold or 0.5))


def context(weights: Path = SHIPPED) -> Context:
    """A context that lends the model files of a folder."""
    lender = Lending(Pool(2**30), Shelf((weights,)), Device())
    return Context(allocate=lambda shape: np.empty(shape, np.float32), lender=lender)


def top_hat(image: Floats) -> Floats:
    """How far thin things, light or dark, stand out from a square around them: the largest of three sizes."""
    light = luma(image)
    found = np.zeros_like(light)
    for size in SIZES:
        square = np.ones((size, size), np.uint8)
        for way in (cv2.MORPH_TOPHAT, cv2.MORPH_BLACKHAT):
            np.maximum(found, cv2.morphologyEx(light, way, square), out=found)
    return np.clip(TOP * found, 0, 1)


def _ours(weights: Path, folds: Path | None) -> Sequence[Detector]:
    """The network's map, and what repair/find_scratches makes of it."""
    if not (weights / SCRATCHES).is_file():
        print(f"There is no {SCRATCHES} in {weights.name}: no rows for the network.")
        return ()
    by_fold = tuple(_network(folds / str(fold)) for fold in range(FOLDS)) if folds else ()
    own = Detector("network", _network(weights), by_fold=by_fold)
    return own, Detector("find_scratches", own.find, decide=_found, by_fold=by_fold, map_of=own.name)


def _network(weights: Path) -> Find:
    if not (weights / SCRATCHES).is_file():
        raise ValueError(f"{weights} holds no {SCRATCHES}")
    return partial(_map, context(weights))


def _map(ctx: Context, pixels: Floats) -> Floats:
    return damage_map(ctx, Image(pixels))


def _found(pixels: Floats, likely: Floats) -> Flags:
    return find_scratches(context(), Image(pixels), Mask(likely)).mask.values > 0


def _module(name: str) -> object:
    if not name.endswith(".py"):
        return importlib.import_module(name)
    spec = importlib.util.spec_from_file_location(Path(name).stem, name)
    if spec is None or spec.loader is None:
        raise ImportError(name)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
