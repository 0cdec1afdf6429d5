"""The catalogue that ships, and what is refused in one."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import nodes
from graph.errors import WorkflowError
from graph.registry import Registry
from nodes.models.catalog import OPTIONAL, RULES, SHIPPED, Catalog, catalog

RIGHT = {
    "title": '"Toy"',
    "task": '"upscale"',
    "file": '"toy.pth"',
    "urls": '["https://example.org/toy.pth"]',
    "bytes": "7",
    "sha256": f'"{"0" * 64}"',
    "licence": '"MIT"',
    "commercial": "true",
    "about": '"Plays."',
    "needs": "[]",
}


def table(name: str = "toy", **changes: str | None) -> str:
    """A table of a catalogue; None leaves a key out."""
    values = {key: value for key, value in {**RIGHT, **changes}.items() if value is not None}
    return "\n".join([f'["{name}"]', *(f"{key} = {value}" for key, value in values.items())])


def read(folder: Path, *tables: str) -> Catalog:
    path = folder / "catalog.toml"
    path.write_text("\n".join(tables), encoding="utf-8")
    catalog.cache_clear()
    return catalog(path)


def refused(folder: Path, *tables: str) -> str:
    with pytest.raises(WorkflowError) as caught:
        read(folder, *tables)
    return str(caught.value)


def test_every_model_of_every_node_is_there():
    registry = Registry.collect(nodes)
    models = [(spec, setting) for spec in registry.values() for setting in spec.weight_settings]
    for spec, setting in models:
        control = spec.weight_settings[setting]
        names = {*control.free, *(entry.name for entry in catalog().of(control.task))}
        assert spec.defaults[setting] in names, f"{spec.id}.{setting}"


@pytest.mark.parametrize("name", catalog())
def test_a_shipped_entry(name: str):
    entry = catalog()[name]
    assert all(url.startswith("https://") for url in entry.urls)
    assert entry.urls or (SHIPPED / entry.file).is_file(), "what is not there must be fetched from somewhere"
    assert entry.about.endswith(".")
    assert entry.commercial is not ("non-commercial" in entry.licence.lower() or "NC" in entry.licence)
    assert all(url.endswith(f"/{entry.file.removeprefix(f'{entry.folder}/')}") for url in entry.urls)
    assert entry.task != "diffusion-part" or any(entry.name in other.needs for other in catalog().values())


def test_what_may_not_be_used_for_money_is_known():
    assert catalog().of("upscale")[0].name == "realesr-general-x4v3"
    assert {entry.name for entry in catalog().values() if not entry.commercial} == {
        "gfpgan-1.3", "gfpgan-1.4", "codeformer",
    }  # fmt: skip


def test_entries_are_found_by_task():
    assert [entry.name for entry in catalog().of("jpeg")] == ["fbcnn-color", "fbcnn-gray-double"]


def test_what_draws_from_words_fills_holes_too(tmp_path: Path):
    tables = [table(name, task=f'"{task}"', file=f'"{name}.pth"') for name, task in
              (("draws", "diffusion"), ("fills", "diffusion-inpaint"))]  # fmt: skip
    found = read(tmp_path, *tables)
    assert [entry.name for entry in found.of("diffusion-inpaint")] == ["fills", "draws"]
    assert [entry.name for entry in found.of("diffusion")] == ["draws"]


def test_a_model_may_be_several_files_of_a_folder(tmp_path: Path):
    tables = table(file='"toy/unet/a.safetensors"', needs='["rest"]'), table("rest", file='"toy/vae/a.safetensors"')
    found = read(tmp_path, *tables)
    assert [entry.name for entry in found.parts_of("toy")] == ["toy", "rest"]
    assert {entry.folder for entry in found.values()} == {"toy"}


def test_needs_come_along_even_in_a_circle(tmp_path: Path):
    second = table("second", needs='["toy"]', file='"second.pth"')
    found = read(tmp_path, table(needs='["second"]'), second).with_needs("toy")
    assert [entry.name for entry in found] == ["toy", "second"]
    assert catalog().with_needs("nobody") == []


def test_a_right_one(tmp_path: Path):
    entry = read(tmp_path, table())["toy"]
    assert (entry.title, entry.bytes, entry.urls, entry.needs) == ("Toy", 7, ("https://example.org/toy.pth",), ())


def test_a_file_that_is_part_of_the_program_has_no_address(tmp_path: Path):
    entry = read(tmp_path, table(urls="[]"))["toy"]
    assert entry.urls == ()
    assert "cannot be fetched" in entry.absent.message
    assert "git checkout weights/toy.pth" in entry.absent.remedy


def test_what_is_optional_may_be_left_out(tmp_path: Path):
    entry = read(tmp_path, table(bytes=None, sha256=None, about=None, needs=None))["toy"]
    assert (entry.bytes, entry.sha256) == (None, "")


@pytest.mark.parametrize("key", sorted(RULES.keys() - OPTIONAL))
def test_what_is_missing_is_named(tmp_path: Path, key: str):
    assert f"toy: has no {key}." in refused(tmp_path, table("toy", **{key: None}))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("file", '"../toy.pth"'),
        ("file", '"toy/../../toy.pth"'),
        ("file", '"/toy.pth"'),
        ("file", '"toy//toy.pth"'),
        ("file", '".toy/toy.pth"'),
        ("file", '"a/b/c/toy.pth"'),
        ("file", "'toy\\toy.pth'"),
        ("file", '"toy.exe"'),
        ("urls", '["ftp://example.org/toy.pth"]'),
        ("urls", '["file:///etc/passwd"]'),
        ("bytes", "0"),
        ("bytes", "true"),
        ("sha256", '"abc"'),
        ("commercial", '"no"'),
        ("needs", '"other"'),
        ("task", '"Up Scale"'),
    ],
)
def test_a_wrong_value_is_named(tmp_path: Path, key: str, value: str):
    assert f"toy: has the {key} " in refused(tmp_path, table(**{key: value}))


def test_an_unknown_key_gets_the_nearest(tmp_path: Path):
    assert "unknown key 'license'. Did you mean 'licence'?" in refused(tmp_path, table(license='"MIT"'))


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path):
    text = refused(tmp_path, table(bytes="-1", licence=None), table("Other Name", task="3"))
    assert all(name in text for name in ("bytes", "licence", "Other Name: is no name", "task"))


def test_a_file_belongs_to_one_entry(tmp_path: Path):
    assert "the same file as toy" in refused(tmp_path, table(), table("other", file='"TOY.pth"'))


def test_what_is_needed_exists(tmp_path: Path):
    assert "needs 'toys', which does not exist. Did you mean 'toy'?" in refused(tmp_path, table(needs='["toys"]'))


def test_a_key_outside_of_any_table(tmp_path: Path):
    assert "title: is no table" in refused(tmp_path, 'title = "x"')


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text())
def test_any_text_is_read_or_refused(tmp_path: Path, text: str):
    with suppress(WorkflowError):
        assert isinstance(read(tmp_path, text), Catalog)


def test_no_file_at_all(tmp_path: Path):
    with pytest.raises(WorkflowError, match="cannot be read"):
        catalog(tmp_path / "nowhere.toml")
