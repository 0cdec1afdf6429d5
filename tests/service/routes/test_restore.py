"""One-shot restoration over HTTP, against a real server: what goes in and what comes out."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Generator
from pathlib import Path

import imagecodecs
import numpy as np
import pytest
import tifffile
from PIL import Image as Pillow

import server as program
from graph.registry import Registry
from tests.service.conftest import Running
from tests.service.routes.restoring import NODES, photo, quick_server, restored, workflow, wrong


def pixels(data: bytes) -> np.ndarray:
    with Pillow.open(io.BytesIO(data)) as picture:
        return np.asarray(picture)


def opened(data: bytes) -> tuple[str | None, tuple[int, int], str]:
    with Pillow.open(io.BytesIO(data)) as picture:
        return picture.format, picture.size, picture.mode


@pytest.fixture(scope="module")
def ready(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> Generator[Running]:
    """One server for all tests."""
    with quick_server(registry, tmp_path_factory.mktemp("server")) as server:
        yield server


@pytest.fixture
def alone(server: Running) -> Running:
    """The same for one test, with its folders in `tmp_path`."""
    server.desk.library.save("quick", json.dumps(workflow()))
    return server


# Bytes in, bytes out


def test_the_pixels_are_those_of_the_command_line(ready: Running, tmp_path: Path):
    (folder := tmp_path / "cli").mkdir()
    (folder / "quick.json").write_text(json.dumps(workflow()))
    (folder / "photo.png").write_bytes(photo())
    words = ["--run", "quick.json", "--input", "photo.png", "--output", "out.png", "--set", "soft.radius=3"]
    words = [str(folder / word) if "." in word and "=" not in word else word for word in words]
    assert program.main([*words, "--data", str(folder / "data"), "--cache-dir", str(folder / "cache")]) == 0
    answer = restored(ready, photo(), "workflow=quick&set=soft.radius=3")
    assert answer.status_code == 200
    np.testing.assert_array_equal(pixels(answer.content), pixels((folder / "out.png").read_bytes()))
    assert float(answer.headers["x-heirloom-seconds"]) > 0


def test_settings_and_controls_count(ready: Running):
    plain, soft = (
        restored(ready, photo(), f"workflow=quick&set=Softness={radius}&set=grow.factor=3") for radius in (1, 9)
    )
    assert opened(soft.content)[1] == (192, 144)
    assert not np.array_equal(pixels(plain.content), pixels(soft.content))


@pytest.mark.parametrize(
    ("format", "media"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("TIFF", "image/tiff"), ("WEBP", "image/webp")]
)
def test_a_photo_keeps_its_format(ready: Running, format: str, media: str):
    answer = restored(ready, photo(format))
    assert answer.headers["content-type"] == media
    assert opened(answer.content) == (format, (128, 96), "RGB")


def test_a_format_that_is_only_read_becomes_a_png(ready: Running):
    answer = restored(ready, photo("JPEG2000"))
    assert (answer.headers["content-type"], opened(answer.content)[0]) == ("image/png", "PNG")


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("image/webp", "image/webp"),
        ("image/webp;q=0.2, image/tiff;q=0.9, */*;q=0.1", "image/tiff"),
        ("text/html, image/*;q=0.8", "image/jpeg"),
        ("image/jpg", "image/jpeg"),
        ("image/jpeg;q=0, image/*", "image/png"),
        ("*/*", "image/jpeg"),
        ("application/json", "application/json"),
    ],
)
def test_accept_chooses(ready: Running, accept: str, media: str):
    assert restored(ready, photo("JPEG"), accept=accept).headers["content-type"] == media


@pytest.mark.parametrize("accept", ["text/html", "image/avif, image/gif", "image/png;q=0", "no type at all"])
def test_what_cannot_be_written_is_refused_before_anything_runs(ready: Running, accept: str):
    assert "image/png" in wrong(restored(ready, photo(), accept=accept), 406)


@pytest.mark.parametrize("accept", ["image/tiff", "image/png"])
def test_sixteen_bits_stay(ready: Running, accept: str):
    deep = np.linspace(1000, 60000, 24 * 16 * 3).reshape(16, 24, 3).astype(np.uint16)
    file = io.BytesIO()
    tifffile.imwrite(file, deep, photometric="rgb")
    nodes = {"photo": NODES["photo"]}
    body = {
        "image": base64.b64encode(file.getvalue()).decode(),
        "workflow": workflow(nodes=nodes, result=["photo", "image"], controls={}),
    }
    answer = ready.client.post("api/restore", json=body, headers={"accept": accept})
    assert answer.headers["content-type"] == accept
    read = (
        tifffile.imread(io.BytesIO(answer.content))
        if accept == "image/tiff"
        else imagecodecs.png_decode(answer.content)
    )
    np.testing.assert_array_equal(read, deep)


def test_grey_stays_grey(ready: Running):
    assert opened(restored(ready, photo(mode="L")).content)[2] == "L"


def test_a_form_is_taken(ready: Running):
    bare = restored(ready, photo())
    form = ready.client.post("api/restore?workflow=quick", files={"file": ("my photo.png", photo())})
    assert form.content == bare.content


# JSON both ways


def test_json_in_and_out(ready: Running):
    image = base64.b64encode(photo("JPEG")).decode()
    body = {"image": image, "workflow": "quick", "settings": {"soft.radius": 3, "Softness": 4}, "type": "image/png"}
    answer = ready.client.post("api/restore", json=body)
    assert answer.headers["content-type"] == "application/json"
    found = answer.json()
    assert (found["type"], opened(base64.b64decode(found["image"]))[0]) == ("image/png", "PNG")
    assert found["notes"] == []
    assert found["seconds"] > 0
    expected = restored(ready, photo("JPEG"), "workflow=quick&set=Softness=4", accept="image/png")
    np.testing.assert_array_equal(pixels(base64.b64decode(found["image"])), pixels(expected.content))


def test_json_takes_a_data_url_and_a_whole_workflow(ready: Running):
    image = f"data:image/png;base64,{base64.b64encode(photo()).decode()}"
    answer = ready.client.post("api/restore", json={"image": image, "workflow": workflow()})
    assert opened(base64.b64decode(answer.json()["image"])) == ("PNG", (128, 96), "RGB")


def test_json_is_answered_in_bytes_where_accept_says_so(ready: Running):
    body = {"image": base64.b64encode(photo()).decode(), "workflow": "quick"}
    answer = ready.client.post("api/restore", json=body, headers={"accept": "image/webp"})
    assert opened(answer.content)[0] == "WEBP"


def test_json_tells_what_the_steps_say(ready: Running):
    nodes = {
        **NODES,
        "grow": {"type": "upscale/resize", "inputs": {"image": ["soft", "image"]}, "settings": {"factor": 1}},
    }
    tiff = io.BytesIO()
    pages = [Pillow.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    pages[0].save(tiff, "TIFF", save_all=True, append_images=pages[1:])
    body = {"image": base64.b64encode(tiff.getvalue()).decode(), "workflow": workflow(nodes=nodes)}
    assert "This file has 2 pages; this is page 1." in ready.client.post("api/restore", json=body).json()["notes"]


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ("[]", "body"),
        ("{}", "Field required"),
        ("{", "JSON"),
        ('{"image": 7}', "string"),
        ('{"image": "*"}', "base64"),
        ('{"image": "data:image/png,abc"}', "base64"),
        ('{"image": "\\ud800"}', "JSON"),
        ('{"image": "", "strength": 1}', "Extra"),
        ('{"image": "", "settings": []}', "body"),
        ('{"image": "", "settings": ' + '{"a":' * 900 + "1" + "}" * 900 + "}", "recursion"),
        ('{"image": "", "settings": {"a": ' + "9" * 9000 + "}}", "range"),
    ],
)
def test_what_is_wrong_with_json_is_said(ready: Running, body: str, word: str):
    answer = ready.client.post("api/restore", content=body, headers={"content-type": "application/json"})
    assert word in wrong(answer, 422)


# Nothing is left behind


def everything(folder: Path) -> dict[str, int]:
    """Every file, but for those of SQLite, which come and go with its connections."""
    files = (path for path in folder.rglob("*") if path.is_file() and "sqlite" not in path.name)
    return {str(path): path.stat().st_mtime_ns for path in files}


def test_nothing_is_left_on_disk(alone: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (temporary := tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    before = everything(tmp_path)
    large = photo(size=(1000, 900))
    assert len(large) > 2**20
    assert restored(alone, large, "workflow=quick&set=grow.factor=1").status_code == 200
    form = alone.client.post("api/restore?workflow=quick&set=grow.bypass=true", files={"file": ("photo.png", large)})
    assert form.status_code == 200
    assert everything(tmp_path) == before
    cache = alone.desk.session.cache
    assert (cache.memory.used, len(alone.desk.queue.list())) == (0, 0)
    assert cache.disk
    assert cache.disk.index.used() == 0


def test_no_file_is_written_by_steps_that_write(alone: Running, tmp_path: Path):
    save = {"save": {"type": "files/save", "inputs": {"image": ["grow", "image"]}}}
    alone.desk.library.save("saving", json.dumps(workflow(nodes={**NODES, **save})))
    before = everything(tmp_path)
    assert restored(alone, photo(), "workflow=saving").status_code == 200
    assert everything(tmp_path) == before


def test_photo_and_result_are_kept_if_asked(ready: Running):
    answer = restored(ready, photo(), "workflow=quick&keep=true", accept="image/webp")
    names = [answer.headers[f"x-heirloom-{each}"] for each in ("photo", "result")]
    kept = [ready.desk.photos.get(name.partition("/")[0]).path.read_bytes() for name in names]
    assert kept == [photo(), answer.content]


def test_the_schema_names_every_answer(ready: Running):
    found = ready.client.get("openapi.json").json()["paths"]["/api/restore"]["post"]
    assert {"200", "406", "413", "415", "422", "503"} <= set(found["responses"])
    assert {"image/png", "image/jpeg", "image/webp", "image/tiff", "application/json"} <= set(
        found["responses"]["200"]["content"]
    )
    assert {"multipart/form-data", "application/json"} <= set(found["requestBody"]["content"])
