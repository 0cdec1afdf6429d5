"""diffusers is imported quietly, without a way to the network, or with a word on how to get it."""

from __future__ import annotations

import importlib.util
import socket
from pathlib import Path

import pytest

from graph.errors import StepError
from nodes.models.diffusion import package as module
from nodes.models.diffusion.package import package
from nodes.models.diffusion.parts import load_parts
from tests.nodes.models.diffusion.original_layout import single_file


def test_without_the_extra_packages_it_says_how_to_get_them(monkeypatch: pytest.MonkeyPatch):
    real = importlib.util.find_spec
    monkeypatch.setattr(module, "find_spec", lambda name: None if name == "transformers" else real(name))
    package.cache_clear()
    with pytest.raises(
        StepError, match=r'extra packages for diffusion. Install them: pip install -e "\.\[diffusion\]"'
    ):
        package()


def test_a_hub_is_never_asked(tiny_diffusion: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def connect(*_: object) -> None:
        raise AssertionError("somebody opened a connection")

    package()
    monkeypatch.setattr(socket.socket, "connect", connect)
    import torch
    from huggingface_hub import hf_hub_download
    from huggingface_hub.errors import LocalEntryNotFoundError

    for path in (tiny_diffusion / "tiny-sdxl", single_file(tiny_diffusion / "tiny-sdxl", tmp_path / "xl.safetensors")):
        assert len(load_parts(path, torch.float32).encoders) == 2
    with pytest.raises(LocalEntryNotFoundError):
        hf_hub_download("openai/clip-vit-large-patch14", "config.json", cache_dir=tmp_path)


def test_it_says_nothing(capfd: pytest.CaptureFixture[str], tiny_diffusion: Path):
    package()
    import torch

    load_parts(tiny_diffusion / "tiny-sd1", torch.float32).unet.save_pretrained(tiny_diffusion / ".out")
    assert capfd.readouterr() == ("", "")
