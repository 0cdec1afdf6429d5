"""The page that a browser gets: the editor where it has been built, else what there is instead."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse, HTMLResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

BUILT = Path(__file__).parents[1] / "web" / "dist"
"""Where `make web` leaves the editor."""

HASHED = "assets"
"""The folder of files whose names change with their content."""

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
<p>Heirloom is running. Its editor has not been built yet, but everything it does can be asked for already.</p>
<h2>Restore a photo</h2>
<pre>curl --data-binary @photo.jpg -H "Content-Type: image/jpeg" \\
     "http://127.0.0.1:8188/api/restore" -o restored.jpg</pre>
<p>or, without a server, <code>python server.py --run workflows/restore.json --input photo.jpg</code>.</p>
<h2>From programs</h2>
<p><a href="/docs">All that can be asked for</a>, with examples. <a href="/health">How the server is.</a></p>
"""


def add_page(app: FastAPI, built: Path = BUILT) -> None:
    """Serve the page and its files. Nothing else below the folder of the page is reachable."""
    if not (built / "index.html").is_file():
        app.add_api_route("/", _plain, methods=["GET"], include_in_schema=False, response_class=HTMLResponse)
        return
    for entry in sorted(built.iterdir()):
        if entry.is_dir():
            app.mount(f"/{entry.name}", _Files(entry, lasting=entry.name == HASHED), name=entry.name)
        else:
            path = "/" if entry.name == "index.html" else f"/{entry.name}"
            app.add_api_route(path, _sender(entry), methods=["GET"], include_in_schema=False)


class _Files(StaticFiles):
    """The files of a folder; a browser may keep those forever whose names change with their content."""

    def __init__(self, folder: Path, *, lasting: bool) -> None:
        super().__init__(directory=folder)
        self._cache = "public, max-age=31536000, immutable" if lasting else "no-cache"

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = self._cache
        return response


def _plain() -> HTMLResponse:
    return HTMLResponse(PLAIN)


def _sender(path: Path):  # noqa: ANN202 - FastAPI would take the annotation for a model of the answer
    def send() -> FileResponse:
        return FileResponse(path, headers={"cache-control": "no-cache"})

    return send
