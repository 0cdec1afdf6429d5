"""`--convert`, by the real program."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Heirloom
from tests.nodes.models.diffusion.original_layout import single_file


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    (folder := tmp_path / "weights").mkdir()
    return folder


@pytest.fixture
def checkpoint(tiny_diffusion: Path, tmp_path: Path) -> Path:
    return single_file(tiny_diffusion / "tiny-sd1", tmp_path / "mine.safetensors")


def test_a_checkpoint_becomes_a_choice(heirloom: Heirloom, checkpoint: Path, weights: Path):
    answer = heirloom("--convert", checkpoint, "--weights-dir", weights)
    assert answer.code == 0
    assert f"{weights / 'mine'} can be chosen as mine now." in answer.out
    assert [line.split()[0] for line in answer.err.splitlines()] == ["unet", "vae", "text_encoder"]
    found = {
        each["name"]: each for each in heirloom("--weights", "--weights-dir", weights, "--json").json[0]["weights"]
    }
    assert found["mine"]["tasks"] == ["diffusion", "diffusion-inpaint"]
    assert found["mine"]["title"] == "Stable Diffusion 1"
    assert found["mine"]["path"] == str(weights / "mine")
    assert found["mine"]["bytes"] > 6_000_000
    assert "mine" in heirloom("--nodes", "generate/text_to_image", "--weights-dir", weights).out


def test_it_goes_into_the_first_folder_that_can_be_written(
    heirloom: Heirloom, checkpoint: Path, weights: Path, tmp_path: Path
):
    (second := tmp_path / "second").mkdir()
    answer = heirloom("--convert", checkpoint, "--weights-dir", weights, "--weights-dir", second, "--json")
    assert answer.json[-1] == {"name": "mine", "path": str(weights / "mine")}
    assert [each["step"] for each in answer.json if each.get("event") == "StepDone"] == ["unet", "vae", "text_encoder"]
    assert list(second.iterdir()) == []


def test_twice_is_refused(heirloom: Heirloom, checkpoint: Path, weights: Path):
    assert heirloom("--convert", checkpoint, "--weights-dir", weights).code == 0
    again = heirloom("--convert", checkpoint, "--weights-dir", weights)
    assert again.code == 1
    assert "is there already. Remove it" in again.err


@pytest.mark.parametrize(
    ("name", "content", "code", "words"),
    [
        ("gone.safetensors", None, 2, "There is no file"),
        ("stable-diffusion-1.5.safetensors", b"", 2, "the name of a model in the catalogue"),
        ("old.ckpt", b"pickle", 1, "opening one can run any program code that is hidden in it. Get the same model as"),
        ("cut.safetensors", b"\xff" * 100, 1, "damaged or not complete"),
    ],
)
def test_what_cannot_be_converted_is_refused_with_the_reason(
    heirloom: Heirloom, weights: Path, tmp_path: Path, name: str, content: bytes | None, code: int, words: str
):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    answer = heirloom("--convert", tmp_path / name, "--weights-dir", weights)
    assert answer.code == code
    assert words in " ".join(answer.err.split())
    assert list(weights.iterdir()) == []
