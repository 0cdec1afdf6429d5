"""Prompts as the vectors that steer a diffusion model: of any length, and with weights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graph.errors import StepError
from nodes.models.cancelling import Check, looking
from nodes.models.diffusion.weighting import Span, parse

if TYPE_CHECKING:
    import torch

CHUNK = 75
"""Tokens that CLIP reads at a time, besides the one for the beginning and the one for the end."""

NEAR = 20
"""How many tokens before the end of a chunk a comma, or else the end of a word, is looked for to break there."""


@dataclass(frozen=True, eq=False)
class Conditioning:
    """What a pipeline takes in place of words. Both sides have the same shape: (1, 77 × chunks, width)."""

    positive: torch.Tensor
    negative: torch.Tensor
    pooled: torch.Tensor | None = None
    """One vector for the whole prompt. SDXL alone asks for it."""
    pooled_negative: torch.Tensor | None = None


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a part of one, as CLIP's vocabulary has it."""

    id: int
    text: str
    """`</w>` at its end says that a word ends there."""
    weight: float = 1.0


Chunk = tuple[Token, ...]
"""At most 75 tokens, which the encoder reads together."""

Vectors = tuple["torch.Tensor", "torch.Tensor | None"]
"""One for every token, (1, 77 × chunks, width); and one for all together."""


def encode(
    tokenizers: Sequence[Any], encoders: Sequence[Any], prompt: str, negative: str = "", *, clip_skip: int, check: Check
) -> Conditioning:
    """Encode what to draw and what not to, with one text encoder (SD 1 and 2) or two (SDXL).

    `clip_skip` is how many of the encoders' last layers are left out, beyond those that the family leaves out anyway:
    1 is what other programs number 2. It goes for both prompts. The time grows with the number of tokens.
    """
    import torch

    pair = len(encoders) > 1
    readers = [Reader(*each, clip_skip, pair, check) for each in zip(tokenizers, encoders, strict=True)]
    sides = [[list(reader.chunks(text)) for reader in readers] for text in (prompt, negative)]
    length = max(len(chunks) for side in sides for chunks in side)
    with torch.no_grad():
        (positive, pooled), (other, pooled_other) = (_joined(readers, side, length) for side in sides)
    if pair and not negative.strip():
        # SDXL learned to draw without words from noughts; SD 1 and 2 did from an empty text.
        other, pooled_other = torch.zeros_like(other), None if pooled is None else torch.zeros_like(pooled)
    return Conditioning(positive, other, pooled, pooled_other)


def _joined(readers: Sequence[Reader], side: Sequence[Sequence[Chunk]], length: int) -> Vectors:
    import torch

    read = [reader.read(chunks, length) for reader, chunks in zip(readers, side, strict=True)]
    return torch.cat([vectors for vectors, _ in read], dim=-1), read[-1][1]


@dataclass(frozen=True, eq=False)
class Reader:
    """A tokenizer and its text encoder."""

    tokenizer: Any
    encoder: Any
    skip: int
    bare: bool
    """As SDXL reads: from the last layer but one, without the normalisation that follows the last."""
    check: Check
    _read: dict[Chunk, Vectors] = field(default_factory=dict, init=False)
    """What was read before: beside a long prompt, a short one is mostly empty chunks."""

    def __post_init__(self) -> None:
        most = self.encoder.config.num_hidden_layers - 1 - self.bare
        if not 0 <= self.skip <= most:
            raise StepError(
                f"Clip skip {self.skip}: the model's text encoder has not so many layers.", f"Choose 0 to {most}."
            )

    def chunks(self, prompt: str) -> Iterator[Chunk]:
        for part in parse(prompt):
            yield from chunked([token for span in part for token in self._tokens(span)])

    def _tokens(self, span: Span) -> Iterator[Token]:
        # Half of a surrogate pair is no text, and the tokenizer would not have it.
        text = span.text.encode(errors="replace").decode()
        ids = self.tokenizer(text, add_special_tokens=False, verbose=False).input_ids
        for id, token in zip(ids, self.tokenizer.convert_ids_to_tokens(ids), strict=True):
            yield Token(id, token, span.weight)

    def read(self, chunks: Sequence[Chunk], length: int) -> Vectors:
        """The vectors of so many chunks, empty ones where there are fewer. The first one speaks for the whole."""
        import torch

        read = [self._vectors(chunk) for chunk in [*chunks, *[()] * (length - len(chunks))]]
        return torch.cat([vectors for vectors, _ in read], dim=1), read[0][1]

    def _vectors(self, chunk: Chunk) -> Vectors:
        if chunk not in self._read:
            self.check()
            with looking(self.encoder, self.check):
                self._read[chunk] = self._encoded(chunk)
        return self._read[chunk]

    def _encoded(self, chunk: Chunk) -> Vectors:
        import torch

        begin, end, pad = self.tokenizer.bos_token_id, self.tokenizer.eos_token_id, self.tokenizer.pad_token_id
        empty = CHUNK - len(chunk)
        ids = torch.tensor([[begin, *(token.id for token in chunk), end, *[pad] * empty]])
        # Weights that wait elsewhere for their turn are fetched, and the input with them, by accelerate.
        device = self.encoder.device
        out = self.encoder(ids if device.type == "meta" else ids.to(device), output_hidden_states=True)
        weights = [1.0, *(token.weight for token in chunk), 1.0, *[1.0] * empty]
        return weighted(self._layer(out), weights), out.get("text_embeds")

    def _layer(self, out: Any) -> torch.Tensor:
        if self.bare:
            return out.hidden_states[-2 - self.skip]
        if self.skip:
            inner = getattr(self.encoder, "text_model", self.encoder)
            return inner.final_layer_norm(out.hidden_states[-1 - self.skip])
        return out.last_hidden_state


def chunked(tokens: Sequence[Token]) -> Iterator[Chunk]:
    """At most 75 tokens each; one empty chunk where there are none."""
    while len(tokens) > CHUNK:
        end = _break(tokens)
        yield tuple(tokens[:end])
        tokens = tokens[end:]
    yield tuple(tokens)


def _break(tokens: Sequence[Token]) -> int:
    late = range(CHUNK, CHUNK - NEAR, -1)
    commas = (end for end in late if tokens[end - 1].text == ",</w>")
    words = (end for end in late if tokens[end - 1].text.endswith("</w>"))
    return next(commas, next(words, CHUNK))


def weighted(vectors: torch.Tensor, weights: Sequence[float]) -> torch.Tensor:
    """Vectors (1, tokens, width) times the weights of their tokens, as strong on the whole as before.

    The usual way restores their mean, which for SDXL is so near nought that programs advise against it; the mean
    magnitude never is, and does the same for SD 1.
    """
    if all(weight == 1.0 for weight in weights):
        return vectors
    import torch

    before = vectors.float()
    after = before * torch.tensor(weights, device=vectors.device)[None, :, None]
    return (after * (before.abs().mean() / after.abs().mean())).to(vectors.dtype)
