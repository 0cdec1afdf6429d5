"""A small random DDColor under the official file name, for tests."""

from __future__ import annotations

from pathlib import Path

from nodes.models.compatibility import mend_torchvision

FILES = {
    "ddcolor-modelscope": "ddcolor_modelscope.pth",
    "ddcolor-artistic": "ddcolor_artistic.pth",
    "ddcolor-tiny": "ddcolor_paper_tiny.pth",
}
"""The official names of the files."""


def tiny_ddcolor(folder: Path, file: str = FILES["ddcolor-modelscope"]) -> Path:
    """Write a random DDColor, of the smallest size whose architecture is recognised (100 MB, in halves).

    Its encoder and its decoder's widths are fixed; only queries and layers can be fewer. The answer varies by some
    30 CIE units over a photo.
    """
    mend_torchvision()
    import torch
    from spandrel_extra_arches.architectures.DDColor import DDColor

    torch.manual_seed(11)
    network = DDColor(
        encoder_name="convnext-t", input_size=(64, 64), num_output_channels=2, last_norm="Spectral", num_queries=6,
        dec_layers=1,
    )  # fmt: skip
    state = network.state_dict()
    for name, value in state.items():
        if name.endswith("gamma"):
            value.fill_(0.1)
    with torch.no_grad():
        # Spectral norms are found while training, one step at a time.
        for _ in range(4):
            network.train()(torch.rand(1, 3, 64, 64))
        answer = network.eval()(torch.nn.functional.interpolate(torch.rand(1, 3, 4, 4), scale_factor=16)).std()
        # The last layer's weights are divided by a norm that this vector decides.
        state["refine_net.0.0.weight_u"].mul_(answer / 30)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / file
    torch.save({"params": {name: value.half() for name, value in state.items()}}, path)
    return path
