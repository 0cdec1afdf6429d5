"""Names that want to lead out of the data folder, in every place that takes a name."""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import re
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import pytest

from graph.registry import Registry
from service.access.access import Access
from tests.service.conftest import ROOT, Running, running, wait_for
from tests.service.files import picture
from tests.service.hostile.well import WORKFLOW, ended, is_clean, still_works, uploaded

SECRET = b"canary-5b1f0c7e"
"""Stands in every file outside."""

CANARY = picture(seed=77) + SECRET
"""A picture, so that nothing but its place keeps it from being read."""

ATTACKS = (
    *("..", ".", "", " ", "../", "../canary.png", "../../canary.png", "../../../canary.png", "./../../canary.png"),
    *("..\\canary.png", "..\\..\\canary.png", "a/../../../canary.png", "....//....//canary.png", "..;/canary.png"),
    *("%2e%2e%2fcanary.png", "%2e%2e/%2e%2e/canary.png", "..%252f..%252fcanary.png", "%c0%ae%c0%ae/canary.png"),
    *("{folder}/canary.png", "file://{folder}/canary.png", "~/canary.png", "~root/canary.png"),
    *("C:\\canary.png", "C:canary.png", "C:/canary.png", "\\\\localhost\\c$\\canary.png", "//localhost/canary.png"),
    *("\\\\?\\C:\\canary.png", "canary.png\0", "canary.png\0.json", "\0", "a" * 300, "../" * 400 + "canary.png"),
    *("con", "nul.png", "COM1.json", "aux.", "lpt\u00b9", "photo.png:stream", "\ud800", "\udcff/../canary.png"),
    *("\u2025/canary.png", "\uff0e\uff0e/canary.png", "canary\u202egnp.exe", "$(touch canary)", "`touch canary`"),
)


@dataclass
class House:
    """A server, and what lies around its folders."""

    server: Running
    outside: Path
    heard: list[tuple[str, bytes]] = field(default_factory=list[tuple[str, bytes]])
    """What was asked, and the whole answer."""

    def attacks(self) -> Iterator[str]:
        return (attack.replace("{folder}", str(self.outside)) for attack in ATTACKS)

    def ask(self, method: str, address: str, body: bytes = b"", **headers: str) -> tuple[int, bytes]:
        """The address goes out as it stands: clients tidy theirs."""
        place = urlsplit(self.server.url)
        connection = http.client.HTTPConnection(str(place.hostname), place.port, timeout=120)
        try:
            connection.request(method, address, body, headers)
            answer = connection.getresponse()
            content = answer.read()
            self.heard.append((f"{method} {address}", repr(answer.getheaders()).encode() + content))
        finally:
            connection.close()
        assert answer.status < 500, (method, address, content)
        return answer.status, content

    def ask_json(self, method: str, address: str, body: Any) -> tuple[int, Any]:
        status, content = self.ask(method, address, json.dumps(body).encode(), **{"Content-Type": "application/json"})
        return status, json.loads(content) if content else None

    def ended(self, started: tuple[int, Any]) -> None:
        """If the run was accepted, it ends without having read what lies outside."""
        if started[0] == 201:
            run = ended(self.server, started[1]["id"])
            self.heard.append(("run", json.dumps(run).encode()))
            at = f"api/runs/{run['id']}/files"
            for file in self.server.client.get(at).json()["files"]:
                self.heard.append(("file", self.server.client.get(f"{at}/{quote(file['name'], safe='')}").content))


@pytest.fixture(scope="module")
def house(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> Generator[House]:
    """When all is over: nothing outside was changed, nothing of it was told, and the server works."""
    outside = tmp_path_factory.mktemp("outside")
    inside = outside / "home"
    for folder in (outside, inside):
        folder.mkdir(exist_ok=True)
        for name in ("canary.png", "canary.json", "canary.pth", "canary"):
            (folder / name).write_bytes(CANARY)
    with running(registry, inside, Access()) as server:
        house = House(server, outside)
        uploaded(server, picture())
        still_works(server)
        before = around(outside)
        yield house
        wait_for(lambda: is_clean(server))
        still_works(server)
        assert around(outside) == before
        assert not strays(server.desk.data)
    for asked, answer in house.heard:
        assert SECRET not in answer, asked
        echoed = answer.replace(f"{outside}/canary".encode(), b"")  # what was asked for may be said again
        assert not [folder for folder in (outside, ROOT) if str(folder).encode() in echoed], asked


def around(outside: Path) -> Mapping[str, str]:
    """Every file that is not the server's own, and its content."""
    own = {"data", "cache", "weights", "models.json"}
    files = {path.relative_to(outside): path for path in outside.rglob("*") if path.is_file()}
    foreign = {name: path for name, path in files.items() if name.parts[0] != "home" or name.parts[1] not in own}
    return {str(name): hashlib.sha256(path.read_bytes()).hexdigest() for name, path in foreign.items()}


def strays(data: Path) -> list[str]:
    """What lies in the data folder and has no business there."""
    own = re.compile(
        r"\.?runs\.sqlite.*|photos/[0-9a-f]{64}/(\.thumbnail-\d+\.webp|[^/\\:]+\.png)|workflows/[^/\\:]+\.json"
        r"|results/[0-9a-f]{32}/[^/\\:]+\.png"
    )
    found = [path.relative_to(data).as_posix() for path in data.rglob("*") if path.is_file()]
    return [name for name in found if not own.fullmatch(name)]


def spelled(name: str) -> list[str]:
    """The ways to write a name into an address: encoded, encoded twice, and bare where that can be sent."""
    once = quote(name.encode("utf-8", "surrogatepass"), safe="")
    bare = [name] if name.isascii() and name.isprintable() and not re.search(r"[ ?#]", name) else []
    return [once, quote(once, safe=""), *bare]


def operations(server: Running) -> Iterator[tuple[str, str, list[dict[str, Any]]]]:
    """Method, path and parameters of every operation."""
    for path, item in server.client.get("openapi.json").json()["paths"].items():
        for method, operation in item.items():
            yield method.upper(), path, operation.get("parameters", [])


def test_in_every_part_of_every_path(house: House) -> None:
    for method, path, parameters in operations(house.server):
        names = [each["name"] for each in parameters if each["in"] == "path"]
        usual = dict.fromkeys(names, "0") | {"id": "0" * 32, "sha256": "0" * 64, "key": "0" * 64, "name": "a.png"}
        for name in names:
            for attack in house.attacks():
                for way in spelled(attack):
                    address = path
                    for each in names:
                        address = address.replace(f"{{{each}}}", way if each == name else usual[each])
                    house.ask(method, address, b"{}")


def test_in_every_parameter_of_every_query(house: House) -> None:
    bodies = {"/api/photos": picture(), "/api/restore": picture()}
    for method, path, parameters in operations(house.server):
        address = path.replace("{sha256}", "0" * 64).replace("{key}", "0" * 64)
        for each in (each["name"] for each in parameters if each["in"] == "query"):
            for attack in house.attacks():
                query = urlencode({each: attack}, errors="surrogatepass")
                house.ask(method, f"{address}?{query}", bodies.get(path, b"") if method == "POST" else b"")


@pytest.mark.parametrize(
    "path",
    ["/ATTACK", "/assets/ATTACK", "/docs/ATTACK", "/docs/../ATTACK", "/preview/ATTACK", "/api/ATTACK", "/ws/ATTACK"],
)
def test_where_there_is_no_parameter(house: House, path: str) -> None:
    for attack in house.attacks():
        for way in spelled(attack):
            house.ask("GET", path.replace("ATTACK", way))


def test_in_the_name_of_an_uploaded_file(house: House) -> None:
    for number, attack in enumerate(house.attacks()):
        name = attack.encode("utf-8", "surrogatepass").replace(b'"', b"")
        head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="' + name + b'"\r\n\r\n'
        body = head + picture(seed=number, width=9, height=7) + b"\r\n--x--\r\n"
        status, content = house.ask("POST", "/api/photos", body, **{"Content-Type": "multipart/form-data; boundary=x"})
        assert status in {200, 201, 400}, content
        if status != 400:
            photo = json.loads(content)
            assert re.fullmatch(r"[^/\\:\0]+\.png", photo["name"])
            assert house.server.desk.photos.get(photo["sha256"]).path.parent.parent == house.server.desk.photos.folder


def load(photo: str) -> dict[str, Any]:
    return {"type": "files/load", "settings": {"photo": photo}}


def flow(**nodes: Any) -> dict[str, Any]:
    """Ends in the node that is called last."""
    return {"version": 1, "nodes": nodes, "result": [list(nodes)[-1], "image"]}


def test_as_the_photo_of_a_run(house: House) -> None:
    good = uploaded(house.server, picture())
    for attack in (*house.attacks(), *(f"{good['sha256']}/{each}" for each in house.attacks())):
        asked = {"workflow": {**WORKFLOW}, "photo": attack}
        for body in (asked, {"workflow": flow(photo=load(attack))}, {**asked, "settings": {"photo.photo": attack}}):
            started = house.ask_json("POST", "/api/runs", body)
            inside = attack.startswith(good["sha256"]) and started[0] == 201
            assert started[0] in {404, 422} or inside, (attack, started)
            house.ended(started)
        house.ask_json("POST", "/api/workflows/validate", flow(photo=load(attack)))


def test_in_the_settings_of_a_restoration(house: House) -> None:
    image = base64.b64encode(picture()).decode()
    mask = {"type": "masks/load", "inputs": {"image": ["photo", "image"]}}
    for attack in house.attacks():
        for workflow in (attack, flow(photo=load(""), second=load(attack))):
            if isinstance(workflow, dict):
                workflow["input"] = ["photo", "photo"]
            body = {"image": image, "workflow": workflow, "settings": {attack: attack}}
            assert house.ask_json("POST", "/api/restore", body)[0] in {404, 422}, attack
        whole = {**flow(photo=load(""), mask={**mask, "settings": {"file": attack}}), "input": ["photo", "photo"]}
        assert house.ask_json("POST", "/api/restore", {"image": image, "workflow": whole})[0] in {404, 422}


def test_as_the_name_that_a_step_saves_under(house: House) -> None:
    setting = uploaded(house.server, picture())["setting"]
    for kind, source in (("files/save", ["photo", "image"]), ("masks/save", ["mask", "mask"])):
        for attack in house.attacks():
            nodes = {
                "photo": load(setting),
                "mask": {"type": "masks/load", "inputs": {"image": ["photo", "image"]}, "settings": {"file": setting}},
                "save": {"type": kind, "inputs": {source[1]: source}, "settings": {"name": attack}},
            }
            document = {"version": 1, "nodes": nodes}
            house.ended(house.ask_json("POST", "/api/runs", {"workflow": document, "targets": ["save"]}))


def test_in_every_other_text_of_a_run(house: House) -> None:
    setting = uploaded(house.server, picture())["setting"]
    model = {"type": "upscale/enlarge", "inputs": {"image": ["photo", "image"]}}
    for attack in house.attacks():
        for changes in (
            {"name": attack},
            {"targets": [attack]},
            {"force": [attack]},
            {"workflow": attack},
            {"settings": {attack: 1}},
            {"workflow": {**WORKFLOW, "title": attack}},
            {"workflow": flow(**{"photo": load(setting), attack: {"type": attack}})},
            {"workflow": flow(photo=load(setting), grow={**model, "settings": {"model": attack}})},
        ):
            started = house.ask_json("POST", "/api/runs", {"workflow": {**WORKFLOW}, "photo": setting, **changes})
            assert started[0] in {201, 404, 422}, (changes, started)
            house.ended(started)


def test_as_the_name_of_a_workflow_that_is_saved(house: House) -> None:
    for attack in house.attacks():
        way = quote(attack.encode("utf-8", "surrogatepass"), safe="")
        status, _ = house.ask_json("PUT", f"/api/workflows/{way}", {**WORKFLOW, "title": attack})
        house.ask("GET", f"/api/workflows/{way}")
        assert status in {200, 307, 404, 405, 422}, attack
        house.ask("DELETE", f"/api/workflows/{way}")
