"""`--run` on a folder: every photo in it, one failing does not stop the rest, an interrupted night goes on.

Where the workflow says `each`, every print on every scan, until the step that takes them out says NothingMore.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from cli.arguments import Arguments
from cli.files import check_output, photos_in
from cli.manifest import Manifest, Row, now, step_list, versions
from cli.opening import order_for
from cli.report import Report
from cli.steps import Steps, Summary
from graph.check import Graph
from graph.document import Place
from graph.errors import HeirloomError, NothingMore, Problem, WorkflowError
from graph.events import Event, StepDone
from graph.results import named_like, numbered, result_kind, save
from graph.run import Outcome
from graph.session import Order, Session


@dataclass
class Tally:
    """How many photos ended how."""

    done: int = 0
    skipped: int = 0
    failed: int = 0


def run_folder(session: Session, arguments: Arguments, report: Report, summary: Summary) -> bool:
    """Run the workflow on every photo. True if none failed."""
    return _Batch(session, arguments, report, summary).run()


class _Batch:
    """One folder's work."""

    def __init__(self, session: Session, arguments: Arguments, report: Report, summary: Summary) -> None:
        self.session, self.arguments, self.report, self.summary = session, arguments, report, summary
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
        self.download = not arguments.no_download
        """Until a model file cannot be had and the work goes on without: it is not asked for again for each photo."""
        self.counted: Place | None = None
        """The setting that says which print of a scan is taken."""
        self.numbers: Iterable[int] = (1,)
        self.stems: set[Path] = set()
        """What the photos are called, which no further print may be."""

    def run(self) -> bool:
        photos = list(photos_in(self.source, self.session.registry.kinds, self.target))
        self.stems = {photo.with_suffix("") for photo in photos}
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
        graph = self.session.graph(order)
        result_kind(graph, self.session.registry.kinds)
        each = graph.document.each
        if each and each[0] in graph.steps:
            self.counted, self.numbers = each, graph.steps[each[0]].spec.settings[each[1]].counted
        with self.report.listen() as listener:
            job = self.session.fetch(order, listener)
        self.download = self.download and not job.fallbacks

    def _photo(self, photo: Path) -> None:
        """All that the workflow takes from one photo."""
        for number in self.numbers:
            if not self._one(photo, number):
                break

    def _one(self, photo: Path, number: int) -> bool:
        """Restore one print and keep a record of it. False where there is none, or none can be had."""
        started, did, more = time.monotonic(), dict[str, str](), True
        row = Row(now(), "failed", str(photo), "", "", "", str(self.arguments.run), "", "", "", self.versions, "")
        try:
            row = self._restored(photo, number, row, did)
        except HeirloomError as error:
            row, more = replace(row, message=str(error)), False
            self.report.error(f"{photo.name}: {error}")
        if row.status == "end":
            return False
        if row.status == "skipped":
            self.tally.skipped += 1
            self.report.say("done before")
            return True
        self.tally.done += row.status == "done"
        self.tally.failed += row.status == "failed"
        self.manifest.add(replace(row, seconds=f"{time.monotonic() - started:.2f}", steps=step_list(did)))
        return more

    def _restored(self, photo: Path, number: int, row: Row, did: dict[str, str]) -> Row:
        """Restore one print, unless its record says that this was done."""
        session, within = self.session, photo.relative_to(self.source)
        order = self._order(photo, number)
        graph = session.graph(order)
        kind = result_kind(graph, session.registry.kinds)
        path = self.target / within.with_name(named_like(self._free(photo, number), kind, number))
        check_output(path, photo, kind)
        row = replace(row, sha256_in=session.cache.fingerprint(photo), output=str(path))
        settled = session.settle(order)
        row = replace(row, key=settled.plan.keys[settled.graph.result[0]] if settled.graph.result else "")
        if self.manifest.done(photo, row.key, path) and not self.arguments.force:
            return replace(row, status="skipped")
        if self._past_the_last(order, number, row):
            return replace(row, status="end")
        if number > 1:
            self.report.say(f"number {number} on {photo.name}")
        steps = self._steps(graph, within if number == 1 else within.with_name(path.name))
        outcome = self._run(order, graph, did, steps)
        if outcome.status != "done" or outcome.graph.result is None or graph.document.result is None:
            return replace(row, message="; ".join(sorted({f"{id}: {error}" for id, error in outcome.failed.items()})))
        save(kind, outcome.value(graph.document.result), path, outcome.graph.document.text())
        if steps:
            steps.saved(order, path)
        without = " ".join(f"{each.step}: {each.text}" for each in outcome.fallbacks)
        # What had to be fetched first, or could not be had, decides the key.
        row = replace(row, key=outcome.keys[outcome.graph.result[0]], message=without)
        return replace(row, status="done", sha256_out=session.cache.fingerprint(path))

    def _steps(self, graph: Graph, within: Path) -> Steps | None:
        """What keeps the steps of one print, if they are to be kept."""
        folder, computing = self.arguments.steps, f"{self.arguments.device} {self.arguments.precision}"
        return Steps(folder / within, graph, self.session, self.summary, self.report, computing) if folder else None

    def _order(self, photo: Path, number: int) -> Order:
        """The workflow on that photo, taking the print of that number."""
        folder = (self.target / photo.relative_to(self.source)).parent
        order = order_for(self.arguments, self.session.registry, photo, folder)
        if self.counted:
            order = replace(order, document=order.document.with_settings({self.counted: number}))
        order = replace(order, download=self.download)
        return order if number == 1 else replace(order, stem=numbered(self._free(photo, number).stem, number))

    def _free(self, photo: Path, number: int) -> Path:
        """The photo's path, or one like it whose name with that number belongs to no other photo."""
        while number > 1 and photo.with_name(numbered(photo.stem, number)) in self.stems:
            photo = photo.with_stem(f"{photo.stem}-")
        return photo

    def _past_the_last(self, order: Order, number: int, row: Row) -> bool:
        """Whether the photo holds no print of that number. It is found out once, and then told by its record."""
        if self.counted is None or number == 1:
            return False
        if self.manifest.ended(row.input, row.key):
            return True
        step = self.counted[0]
        failure = self.session.run(replace(order, targets=[step])).failed.get(step)
        if isinstance(failure, NothingMore):
            self.manifest.add(replace(row, status="end", output="", message=str(failure)))
        return failure is not None

    def _run(self, order: Order, graph: Graph, did: dict[str, str], steps: Steps | None) -> Outcome:
        """Run, and gather what each step did."""
        with self.report.listen() as listener:

            def listen(event: Event) -> None:
                listener(event)
                if isinstance(event, StepDone):
                    did[event.step] = " ".join([graph.steps[event.step].spec.id, *event.notes])

            outcome = (steps or self.session).run(order, listen)
        self.download = self.download and not outcome.fallbacks
        return outcome
