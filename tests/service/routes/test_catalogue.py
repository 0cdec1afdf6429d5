from __future__ import annotations

from collections.abc import Generator

import pytest

import graph.controls
from graph.registry import Registry
from service.access.access import Access
from tests.service.conftest import Running, running
from tests.service.files import ADDRESSES


@pytest.fixture(scope="module")
def server(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> Generator[Running]:
    with running(registry, tmp_path_factory.mktemp("server"), Access()) as server:
        yield server


def test_every_node_is_described_as_it_describes_itself(server: Running, registry: Registry) -> None:
    found = server.client.get("api/nodes").json()
    assert [node["id"] for node in found["nodes"]] == sorted(registry)
    assert found["problems"] == []
    for node in found["nodes"]:
        described = registry[node["id"]].describe()
        assert node["settings"].keys() == described["settings"].keys()
        assert (node["help"], node["inputs"]) == (described["help"], described["inputs"])
        for name, setting in described["settings"].items():
            assert setting["schema"] == node["settings"][name]["schema"]


def test_settings_that_name_a_model_say_which_there_are(server: Running) -> None:
    node = server.client.get("api/nodes/noise/denoise").json()
    models = [setting["models"] for setting in node["settings"].values() if "models" in setting]
    assert len(models) == 1
    assert len(models[0]) > 1


def test_what_is_no_node_is_not_found(server: Running) -> None:
    for name in (*ADDRESSES, "noise/denoise/x", "x" * 5000):
        assert server.client.get(f"api/nodes/{name}").status_code == 404
    answer = server.client.get("api/nodes/noise/denois")
    assert "noise/denoise" in answer.json()["problems"][0]["remedy"]


def test_kinds_say_what_fits(server: Running) -> None:
    kinds = {kind["name"]: kind for kind in server.client.get("api/kinds").json()["kinds"]}
    assert kinds["image"]["accepts"] == ["mask"]
    assert ".png" in kinds["image"]["writes"]


def test_every_control_is_explained(server: Running, registry: Registry) -> None:
    controls = {control["widget"]: control for control in server.client.get("api/controls").json()["controls"]}
    used = {setting.control.widget for spec in registry.values() for setting in spec.settings.values()}
    assert used <= controls.keys()
    assert controls["slider"]["options"]["properties"].keys() >= {"low", "high", "step", "help"}
    assert controls["colour"]["value"] == graph.controls.Colour().schema()
