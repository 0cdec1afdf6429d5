"""Samplers: the ways in which noise becomes a picture, by the names that people know them by."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

from graph.errors import StepError
from nodes.models.diffusion.package import package

_DPM = "DPMSolverMultistepScheduler"
_KARRAS = {"use_karras_sigmas": True}
_STOCHASTIC = {"algorithm_type": "sde-dpmsolver++"}

_CLASSES: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "Euler": ("EulerDiscreteScheduler", {}),
    "Euler a": ("EulerAncestralDiscreteScheduler", {}),
    "LMS": ("LMSDiscreteScheduler", {}),
    "Heun": ("HeunDiscreteScheduler", {}),
    "DPM++ 2M": (_DPM, {}),
    "DPM++ 2M Karras": (_DPM, _KARRAS),
    "DPM++ 2M SDE": (_DPM, _STOCHASTIC),
    "DPM++ 2M SDE Karras": (_DPM, _KARRAS | _STOCHASTIC),
    # The other class for it, DPMSolverSDEScheduler, draws its noise from a Brownian tree of the package torchsde; this
    # one from the generator it is given, as all the others.
    "DPM++ SDE": ("DPMSolverSinglestepScheduler", {"lower_order_final": True} | _STOCHASTIC),
    "DPM2": ("KDPM2DiscreteScheduler", {}),
}
"""Names of k-diffusion (Crowson 2022, after Karras et al., "Elucidating the Design Space of Diffusion-Based Generative
Models", 2022) as common programs show them, and what they are in diffusers, by the table in its documentation of
schedulers."""

SAMPLERS = tuple(_CLASSES)

USUAL = "DPM++ 2M Karras"
"""Good with few steps, and the same picture with more of them."""

LEARNED = (
    "num_train_timesteps",
    "beta_start",
    "beta_end",
    "beta_schedule",
    "trained_betas",
    "prediction_type",
    "steps_offset",
    "rescale_betas_zero_snr",
)
"""What a model was trained with, and so keeps with every sampler; the rest of its schedule belongs to a sampler."""


def scheduler(name: str, schedule: Mapping[str, Any]) -> Any:
    """The scheduler of diffusers for a sampler, with the noise that the model was trained on.

    All its chance comes from the generator that `step` is given.
    """
    if name not in _CLASSES:
        raise StepError(f"There is no sampler {name!r}.", f"Choose one of {', '.join(SAMPLERS)}.")
    known, settings = _CLASSES[name]
    made = getattr(package(), known)
    taken = inspect.signature(made).parameters
    learned = {key: schedule[key] for key in LEARNED if key in schedule}
    asked = learned | {"timestep_spacing": _spacing(schedule)} | dict(settings)
    return made(**{key: value for key, value in asked.items() if key in taken})


def _spacing(schedule: Mapping[str, Any]) -> str:
    """Steps from the very last trained one on, as in k-diffusion.

    Stable Diffusion's own files ask for "leading", which never visits it and leaves all pictures at medium brightness
    (Lin et al., "Common Diffusion Noise Schedules and Sample Steps are Flawed", 2024). Models made for "trailing" keep
    that.
    """
    return "trailing" if schedule.get("timestep_spacing") == "trailing" else "linspace"
