"""The photos that people brought, each once, by the sha256 of its bytes."""

from __future__ import annotations

import re
import stat
import threading
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from graph.errors import StepError
from service.incoming import Incoming, discard, sweep
from service.limits import MIB, Limits
from service.names import file_name, inside
from service.pictures import Facts, Pictures, accepted
from service.refusals import Refusal

SHA256 = re.compile(r"[0-9a-f]{64}")
CURSOR = re.compile(r"([0-9]{1,30})-([0-9a-f]{64})")

HIDDEN = re.compile(r"\.|.*[\ud800-\udfff]", re.DOTALL)
"""Names of what is no photo: thumbnails, and what somebody put there under a name that is no text."""

ALSO = {
    ".jpg": (".jpeg", ".jpe", ".jfif"),
    ".tif": (".tiff",),
    ".heic": (".heif", ".hif"),
    ".jp2": (".j2k", ".jpx"),
}
"""Other suffixes that files of the same content carry rightly."""

SIDES = (128, 256, 512, 1024)
"""Pixels of the longer side of the thumbnails that are kept."""

UNKNOWN = "application/octet-stream"


@dataclass(frozen=True)
class Photo:
    """A photo that is kept."""

    sha256: str
    name: str
    """As its owner calls it, made safe, with the suffix that its content has."""
    path: Path
    bytes: int
    added: float
    """Seconds since the epoch."""
    width: int
    """As it is shown, upright."""
    height: int
    pages: int
    media_type: str
    problem: str = ""
    """Why it cannot be read any more."""

    @property
    def setting(self) -> str:
        """What a workflow calls it."""
        return f"{self.sha256}/{self.name}"


class Kept(NamedTuple):
    """A photo, and whether it was not there before."""

    photo: Photo
    is_new: bool


class Page(NamedTuple):
    """Some of the photos, newest first, and where the next ones begin."""

    photos: list[Photo]
    next: str
    total: int


class Photos:
    """A folder of photos, `<sha256>/<name>`.

    Responsibilities:
    - take bytes as they come, refuse what is no picture, keep the rest
    - find, list and delete by sha256
    - thumbnails, kept beside their photos
    """

    def __init__(self, folder: Path, pictures: Pictures, limits: Limits) -> None:
        self.folder, self.pictures, self.limits = folder, pictures, limits
        self._measured: dict[Path, tuple[tuple[int, int], Facts | str]] = {}
        # A few locks for all: two threads never make the same thumbnail, and few large photos are decoded at once.
        self._drawing = [threading.Lock() for _ in range(4)]
        folder.mkdir(parents=True, exist_ok=True)
        sweep(folder)

    def receive(self) -> Incoming:
        """Where to write an upload, in a `with` or with a `discard` at the end. `keep` makes a photo of it."""
        return Incoming(self.folder, self.limits.body)

    def keep(self, incoming: Incoming, name: str) -> Kept:
        """The photo that came in; the first name of the same bytes stays. Refusal for what is no picture."""
        incoming.close()
        incoming.call(file_name(name))  # what a refusal calls it
        facts = accepted(incoming.path, self.pictures, self.limits)
        incoming.call(file_name(name, (facts.suffix, *ALSO.get(facts.suffix, ()))))
        place = self._place(incoming.sha256)

        def is_whole() -> bool:
            found = _file(place)
            return found is not None and found.stat().st_size == incoming.size

        is_new = incoming.settle(place, is_whole)
        return Kept(self.get(incoming.sha256), is_new)

    def add(self, name: str, data: bytes | Iterable[bytes] | Path) -> Photo:
        """Keep a photo that is at hand."""
        with self.receive() as incoming:
            for part in _parts(data):
                incoming.write(part)
            return self.keep(incoming, name).photo

    def get(self, sha256: str) -> Photo:
        """A photo. Refusal where there is none."""
        place = self._place(sha256)
        path = _file(place)
        if path is None:
            raise _none()
        return self._photo(path)

    def list(self, limit: int = 100, before: str = "") -> Page:
        """Photos, newest first; `before` is a page's `next`."""
        start = _cursor(before)
        standing = sorted(self._standing(), reverse=True)
        later = [each for each in standing if start is None or each[:2] < start]
        page = later[:limit]
        next = f"{page[-1][0]}-{page[-1][1]}" if len(later) > limit else ""
        photos: list[Photo] = []
        for _, _, path in page:
            with suppress(Refusal):  # deleted meanwhile
                photos.append(self._photo(path))
        return Page(photos, next, len(standing))

    def delete(self, sha256: str) -> None:
        """Delete a photo and its thumbnails."""
        photo = self.get(sha256)
        discard(photo.path.parent)
        self._measured.pop(photo.path, None)

    def thumbnail(self, sha256: str, side: int) -> bytes:
        """A WebP picture, its longer side at most `side`, rounded up to one of SIDES. StepError for a damaged photo."""
        photo = self.get(sha256)
        side = next((kept for kept in SIDES if kept >= side), SIDES[-1])
        path = photo.path.with_name(f".thumbnail-{side}.webp")
        with self._drawing[int(sha256[:8], 16) % len(self._drawing)]:
            if (found := _whole_webp(path)) is None:
                with _there(photo.path):
                    found = self.pictures.thumbnail(photo.path, side)
                _write(path, found)
            return found

    def workflow(self, sha256: str) -> str | None:
        """The text of the workflow that the photo carries, if any. StepError for a damaged photo."""
        path = self.get(sha256).path
        with _there(path):
            return self.pictures.workflow(path)

    def _place(self, sha256: str) -> Path:
        if not SHA256.fullmatch(sha256):
            raise _none()
        return inside(self.folder, self.folder / sha256)

    def _standing(self) -> Iterator[tuple[int, str, Path]]:
        """When each photo came, its sha256 and its file."""
        for place in self.folder.iterdir():
            if SHA256.fullmatch(place.name) and (path := _file(place)):
                with suppress(FileNotFoundError):
                    yield path.stat().st_mtime_ns, place.name, path

    def _photo(self, path: Path) -> Photo:
        try:
            found = path.stat()
        except FileNotFoundError as error:
            raise _none() from error
        facts = self._facts(path, (found.st_size, found.st_mtime_ns))
        known = facts if isinstance(facts, Facts) else Facts("", UNKNOWN, 0, 0, 0)
        return Photo(
            sha256=path.parent.name,
            name=path.name,
            path=path,
            bytes=found.st_size,
            added=found.st_mtime,
            width=known.width,
            height=known.height,
            pages=known.pages,
            media_type=known.media_type,
            problem=facts if isinstance(facts, str) else "",
        )

    def _facts(self, path: Path, seen: tuple[int, int]) -> Facts | str:
        """What the file says of itself, or why it cannot be read; measured again only when it changed."""
        remembered = self._measured.get(path)
        if remembered is None or remembered[0] != seen:
            try:
                with _there(path):
                    facts: Facts | str = self.pictures.measure(path)
            except StepError as error:
                facts = error.message
            remembered = self._measured[path] = seen, facts
        return remembered[1]


def _none() -> Refusal:
    return Refusal(404, "There is no such photo.", "It was never uploaded, or was deleted.")


@contextmanager
def _there(path: Path) -> Generator[None]:
    """Whatever goes wrong with a file that was deleted meanwhile, goes wrong because it was."""
    try:
        yield
    except (StepError, OSError) as error:
        if not path.is_file():
            raise _none() from error
        raise


def _file(place: Path) -> Path | None:
    """The photo in its folder: the one plain file that is not hidden."""
    try:
        found = [path for path in place.iterdir() if not HIDDEN.match(path.name)]
    except OSError:
        return None
    return next((path for path in found if stat.S_ISREG(path.lstat().st_mode)), None)


def _cursor(text: str) -> tuple[int, str] | None:
    if not text:
        return None
    found = CURSOR.fullmatch(text)
    if found is None:
        raise Refusal(422, "This is no place in the list of photos.", "Use the `next` of the page before.")
    return int(found[1]), found[2]


def _parts(data: bytes | Iterable[bytes] | Path) -> Iterator[bytes]:
    if isinstance(data, bytes):
        yield data
    elif isinstance(data, Path):
        with data.open("rb") as file:
            while part := file.read(MIB):
                yield part
    else:
        yield from data


def _whole_webp(path: Path) -> bytes | None:
    """A kept thumbnail, if its length is the one that it states (RIFF: bytes 4 to 8, little-endian, without 8)."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    is_whole = data[:4] == b"RIFF" and data[8:12] == b"WEBP" and int.from_bytes(data[4:8], "little") == len(data) - 8
    return data if is_whole else None


def _write(path: Path, data: bytes) -> None:
    part = path.with_name(f".{uuid4().hex}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError:  # it was made all the same, and is made again next time
        part.unlink(missing_ok=True)
