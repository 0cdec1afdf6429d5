"""One photo in, the restored one out, without HTTP."""

from __future__ import annotations

import io
import json
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image as Pillow

from graph.cache import Cache
from graph.document import parse
from graph.errors import Cancelled, WorkflowError
from graph.places import Places
from graph.registry import Registry
from graph.session import Session
from nodes.formats.picture_files import PictureFiles
from nodes.kinds.arrays import allocator
from service.limits import Limits
from service.restoring import Restorer, Wish

SLOW = '''
import threading

from graph.context import Context
from graph.spec import node
from nodes.kinds.image import Image

BEGUN = threading.Event()


@node(title="Wait")
def wait(ctx: Context, image: Image) -> Image:
    """Do nothing until it is cancelled."""
    ctx.say("It waits.")
    BEGUN.set()
    ctx.cancelled.wait()
    ctx.check()
    return image
'''

STAMP = '''
from graph.context import Context
from graph.spec import node
from nodes.kinds.image import Image


@node(title="Stamp", effect=True)
def stamp(ctx: Context, image: Image) -> Image:
    """Write a file and pass the picture on."""
    (ctx.outputs / "stamp.txt").write_text("stamped")
    return image
'''

Make = Callable[..., Restorer]


@pytest.fixture
def make(tmp_path: Path, registry: Registry) -> Make:
    """`make(registry)` is a restorer beside a session of these nodes."""

    def restorer(registry: Registry = registry) -> Restorer:
        session = Session(registry, Cache(registry.kinds, 2**26), allocate=allocator(tmp_path / "scratch"))
        return Restorer(session, PictureFiles(), Limits(), Places((tmp_path / "photos",), confined=True))

    return restorer


def with_node(registry: Registry, tmp_path: Path, name: str, source: str) -> Registry:
    (folder := tmp_path / "added" / "toy").mkdir(parents=True)
    (folder / f"{name}.py").write_text(source)
    return registry.with_folder(folder.parent)


def photo(format: str = "PNG") -> bytes:
    file = io.BytesIO()
    Pillow.linear_gradient("L").resize((30, 20)).convert("RGB").save(file, format)
    return file.getvalue()


def wish(data: bytes, *steps: str, **settings: Any) -> Wish:
    """A chain of nodes behind the one that loads; they are called by the last part of their type."""
    nodes: dict[str, Any] = {"photo": {"type": "files/load"}}
    last = "photo"
    for step in steps:
        id = step.rpartition("/")[2]
        nodes[id] = {"type": step, "inputs": {"image": [last, "image"]}}
        last = id
    whole = {"version": 1, "nodes": nodes, "input": ["photo", "photo"], "result": [last, "image"]}
    return Wish(data, parse(json.dumps(whole)), settings=settings)


@pytest.mark.parametrize(("format", "first"), [("PNG", "image/png"), ("BMP", "image/bmp"), ("JPEG2000", "image/png")])
def test_the_fitting_format_is_offered_first(make: Make, format: str, first: str):
    formats = make().prepare(wish(photo(format))).formats
    assert formats[0] == first
    assert set(formats) == {"image/png", "image/jpeg", "image/webp", "image/tiff", "image/bmp"}


def test_the_caches_keep_nothing(make: Make):
    restorer = make()
    ready = restorer.prepare(wish(photo(), "detail/blur"))
    restored = restorer.carry_out(ready, "image/png", threading.Event())
    assert Pillow.open(io.BytesIO(restored.data)).size == (30, 20)
    assert restorer.session.cache.memory.used == 0
    assert restorer.session.cache.disk is None
    assert restorer.session.cache.last_run("") == {}


def test_a_cancelled_one_ends_soon(make: Make, registry: Registry, tmp_path: Path):
    slow = with_node(registry, tmp_path, "wait", SLOW)
    restorer, cancelled = make(slow), threading.Event()
    ready = restorer.prepare(wish(photo(), "toy/wait"))
    begun: threading.Event = slow["toy/wait"].function.__globals__["BEGUN"]
    threading.Thread(target=lambda: (begun.wait(), cancelled.set())).start()
    with pytest.raises(Cancelled):
        restorer.carry_out(ready, "image/png", cancelled)
    deadline = time.monotonic() + 60
    while any(thread.name.startswith("run-") for thread in threading.enumerate()):
        assert time.monotonic() < deadline
        time.sleep(0)


def test_a_workflow_finds_photos_in_the_folders_and_nowhere_else(make: Make, tmp_path: Path):
    (tmp_path / "photos").mkdir()
    for place in (tmp_path / "photos" / "mask.png", tmp_path / "secret.png"):
        place.write_bytes(photo())
    nodes = {"photo": {"type": "files/load"}, "other": {"type": "files/load", "settings": {"photo": "mask.png"}}}
    whole = {"version": 1, "nodes": nodes, "input": ["photo", "photo"], "result": ["other", "image"]}
    restorer = make()
    restorer.prepare(Wish(photo(), parse(json.dumps(whole))))
    for name in ("../secret.png", str(tmp_path / "secret.png"), "~/secret.png", "secret.png"):
        nodes["other"]["settings"] = {"photo": name}
        with pytest.raises(WorkflowError) as caught:
            restorer.prepare(Wish(photo(), parse(json.dumps(whole))))
        assert str(tmp_path) not in str(caught.value).replace(name, "")


def test_a_result_that_takes_writing_a_file_is_refused(make: Make, registry: Registry, tmp_path: Path):
    restorer = make(with_node(registry, tmp_path, "stamp", STAMP))
    with pytest.raises(WorkflowError, match="leaves none behind") as caught:
        restorer.prepare(wish(photo(), "toy/stamp", "detail/blur"))
    assert [each.node for each in caught.value.problems] == ["stamp"]
