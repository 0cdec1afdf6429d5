"""Prompts as vectors, beside diffusers' own encoding."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import StepError
from nodes.models.diffusion.package import package
from nodes.models.diffusion.prompts import CHUNK, Conditioning, Token, chunked, encode, weighted

FAMILIES = ("sd1", "sd2", "sdxl")
LETTERS = 77
"""Tokens of the tiny models' chunk: every letter is one, and there is one for the beginning and for the end."""


@pytest.fixture(scope="module")
def pipes(tiny_diffusion: Path) -> dict[str, Any]:
    load = package().DiffusionPipeline.from_pretrained
    return {family: load(tiny_diffusion / f"tiny-{family}", local_files_only=True) for family in FAMILIES}


def parts(pipe: Any) -> tuple[list[Any], list[Any]]:
    names = ("tokenizer", "tokenizer_2"), ("text_encoder", "text_encoder_2")
    tokenizers, encoders = ([getattr(pipe, name) for name in kind if hasattr(pipe, name)] for kind in names)
    return tokenizers, encoders


def encoded(pipe: Any, prompt: str, negative: str = "", clip_skip: int = 0) -> Conditioning:
    return encode(*parts(pipe), prompt, negative, clip_skip=clip_skip, check=lambda: None)


def tensors(found: Conditioning) -> list[torch.Tensor]:
    return [each for each in (found.positive, found.negative, found.pooled, found.pooled_negative) if each is not None]


def same(one: Conditioning, two: Conditioning) -> bool:
    return all(torch.equal(*each) for each in zip(tensors(one), tensors(two), strict=True))


def theirs(pipe: Any, prompt: str, negative: str | None, clip_skip: int) -> tuple[torch.Tensor, ...]:
    # transformers 5 took a level out of CLIPTextModel, which diffusers 0.42 still reaches through for clip skip.
    if not hasattr(pipe.text_encoder, "text_model"):
        object.__setattr__(pipe.text_encoder, "text_model", pipe.text_encoder)
    with torch.no_grad():
        return pipe.encode_prompt(
            prompt,
            device=torch.device("cpu"),
            num_images_per_prompt=1,
            do_classifier_free_guidance=True,
            negative_prompt=negative,
            clip_skip=clip_skip or None,
        )


@pytest.mark.parametrize("clip_skip", [0, 1])
@pytest.mark.parametrize("prompt", ["a red fox, at dawn", "", "Ein Füchslein 🦊 — 狐狸", "x" * CHUNK])
@pytest.mark.parametrize("family", FAMILIES)
def test_a_short_prompt_gives_what_diffusers_makes_of_it(pipes, family, prompt, clip_skip):
    found = encoded(pipes[family], prompt, "grey", clip_skip)
    expected = theirs(pipes[family], prompt, None, clip_skip)
    assert torch.equal(found.positive, expected[0])
    # Theirs leaves clip skip out for the negative one.
    assert torch.equal(found.negative, theirs(pipes[family], "grey", None, clip_skip)[0])
    if family == "sdxl":
        assert found.pooled is not None
        assert found.pooled_negative is not None
        assert torch.equal(found.pooled, expected[2])
        assert torch.equal(found.pooled_negative, theirs(pipes[family], "grey", None, clip_skip)[2])


@pytest.mark.parametrize("family", FAMILIES)
def test_so_does_a_missing_negative(pipes, family):
    found = encoded(pipes[family], "a red fox")
    expected = theirs(pipes[family], "a red fox", None, 0)
    assert all(torch.equal(*each) for each in zip(tensors(found), expected, strict=True))


@pytest.mark.parametrize("family", FAMILIES)
def test_a_weight_of_one_changes_nothing(pipes, family):
    plain = encoded(pipes[family], "a red fox")
    assert same(encoded(pipes[family], "a (red:1.0) fox"), plain)
    assert not same(encoded(pipes[family], "a (red:1.2) fox"), plain)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_weight_lifts_its_own_token_over_the_others(pipes, family):
    plain, lifted = (encoded(pipes[family], prompt).positive[0] for prompt in ("a b c", "a (b:1.5) c"))
    gains = lifted.norm(dim=1) / plain.norm(dim=1)
    others = torch.cat([gains[:2], gains[3:]])
    # Each of SDXL's two encoders is brought back to its own strength.
    torch.testing.assert_close(others, others[:1].expand_as(others), rtol=1e-3, atol=0)
    torch.testing.assert_close(gains[2], 1.5 * others[0], rtol=1e-3, atol=0)
    torch.testing.assert_close(lifted.abs().mean(), plain.abs().mean())


@given(st.lists(st.floats(-10, 10), min_size=1, max_size=8), st.integers(0, 99))
def test_weights_keep_the_whole_as_strong(weights, seed):
    vectors = torch.randn(1, len(weights) + 1, 16, generator=torch.Generator().manual_seed(seed))
    found = weighted(vectors, [1.0, *weights])
    torch.testing.assert_close(found.abs().mean(), vectors.abs().mean())


def test_weights_keep_the_precision(pipes):
    half = copy.deepcopy(pipes["sd1"].text_encoder).to(torch.bfloat16)
    found = encode([pipes["sd1"].tokenizer], [half], "a (red:1.2) fox", clip_skip=0, check=lambda: None)
    assert found.positive.dtype == found.negative.dtype == torch.bfloat16


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(
    ("prompt", "negative", "chunks"), [("x" * 76, "", 2), ("x", "y" * 300, 4), ("a BREAK b", "", 2)]
)
def test_both_sides_are_as_long(pipes, family, prompt, negative, chunks):
    found = encoded(pipes[family], prompt, negative)
    assert found.positive.shape == found.negative.shape == (1, chunks * LETTERS, found.positive.shape[2])
    assert all(each.isfinite().all() for each in tensors(found))


def test_chunks_are_read_one_by_one(pipes):
    both, first, second = (encoded(pipes["sdxl"], prompt) for prompt in ("one BREAK two", "one", "two"))
    assert torch.equal(both.positive, torch.cat([first.positive, second.positive], dim=1))
    assert both.pooled is not None
    assert first.pooled is not None
    assert torch.equal(both.pooled, first.pooled)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("prompt", ["(castle:1.1), ivy, " * 526, "🦊" * 10_000, "a b " * 2500])
def test_ten_thousand_characters(pipes, family, prompt):
    found = encoded(pipes[family], prompt)
    assert found.positive.shape[1] > 3000
    assert found.positive.isfinite().all()
    assert found.negative.shape == found.positive.shape


@given(prompt=st.text(st.characters(exclude_categories=()), max_size=200))
def test_any_text_is_encoded(pipes, prompt):
    """Also with unpaired surrogates, which JSON can bring."""
    assert all(each.isfinite().all() for each in tensors(encoded(pipes["sd1"], prompt, prompt)))


def tokens(text: str) -> list[Token]:
    """A token for every letter, as the tiny models have it."""
    letters = [each for word in text.replace(",", " , ").split() for each in [*word[:-1], f"{word[-1]}</w>"]]
    return [Token(ord(letter[0]), letter) for letter in letters]


def words(chunks: list[tuple[Token, ...]]) -> list[str]:
    return ["".join(token.text for token in chunk).replace("</w>", " ").strip() for chunk in chunks]


@given(st.text("ab, ", max_size=400))
def test_chunks_hold_every_token_in_order(text):
    chunks = list(chunked(tokens(text)))
    assert [token for chunk in chunks for token in chunk] == tokens(text)
    assert all(len(chunk) <= CHUNK for chunk in chunks)
    assert len(chunks) <= 1 + len(tokens(text)) // (CHUNK - 20)


def test_a_chunk_ends_at_a_comma_or_else_at_a_word():
    a, b, c = "a" * 60, "b" * 10, "c" * 10
    assert words(list(chunked(tokens(f"{a}, {b} {c}")))) == [f"{a} ,", f"{b} {c}"]
    assert words(list(chunked(tokens(f"{a} {b} {c}")))) == [f"{a} {b}", c]
    # Too far from the end, or nowhere at all.
    assert words(list(chunked(tokens(f"a, {'b' * 90}")))) == ["a , " + "b" * 73, "b" * 17]
    assert words(list(chunked(tokens("a" * 100)))) == ["a" * 75, "a" * 25]


@pytest.mark.parametrize(("family", "most"), [("sd1", 2), ("sd2", 2), ("sdxl", 1)])
def test_clip_skip_ends_with_the_layers(pipes, family, most):
    assert encoded(pipes[family], "a fox", clip_skip=most).positive.isfinite().all()
    for wrong in (-1, most + 1):
        with pytest.raises(StepError, match=f"Choose 0 to {most}"):
            encoded(pipes[family], "a fox", clip_skip=wrong)


def test_encoding_can_be_stopped_between_layers(pipes):
    asked = 0

    def check() -> None:
        nonlocal asked
        asked += 1
        if asked == 20:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        encode(*parts(pipes["sdxl"]), "x" * 1000, clip_skip=0, check=check)
    assert asked == 20
    assert not any(part._forward_pre_hooks for part in pipes["sdxl"].text_encoder.modules())
