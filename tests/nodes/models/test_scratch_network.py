from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file
from skimage import data

from graph.errors import StepError
from nodes.models.device import Device
from nodes.models.scratch_network import BLOCK, FORMS, ScratchModel, architecture, channels, read, write

SMALL = "mobilenetv3"


@pytest.fixture(scope="module")
def light() -> np.ndarray:
    return (data.camera()[100:292, 80:304] / 255).astype(np.float32)


@pytest.fixture(scope="module")
def weights(tmp_path_factory) -> Path:
    torch.manual_seed(3)
    path = tmp_path_factory.mktemp("weights") / "scratches.safetensors"
    write(path, architecture(SMALL), SMALL, {"licence": "none"})
    return path


def test_faded_and_dense_prints_look_alike(light):
    seen, faded = channels(light), channels(0.4 + 0.45 * light)
    assert seen.shape == (*light.shape, 2)
    assert seen.dtype == np.float32
    assert np.abs(seen).max() <= 2
    assert np.corrcoef(seen[..., 0].ravel(), faded[..., 0].ravel())[0, 1] > 0.98
    assert np.corrcoef(seen[..., 1].ravel(), faded[..., 1].ravel())[0, 1] > 0.98


def test_a_scratch_stands_out_in_both_channels():
    noisy = np.random.default_rng(1).normal(0.4, 0.02, (96, 128)).astype(np.float32)
    noisy[:, 60:62] += 0.2
    seen = channels(noisy)
    for channel in (0, 1):
        assert seen[:, 60:62, channel].mean() > 3 * np.abs(seen[:, :50, channel]).mean()


def test_a_tile_sees_what_the_whole_picture_sees_there(light):
    """As long as it begins at a multiple of the block; its own rims aside."""
    whole = channels(light)
    part = channels(light[BLOCK : 5 * BLOCK, 2 * BLOCK : 6 * BLOCK])
    inner = np.s_[BLOCK + 16 : 3 * BLOCK - 16, BLOCK + 16 : 3 * BLOCK - 16]
    apart = np.abs(part[inner] - whole[BLOCK : 5 * BLOCK, 2 * BLOCK : 6 * BLOCK][inner])
    assert apart[..., 0].max() < 1e-5
    assert apart[..., 1].mean() < 0.05


@pytest.mark.parametrize("shape", [(1, 1), (1, 40), (7, 5), (33, 47)])
@pytest.mark.parametrize("level", [0.0, 0.5, 1.0])
def test_flat_pictures_of_any_size_show_nothing(shape, level):
    assert np.abs(channels(np.full(shape, level, np.float32))).max() < 0.01


@pytest.mark.parametrize("encoder", FORMS)
def test_it_is_small_enough_to_be_shipped(tmp_path, encoder):
    write(tmp_path / "one.safetensors", architecture(encoder), encoder, {})
    assert (tmp_path / "one.safetensors").stat().st_size <= 4e6


def test_written_weights_are_read_again(weights):
    module = read(weights)
    torch.manual_seed(3)
    same = architecture(SMALL)
    for name, value in same.state_dict().items():
        assert torch.allclose(module.state_dict()[name].float(), value.float(), atol=1e-3, rtol=1e-3), name
    assert json.loads(weights.with_suffix(".json").read_text())["licence"] == "none"


def test_probabilities_are_of_the_pictures_size(weights, light):
    network, size = ScratchModel("scratches").load({"scratches": weights}, Device("cpu", "full"))
    assert size > 3e6
    looks = []
    pictures = [light[:70, :90], 1 - light[:70, :90]]
    found = network.probability(lambda: looks.append(1), pictures)
    assert [each.shape for each in found] == [(70, 90)] * 2
    assert all(each.min() >= 0 and each.max() <= 1 for each in found)
    assert not np.allclose(found[0], found[1])
    assert len(looks) > 20


def test_other_files_are_refused(tmp_path, weights):
    (tmp_path / "cut.safetensors").write_bytes(weights.read_bytes()[:1000])
    save_file({"a": torch.zeros(2)}, tmp_path / "other.safetensors")
    save_file({"a": torch.zeros(2)}, tmp_path / "older.safetensors", {"network": "scratches", "encoder": SMALL})
    for name, what in (("cut", "cannot|no model"), ("other", "no network"), ("older", "another version")):
        with pytest.raises(StepError, match=what):
            read(tmp_path / f"{name}.safetensors")
