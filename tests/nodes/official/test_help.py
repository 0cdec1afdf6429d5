"""The contract tests leave these nodes out, because their packages may be missing; their help is there all the same."""

from __future__ import annotations

import pytest

import nodes
from graph.controls import Weights
from graph.registry import Registry
from graph.spec import NodeSpec
from nodes.models.catalog import catalog

SPECS = [spec for spec in Registry.collect(nodes).values() if spec.id.startswith("official/")]


def test_they_are_found_without_the_packages():
    assert sorted(spec.id for spec in SPECS) == ["official/gfpgan", "official/realesrgan"]


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.id)
def test_help_says_what_it_costs(spec: NodeSpec):
    assert spec.summary.endswith("package.")
    assert "in 8 bits" in " ".join(spec.help.split())
    assert "make official" in " ".join(spec.help.split())
    for setting in spec.settings.values():
        assert setting.control.help.endswith(".")


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.id)
def test_default_models_are_in_the_catalogue(spec: NodeSpec):
    for setting in spec.settings.values():
        control = setting.control
        if isinstance(control, Weights) and setting.default not in control.free:
            assert catalog()[setting.default].task == control.task
