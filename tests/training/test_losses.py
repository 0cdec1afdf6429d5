from __future__ import annotations

import numpy as np
import pytest
import torch

from training.losses import focal, line_dice, loss, tversky
from training.scoring import score


@pytest.fixture
def label() -> torch.Tensor:
    """A line three pixels wide, and a rim that does not count."""
    label = torch.zeros(2, 48, 48, dtype=torch.uint8)
    label[0, 20:23] = 255
    label[0, 19] = label[0, 23] = 128
    return label


def _saying(label: torch.Tensor, sure: float = 8) -> torch.Tensor:
    return torch.where(label == 255, sure, -sure).unsqueeze(1).float()


def test_right_is_better_than_wrong(label):
    right, nothing, everything = _saying(label), torch.full((2, 1, 48, 48), -8.0), torch.full((2, 1, 48, 48), 8.0)
    losses = [float(loss(logits, label)) for logits in (right, nothing, everything)]
    assert losses[0] < 0.05
    assert losses[0] < min(losses[1:]) - 1


def test_what_is_unknown_does_not_count(label):
    logits = _saying(label)
    told = float(loss(logits, label))
    logits[0, 0, 19] = logits[0, 0, 23] = 8
    assert float(loss(logits, label)) == pytest.approx(told, abs=1e-6)


def test_a_missed_line_costs_more_than_a_false_one(label):
    truth, known = (label == 255).unsqueeze(1).float(), torch.ones(2, 1, 48, 48)
    missed, false = torch.zeros_like(truth), truth.clone()
    false[1, 0, 20:23] = 1
    assert tversky(missed, truth, known) > tversky(false, truth, known) > tversky(truth, truth, known)
    assert focal(torch.full_like(truth, -4), truth, known) > focal(_saying(label, 4), truth, known)


def test_a_broken_line_costs_more_than_a_thin_one():
    truth = torch.zeros(1, 1, 48, 48)
    truth[0, 0, 20:26] = 1
    thin, broken = torch.zeros_like(truth), truth.clone()
    thin[0, 0, 22:24] = 1
    broken[0, 0, :, [x for x in range(48) if x % 12 < 4]] = 0
    assert line_dice(broken, truth) > line_dice(thin, truth)


def test_learning_goes_down_the_hill(label):
    logits = torch.zeros(2, 1, 48, 48, requires_grad=True)
    first = loss(logits, label)
    first.backward()
    assert logits.grad is not None
    assert torch.isfinite(logits.grad).all()
    assert loss(logits - 20 * logits.grad, label) < first


def test_no_damage_at_all_is_no_division_by_nothing():
    label = torch.zeros(1, 32, 32, dtype=torch.uint8)
    assert torch.isfinite(loss(torch.zeros(1, 1, 32, 32), label))


def test_two_pixels_beside_are_right_and_three_are_wrong(label):
    truth = label[0].numpy()
    for away, right in ((2, True), (6, False)):
        likely = np.roll((truth == 255).astype(np.float32), away, axis=0)
        found = score([(likely, truth)])
        assert (found.f1 > 0.99) == right


def test_false_pixels_are_counted_on_sound_pictures_only(label):
    sound = label[1].numpy()
    likely = np.zeros((48, 48), np.float32)
    likely[0, :10] = 0.9
    found = score([(likely, sound), (likely, label[0].numpy())])
    assert found.false == pytest.approx(1e6 * 10 / 48**2)
    assert score([]).f1 == 0
