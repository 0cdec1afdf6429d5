"""What a network that marks thin, rare things is told: how wrong it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch

FOCUS, RARE = 2.0, 0.8
"""Focal loss (Lin and others, 2017): how little the easy pixels count, and how much damage counts against sound."""

MISSED = 0.7
"""Tversky loss (Salehi and others, 2017): what a missed pixel counts; a false one counts the rest."""

WEIGHTS = (8.0, 1.0, 0.3)
"""Of focal, Tversky and clDice: the first is small by nature."""

HALF = 2
"""Lines are compared in a picture so many times smaller, where the strongest pixel of each square stands for it: that
takes an eighth of the time, half of a training step."""

THIN = 2
"""Steps of thinning: lines up to eight pixels wide have a middle after them."""

SMOOTH = 1.0
"""Pixels added above and below each share, so that nothing is divided by nothing."""


def loss(logits: torch.Tensor, label: torch.Tensor) -> torch.Tensor:
    """Of logits (N, 1, H, W) for labels (N, H, W): 255 damage, 0 sound, 128 does not count."""
    known = (label != 128).unsqueeze(1).float()
    truth = (label == 255).unsqueeze(1).float()
    logits = logits.float()
    likely = logits.sigmoid() * known
    parts = (focal(logits, truth, known), tversky(likely, truth, known), line_dice(likely, truth * known))
    return sum((weight * part for weight, part in zip(WEIGHTS, parts, strict=True)), start=logits.new_zeros(()))


def focal(logits: torch.Tensor, truth: torch.Tensor, known: torch.Tensor) -> torch.Tensor:
    from torch.nn import functional

    wrong = functional.binary_cross_entropy_with_logits(logits, truth, reduction="none")
    sure = (-wrong).exp()
    weight = truth * RARE + (1 - truth) * (1 - RARE)
    return (weight * (1 - sure) ** FOCUS * wrong * known).sum() / known.sum().clamp(min=1)


def tversky(likely: torch.Tensor, truth: torch.Tensor, known: torch.Tensor) -> torch.Tensor:
    """Over the whole batch: a patch without damage has no share of its own."""
    right = (likely * truth).sum()
    missed = ((1 - likely) * truth * known).sum()
    false = (likely * (1 - truth)).sum()
    return 1 - (right + SMOOTH) / (right + MISSED * missed + (1 - MISSED) * false + SMOOTH)


def line_dice(likely: torch.Tensor, truth: torch.Tensor) -> torch.Tensor:
    """Centre-line Dice (Shit and others, 2021): middle lines of what was found are damage, and vice versa."""
    from torch.nn import functional

    likely, truth = (functional.max_pool2d(each, HALF) for each in (likely, truth))
    found, real = _middle(likely), _middle(truth)
    precision = ((found * truth).sum() + SMOOTH) / (found.sum() + SMOOTH)
    recall = ((real * likely).sum() + SMOOTH) / (real.sum() + SMOOTH)
    return 1 - 2 * precision * recall / (precision + recall)


def _middle(values: torch.Tensor) -> torch.Tensor:
    """A soft skeleton: what each thinning takes away that no line of the thinner picture can give back."""
    from torch.nn import functional

    def opened(picture: torch.Tensor) -> torch.Tensor:
        return functional.max_pool2d(_eroded(picture), 3, 1, 1)

    middle = functional.relu(values - opened(values))
    for _ in range(THIN):
        values = _eroded(values)
        more = functional.relu(values - opened(values))
        middle = middle + functional.relu(more - middle * more)
    return middle


def _eroded(picture: torch.Tensor) -> torch.Tensor:
    from torch.nn import functional

    upright = -functional.max_pool2d(-picture, (3, 1), 1, (1, 0))
    across = -functional.max_pool2d(-picture, (1, 3), 1, (0, 1))
    return upright.minimum(across)
