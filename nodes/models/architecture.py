"""What a model file of unknown origin is, and which nodes can use it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graph.errors import StepError

Description = Mapping[str, Any]
"""What was found in a file, as JSON: the architecture of a checkpoint, the inputs and outputs of an ONNX network, or
the trouble there was with it."""

KINDS = 2
"""Changes with what can be told apart: what was found before is found again."""

PURPOSES = {
    "SR": ("upscale",),
    "FaceSR": ("faces",),
    "Inpainting": ("inpaint",),
    "detection": ("face-detect",),
    "parsing": ("parsing",),
    "scratches": ("scratches",),
    # Any diffusion model fills holes: those that were not made for it by keeping what lies around them.
    "diffusion": ("diffusion", "diffusion-inpaint"),
    "diffusion-inpaint": ("diffusion-inpaint",),
    "lora": ("lora",),
    "vae": ("vae",),
    "controlnet": ("controlnet",),
}
"""What an architecture is for, mostly in spandrel's words, and the tasks that it fits."""

CLEANING = ("denoise", "jpeg", "deblur")

RESTORERS = {
    "FBCNN": ("jpeg",),
    "DDColor": ("colorize",),
    "FFDNet": ("denoise",),
    "DnCNN": ("denoise", "jpeg"),
    # For haze and for darkness: no node does that.
    **dict.fromkeys(("MixDehazeNet", "RetinexFormer", "HVICIDNet"), ()),
}
"""spandrel calls all of these Restoration. The others were published for noise, for compression and for blur, and so
are enlargers trained at scale 1; which it is shows nowhere but in the name that its author gave it."""

SIGNS = {
    "RetinaFace": ("detection", {"ClassHead.0.conv1x1.weight", "LandmarkHead.0.conv1x1.weight"}),
    "ParseNet": ("parsing", {"out_mask_conv.conv2d.weight", "out_img_conv.conv2d.weight"}),
}
"""What spandrel does not know: the purpose, and weights by which it is recognised."""

YUNET = {"cls_8", "obj_8", "bbox_8", "kps_8"}
"""Outputs of YuNet since 2023, as OpenCV reads them."""


def describe(path: Path) -> Description:
    """Look into a file; this loads the packages that can read it. Never raises."""
    try:
        if path.is_dir():
            return _of_folder(path)
        return _of_onnx(path) if path.suffix.lower() == ".onnx" else _of_checkpoint(path)
    except StepError as error:
        return {"trouble": error.message}
    except Exception as error:  # noqa: BLE001 - a file that anybody may have put there can fail in any way; the others count
        return {"trouble": f"{path.name} cannot be read: {type(error).__name__}."}


def tasks(found: Description) -> tuple[str, ...]:
    """The tasks of the `Weights` controls that may offer such a file; none for one that no node can use."""
    if "purpose" in found:
        restorer = found["purpose"] == "Restoration"
        return RESTORERS.get(found["architecture"], CLEANING) if restorer else PURPOSES.get(found["purpose"], ())
    return _tasks_of_onnx(found) if "inputs" in found else ()


def title(found: Description) -> str:
    """What it is, in a few words."""
    if "purpose" in found:
        return f"{found['architecture']} ({found['scale']}×)" if found["scale"] != 1 else found["architecture"]
    if "inputs" in found:
        return "ONNX network"
    return str(found["trouble"]).rstrip(".")


def _of_checkpoint(path: Path) -> Description:
    from nodes.models.diffusion.contents import LDM, contents_of
    from nodes.models.diffusion.header import mentions, pickled, read_header
    from nodes.models.ffdnet import is_ffdnet
    from nodes.models.network import described, read_state
    from nodes.models.scratch_network import is_scratch_network

    if path.suffix.lower() == ".safetensors":
        if is_scratch_network(path):
            return {"architecture": "U-Net", "purpose": "scratches", "scale": 1}
        found = contents_of(read_header(path).shapes)
        if found.kind == "unet":
            return {"architecture": f"{found.title}, without its other parts", "purpose": "part", "scale": 1}
        if found.title:
            return {"architecture": found.title, "purpose": found.purpose, "scale": 1}
    elif mentions(path, LDM):  # it would take gigabytes to read, for nothing
        raise pickled(path.name)
    state = read_state(path)
    if is_ffdnet(state):  # which spandrel takes for a DnCNN
        return {"architecture": "FFDNet", "purpose": "Restoration", "scale": 1}
    names = {str(name).removeprefix("module.") for name in state}
    for architecture, (purpose, signs) in SIGNS.items():
        if signs <= names:
            return {"architecture": architecture, "purpose": purpose, "scale": 1}
    descriptor = described(state, path)
    return {"architecture": descriptor.architecture.id, "purpose": descriptor.purpose, "scale": descriptor.scale}


def _of_folder(path: Path) -> Description:
    from nodes.models.diffusion.contents import contents_of
    from nodes.models.diffusion.folder import main_header

    found = contents_of(main_header(path).shapes)
    return {"architecture": found.title or "unknown", "purpose": found.purpose, "scale": 1}


def _of_onnx(path: Path) -> Description:
    from nodes.models.device import Device
    from nodes.models.onnx import OnnxNetwork, session

    network = OnnxNetwork(session(path, Device("cpu")), path.name)
    inputs = {plug.name: list(plug.shape) for plug in network.inputs}
    return {"inputs": inputs, "outputs": {plug.name: list(plug.shape) for plug in network.outputs}}


def _tasks_of_onnx(found: Description) -> tuple[str, ...]:
    inputs, outputs = found["inputs"], found["outputs"]
    if inputs.keys() == {"image", "mask"}:
        return ("inpaint",)
    if outputs.keys() >= YUNET:
        return ("face-detect",)
    shapes = [*inputs.values(), *list(outputs.values())[:1]]
    pictures = len(shapes) == 2 and all(len(shape) == 4 for shape in shapes)
    # A photo in, one channel out: a matte. Networks of rembg's kind give the best one first.
    return ("background",) if pictures and [shape[1] for shape in shapes] == [3, 1] else ()
