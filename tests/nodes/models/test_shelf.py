"""Which model files there are: the catalogue's, and whatever else lies in the folders."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from graph.errors import StepError, WorkflowError
from graph.keys import sha256_of
from graph.shelf import Shelf as AsTheEngineSeesIt
from nodes.models.bundle import settings_beside, state_of
from nodes.models.catalog import Catalog, Entry
from nodes.models.compatibility import mend_torchvision
from nodes.models.shelf import UNPUBLISHED, Listed, Shelf
from tests.nodes.models.diffusion.original_layout import single_file
from tests.nodes.models.hostile import Manner, hostile_server
from tests.nodes.models.tiny_inpaint import tiny_lama
from tests.nodes.models.tiny_onnx import node, plug, write
from tests.nodes.models.tiny_restoration import tiny_ffdnet
from tests.nodes.models.tiny_scratches import tiny_scratches

BODY = b"weights" * 1000


def entry(name: str, task: str = "upscale", url: str = "", **changes: object) -> Entry:
    url = url or f"https://example.invalid/{name}.pth"
    sha256 = hashlib.sha256(BODY).hexdigest()
    values = {"bytes": len(BODY), "sha256": sha256, "licence": "MIT", "commercial": True, **changes}
    return Entry(name=name, title=name.title(), task=task, file=f"{name}.pth", urls=(url,), **values)  # pyright: ignore[reportArgumentType] - a table of mixed types


def catalog_of(*entries: Entry) -> Catalog:
    return Catalog({each.name: each for each in entries})


CATALOG = catalog_of(entry("big", needs=("small",)), entry("small"), entry("face", "faces", commercial=False))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (folder := tmp_path / "weights").mkdir()
    return folder


def checkpoint(path: Path, name: str = "Compact", **settings: object) -> Path:
    """A small network of one of spandrel's architectures, under a file name of nobody's."""
    mend_torchvision()
    import spandrel.architectures as there
    import torch

    torch.manual_seed(0)
    torch.save(getattr(getattr(there, name), name)(**settings).state_dict(), path)
    return path


def listed(shelf: Shelf) -> dict[str, Listed]:
    return {each.name: each for each in shelf.listing()}


def test_it_is_what_the_engine_asks_for(folder: Path):
    shelf: AsTheEngineSeesIt = Shelf([folder], CATALOG)
    assert shelf.names("upscale") == ["big", "small"]


def test_a_name_belongs_to_its_task(folder: Path):
    shelf = Shelf([folder], CATALOG)
    assert shelf.knows("upscale", "big")
    assert not shelf.knows("faces", "big")
    assert not shelf.knows("upscale", "nobody")


def test_folders_are_searched_in_their_order(folder: Path, tmp_path: Path):
    (second := tmp_path / "second").mkdir()
    (second / "small.pth").write_bytes(b"2")
    shelf = Shelf([tmp_path / "nowhere", folder, second], CATALOG)
    assert shelf.find("small") == second / "small.pth"
    (folder / "small.pth").write_bytes(b"1")
    assert shelf.path("small") == folder / "small.pth"


def test_what_is_not_there_is_told_with_the_command(folder: Path):
    with pytest.raises(StepError, match="--fetch big"):
        Shelf([folder], CATALOG).path("big")


@pytest.mark.usefixtures("online")
def test_what_is_part_of_the_program_is_never_fetched(folder: Path):
    own = entry("own")
    shelf = Shelf([folder], catalog_of(replace(own, urls=())))
    assert [each.url for each in shelf.missing("own")] == [""]
    with pytest.raises(StepError, match=r"part of Heirloom.*git checkout weights/own\.pth"):
        shelf.path("own")
    with pytest.raises(WorkflowError, match=r"cannot be fetched.*part of Heirloom"):
        shelf.fetch("own", lambda *_: None, threading.Event())


def test_a_file_of_nobodys_that_is_gone_cannot_be_fetched(folder: Path):
    with pytest.raises(StepError, match="Put it into one of the folders"):
        Shelf([folder], CATALOG).path("mine.safetensors")


def test_missing_is_the_file_and_what_it_needs(folder: Path):
    shelf = Shelf([folder], CATALOG)
    assert [each.name for each in shelf.missing("big")] == ["big", "small"]
    (folder / "small.pth").write_bytes(BODY)
    (only,) = shelf.missing("big")
    assert (only.url, only.bytes, only.licence) == ("https://example.invalid/big.pth", len(BODY), "MIT")
    assert shelf.missing("face")[0].commercial is False
    assert shelf.missing("nobody") == []


def test_the_fingerprint_does_not_change_when_the_published_file_arrives(folder: Path):
    shelf = Shelf([folder], CATALOG)
    before = shelf.fingerprint("big", sha256_of)
    for name in ("big", "small"):
        (folder / f"{name}.pth").write_bytes(BODY)
    assert shelf.fingerprint("big", sha256_of) == before
    (folder / "small.pth").write_bytes(b"another")
    assert shelf.fingerprint("big", sha256_of) != before


def test_the_fingerprint_holds_the_precision(folder: Path):
    half = Shelf([folder], CATALOG, precision="half")
    assert half.fingerprint("big", sha256_of) != Shelf([folder], CATALOG).fingerprint("big", sha256_of)


def test_of_an_unpublished_file_the_first_download_counts(folder: Path):
    shelf = Shelf([folder], catalog_of(entry("odd", sha256="", bytes=None)))
    assert shelf.fingerprint("odd", sha256_of) == "unfetched auto"
    noted = {"odd.pth": {"sha256": "abc", "url": "https://example.invalid"}}
    (folder / "weights.lock.json").write_text(json.dumps(noted))
    assert shelf.fingerprint("odd", sha256_of) == "abc auto"


def test_a_dropped_file_has_the_fingerprint_of_its_bytes(folder: Path):
    (folder / "mine.pth").write_bytes(b"1")
    assert sha256_of(folder / "mine.pth") in Shelf([folder], CATALOG).fingerprint("mine.pth", sha256_of)


@pytest.mark.usefixtures("online")
def test_fetching_brings_what_is_missing_and_no_more(folder: Path):
    (folder / "small.pth").write_bytes(b"mine")
    with hostile_server() as server:
        url = server.serve("/big", Manner(BODY))
        shelf = Shelf([folder], catalog_of(entry("big", url=url, needs=("small",)), entry("small")))
        heard: list[str] = []
        shelf.fetch("big", lambda name, *_: heard.append(name), threading.Event())
    assert (folder / "big.pth").read_bytes() == BODY
    assert (folder / "small.pth").read_bytes() == b"mine"
    assert set(heard) == {"big"}
    assert shelf.missing("big") == []


def test_offline_everything_that_is_missing_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HEIRLOOM_OFFLINE", "1")
    with pytest.raises(WorkflowError) as caught:
        Shelf([folder], CATALOG).fetch("big", lambda *_: None, threading.Event())
    first, second = caught.value.problems
    assert "big.pth" in first.message
    assert "https://example.invalid/big.pth" in first.message
    assert "--fetch small" in second.remedy


def test_downloads_go_where_they_can(folder: Path, tmp_path: Path):
    (in_the_way := tmp_path / "file").write_text("no folder")
    assert Shelf([in_the_way / "below", in_the_way, folder], CATALOG).downloads == folder
    assert Shelf([tmp_path / "to be made", folder], CATALOG).downloads == tmp_path / "to be made"
    assert Shelf([in_the_way], CATALOG).downloads == in_the_way


@pytest.mark.parametrize(
    ("make", "task", "title"),
    [
        (lambda path: checkpoint(path, "Compact", num_feat=4, num_conv=1, upscale=3), "upscale", "Compact (3×)"),
        (lambda path: checkpoint(path, "DnCNN", nc=4, nb=20, in_nc=3, out_nc=3, act_mode="R"), "denoise", "DnCNN"),
        (lambda path: tiny_ffdnet(path.parent).rename(path), "denoise", "FFDNet"),
        (lambda path: checkpoint(path, "NAFNet", width=4, enc_blk_nums=[1], dec_blk_nums=[1]), "deblur", "NAFNet"),
    ],
    ids=["Compact", "DnCNN", "FFDNet", "NAFNet"],
)
def test_a_checkpoint_is_offered_where_it_fits(folder: Path, make: Callable[[Path], Path], task: str, title: str):
    path = make(folder / "dropped.pth")
    shelf = Shelf([folder], CATALOG)
    assert shelf.names(task)[-1] == "dropped.pth"
    assert shelf.knows(task, "dropped.pth")
    assert not shelf.knows("colorize", "dropped.pth")
    assert shelf.unfit("dropped.pth").startswith("dropped.pth is for something else: ")
    assert not shelf.unfit("nobody.pth")
    assert shelf.missing("dropped.pth") == []
    found = listed(shelf)["dropped.pth"]
    assert (found.title, found.path, found.commercial, found.licence) == (title, str(path), None, "")


@pytest.mark.parametrize(
    ("file", "task"),
    [
        ("realesr-general-x4v3.pth", "upscale"),
        ("detection_mobilenet0.25_Final.pth", "face-detect"),
        ("face_detection_yunet_2026may.onnx", "face-detect"),
        ("ffdnet_color.pth", "denoise"),
        ("dncnn_color_blind.pth", "denoise"),
    ],
)
def test_an_official_file_is_recognised_whatever_its_name(folder: Path, real_weights: Path, file: str, task: str):
    dropped = (folder / "any").with_suffix(Path(file).suffix)
    shutil.copy(real_weights / file, dropped)
    shelf = Shelf([folder], CATALOG)
    assert dropped.name in shelf.names(task)
    others = {"upscale", "faces", "face-detect", "parsing", "inpaint", "colorize", "background"} - {task}
    assert not [other for other in others if shelf.knows(other, dropped.name)]


def test_a_network_for_scratches_trained_further_is_offered(folder: Path):
    tiny_scratches(folder, "mine.safetensors")
    shelf = Shelf([folder], CATALOG)
    assert shelf.names("scratches") == ["mine.safetensors"]
    assert listed(shelf)["mine.safetensors"].title == "U-Net"


def test_an_onnx_network_is_offered_where_it_fits(folder: Path):
    mean = [node("ReduceMean", ["photo"], ["matte"], axes=[1], keepdims=1)]
    write(folder / "matte.onnx", mean, [plug("photo", [None, 3, 8, 8])], [plug("matte", [None, 1, 8, 8])], {})
    same = [node("Identity", ["photo"], ["again"])]
    write(folder / "same.onnx", same, [plug("photo", [None, 3, 8, 8])], [plug("again", [None, 3, 8, 8])], {})
    tiny_lama(folder, "fill.onnx")
    shelf = Shelf([folder], CATALOG)
    assert shelf.names("background") == ["matte.onnx"]
    assert shelf.names("inpaint") == ["fill.onnx"]
    assert listed(shelf)["same.onnx"].note == "no node can use it"


def test_a_file_that_wants_to_run_code_is_only_listed(folder: Path):
    import pickle

    class Evil:
        def __reduce__(self):
            return (Path.touch, (folder / "it ran",))

    (folder / "evil.pth").write_bytes(pickle.dumps(Evil()))
    (folder / "evil.ckpt").write_bytes(pickle.dumps({"state_dict": Evil()}))
    found = listed(Shelf([folder], CATALOG))
    assert found["evil.pth"].tasks == found["evil.ckpt"].tasks == ()
    assert "no model file that can be read" in found["evil.pth"].title
    assert not (folder / "it ran").exists()


@pytest.mark.parametrize("suffix", [".pth", ".pt", ".ckpt", ".safetensors", ".onnx"])
@pytest.mark.parametrize("content", [b"", b"\x80\x02}q\x00.", b"PK\x03\x04 rubbish", b"\xff" * 1000])
def test_rubbish_is_listed_as_such(folder: Path, suffix: str, content: bytes):
    (folder / f"rubbish{suffix}").write_bytes(content)
    shelf = Shelf([folder], CATALOG)
    assert shelf.names("upscale") == ["big", "small"]
    found = listed(shelf)[f"rubbish{suffix}"]
    assert found.tasks == ()
    assert f"rubbish{suffix}" in found.title


def test_a_truncated_checkpoint_is_listed_as_such(folder: Path):
    path = checkpoint(folder / "cut.pth", num_feat=4, num_conv=1, upscale=2)
    path.write_bytes(path.read_bytes()[:-500])
    assert listed(Shelf([folder], CATALOG))["cut.pth"].tasks == ()


def test_what_is_no_model_file_is_passed_over(folder: Path):
    (folder / "README.md").write_text("x")
    (folder / "part.pth.part").write_bytes(b"x")
    (folder / "folder.pth").mkdir()
    assert set(listed(Shelf([folder], CATALOG))) == {"big", "small", "face"}


def test_a_file_of_a_catalogue_name_counts_though_it_is_another(folder: Path):
    (folder / "big.pth").write_bytes(BODY)
    (folder / "small.pth").write_bytes(BODY[::-1])
    (folder / "face.pth").write_bytes(b"half precision")
    shelf = Shelf([folder], CATALOG)
    assert shelf.missing("big") == []
    found = listed(shelf)
    assert [found[name].note for name in ("big", "small", "face")] == ["", UNPUBLISHED, UNPUBLISHED]


NAMES = """
import sys
from pathlib import Path
from nodes.models.shelf import Shelf
print(Shelf([Path(sys.argv[1])], notes=Path(sys.argv[2])).names("upscale")[-1], "torch" in sys.modules)
"""


def test_a_second_look_loads_no_network_package(folder: Path, tmp_path: Path):
    notes = tmp_path / "cache" / "models.json"
    path = checkpoint(folder / "dropped.pth", num_feat=4, num_conv=1, upscale=2)
    assert Shelf([folder], notes=notes).names("upscale")[-1] == "dropped.pth"
    command = [sys.executable, "-c", NAMES, str(folder), str(notes)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "dropped.pth False\n"
    path.write_bytes(b"another file now")
    assert "dropped.pth" not in Shelf([folder], notes=notes).names("upscale")


@pytest.mark.parametrize("damage", ["", "[]", "{", '{"a": 1}'])
def test_damaged_notes_are_like_none(folder: Path, tmp_path: Path, damage: str):
    (notes := tmp_path / "models.json").write_text(damage)
    (folder / "rubbish.pth").write_bytes(b"rubbish")
    assert "rubbish.pth" in listed(Shelf([folder], CATALOG, notes=notes))


def test_notes_that_cannot_be_written_do_no_harm(folder: Path, tmp_path: Path):
    (tmp_path / "file").write_text("in the way")
    (folder / "rubbish.pth").write_bytes(b"rubbish")
    assert "rubbish.pth" in listed(Shelf([folder], CATALOG, notes=tmp_path / "file" / "models.json"))


@pytest.fixture
def diffusion(folder: Path, tiny_diffusion: Path) -> Path:
    """The folder of model files with a diffusion model in a folder of its own."""
    shutil.copytree(tiny_diffusion / "tiny-sd1", folder / "mine")
    return folder


def test_a_folder_is_a_model(diffusion: Path):
    shelf = Shelf([diffusion], CATALOG)
    assert shelf.names("diffusion") == shelf.names("diffusion-inpaint") == ["mine"]
    assert shelf.knows("diffusion", "mine")
    assert not shelf.knows("upscale", "mine")
    assert shelf.find("mine") == shelf.path("mine") == diffusion / "mine"
    assert shelf.missing("mine") == []
    found = listed(shelf)["mine"]
    assert (found.title, found.tasks) == ("Stable Diffusion 1", ("diffusion", "diffusion-inpaint"))
    assert found.bytes == sum(path.stat().st_size for path in shelf.files("mine"))
    assert {path.name for path in shelf.files("mine")} >= {"model_index.json", "diffusion_pytorch_model.safetensors"}


def test_any_file_in_a_folder_changes_its_fingerprint(diffusion: Path):
    shelf = Shelf([diffusion], CATALOG)
    seen = {shelf.fingerprint("mine", sha256_of)}
    for path in shelf.files("mine"):
        path.write_bytes(path.read_bytes() + b" ")
        seen.add(shelf.fingerprint("mine", sha256_of))
    assert len(seen) == 1 + len(shelf.files("mine"))


def test_settings_beside_a_file_are_a_part_of_it(folder: Path, tiny_diffusion: Path):
    file = single_file(tiny_diffusion / "tiny-sd1", folder / "mine.safetensors")
    shelf = Shelf([folder], CATALOG)
    assert shelf.files("mine.safetensors") == [file, settings_beside(file)]
    before = shelf.fingerprint("mine.safetensors", sha256_of)
    settings_beside(file).write_text("{}")
    assert shelf.fingerprint("mine.safetensors", sha256_of) != before


def test_a_loaded_model_is_loaded_again_when_a_file_of_its_folder_changes(diffusion: Path):
    before = state_of(diffusion / "mine")
    (diffusion / "mine" / "scheduler" / "scheduler_config.json").write_text("{}")
    assert state_of(diffusion / "mine") != before


def test_what_is_hidden_or_no_model_is_passed_over(diffusion: Path):
    (diffusion / "mine").rename(diffusion / ".mine.part")
    (diffusion / "photos").mkdir()
    (diffusion / "photos" / "config.json").write_text("{}")
    shelf = Shelf([diffusion], CATALOG)
    assert set(listed(shelf)) == {"big", "small", "face"}
    assert shelf.find("photos") is None


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_links_in_a_circle_lead_nowhere(diffusion: Path):
    (diffusion / "mine" / "unet" / "again").symlink_to(diffusion / "mine", target_is_directory=True)
    (diffusion / "mine" / "self").symlink_to(diffusion / "mine" / "self")
    (diffusion / "round").symlink_to(diffusion, target_is_directory=True)
    (diffusion / "dead").symlink_to(diffusion / "nowhere")
    assert Shelf([diffusion], CATALOG).names("diffusion") == ["mine"]


def test_a_name_leads_out_of_no_folder(diffusion: Path):
    shelf = Shelf([diffusion / "mine"], CATALOG)
    for name in ("../mine", str(diffusion / "mine"), "unet/diffusion_pytorch_model.safetensors", "..", ".", ""):
        assert shelf.find(name) is None


def part(name: str, place: str, *needs: str) -> Entry:
    return replace(entry(name, "diffusion-inpaint", needs=needs), file=f"big-xl/{place}/model.safetensors")


IN_PARTS = catalog_of(part("big-xl", "unet", "big-xl-vae"), part("big-xl-vae", "vae"))


def test_a_catalogued_folder_is_there_when_all_its_parts_are(folder: Path, tmp_path: Path):
    (second := tmp_path / "second").mkdir()
    shelf = Shelf([folder, second], IN_PARTS)
    before = shelf.fingerprint("big-xl", sha256_of)
    assert [each.name for each in shelf.missing("big-xl")] == ["big-xl", "big-xl-vae"]
    for place in ("unet", "vae"):
        with pytest.raises(StepError, match="--fetch big-xl"):
            shelf.path("big-xl")
        (second / "big-xl" / place).mkdir(parents=True)
        (second / "big-xl" / place / "model.safetensors").write_bytes(BODY)
    assert shelf.path("big-xl") == second / "big-xl"
    assert shelf.missing("big-xl") == []
    assert shelf.fingerprint("big-xl", sha256_of) == before
    assert [each.name for each in shelf.listing()] == ["big-xl", "big-xl-vae"]
    for number, more in enumerate(("config.json", "model.fp16.safetensors"), 3):
        (second / "big-xl" / "unet" / more).write_text("{}")
        assert shelf.fingerprint("big-xl", sha256_of) != before
        assert len(shelf.files("big-xl")) == number


def test_parts_in_two_places_are_no_model(folder: Path, tmp_path: Path):
    for root, place in ((folder, "unet"), (tmp_path / "second", "vae")):
        (root / "big-xl" / place).mkdir(parents=True)
        (root / "big-xl" / place / "model.safetensors").write_bytes(BODY)
    shelf = Shelf([folder, tmp_path / "second"], IN_PARTS)
    assert [each.name for each in shelf.missing("big-xl")] == ["big-xl-vae"]  # fetching it makes the first one whole


@pytest.mark.usefixtures("online")
def test_fetching_brings_all_parts_into_one_folder(folder: Path):
    with hostile_server() as server:
        urls = {name: server.serve(f"/{name}", Manner(BODY)) for name in ("big-xl", "big-xl-vae")}
        changed = {name: replace(each, urls=(urls[name],)) for name, each in IN_PARTS.items()}
        shelf = Shelf([folder], Catalog(changed))
        shelf.fetch("big-xl", lambda *_: None, threading.Event())
    assert shelf.path("big-xl") == folder / "big-xl"
    assert [path.name for path in shelf.files("big-xl")] == ["model.safetensors"] * 2
