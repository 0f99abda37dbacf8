"""The files and pasted tables under way: each is planned beside the window, anew with every choice, then written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from crm_app.errors import Cancelled, CrmError
from crm_app.i18n import _
from crm_app.services import imports
from crm_app.services.book import Book
from crm_app.services.imports import Choices, ImportResult, Policy, SheetChoice, SheetPlan
from crm_app.services.outcome import Outcome
from crm_app.ui.background import Job, Progress
from crm_app.ui.imports.shown import Shown
from crm_app.ui.imports.words import AUTO
from crm_app.ui.session import Session


class State(StrEnum):
    """How far one source is."""

    READING = "reading"
    READY = "ready"
    REFUSED = "refused"
    WRITING = "writing"
    DONE = "done"


@dataclass(eq=False)
class Source:
    """A file, or pasted cells (``content``; the path only names them), and what was decided about it."""

    path: Path
    content: bytes | None = None
    kind: str = AUTO
    choices: Choices = field(default_factory=Choices)
    state: State = State.READING
    shown: Shown | None = None
    trouble: str = ""
    result: ImportResult | None = None
    stale: bool = False
    """The book has changed since the plan was made."""
    job: Job | None = None

    def choice_of(self, sheet: SheetPlan) -> SheetChoice:
        """Return what is decided of a sheet: now, or the last time one with its headers was read."""
        remembered = sheet.remembered.choice if sheet.remembered else SheetChoice()
        return self.choices.sheets.get(sheet.name, remembered)

    def decide(self, sheet: SheetPlan, choice: SheetChoice) -> None:
        """Read a sheet by this choice from now on."""
        self.choices = replace(self._settled(), sheets={**self.choices.sheets, sheet.name: choice})

    def decide_encoding(self, encoding: str) -> None:
        """Read a text in this encoding; what was understood of nonsense is forgotten."""
        self.choices = replace(self._settled(), encoding=encoding, sheets={})

    @property
    def is_text(self) -> bool:
        """Whether the file is a text, which may have been read in a wrong encoding."""
        return self.path.suffix.lower() in (".csv", ".tsv", ".txt") and self.content is None

    def take_in(self, name: str) -> None:
        """Import a sheet that was left out after all."""
        held = self.choices.sheets.get(name, SheetChoice())
        self.choices = replace(self.choices, sheets={**self.choices.sheets, name: replace(held, leave_out=False)})

    def decide_policy(self, policy: Policy, target: str = "") -> None:
        """Say whose word counts in the file, or in one field of it; a field as the file needs no word of its own."""
        settled = self._settled()
        if not target:
            self.choices = replace(settled, policy=policy)
            return
        others = {one: held for one, held in settled.of_target.items() if one != target}
        if policy is not settled.policy:
            others[target] = policy
        self.choices = replace(settled, of_target=others)

    def _settled(self) -> Choices:
        """Return the choices in effect, with what was remembered made this file's own."""
        if self.shown is None:
            return self.choices
        plan = self.shown.plan
        known = {sheet.name: sheet.remembered.choice for sheet in plan.sheets if sheet.remembered}
        return replace(plan.choices, sheets={**known, **self.choices.sheets})


class Desk(QObject):
    """Holds the sources, in order of coming. ``changed`` carries one whose state, plan or result is another now."""

    changed = Signal(object)
    added = Signal(object)
    """The first of the sources that were taken up together."""
    told = Signal(str, str)
    """A sentence about what was done or why not, and the role of its label."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.sources: list[Source] = []
        session.background.write("", lambda _progress: imports.make_ready())

    def close(self) -> None:
        """Give up what is being read, and have nothing wait for a further file."""
        for source in self.sources:
            if source.job is not None:
                source.job.cancel()
        self._session.background.write("", lambda _progress: imports.let_go())

    @property
    def busy(self) -> Job | None:
        """The work under way, if any: of a source that is written, else of one that is read."""
        jobs = sorted((one for one in self.sources if one.job), key=lambda one: one.state is not State.WRITING)
        return jobs[0].job if jobs else None

    @property
    def writing(self) -> bool:
        """Whether rows are being written just now."""
        return any(one.state is State.WRITING for one in self.sources)

    def add(self, sources: Sequence[Source]) -> None:
        """Take up sources; a file that is there already is read again in its place, unless it is being written."""
        taken = []
        for source in sources:
            known = next((one for one in self.sources if one.path == source.path and one.content is None), None)
            if known is None or source.content is not None:
                known = source
                self.sources.append(source)
            taken.append(known)
            if known.state is not State.WRITING:
                self.read(known)
        self.added.emit(taken[0])

    def remove(self, source: Source) -> None:
        """Forget a source; its work under way is given up."""
        if source.job is not None:
            source.job.cancel()
        source.job = None
        self.sources.remove(source)
        self.changed.emit(source)

    def read(self, source: Source) -> None:
        """Plan a source; an older plan of it under way is given up, and its answer is not heard."""
        if source.job is not None:
            source.job.cancel()
        source.state, source.stale, source.trouble, source.result = State.READING, False, "", None
        book, asked = self._session.book, replace(source)

        def work(progress: Progress) -> Shown:
            plan = imports.plan(
                book,
                asked.path,
                asked.kind,
                choices=asked.choices,
                content=asked.content,
                progress=progress.report,
            )
            # Every choice has the file read again.
            imports.make_ready()
            return Shown.of(plan, progress.report)

        job = self._session.background.write(
            _("Looking through {name}").format(name=source.path.name),
            work,
            lambda shown: self._take_plan(source, shown) if job is source.job else None,
            lambda error: self._refuse(source, error) if job is source.job else None,
            owner=self,
        )
        source.job = job
        self.changed.emit(source)

    def _take_plan(self, source: Source, shown: Shown) -> None:
        source.job, source.shown, source.state = None, shown, State.READY
        self.changed.emit(source)

    def _refuse(self, source: Source, error: CrmError) -> None:
        source.job, source.trouble = None, str(error)
        if isinstance(error, Cancelled) and source.shown is not None:
            source.state, source.stale = State.READY, True
        else:
            source.state, source.shown = State.REFUSED, None
        self.changed.emit(source)

    def ready(self) -> list[Source]:
        """Return the sources that can be written, those first that others refer to; else in order of coming.

        Rows that go back may lack only what another of these files brings.
        """
        found = [one for one in self.sources if one.state is State.READY and (writes(one) or may_follow(one))]
        ordered = sorted(found, key=lambda one: one.shown.plan.rank if one.shown else 0)
        return ordered if any(map(writes, ordered)) else []

    def write(self) -> None:
        """Write every source that is ready in one step, each planned anew on what those before it wrote."""
        waiting = self.ready()
        if not waiting or self.writing:
            return
        plans = [source.shown.plan for source in waiting if source.shown is not None]

        def work(book: Book, progress: Progress) -> Outcome[list[Shown]]:
            done = imports.apply_all(book, imports.learn(book, plans), progress.report)
            return Outcome(done.changes, [Shown.of(plan, progress.report) for plan in done.value])

        job = self._session.write(
            _("Import {name}").format(name=_(", ").join(source.path.name for source in waiting)),
            work,
            lambda done: self._finish(waiting, done),
            lambda error: self._refuse_write(waiting, error),
            owner=self,
        )
        for source in waiting:
            source.state, source.job = State.WRITING, job
            self.changed.emit(source)

    def _finish(self, written: Sequence[Source], done: Sequence[Shown]) -> None:
        for source, shown in zip(written, done, strict=True):
            source.job, source.shown, source.result, source.state = None, shown, shown.plan.result, State.DONE
        for source in written:
            self.changed.emit(source)
        results = [shown.plan.result for shown in done]
        created, updated = sum(one.created for one in results), sum(one.updated for one in results)
        said = _("Imported: {created} new, {updated} updated").format(created=created, updated=updated)
        self._session.say(said, undo=True)

    def _refuse_write(self, waiting: Sequence[Source], error: CrmError) -> None:
        for source in waiting:
            source.job, source.state = None, State.READY
            source.stale = not isinstance(error, Cancelled)
        for source in waiting:
            self.changed.emit(source)
        self.told.emit(str(error), "muted" if isinstance(error, Cancelled) else "error")

    def save_rejects(self, path: Path, done: Callable[[int], object]) -> None:
        """Write the rejected rows of every source with the reason beside each; ``done`` hears how many."""
        plans = [one.shown.plan for one in self.sources if one.shown is not None and rejects(one)]
        self._session.background.write(
            _("Save the rejected rows"),
            lambda _progress: imports.write_rejects(plans, path),
            done,
            lambda error: self.told.emit(str(error), "error"),
            owner=self,
        )

    def stop(self) -> None:
        """Ask the work under way to stop; what was written so far is taken back by itself."""
        if self.busy is not None:
            self.busy.cancel()


def writes(source: Source) -> int:
    """Return how many rows of a source would be written."""
    result = source.shown.plan.result if source.shown else None
    return result.created + result.updated if result else 0


def may_follow(source: Source) -> bool:
    """Say whether rows that go back may lack only what another file brings."""
    plan = source.shown.plan if source.shown else None
    return plan is not None and plan.result.rejected > 0 and not any(sheet.day_questions for sheet in plan.sheets)


def rejects(source: Source) -> int:
    """Return how many rows of a source go back."""
    return source.shown.plan.result.rejected if source.shown else 0
