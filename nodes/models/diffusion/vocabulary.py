"""CLIP's tokenizer: a folder's own, or the published one for checkpoints that come without."""

from __future__ import annotations

import gzip
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from graph.errors import StepError
from nodes.models.diffusion.package import package

FILE = "bpe_simple_vocab_16e6.txt.gz"
"""The merges of CLIP's byte pair encoding as OpenAI published them; the package open_clip carries the file."""

MERGES = 49408 - 2 * 256 - 2
"""How many of them count: the vocabulary also has each byte inside and at the end of a word, and two marks."""

BEGIN, END = "<|startoftext|>", "<|endoftext|>"

CLIP_PAD, OPEN_CLIP_PAD = END, "!"
"""OpenAI's encoder was trained on prompts filled up with the mark of their end, OpenCLIP's on zeros."""

LENGTH = 77
"""Tokens that a text encoder takes at once, both marks included."""

FILES = ("tokenizer.json", "vocab.json")
"""One of them lies in the folder of a tokenizer."""


def tokenizer(folder: Path, pad: str) -> Any:
    """The tokenizer in that folder, or else the published one; `pad` is the word that fills a short prompt up.

    StepError for one that cannot be read.
    """
    package()
    from transformers import CLIPTokenizer

    if any((folder / name).is_file() for name in FILES):
        try:
            return CLIPTokenizer.from_pretrained(folder, local_files_only=True)
        except Exception as error:
            raise StepError(f"The tokenizer in {folder} cannot be read: {error}.", "Get its files again.") from error
    vocabulary, merges = _published()
    return CLIPTokenizer(vocabulary, merges, pad_token=pad, model_max_length=LENGTH)


@cache
def _published() -> tuple[dict[str, int], list[Any]]:
    """The number of each word, and the pairs that are merged, in their order."""
    from tokenizers.pre_tokenizers import ByteLevel

    found = find_spec("open_clip")  # not imported: only its file is wanted
    place = Path(found.origin or "").parent if found else Path()
    lines = gzip.decompress((place / FILE).read_bytes()).decode("utf-8").split("\n")
    merges = [tuple(line.split()) for line in lines[1 : 1 + MERGES]]
    letters = sorted(ByteLevel.alphabet())
    words = [*letters, *(f"{letter}</w>" for letter in letters), *map("".join, merges), BEGIN, END]
    return {word: number for number, word in enumerate(words)}, merges
