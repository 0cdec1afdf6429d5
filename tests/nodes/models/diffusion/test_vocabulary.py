"""CLIP's tokenizer, made of the one file that open_clip carries."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import StepError
from nodes.models.compatibility import mend_torchvision
from nodes.models.diffusion.vocabulary import CLIP_PAD, OPEN_CLIP_PAD, tokenizer

NOWHERE = Path("there is none")


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        # Read off OpenAI's own tokenizer.
        ("a photo of an astronaut riding a horse", [320, 1125, 539, 550, 18376, 6765, 320, 4558]),
        ("", []),
    ],
)
def test_words_become_the_published_numbers(text: str, tokens: list[int]):
    assert tokenizer(NOWHERE, CLIP_PAD)(text).input_ids == [49406, *tokens, 49407]


@pytest.mark.parametrize(
    "text",
    [
        "A Lighthouse at SUNSET",
        "Großmutter's café, 1923 (sepia)!!",
        "two   spaces\nand a line",
        "日本 😀",
        "don't, you'll",
    ],
)
def test_it_is_the_tokenizer_that_open_clip_has(text: str):
    mend_torchvision()
    from open_clip.tokenizer import SimpleTokenizer

    padded = SimpleTokenizer()([text])[0].tolist()
    assert tokenizer(NOWHERE, CLIP_PAD)(text).input_ids == padded[: padded.index(49407) + 1]


def test_short_prompts_are_filled_up_as_each_encoder_learnt_it():
    filled = [tokenizer(NOWHERE, pad)("hi", padding="max_length").input_ids for pad in (CLIP_PAD, OPEN_CLIP_PAD)]
    assert [len(each) for each in filled] == [77, 77]
    assert [each[-1] for each in filled] == [49407, 0]


def test_a_folder_has_its_own_words(tiny_diffusion: Path):
    own = tokenizer(tiny_diffusion / "tiny-sd1" / "tokenizer", CLIP_PAD)
    assert len(own("abc").input_ids) == 5  # each letter is a token there
    assert own.model_max_length == 77


def test_a_damaged_tokenizer_is_named(tmp_path: Path):
    (tmp_path / "tokenizer.json").write_text("{")
    with pytest.raises(StepError, match="cannot be read"):
        tokenizer(tmp_path, CLIP_PAD)
