"""What the application does with every request, whatever its address."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from graph.errors import CacheError, Problem, StepError, WorkflowError
from service.app import create_app
from service.reference import METHODS, found_examples, prose
from service.refusals import Refusal
from tests.service.conftest import Running


@pytest.fixture
def server(shared_server: Running) -> Running:
    return shared_server


def ask(app: FastAPI, path: str) -> httpx2.Response:
    """The application alone, without a server around it."""

    async def asking() -> httpx2.Response:
        transport = httpx2.ASGITransport(app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.get(path)

    return asyncio.run(asking())


def failing(server: Running, error: Exception) -> httpx2.Response:
    """The answer of an application with a handler that raises this."""
    app = create_app(server.desk)

    @app.get("/fail")
    def fail() -> None:
        raise error

    return ask(app, "/fail")


class TestErrors:
    def test_what_is_not_there(self, server: Running):
        answer = server.client.get("/api/nowhere")
        assert answer.status_code == 404
        problem = {"message": "There is nothing at this address.", "remedy": "See /docs.", "node": None, "port": None}
        assert answer.json() == {"problems": [problem]}

    def test_what_an_address_does_not_do(self, server: Running):
        answer = server.client.post("/health")
        assert answer.status_code == 405
        assert answer.headers["allow"] == "GET"
        assert answer.json()["problems"]

    def test_every_problem_of_a_workflow_is_told(self, server: Running):
        problems = [Problem("One.", "Do this.", "node", "port"), Problem("Two.")]
        answer = failing(server, WorkflowError(problems))
        assert answer.status_code == 422
        assert [each["message"] for each in answer.json()["problems"]] == ["One.", "Two."]
        assert answer.json()["problems"][0]["node"] == "node"

    def test_a_step_that_failed(self, server: Running):
        answer = failing(server, StepError("The photo is torn.", "Glue it."))
        assert (answer.status_code, answer.json()["problems"][0]["remedy"]) == (422, "Glue it.")

    def test_sentences_of_the_engine_lose_the_folders_they_name(self, server: Running):
        answer = failing(server, StepError("/home/anna/photos/torn.png cannot be read."))
        assert answer.json()["problems"][0]["message"] == "torn.png cannot be read."

    def test_a_refusal_has_its_own_status(self, server: Running):
        assert failing(server, Refusal(429, "Too many wait.")).status_code == 429

    @pytest.mark.parametrize(
        "error", [ValueError("/home/anna/secret"), OSError(13, "no", "/home/anna"), RecursionError()]
    )
    def test_what_nobody_expected_tells_nothing_of_the_machine(
        self, server: Running, error: Exception, caplog: pytest.LogCaptureFixture
    ):
        answer = failing(server, error)
        assert answer.status_code == 500
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "anna" not in answer.text
        assert "Traceback" not in answer.text
        assert "Traceback" in caplog.text  # for whoever runs the server

    def test_another_error_of_the_engine(self, server: Running):
        assert failing(server, CacheError("A result is damaged.")).status_code == 500

    def test_halves_of_characters_do_not_break_an_answer(self, server: Running):
        answer = failing(server, Refusal(404, "There is no \udcff."))
        assert answer.json()["problems"][0]["message"] == "There is no \udcff."


HOSTILE = [
    "NaN", "[NaN]", '{"workflow": NaN}', '{"workflow": {"version": Infinity}}', '{"workflow": "\\ud800"}', '"\\udfff"',
    '{"\\ud800": 1}', '{"workflow": {"version": 1, "title": "\\ud800", "nodes": {}}}', '{"priority": 1e999}',
    '{"priority": -0.0}', '{"workflow": {}, "priority": 9' + "9" * 5000 + "}", "", "nonsense", "{", "null", "[]",
    "[" * 900 + "]" * 900, '{"workflow":' * 900 + "1" + "}" * 900, "[" * 100_000, "\x00", "\ufeff{}",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("path", ["/api/runs", "/api/workflows/validate", "/api/restore"])
def test_hostile_json_is_refused(server: Running, path: str, text: str):
    answer = server.client.post(path, content=text.encode(), headers={"Content-Type": "application/json"})
    assert 400 <= answer.status_code < 500 or (path.endswith("validate") and answer.status_code == 200), answer.text
    json.loads(answer.text, parse_constant=pytest.fail)  # NaN is no JSON
    assert all(each["message"].endswith((".", "?", "!")) for each in answer.json()["problems"])
    assert server.client.get("/health").status_code == 200


def test_a_wrong_parameter_is_named(server: Running):
    (problem,) = server.client.get("/api/runs", params={"limit": "many"}).json()["problems"]
    assert problem["port"] == "limit"


@pytest.fixture(scope="module")
def api(shared_server: Running) -> dict[str, Any]:
    """The OpenAPI description."""
    return shared_server.client.get("/openapi.json").json()


class TestDescription:
    @staticmethod
    def operations(api: dict[str, Any]) -> dict[str, dict[str, Any]]:
        found = ((f"{m} {path}", item[m]) for path, item in api["paths"].items() for m in METHODS if m in item)
        return dict(found)

    def test_every_route_is_described(self, api: dict[str, Any]):
        named = {tag["name"] for tag in api["tags"]}
        for name, operation in self.operations(api).items():
            assert operation.get("summary"), name
            assert operation.get("description"), name
            assert set(operation.get("tags", ())) & named, name

    def test_every_route_has_an_example(self, api: dict[str, Any]):
        lacking = []
        for name, operation in self.operations(api).items():
            answers = [answer for status, answer in operation["responses"].items() if status.startswith("2")]
            bodies = [each.get("content", {}) for each in (*answers, operation.get("requestBody", {}))]
            described = [(type, content) for body in bodies for type, content in body.items() if content]
            pictures = any(type.startswith("image/") for type, _ in described)
            if described and not pictures and not any(found_examples(api, *each) for each in described):
                lacking.append(name)
        assert lacking == []

    def test_the_page_shows_them_all_without_another_server(self, server: Running, api: dict[str, Any]):
        page = server.client.get("/docs").text
        assert all(f"<code>{path}</code>" in page for path in api["paths"])
        assert "<script" not in page
        assert "<link" not in page

    def test_an_example_is_made_of_those_of_its_parts(self):
        node = {
            "properties": {
                "name": {"type": "string", "examples": ["fill"]},
                "next": {"$ref": "#/components/schemas/Node"},
            }
        }
        api = {"components": {"schemas": {"Node": node}}}
        made = found_examples(
            api, "application/json", {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/Node"}}}
        )
        (nodes,) = made
        assert nodes[0]["name"] == nodes[0]["next"]["name"] == "fill"

    def test_text_stays_text(self):
        assert prose("a <b> `c<d`\n\n- **one**\n- two\n\n```bash\ncurl <x>\n```") == (
            "<p>a &lt;b&gt; <code>c&lt;d</code></p><ul><li><b>one</b></li><li>two</li></ul><pre>curl &lt;x&gt;\n</pre>"
        )
