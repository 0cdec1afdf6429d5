"""Building the page, with a small page in place of the real one: real Node, nothing from the network."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from web.build import HERE, is_built, is_installed, is_new_enough, pack

MAKE = """
const { mkdirSync, rmSync, writeFileSync, readFileSync } = require("node:fs");
rmSync("dist", { recursive: true, force: true });
mkdirSync("dist/assets", { recursive: true });
writeFileSync("dist/index.html", readFileSync("src/page.html"));
writeFileSync("dist/assets/main-1a2b.js", "// Heirloom\\n".repeat(500));
"""

SCRIPTS = {"build": "node make.cjs", "echo": "node -p 'process.argv.slice(1).join()'", "fail": "node missing.cjs"}

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder as web/ is."""
    root = tmp_path / "web"
    (root / "src").mkdir(parents=True)
    shutil.copy(HERE / "build.py", root)
    (root / "make.cjs").write_text(MAKE)
    (root / "src" / "page.html").write_text("<title>Small</title>")
    package = {"name": "small", "version": "1.0.0", "dependencies": {}, "devDependencies": {}}
    (root / "package.json").write_text(json.dumps({**package, "scripts": SCRIPTS}))
    lock = {"name": "small", "version": "1.0.0", "lockfileVersion": 3, "packages": {"": package}}
    (root / "package-lock.json").write_text(json.dumps(lock))
    return root


@pytest.fixture
def run(root: Path) -> Run:
    """Calls build.py there."""

    def call(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(root / "build.py"), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    return call


def test_the_page_is_built_once_and_again_after_a_change(root: Path, run: Run) -> None:
    assert run().stdout == "The editor is built.\n"
    assert (root / "dist" / "index.html").read_text() == "<title>Small</title>"
    assert run().stdout == "The editor is up to date.\n"
    (root / "src" / "page.html").write_text("<title>Better</title>")
    assert run().stdout == "The editor is built.\n"
    assert (root / "dist" / "index.html").read_text() == "<title>Better</title>"


def test_texts_are_packed_where_that_makes_them_smaller(root: Path, run: Run) -> None:
    run()
    script = root / "dist" / "assets" / "main-1a2b.js"
    packed = script.with_name("main-1a2b.js.gz").read_bytes()
    assert gzip.decompress(packed) == script.read_bytes()
    assert len(packed) < script.stat().st_size / 10
    assert not (root / "dist" / "index.html.gz").exists()


def test_pictures_and_fonts_are_not_packed(tmp_path: Path) -> None:
    for name in ("sample.jpg", "letters.woff2", "style.css"):
        (tmp_path / name).write_bytes(b"again and " * 1000)
    pack(tmp_path)
    assert [path.name for path in tmp_path.glob("*.gz")] == ["style.css.gz"]


def test_a_page_that_cannot_be_built_says_why_and_how_to_go_on(root: Path, run: Run) -> None:
    (root / "make.cjs").write_text("throw new Error('The paper is torn.');")
    done = run()
    assert done.returncode == 1
    assert "The paper is torn." in done.stderr
    assert "Heirloom works without its editor. To build it later: `make web`" in done.stderr


def test_a_script_of_the_page_gets_what_stands_behind_it(run: Run) -> None:
    assert run("echo", "more", "two words").stdout == "more,two words\n"
    assert run("fail").returncode == 1


def test_a_page_is_old_as_soon_as_something_it_is_made_of_changes(root: Path) -> None:
    assert not is_built(root)
    page = root / "dist" / "index.html"
    page.parent.mkdir()
    page.write_text("<title>Small</title>")
    newest = max(path.stat().st_mtime for path in root.rglob("*"))
    os.utime(page, (newest, newest))
    assert is_built(root)
    (root / "node_modules" / "vite").mkdir(parents=True)
    later = (newest + 1, newest + 1)
    os.utime(root / "node_modules" / "vite", later)
    assert is_built(root)
    os.utime(root / "src", later)  # something was deleted
    assert not is_built(root)


def test_tools_are_there_if_npm_brought_them_all_since_the_lock_file_changed(root: Path) -> None:
    (root / "package.json").write_text(json.dumps({"dependencies": {"vite": "8"}, "devDependencies": {"@a/test": "1"}}))
    assert not is_installed(dev=False, root=root)
    (root / "node_modules" / "vite").mkdir(parents=True)
    brought = root / "node_modules" / ".package-lock.json"
    brought.write_text("{}")
    assert is_installed(dev=False, root=root)
    assert not is_installed(dev=True, root=root)
    (root / "node_modules" / "@a" / "test").mkdir(parents=True)
    assert is_installed(dev=True, root=root)
    changed = brought.stat().st_mtime + 1
    os.utime(root / "package-lock.json", (changed, changed))
    assert not is_installed(dev=False, root=root)


@pytest.mark.parametrize(
    ("version", "enough"),
    [
        ("v20.19.0", True),
        ("v20.18.9", False),
        ("v21.7.3", False),
        ("v22.11.0", False),
        ("v22.12.0", True),
        ("v24.1.0", True),
        ("v18.20.8", False),
        ("v8.19.0", False),
        ("", False),
        ("node: not found", False),
    ],
)
def test_which_node_is_new_enough(version: str, enough: bool) -> None:
    assert is_new_enough(f"{version}\n") is enough
