from __future__ import annotations

import io
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from PIL import Image as Pillow

from graph.cache import Result
from graph.registry import Registry
from nodes.kinds.faces import Faces
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from service.access.access import Access
from tests.service.conftest import Running, running
from tests.service.files import ADDRESSES

KEY = "c" * 64


@pytest.fixture(scope="module")
def server(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> Generator[Running]:
    with running(registry, tmp_path_factory.mktemp("server"), Access()) as server:
        pixels = np.random.default_rng(3).random((700, 1100, 3), np.float32)
        server.desk.session.cache.put(KEY, Result({"image": Image(pixels)}, {"image": "image"}))
        yield server


def test_a_result_is_shown_small_for_ever(server: Running) -> None:
    answer = server.client.get(f"preview/{KEY}", params={"output": "image", "w": 300})
    assert answer.headers["content-type"] == "image/webp"
    assert Pillow.open(io.BytesIO(answer.content)).size == (300, 191)
    assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert answer.headers["x-content-type-options"] == "nosniff"
    again = server.client.get(f"preview/{KEY}?output=image&w=300", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = server.client.get(f"preview/{KEY}?output=image&w=301", headers={"If-None-Match": answer.headers["etag"]})
    assert other.status_code == 200


def test_what_is_not_kept_is_not_found(server: Running) -> None:
    gone = server.client.get(f"preview/{'d' * 64}")
    assert gone.status_code == 404
    assert gone.json()["problems"][0]["remedy"] == "Run the workflow again."
    assert "image" in server.client.get(f"preview/{KEY}?output=imag").json()["problems"][0]["remedy"]


def test_no_parameter_leads_anywhere_else(server: Running) -> None:
    for part in (*ADDRESSES, quote("祖母"), "", "%22", "1e999", "NaN", "-1", "9" * 400):
        tiles = f"preview/{KEY}/tiles_files"
        for address in (f"preview/{part}", f"{tiles}/{part}/0_0.webp", f"{tiles}/8/{part}_0.webp"):
            assert server.client.get(address).status_code in (404, 422), address
        assert server.client.get(f"preview/{KEY}?w={part}").status_code == 422
        if part:
            assert server.client.get(f"preview/{KEY}?output={part}").status_code in (404, 422)
            assert server.client.get(f"preview/{KEY}/tiles.dzi?output={part}").status_code in (404, 422)


def test_a_deep_zoom_viewer_finds_every_tile(server: Running) -> None:
    answer = server.client.get(f"preview/{KEY}/tiles.dzi")
    assert answer.headers["content-type"] == "application/xml"
    described = ET.fromstring(answer.text)  # noqa: S314 - it was made here
    tile, overlap = int(described.attrib["TileSize"]), int(described.attrib["Overlap"])
    size = described.find("{http://schemas.microsoft.com/deepzoom/2008}Size")
    assert size is not None
    width, height = int(size.attrib["Width"]), int(size.attrib["Height"])
    assert (width, height) == (1100, 700)
    for level, (across, down) in {11: (1100, 700), 10: (550, 350), 0: (1, 1)}.items():
        for x in range(-(-across // tile)):
            for y in range(-(-down // tile)):
                found = server.client.get(f"preview/{KEY}/tiles_files/{level}/{x}_{y}.webp")
                assert found.headers["content-type"] == "image/webp"
                shown = min(across, (x + 1) * tile + overlap) - max(0, x * tile - overlap)
                assert abs(Pillow.open(io.BytesIO(found.content)).size[0] - shown) <= 1
    assert server.client.get(f"preview/{KEY}/tiles_files/12/0_0.webp").status_code == 404
    assert server.client.get(f"preview/{KEY}/tiles_files/11/3_0.webp").status_code == 404


def test_a_hundred_clients_get_the_same_picture(server: Running) -> None:
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: server.client.get(f"preview/{KEY}?w=640").content, range(100)))
    assert len(set(answers)) == 1


def test_a_result_is_a_file_at_its_full_size(server: Running) -> None:
    for format, media in {"png": "png", "jpeg": "jpeg", "webp": "webp", "tiff": "tiff"}.items():
        answer = server.client.get(f"preview/{KEY}/file", params={"format": format, "name": "Oma.jpg/../Küche"})
        assert answer.headers["content-type"] == f"image/{media}"
        assert Pillow.open(io.BytesIO(answer.content)).size == (1100, 700)
        assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''K%C3%BCche.")
        known = {"If-None-Match": answer.headers["etag"]}
        assert server.client.get(f"preview/{KEY}/file", params={"format": format}, headers=known).status_code == 304
    assert len(server.client.get(f"preview/{KEY}/file?format=jpeg&quality=10").content) < len(
        server.client.get(f"preview/{KEY}/file?format=jpeg").content
    )


def test_a_mask_is_a_grey_file_and_what_is_no_picture_is_none(server: Running) -> None:
    mask = Mask(np.random.default_rng(3).random((30, 40), np.float32))
    faces = Faces((), height=3, width=4)
    outputs, kinds = {"mask": mask, "faces": faces}, {"mask": "mask", "faces": "faces"}
    server.desk.session.cache.put("f" * 64, Result(outputs, kinds))
    answer = server.client.get(f"preview/{'f' * 64}/file?output=mask")
    assert "mask.png" in answer.headers["content-disposition"]
    assert (picture := Pillow.open(io.BytesIO(answer.content))).size == (40, 30)
    assert picture.mode == "L"
    assert server.client.get(f"preview/{'f' * 64}/file?output=faces").status_code == 422
    assert "faces" in server.client.get(f"preview/{'f' * 64}/file?output=faces&format=json").json()
    assert server.client.get(f"preview/{'e' * 64}/file").status_code == 404
