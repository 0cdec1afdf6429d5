"""Whether an add-on was made for the model that it is to be used with."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from graph.errors import StepError
from nodes.models.diffusion.contents import TITLES, Name

CLAIMS: dict[str, Name] = {
    "sdxl": "sdxl",
    "diffusion-xl": "sdxl",
    "sd_v1": "sd1",
    "diffusion-v1": "sd1",
    "sd_v2": "sd2",
    "diffusion-v2": "sd2",
}
"""Parts of what trainers write down about the model they began with."""


def claimed_family(metadata: Mapping[str, str]) -> Name | None:
    """The family that a file says it is for, in the words of kohya's scripts or of the standard ModelSpec."""
    said = f"{metadata.get('ss_base_model_version')} {metadata.get('modelspec.architecture')}".lower()
    return next((family for sign, family in CLAIMS.items() if sign in said), None)


def check_family(name: str, made_for: Collection[Name], family: Name) -> None:
    """StepError that names both, where an add-on is for other families than the model's; none says nothing."""
    if made_for and family not in made_for:
        makers = " and ".join(TITLES[each] for each in made_for)
        raise StepError(
            f"{name} was made for {makers}, but the model is {TITLES[family]}.",
            f"Choose one that was made for {TITLES[family]}, or another model.",
        )
