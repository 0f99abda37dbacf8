"""Moving a project to a stage: exactly what the stage asks for, in one small dialog; nothing asked, nothing shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from crm_app import clock
from crm_app.domain.days import FuzzyDay, Precision
from crm_app.domain.fields import Field
from crm_app.domain.kinds import Amount
from crm_app.domain.projects import StageEntry
from crm_app.domain.stages import ASIDE, LINE, STAGE_LABELS, Stage
from crm_app.i18n import N_, _
from crm_app.services import projects
from crm_app.services.book import Book
from crm_app.services.outcome import Outcome
from crm_app.services.projects import ProjectPage, Question
from crm_app.ui import theme
from crm_app.ui.background import Progress
from crm_app.ui.projects.ask import AskDialog, asked
from crm_app.ui.projects.investors import InvestorsEditor
from crm_app.ui.projects.marks import StageBadge, combo, text_label
from crm_app.ui.session import Session
from crm_app.ui.widgets.editors import Editor

ON = "on"
REASON = "stage_entry.reason"
SHARE = "investor.share"
_STAGE = "stage"
OPEN_REASON = N_("Reason, where something is not known yet")


@dataclass(frozen=True)
class Asked:
    """A project and what a stage asks of it, read in one go."""

    page: ProjectPage
    stage: Stage
    questions: list[Question]


def read_asked(book: Book, project_id: UUID, stage: Stage | None) -> Asked:
    """Read what ``stage`` asks; None: the next stage open to the project."""
    page = projects.project_page(book, project_id)
    wanted = stage or next_stage(page)
    return Asked(page, wanted, projects.stage_questions(book, project_id, wanted))


def next_stage(page: ProjectPage) -> Stage:
    """Return the stage a project moves to next: the one after its own, or the one it comes back to."""
    return next((one for one in page.stage_choices if one is not page.stage), page.stage)


def question_fields(questions: Sequence[Question]) -> list[Field]:
    """Return the questions as fields named by their keys; shares have an editor of their own."""
    fields = [asked(one.field, key=one.key, needed=one.needed) for one in questions if one.key != SHARE]
    # Long texts last: the short fields then stand in pairs without gaps.
    fields.sort(key=lambda field: getattr(field.kind, "lines", 1) > 1)
    if questions and not any(one.key == REASON for one in questions) and any(not one.needed for one in questions):
        fields.append(asked(StageEntry.field("reason"), key=REASON, needed=False, label=OPEN_REASON))
    return fields


def proposals(page: ProjectPage, day: date) -> dict[str, Any]:
    """Return what need not be typed: the day, and the contract's amount where the investment is known."""
    total = page.project.total_investment
    known: dict[str, Any] = {ON: day, "signing.signed_on": FuzzyDay(day, day, Precision.DAY)}
    if total is not None:
        known["signing.amount"] = Amount(total)
    return known


class StageDialog(AskDialog):
    """The move: which stage (where that is open), the day, and the stage's questions."""

    def __init__(self, session: Session, parent: QWidget, found: Asked, *, choose: bool) -> None:
        super().__init__(session, parent, _("Move a project"), found.page.project.name, save=_("Move"))
        self._page, self._stage = found.page, found.stage
        self._latest = session.latest()
        self._mirrored: dict[str, str] = {}
        self.shares: InvestorsEditor | None = None
        self.choice = self._make_choice(choose)
        self._show(found)

    def _make_choice(self, choose: bool) -> QComboBox | None:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        before = StageBadge(self.head)
        before.show_stage(self._page.stage)
        row.addWidget(before)
        row.addWidget(text_label("→", "muted"))
        made: QComboBox | None = None
        if choose:
            stages = [(_(STAGE_LABELS[one]), one) for one in self._page.stage_choices if one is not self._page.stage]
            made = combo(_("Stage"), list(stages))
            made.setCurrentIndex(max(0, made.findData(self._stage)))
            made.currentIndexChanged.connect(lambda _index: self._ask_anew())
            row.addWidget(made)
        else:
            after = StageBadge(self.head)
            after.show_stage(self._stage)
            row.addWidget(after)
        row.addStretch(1)
        self.head_layout.addLayout(row)
        return made

    def _ask_anew(self) -> None:
        assert self.choice is not None
        stage = Stage(self.choice.currentData())
        book, project = self.session.book, self._page.project.id
        self._latest.read(lambda: read_asked(book, project, stage), self._show, owner=self)

    def _show(self, found: Asked) -> None:
        """Ask what the stage asks, keeping what was typed for another."""
        typed = {key: text for key, text in self.typed().items() if key != _STAGE}
        self._stage = found.stage
        fields = [asked(StageEntry.field("on"), key=ON, needed=True), *question_fields(found.questions)]
        form = self.ask(fields, proposals(found.page, clock.today()))
        super().put_typed({key: text for key, text in typed.items() if text.strip()})
        if self.shares is not None:
            self.shares.deleteLater()
            self.shares = None
        if any(one.key == SHARE for one in found.questions):
            self.shares = InvestorsEditor(self.session, found.page.investors, self.head)
            self.shares.edited.connect(self._touch)
            self.shares.set_typed(typed.get(SHARE, ""))
            self.head_layout.addWidget(self.shares)
        self._mirrored = {key: form.editors[key].typed() for key in _MIRRORS.values() if key in form.editors}
        if not self.keeps_draft:
            self.keep_draft(f"stage:{found.page.project.id}")

    def typed(self) -> dict[str, str]:
        """Return what is typed, the shares included, and for which stage."""
        shares = {SHARE: self.shares.typed()} if self.shares is not None else {}
        return super().typed() | shares | {_STAGE: self._stage.value}

    def put_typed(self, kept: Mapping[str, str]) -> None:
        """Put a draft back, for the stage it was typed for where the stage can be chosen."""
        super().put_typed({key: text for key, text in kept.items() if key != _STAGE})
        if self.choice is not None and (at := self.choice.findText(_stage_words(kept.get(_STAGE, "")))) >= 0:
            self.choice.setCurrentIndex(at)
        if self.shares is not None:
            self.shares.set_typed(kept.get(SHARE, ""))

    def on_edited(self) -> None:
        """Let the contract follow the move's day and the total investment until it is typed itself."""
        assert self.form is not None
        for source, target in _MIRRORS.items():
            editors = self.form.editors
            if source in editors and target in editors:
                self._mirror(editors[source], editors[target], target)

    def _mirror(self, source: Editor, target: Editor, key: str) -> None:
        if target.typed() == self._mirrored.get(key, ""):
            target.set_typed(source.typed())
            self._mirrored[key] = target.typed()

    def save(self) -> None:
        """Move the project with the answers given."""
        assert self.form is not None
        values = self.form.values()
        on = values.pop(ON)
        answers = {key: value for key, value in values.items() if value is not None}
        if self.shares is not None:
            shares = self.shares.shares()
            if shares:
                answers[SHARE] = shares
        stage, project = self._stage, self._page.project.id

        def work(book: Book, _progress: Progress) -> Outcome[tuple[str, ...]]:
            return projects.move_stage(book, project, stage, on, answers=answers)

        self.write(_("Move a project"), work, lambda told: tell(self.session, told))


def _stage_words(stage: str) -> str:
    return _(STAGE_LABELS[Stage(stage)]) if stage in tuple(Stage) else ""


_MIRRORS = {ON: "signing.signed_on", "project.total_investment": "signing.amount"}


def tell(session: Session, warnings: Sequence[str]) -> None:
    """Say what the rules find worth telling about what was saved."""
    for sentence in warnings:
        session.trouble.emit(sentence)


def open_move(
    session: Session, parent: QWidget, project_id: UUID, stage: Stage | None = None, *, choose: bool = False
) -> None:
    """Open the dialog, with the choice of the stage where ``choose``."""
    session.read(
        lambda book: read_asked(book, project_id, stage),
        lambda found: StageDialog(session, parent, found, choose=choose).start(),
        owner=parent,
    )


def move(
    session: Session,
    parent: QWidget,
    project_id: UUID,
    stage: Stage,
    *,
    begun: Callable[[], object] | None = None,
) -> None:
    """Move a card: at once where the stage asks nothing, else through the dialog. ``begun`` hears of either."""

    def read(book: Book) -> Asked:
        page = projects.project_page(book, project_id)
        # From aside a project comes back to the stage it left, whichever that was.
        back = page.stage in ASIDE and stage in LINE and stage not in page.stage_choices
        return read_asked(book, project_id, None if back else stage)

    def go(found: Asked) -> None:
        wanted = found.stage
        if wanted is found.page.stage:
            return
        if begun is not None:
            begun()
        if found.questions and wanted in found.page.stage_choices:
            StageDialog(session, parent, found, choose=False).start()
            return
        session.write(
            _("Move a project"),
            lambda book, _progress: projects.move_stage(book, project_id, wanted),
            lambda told: tell(session, told),
        )

    session.read(read, go, owner=parent)
