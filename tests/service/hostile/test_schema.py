"""Whatever the OpenAPI description allows, and much that it does not: every answer is one that it names."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi import checks

from service.access.access import Access
from service.app import create_app
from service.desk import Desk
from service.limits import Limits
from tests.service.conftest import Running, wait_for
from tests.service.files import picture
from tests.service.hostile.well import ended, is_clean, started, still_works, uploaded

EXAMPLES = 10
"""Made up for each operation, beside the borders of every value, which are always asked for."""

CONFIGURATION = {
    "cache": {"enabled": False},  # nothing is written beside the tests
    "generation": {"deterministic": True, "database": "none", "no-shrink": True},
}

UNHURRIED = (HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large)

CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]


class House:
    """A server with something in it, and a client."""

    def __init__(self, server: Running) -> None:
        self.server = server
        self.requests = requests.Session()
        self.turn = itertools.count()
        self._run = ""

    def real(self, path: str) -> dict[str, Any]:
        """What the parameters of a path can be so that there is something."""
        if "/photos/{" in path:
            return {"sha256": self.photo()["sha256"]}
        if "/runs/{" in path:
            return {"id": self.run()["id"], "name": "result.png"}
        if "/preview/{" in path:
            return {"key": self.run()["steps"][-1]["key"], "level": 0, "x": 0, "y": 0}
        names = {"/api/workflows/{name}": "restore", "/api/nodes/{id}": "files/load"}
        return {"id": names[path], "name": names[path]} if path in names else {}

    def photo(self) -> dict[str, Any]:
        return uploaded(self.server, picture())

    def run(self) -> dict[str, Any]:
        found = self.server.client.get(f"api/runs/{self._run}")
        if found.status_code == 200 and self._run:
            return found.json()
        self.server.client.post("api/queue/resume").raise_for_status()
        self._run = started(self.server, self.photo()["setting"])
        return ended(self.server, self._run)


@pytest.fixture(scope="module")
def house(shared_server: Running) -> Iterator[House]:
    house = House(shared_server)
    with house.requests:
        yield house


def description() -> dict[str, Any]:
    """What the application says of itself; no part of a desk is needed for that."""
    desk = SimpleNamespace(limits=Limits(), access=Access(), version="0.0.0")
    return create_app(cast("Desk", desk)).openapi()


schema = schemathesis.openapi.from_dict(description(), config=SchemathesisConfig.from_dict(CONFIGURATION))


def test_the_description_is_the_servers(house: House) -> None:
    described = house.server.client.get("openapi.json").json()
    assert described == description()
    assert "HTTPValidationError" not in described["components"]["schemas"], "every refusal is Problems"


@schema.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=UNHURRIED)
def test_every_answer_is_described(case: schemathesis.Case, house: House) -> None:
    if next(house.turn) % 2:
        case.path_parameters |= {k: v for k, v in house.real(case.path).items() if k in case.path_parameters}
    case.call_and_validate(house.server.url.rstrip("/"), house.requests, checks=CHECKS)


def test_after_that_the_server_still_works(house: House) -> None:
    client = house.server.client
    client.post("api/queue/resume").raise_for_status()
    wait_for(lambda: is_clean(house.server))
    still_works(house.server)
