"""What can be asked on the command line."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, NoReturn

import platformdirs

from graph.errors import Problem, WorkflowError, nearest

CACHE_SIZE, MODEL_MEMORY, NETWORK_MEMORY = "10GB", "4GB", "2GB"
HOST, PORT = "127.0.0.1", 8188
UNITS = {"": 1, "K": 2**10, "M": 2**20, "G": 2**30, "T": 2**40}


class Arguments(argparse.Namespace):
    """The options, by name. Only annotations: a value here would hide the parser's own defaults."""

    host: str
    port: int
    allow_host: list[str]
    token: str | None
    no_browser: bool
    run: Path | None
    input: Path | None
    output: str | None
    set: list[str]
    steps: Path | None
    explain: bool
    force: list[str]
    no_download: bool
    check: Path | None
    nodes: str | None
    add_nodes: list[Path]
    fetch: list[str]
    convert: Path | None
    weights: bool
    weights_dir: list[Path]
    device: Literal["auto", "cuda", "mps", "cpu"]
    precision: Literal["auto", "full", "half"]
    model_memory: int
    network_memory: int
    data: Path
    cache_dir: Path
    cache_size: int
    clear_cache: bool
    json: bool
    quiet: bool


class _Parser(argparse.ArgumentParser):
    """An ArgumentParser whose errors are Problems, and which suggests the nearest option."""

    def error(self, message: str) -> NoReturn:
        remedy = "See --help."
        if found := re.search(r"unrecognized arguments: (--[\w-]+)", message):
            remedy = nearest(found[1], [option for action in self._actions for option in action.option_strings])
        raise WorkflowError([Problem(f"{message[:1].upper()}{message[1:]}.", remedy)])


def parse(arguments: Sequence[str]) -> Arguments:
    """The options asked for. WorkflowError for what cannot be understood; --help shows the help and exits."""
    return _parser().parse_args(arguments, namespace=Arguments())


def size(text: str) -> int:
    """Bytes, from a text such as 500MB or 20G."""
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([KMGT]?)I?B?\s*", text.upper())
    if not found:
        raise argparse.ArgumentTypeError(f"{text!r} is no size; write for example 500MB or 20GB")
    return int(float(found[1]) * UNITS[found[2]])


def port(text: str) -> int:
    """A port to listen on; 0 stands for any free one."""
    if not (text.isascii() and text.isdecimal() and int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"{text!r} is no port; write a number up to 65535")
    return int(text)


def token(text: str) -> str:
    """A token that fits into a link and a cookie as it is."""
    if not re.fullmatch(r"[A-Za-z0-9._~-]{8,200}", text):
        raise argparse.ArgumentTypeError("a token has at least 8 letters, digits, dots, dashes or underscores")
    return text


def _parser() -> _Parser:
    parser = _Parser(
        prog="server.py", allow_abbrev=False,
        description="Heirloom brings old photographs back. Without --run or another task it serves its editor.",
    )  # fmt: skip
    _add_serving(parser.add_argument_group("serve the editor and programs"))
    run = parser.add_argument_group("run a workflow")
    run.add_argument("--run", type=Path, metavar="FILE", help="run a workflow file and exit")
    run.add_argument("--input", type=Path, metavar="PHOTO|FOLDER", help="the photo to work on, or a folder of them")
    run.add_argument("--output", metavar="FILE|FOLDER", help="where the result goes; never over an input")
    run.add_argument(
        "--set", action="append", default=[], metavar="NODE.SETTING=VALUE",
        help="change a setting, or one of the workflow's own controls by its name; may be given several times",
    )  # fmt: skip
    run.add_argument("--steps", type=Path, metavar="DIR", help="also keep every step there, as pictures and layers")
    run.add_argument("--explain", action="store_true", help="say what would run, and why; run nothing")
    run.add_argument("--force", action="append", default=[], metavar="NODE", help="run this node again, cached or not")
    run.add_argument(
        "--no-download", action="store_true",
        help="fetch no model files; steps that can do without go on without, and the run says so",
    )  # fmt: skip
    look = parser.add_argument_group("look around")
    look.add_argument("--check", type=Path, metavar="FILE", help="say everything that is wrong with a workflow file")
    look.add_argument("--nodes", nargs="?", const="", metavar="ID", help="list the nodes, or show the help of one")
    _add_models(parser.add_argument_group("models"))
    place = parser.add_argument_group("places")
    place.add_argument("--add-nodes", type=Path, action="append", default=[], metavar="DIR", help="nodes of your own")
    data, cache = platformdirs.user_data_path("heirloom", False), platformdirs.user_cache_path("heirloom", False)
    place.add_argument("--data", type=Path, default=data, metavar="DIR", help=f"what you make [{data}]")
    place.add_argument("--cache-dir", type=Path, default=cache, metavar="DIR", help=f"finished steps [{cache}]")
    place.add_argument("--cache-size", type=size, default=CACHE_SIZE, metavar="SIZE", help=f"at most [{CACHE_SIZE}]")
    place.add_argument("--clear-cache", action="store_true", help="forget all finished steps first")
    how = parser.add_argument_group("how it answers")
    how.add_argument("--json", action="store_true", help="answer in JSON, events one a line, for programs")
    how.add_argument("--quiet", action="store_true", help="say nothing but errors")
    return parser


def _add_serving(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--host", default=HOST, metavar="ADDRESS", help=f"0.0.0.0 lets other machines in [{HOST}]")
    group.add_argument("--port", type=port, default=PORT, help=f"the first one to try [{PORT}]")
    group.add_argument("--no-browser", action="store_true", help="do not open the page")
    group.add_argument(
        "--token", type=token, metavar="TEXT",
        help="what clients must know; made and printed where other machines can connect",
    )  # fmt: skip
    group.add_argument(
        "--allow-host", action="append", default=[], metavar="NAME",
        help="a further name of this server, such as a reverse proxy's; may be given several times",
    )  # fmt: skip


def _add_models(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--weights", action="store_true", help="list the model files: size, licence, what is there")
    group.add_argument(
        "--fetch", nargs="+", action="extend", default=[], metavar="NAME|all|FILE",
        help="download model files: by name, all of them, or what a workflow file needs",
    )  # fmt: skip
    group.add_argument(
        "--convert", type=Path, metavar="FILE",
        help="turn a Stable Diffusion checkpoint (.safetensors) into a folder that diffusers and the nodes can use",
    )  # fmt: skip
    group.add_argument(
        "--weights-dir", type=Path, action="append", default=[], metavar="DIR",
        help="look for model files there, too, and put downloads there; may be given several times",
    )  # fmt: skip
    group.add_argument(
        "--device", choices=("auto", "cuda", "mps", "cpu"), default="auto", help="what networks compute on [auto]"
    )
    group.add_argument(
        "--precision", choices=("auto", "full", "half"), default="auto", help="of networks' numbers [auto]"
    )
    group.add_argument(
        "--model-memory", type=size, default=MODEL_MEMORY, metavar="SIZE",
        help=f"what loaded models that wait for their next use may hold [{MODEL_MEMORY}]",
    )  # fmt: skip
    group.add_argument(
        "--network-memory", type=size, default=NETWORK_MEMORY, metavar="SIZE",
        help=f"what a network may take while it works; less means smaller tiles [{NETWORK_MEMORY}]",
    )  # fmt: skip
