"""What browsers are told."""

from __future__ import annotations

import pytest

from service.access.headers import PAGE, REST, SAME_FOR_ALL, policy
from tests.service.conftest import Running


@pytest.mark.parametrize("path", ["/", "/health", "/docs", "/api/nowhere", "/metrics"])
def test_every_answer_is_guarded(shared_server: Running, path: str):
    headers = shared_server.client.get(path).headers
    assert {name: headers[name] for name in SAME_FOR_ALL} == SAME_FOR_ALL
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "access-control-allow-origin" not in headers
    assert "server" not in headers


def test_refusals_are_guarded_too(shared_server: Running):
    headers = shared_server.client.get("/", headers={"Host": "evil.example"}).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == REST


def test_pages_may_run_their_own_scripts_and_nothing_else_may_run_any():
    assert policy("text/html; charset=utf-8") == policy("text/javascript") == PAGE
    assert "script-src" not in PAGE  # so that default-src 'self' holds: none within the page, none from elsewhere
    assert policy("image/svg+xml") == policy("") == policy("application/json") == REST


def test_an_answer_that_has_not_changed_keeps_the_policy_that_it_came_with(shared_server: Running):
    # Browsers put the headers of a 304 over those they have kept: a page would become a sandbox at its second visit.
    path = "/api/workflows/restore/pictures/before"
    first = shared_server.client.get(path)
    again = shared_server.client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert "content-security-policy" in first.headers
    assert "content-security-policy" not in again.headers
