"""Small checkpoints that read words as the published ones do: with CLIP's own vocabulary."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

WORDS = 49408
"""Tokens of CLIP."""


def with_clip_words(folder: Path, into: Path) -> Path:
    """A copy of a tiny folder whose text encoders know all of CLIP's tokens."""
    import torch
    from safetensors.torch import load_file, save_file

    from nodes.models.diffusion.vocabulary import CLIP_PAD, OPEN_CLIP_PAD, tokenizer

    shutil.copytree(folder, into)
    for place in sorted(into.glob("text_encoder*")):
        name, settings = place.name, json.loads((place / "config.json").read_text())
        state = load_file(place / "model.safetensors")
        key = next(each for each in state if each.endswith("token_embedding.weight"))
        state[key] = torch.randn(WORDS, state[key].shape[1], generator=torch.Generator().manual_seed(1)) * 0.02
        save_file(state, place / "model.safetensors", {"format": "pt"})
        marks = {"bos_token_id": WORDS - 2, "eos_token_id": WORDS - 1, "vocab_size": WORDS}
        (place / "config.json").write_text(json.dumps({**settings, **marks}))
        words = into / name.replace("text_encoder", "tokenizer")
        shutil.rmtree(words)
        by_open_clip = "sd2" in folder.name or name.endswith("_2")
        tokenizer(words, OPEN_CLIP_PAD if by_open_clip else CLIP_PAD).save_pretrained(words)
    return into
