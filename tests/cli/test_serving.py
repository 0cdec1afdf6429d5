"""The options of the server. What it then does: tests/service."""

from __future__ import annotations

import pytest

from cli.arguments import parse
from graph.errors import WorkflowError
from tests.cli.conftest import Heirloom


def test_without_any_option_it_serves_this_machine():
    arguments = parse([])
    assert (arguments.host, arguments.port, arguments.token, arguments.allow_host) == ("127.0.0.1", 8188, None, [])
    assert not arguments.no_browser
    assert arguments.run is None


def test_options_of_the_server():
    words = "--host 0.0.0.0 --port 0 --token abc-DEF_0.1~2 --allow-host a.example --allow-host b.example --no-browser"
    arguments = parse(words.split())
    assert (arguments.host, arguments.port, arguments.token) == ("0.0.0.0", 0, "abc-DEF_0.1~2")
    assert (arguments.allow_host, arguments.no_browser) == (["a.example", "b.example"], True)


@pytest.mark.parametrize("port", ["-1", "65536", "http", "1e3", "", "²", "80.5"])
def test_what_is_no_port(port: str):
    with pytest.raises(WorkflowError, match="port"):
        parse([f"--port={port}"])


@pytest.mark.parametrize(
    "token", ["", "short", "with a blank in it", "semi;colon;semi", 'quote"quote"', "ünïcödé-token"]
)
def test_what_no_link_or_cookie_could_carry_is_no_token(token: str):
    with pytest.raises(WorkflowError, match="token"):
        parse([f"--token={token}"])


@pytest.mark.parametrize(
    "option",
    [["--explain"], ["--input", "a.jpg"], ["--output", "a.jpg"], ["--set", "a=1"], ["--force", "a"], ["--steps", "s"]],
)
def test_an_option_of_a_run_alone_starts_no_server(heirloom: Heirloom, option: list[str]):
    answer = heirloom(*option)
    assert answer.code == 2
    assert f"{option[0]} belongs to a run" in answer.err


def test_emptying_the_cache_starts_no_server(heirloom: Heirloom):
    answer = heirloom("--clear-cache")
    assert (answer.code, answer.err.strip()) == (0, "The cache is empty.")


def test_an_address_of_another_machine_is_refused(heirloom: Heirloom):
    answer = heirloom("--host", "203.0.113.7", "--no-browser")
    assert answer.code == 2
    assert "--host" in answer.err
    assert "Traceback" not in answer.err
