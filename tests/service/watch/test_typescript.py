"""The editor's types are those of the server."""

from __future__ import annotations

import re
from pathlib import Path

from service.watch.messages import ASKED, MESSAGES
from service.watch.typescript import TARGET, main, typescript


def test_the_file_in_the_repository_is_up_to_date() -> None:
    assert TARGET.read_text(encoding="utf-8") == typescript(), "run `make types`"


def test_every_message_and_every_wish_is_an_interface_with_its_tag() -> None:
    text = typescript()
    for tag, types in (("event", MESSAGES), ("ask", ASKED)):
        for name in types:
            assert re.search(rf'export interface {name} \{{\n  readonly {tag}: "{name}";', text)


def test_every_name_that_is_used_is_declared_once() -> None:
    text = re.sub(r"/\*.*?\*/|//.*?\n", "", typescript(), flags=re.DOTALL)
    declared = re.findall(r"export (?:interface|type) (\w+)", text)
    assert len(declared) == len(set(declared))
    used = set(re.findall(r"\b[A-Z]\w+", re.sub(r'"\w+"', "", text)))
    assert used <= set(declared)


def test_a_stale_file_is_noticed_and_written_again(tmp_path: Path) -> None:
    target = tmp_path / "src" / "messages.ts"
    asked = ["--target", str(target)]
    assert main([*asked, "--check"]) == 1
    assert main(asked) == 0
    assert main([*asked, "--check"]) == 0
    target.write_text(target.read_text(encoding="utf-8").replace("number", "string", 1), encoding="utf-8")
    assert main([*asked, "--check"]) == 1
