"""The page that a browser gets: the editor where it has been built, else how to build it."""

from __future__ import annotations

import os
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import Headers
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

BUILT = Path(__file__).parents[1] / "web" / "dist"
"""Where `make web` leaves the editor."""

PACKED = ".gz"
"""What stands behind the name of a file's compressed copy, which web/build.py makes."""

HASHED = "assets"
"""The folder of files whose names change with their content."""

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
"""Said here: Python asks the system, and some systems call a script plain text, which browsers then do not run."""

PLAIN = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Heirloom</title>
<style>
  body { font: 1.1rem/1.6 Georgia, serif; max-width: 38rem; margin: 4rem auto; padding: 0 1.5rem; color: #3b2f25;
         background: #fbf7f0 }
  code, pre { font: .9em/1.5 ui-monospace, monospace; background: #f1e9dc; border-radius: .3rem }
  code { padding: .1em .3em } pre { padding: .8rem 1rem; overflow-x: auto } a { color: #8a4b1f }
</style>
<h1>Heirloom</h1>
<p>Heirloom is running. Its editor has not been built yet.</p>
<h2>Build the editor</h2>
<p>In the folder of Heirloom, with an internet connection:</p>
<pre>make web</pre>
<p>or, without make, <code>python web/build.py</code>. Either brings Node.js where it is missing. Then start the server
again.</p>
<h2>Restore a photo without it</h2>
<pre>curl --data-binary @photo.jpg -H "Content-Type: image/jpeg" \\
     "http://127.0.0.1:8188/api/restore" -o restored.jpg</pre>
<p>or, without a server, <code>python server.py --run workflows/restore.json --input photo.jpg</code>.</p>
<h2>From programs</h2>
<p><a href="/docs">All that can be asked for</a>, with examples. <a href="/health">How the server is.</a></p>
"""


def is_built(built: Path = BUILT) -> bool:
    """Whether there is an editor to show."""
    return (built / "index.html").is_file()


def add_page(app: FastAPI, built: Path = BUILT) -> None:
    """Serve the page and its files. Nothing else below the folder of the page is reachable."""
    if not is_built(built):
        app.add_api_route("/", _plain, methods=["GET"], include_in_schema=False, response_class=HTMLResponse)
        return
    top = _Files(built, "no-cache")
    for entry in sorted(built.iterdir()):
        if entry.is_dir():
            cache = "public, max-age=31536000, immutable" if entry.name == HASHED else "no-cache"
            app.mount(f"/{entry.name}", _Files(entry, cache), name=entry.name)
        elif entry.suffix != PACKED:
            path = "/" if entry.name == "index.html" else f"/{entry.name}"
            app.add_route(path, _sender(top, entry.name), methods=["GET"], include_in_schema=False)


class _Files(StaticFiles):
    """The files of a folder: compressed for those who take it, and not again for those who have them."""

    def __init__(self, folder: Path, cache: str) -> None:
        """`cache` is the Cache-Control of all of them."""
        super().__init__(directory=folder)
        self._cache = cache

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        path, packed = Path(full_path), Path(f"{full_path}{PACKED}")
        there = packed.is_file()
        sent = packed if there and _takes_packed(Headers(scope=scope)) else path
        response = super().file_response(sent, sent.stat(), scope, status_code)
        response.headers["cache-control"] = self._cache
        if there:
            response.headers["vary"] = "accept-encoding"
        if response.status_code == 200:
            response.headers["content-type"] = TYPES.get(path.suffix, "application/octet-stream")
            if sent is packed:
                response.headers["content-encoding"] = "gzip"
        return response


def _takes_packed(asked: Headers) -> bool:
    """Whether a client takes gzip. A range counts bytes of the file itself, and is never cut from a packed one."""
    if "range" in asked:
        return False
    codings = [coding.replace(" ", "") for coding in asked.get("accept-encoding", "").lower().split(",")]
    return any(coding.startswith("gzip") and not re.fullmatch(r"gzip;q=0(\.0*)?", coding) for coding in codings)


def _plain() -> HTMLResponse:
    return HTMLResponse(PLAIN)


def _sender(files: _Files, name: str) -> Callable[[Request], Awaitable[Response]]:
    async def send(request: Request) -> Response:
        return await files.get_response(name, request.scope)

    return send
