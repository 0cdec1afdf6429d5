"""`--run` on a folder: every photo in it, one failing does not stop the rest, an interrupted night goes on."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path

from cli.arguments import Arguments
from cli.files import check_output, photos_in
from cli.manifest import Manifest, Row, now, step_list, versions
from cli.opening import order_for
from cli.report import Report
from cli.steps import keeper
from graph.check import Graph
from graph.errors import HeirloomError, Problem, WorkflowError
from graph.events import Event, StepDone
from graph.kinds import Kind
from graph.results import named_like, result_kind, save
from graph.session import Order, Session


@dataclass
class Tally:
    """How many photos ended how."""

    done: int = 0
    skipped: int = 0
    failed: int = 0


def run_folder(session: Session, arguments: Arguments, report: Report) -> bool:
    """Run the workflow on every photo. True if none failed."""
    return _Batch(session, arguments, report).run()


class _Batch:
    """One folder's work."""

    def __init__(self, session: Session, arguments: Arguments, report: Report) -> None:
        self.session, self.arguments, self.report = session, arguments, report
        self.source = arguments.input or Path()
        stem = (arguments.run or Path("result")).stem
        usual = arguments.data / "outputs" / f"{self.source.absolute().name}-{stem}"
        self.target = Path(arguments.output) if arguments.output else usual
        if self.target.exists() and self.target.samefile(self.source):
            remedy = "Choose another --output: inputs stay as they are."
            raise WorkflowError([Problem(f"{self.target} is the folder of the photos itself.", remedy)])
        if self.target.is_file():
            raise WorkflowError([Problem(f"{self.target} is a file.", "A folder's results need a folder.")])
        self.manifest = Manifest(self.target / "manifest.csv")
        self.versions = versions()
        self.tally = Tally()

    def run(self) -> bool:
        photos = list(photos_in(self.source, self.session.registry.kinds, self.target))
        if not photos:
            raise WorkflowError([Problem(f"There are no photos in {self.source}.", "Check --input.")])
        self._check_workflow(photos[0])
        for number, photo in enumerate(photos, 1):
            self.report.say(f"[{number}/{len(photos)}] {photo.relative_to(self.source)}")
            self._photo(photo)
        tally = self.tally
        summary = f"{tally.done} done, {tally.skipped} done before, {tally.failed} failed. Results: {self.target}"
        counts = {"done": tally.done, "skipped": tally.skipped, "failed": tally.failed}
        self.report.result(summary, {**counts, "output": str(self.target), "manifest": str(self.manifest.path)})
        return not tally.failed

    def _check_workflow(self, photo: Path) -> None:
        """What is wrong with the workflow itself is said once, before the first photo."""
        order = order_for(self.arguments, self.session.registry, photo, self.target)
        result_kind(self.session.graph(order), self.session.registry.kinds)
        with self.report.listen() as listener:
            self.session.fetch(order, listener)

    def _photo(self, photo: Path) -> None:
        started, did = time.monotonic(), dict[str, str]()
        row = Row(now(), "failed", str(photo), "", "", "", str(self.arguments.run), "", "", "", self.versions, "")
        try:
            row = self._restored(photo, row, did)
        except HeirloomError as error:
            row = replace(row, message=str(error))
            self.report.error(f"{photo.name}: {error}")
        if row.status == "skipped":
            self.tally.skipped += 1
            self.report.say("done before")
            return
        self.tally.done += row.status == "done"
        self.tally.failed += row.status == "failed"
        self.manifest.add(replace(row, seconds=f"{time.monotonic() - started:.2f}", steps=step_list(did)))

    def _restored(self, photo: Path, row: Row, did: dict[str, str]) -> Row:
        """Restore one photo, unless its record says that this was done."""
        session, folder = self.session, (self.target / photo.relative_to(self.source)).parent
        order = order_for(self.arguments, session.registry, photo, folder)
        graph = session.graph(order)
        kind = result_kind(graph, session.registry.kinds)
        path = folder / named_like(photo, kind)
        check_output(path, photo, kind)
        row = replace(row, sha256_in=session.cache.fingerprint(photo), output=str(path))
        row = replace(row, key=session.plan(order).keys[graph.result[0]] if graph.result else "")
        if self.manifest.done(photo, row.key, path) and not self.arguments.force:
            return replace(row, status="skipped")
        if self.arguments.steps:
            steps = self.arguments.steps / photo.relative_to(self.source)
            order = replace(order, watch=keeper(steps, list(graph.steps), session.registry.kinds))
        failure = self._run(order, graph, kind, path, did)
        if failure:
            return replace(row, message=failure)
        return replace(row, status="done", sha256_out=session.cache.fingerprint(path))

    def _run(self, order: Order, graph: Graph, kind: Kind, path: Path, did: dict[str, str]) -> str:
        """Run and write; returns why it failed, or nothing."""
        with self.report.listen() as listener:

            def listen(event: Event) -> None:
                listener(event)
                if isinstance(event, StepDone):
                    did[event.step] = " ".join([graph.steps[event.step].spec.id, *event.notes])

            outcome = self.session.run(order, listen)
        if outcome.status != "done" or graph.document.result is None:
            return "; ".join(sorted({f"{id}: {error}" for id, error in outcome.failed.items()}))
        save(kind, outcome.value(graph.document.result), path, graph.document.text())
        return ""
