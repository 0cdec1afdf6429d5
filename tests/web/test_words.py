"""The page has words, in German as well, and a look for all shipped nodes and workflows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import nodes
from graph.document import parse
from graph.registry import Registry
from graph.spec import NodeSpec
from nodes.models.diffusion.samplers import SAMPLERS

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "web" / "src"
SERVED = SOURCE / "text" / "de" / "served"
ENTRY = re.compile(r'^  ("(?:[^"\\]|\\.)+"|\w+):\s', re.MULTILINE)

NAMES = {"closed-form", "knn", "lanczos", "bicubic", "png", "jpeg", "tiff", "webp", "bmp", "gif"}
NAMES |= {"X", "Y", "A4"}
NAMES |= set(SAMPLERS)
"""What is called the same in every language; proportions and figures are too."""

SPECS = sorted(Registry.collect(nodes).values(), key=lambda spec: spec.id)
WORKFLOWS = sorted((ROOT / "workflows").glob("*.json"))


def entries(file: Path) -> list[str]:
    """What a file of words translates."""
    return [json.loads(key) if key.startswith('"') else key for key in ENTRY.findall(file.read_text())]


KNOWN = {entry for file in SERVED.rglob("*.ts") for entry in entries(file)}


@pytest.mark.parametrize("spec", SPECS, ids=[spec.id for spec in SPECS])
def test_nodes_speak_german(spec: NodeSpec):
    assert [words for words in [*sentences(spec), *labels(spec)] if words not in KNOWN] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=[path.stem for path in WORKFLOWS])
def test_workflows_speak_german(path: Path):
    assert card(path) - KNOWN == set()


def test_nothing_is_translated_that_nobody_says():
    said = {sentence for spec in SPECS for sentence in sentences(spec)}.union(*map(card, WORKFLOWS))
    files = [*(SERVED / "nodes").glob("*.ts"), SERVED / "recipes.ts"]
    assert {entry for file in files for entry in entries(file)} - said == set()


@pytest.mark.parametrize("file", ["text/en/chrome.ts", "text/de/chrome.ts", "node/FamilyIcon.tsx", "node/tint.ts"])
def test_every_family_has_a_name_an_icon_and_a_colour(file: str):
    named = set(re.findall(r"^ +(\w+): ", (SOURCE / file).read_text(), re.MULTILINE))
    assert {spec.family for spec in SPECS} - named == set()


def card(path: Path) -> set[str]:
    """What a workflow's card and its controls say."""
    document = parse(path.read_bytes())
    return {document.title, document.about, *document.controls}


def sentences(spec: NodeSpec) -> Iterator[str]:
    """A node's own, its help by paragraphs as the page splits it."""
    yield spec.title
    yield spec.summary
    yield from (" ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", spec.help) if paragraph)
    yield from (setting.control.help for setting in spec.settings.values() if setting.control.help)


def labels(spec: NodeSpec) -> Iterator[str]:
    """The words that nodes share: names of sockets and settings, and what choices offer."""
    names = [*spec.sockets, *spec.settings, *spec.outputs]
    names = [name[:1].upper() + name[1:].replace("_", " ") for name in names]
    options = [option for setting in spec.settings.values() for option in getattr(setting.control, "options", ())]
    yield from (word for word in [*names, *options] if word not in NAMES and re.search("[A-Za-z]", str(word)))
