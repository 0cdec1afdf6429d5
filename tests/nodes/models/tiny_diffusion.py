"""Stable Diffusion of every family with a few thousand random weights, in folders as diffusers writes them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

from nodes.models.diffusion.package import package

Family = Literal["sd1", "sd2", "sdxl"]

WIDTH = 32
"""Of the text encoder, and so of the prompt's vectors."""

BEGIN, END = "<|startoftext|>", "<|endoftext|>"


def tiny_folder(folder: Path, family: Family = "sd1", *, inpaint: bool = False) -> Path:
    """Write a pipeline of that family into the folder; with `inpaint` its UNet takes mask and masked picture too."""
    import torch

    diffusers = package()
    torch.manual_seed(0)
    parts: dict[str, Any] = {
        "unet": _unet(family, 9 if inpaint else 4),
        "vae": _vae(),
        "text_encoder": _text_encoder(projected=False),
        "tokenizer": _tokenizer(folder / "vocabulary"),
        "scheduler": _scheduler("v_prediction" if family == "sd2" and not inpaint else "epsilon"),
    }
    if family == "sdxl":
        parts |= {"text_encoder_2": _text_encoder(projected=True), "tokenizer_2": _tokenizer(folder / "vocabulary")}
        made = (diffusers.StableDiffusionXLInpaintPipeline if inpaint else diffusers.StableDiffusionXLPipeline)(**parts)
    else:
        parts |= {"safety_checker": None, "feature_extractor": None, "requires_safety_checker": False}
        made = (diffusers.StableDiffusionInpaintPipeline if inpaint else diffusers.StableDiffusionPipeline)(**parts)
    made.save_pretrained(folder)
    for file in sorted((folder / "vocabulary").iterdir()):
        file.unlink()
    (folder / "vocabulary").rmdir()
    return folder


def _unet(family: Family, channels: int) -> Any:
    more: dict[str, Any] = {}
    if family != "sd1":
        more |= {"use_linear_projection": True, "attention_head_dim": (1, 2)}
    if family == "sdxl":
        # Two pooled numbers for each of size, corner and target, and the second encoder's sum of the prompt.
        more |= {
            "addition_embed_type": "text_time",
            "addition_time_embed_dim": 8,
            "projection_class_embeddings_input_dim": 6 * 8 + WIDTH,
            "transformer_layers_per_block": (1, 2),
        }
    return package().UNet2DConditionModel(
        sample_size=8,
        in_channels=channels,
        out_channels=4,
        layers_per_block=2,
        block_out_channels=(32, 64),
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        cross_attention_dim=2 * WIDTH if family == "sdxl" else WIDTH,
        norm_num_groups=16,
        **({"attention_head_dim": 2} | more),
    )


def _vae() -> Any:
    return package().AutoencoderKL(
        in_channels=3,
        out_channels=3,
        latent_channels=4,
        block_out_channels=(8, 8, 8, 16),
        down_block_types=("DownEncoderBlock2D",) * 4,
        up_block_types=("UpDecoderBlock2D",) * 4,
        layers_per_block=1,
        norm_num_groups=8,
        sample_size=64,
    )


def _text_encoder(*, projected: bool) -> Any:
    from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

    config = CLIPTextConfig(
        vocab_size=514,
        hidden_size=WIDTH,
        intermediate_size=2 * WIDTH,
        num_hidden_layers=3,
        num_attention_heads=2,
        max_position_embeddings=77,
        projection_dim=WIDTH,
        bos_token_id=512,
        eos_token_id=513,
        pad_token_id=513,
    )
    return (CLIPTextModelWithProjection if projected else CLIPTextModel)(config).eval()


def _scheduler(prediction: str) -> Any:
    return package().DDIMScheduler(
        beta_start=0.00085,
        beta_end=0.012,
        beta_schedule="scaled_linear",
        clip_sample=False,
        set_alpha_to_one=False,
        steps_offset=1,
        prediction_type=prediction,
    )


def _tokenizer(folder: Path) -> Any:
    """CLIP's tokenizer with a vocabulary of single bytes: every letter is a token."""
    from transformers import CLIPTokenizer

    folder.mkdir(parents=True, exist_ok=True)
    letters = _byte_letters()
    words = [*letters, *(letter + "</w>" for letter in letters), BEGIN, END]
    (folder / "vocab.json").write_text(json.dumps({word: number for number, word in enumerate(words)}))
    (folder / "merges.txt").write_text("#version: 0.2\n")
    return CLIPTokenizer.from_pretrained(folder, model_max_length=77)


def _byte_letters() -> list[str]:
    """A printable letter for each of the 256 bytes, as byte-level BPE writes them (GPT-2)."""
    plain = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    rest = [byte for byte in range(256) if byte not in plain]
    return [chr(byte) for byte in plain] + [chr(256 + number) for number in range(len(rest))]
