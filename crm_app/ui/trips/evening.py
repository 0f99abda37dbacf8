"""The evening of a trip (晚间补录): every enterprise in one table, its cells real fields, saved at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from crm_app import clock
from crm_app.domain import days
from crm_app.domain.visits import Intent
from crm_app.errors import CrmError
from crm_app.i18n import _, ngettext
from crm_app.services import trips
from crm_app.services.trips import EveningRow
from crm_app.ui import actions, theme
from crm_app.ui.session import Session
from crm_app.ui.visits.intent import IntentPicker
from crm_app.ui.widgets.elided import Elided
from crm_app.ui.widgets.labelled import column, heading
from crm_app.ui.widgets.next_step import NextStepField
from crm_app.ui.widgets.text_field import TextArea, TextField
from crm_app.ui.widgets.turns import next_turn

_NAME_WIDTH, _INTENT_WIDTH, _STEP_WIDTH = 176, 150, 180
_NARROW = 1000
"""Widths: of the columns that do not stretch, and of a table in which interest and next step share one."""
_MOST_LINES = 12
"""Of a text; what is longer scrolls in its field."""
_TEXTS = ("talk", "asks", "consensus")


class EveningLine(QWidget):
    """One row: whom it was, and the five things to complete."""

    edited = Signal()

    def __init__(self, parent: QWidget, row: EveningRow) -> None:
        super().__init__(parent)
        self.row = row
        self.their_people = TextField(
            self,
            placeholder=_("whom we met: 张总 总经理") if not row.theirs else _("others"),
            label=_("Whom we met at {name}").format(name=row.enterprise),
        )
        if row.theirs:
            self.their_people.setProperty("role", "quiet")
        self.talk = self._text(_("What was said at {name}"))
        self.asks = self._text(_("What {name} asks"))
        self.consensus = self._text(_("What was agreed with {name}"))
        self.intent = IntentPicker(self, wordy=False)
        self.next_step = NextStepField(self)
        for name in _TEXTS:
            area: TextArea = getattr(self, name)
            area.setPlainText(getattr(row, name) or "")
            area.textChanged.connect(self.edited)
        self.intent.choose(row.intent)
        self.intent.edited.connect(self.edited)
        self.next_step.field.textChanged.connect(lambda _text: self.edited.emit())
        self.their_people.textChanged.connect(lambda _text: self.edited.emit())
        self.their_people.returnPressed.connect(self.talk.setFocus)
        self._lay_out()
        self.edited.connect(self.mark)
        self.mark()

    def _text(self, label: str) -> TextArea:
        return TextArea(self, lines=3, most=_MOST_LINES, label=label.format(name=self.row.enterprise))

    def _lay_out(self) -> None:
        across = QHBoxLayout(self)
        across.setContentsMargins(theme.M, theme.S, theme.M, theme.S)
        across.setSpacing(theme.S)
        called = column(2)
        name = heading(self.row.enterprise)
        name.setFixedWidth(theme.px(_NAME_WIDTH))
        called.addWidget(name)
        on = days.show_with_weekday(self.row.on) if self.row.on else ""
        called.addWidget(heading(on, "muted"))
        if self.row.visit_id is None:
            called.addWidget(heading(_("not written up yet"), "error"))
        for known in self.row.theirs:
            called.addWidget(heading(known, "muted"))
        self.their_people.setFixedWidth(theme.px(_NAME_WIDTH))
        called.addWidget(self.their_people)
        called.addStretch(1)
        across.addLayout(called)
        for field in (self.talk, self.asks, self.consensus):
            across.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        self.intent.setFixedWidth(theme.px(_INTENT_WIDTH))
        self._last = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._last.setSpacing(theme.S)
        self._last.addWidget(self.intent, 0, Qt.AlignmentFlag.AlignTop)
        steps = column(2)
        self.next_step.setFixedWidth(theme.px(_STEP_WIDTH))
        steps.addWidget(self.next_step)
        for known in self.row.next_steps:
            steps.addWidget(heading(_("noted: {step}").format(step=known), "muted"))
        steps.addStretch(1)
        self._last.addLayout(steps)
        across.addLayout(self._last)

    def set_narrow(self, narrow: bool) -> None:
        """Have the next step below the interest, so that the texts keep their room; or beside it."""
        self._last.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def lacking(self) -> list[QWidget]:
        """Return the fields without which the report has a gap: who, what was said, what comes next."""
        if self.row.visit_id is None and (self.row.on is None or self.row.on > clock.today()):
            return []
        wanted: list[tuple[QWidget, bool]] = [
            (self.their_people, bool(self.row.theirs or self.their_people.text().strip())),
            (self.talk, bool(self.talk.toPlainText().strip())),
            (self.next_step.field, bool(self.row.next_steps or self.next_step.text().strip())),
        ]
        return [field for field, filled in wanted if not filled]

    def mark(self) -> None:
        """Show in red what is missing."""
        lacking = self.lacking()
        for field in (self.their_people, self.talk, self.next_step.field):
            wrong = field in lacking
            if bool(field.property("wrong")) != wrong:
                field.setProperty("wrong", wrong)
                field.setAccessibleDescription(_("still missing") if wrong else "")
                field.style().polish(field)

    @property
    def key(self) -> str:
        """What its draft is kept under: the visit, else the plan."""
        return str(self.row.visit_id or self.row.plan_id)

    def typed(self) -> EveningRow:
        """Return the row as it stands in the fields."""
        texts: dict[str, Any] = {name: getattr(self, name).toPlainText().strip() or None for name in _TEXTS}
        return replace(
            self.row,
            **texts,
            intent=self.intent.intent(),
            next_step=self.next_step.text().strip(),
            their_people=self.their_people.text().strip(),
        )

    @property
    def changed(self) -> bool:
        """Whether anything differs from the book."""
        return self.typed() != self.row

    def draft(self) -> Iterable[tuple[str, str]]:
        """Yield the texts that differ from the book."""
        now = self.typed()
        for name in (*_TEXTS, "next_step", "their_people"):
            if getattr(now, name) != getattr(self.row, name):
                yield f"{self.key}:{name}", getattr(now, name) or " "
        if now.intent is not self.row.intent:
            yield f"{self.key}:intent", now.intent.value if now.intent else "-"

    def take_up(self, kept: dict[str, str]) -> None:
        """Show what was typed before and not saved, and take it out of ``kept``.

        It may have been typed while the visit was still a plan.
        """
        for key in (str(self.row.plan_id), self.key):
            for name in _TEXTS:
                if f"{key}:{name}" in kept:
                    getattr(self, name).setPlainText(kept.pop(f"{key}:{name}").strip())
            if f"{key}:next_step" in kept:
                self.next_step.set_text(kept.pop(f"{key}:next_step").strip())
            if f"{key}:their_people" in kept:
                self.their_people.setText(kept.pop(f"{key}:their_people").strip())
            letter = kept.pop(f"{key}:intent", None)
            if letter:
                self.intent.choose(Intent(letter) if letter in tuple(Intent) else None)


class Evening(QWidget):
    """Fills the trip's page until it is saved or put away; ``closed`` says so."""

    closed = Signal()

    def __init__(self, session: Session, parent: QWidget, trip_id: UUID) -> None:
        super().__init__(parent)
        self._session, self._trip = session, trip_id
        self._saved = self._saving = False
        self.lines: list[EveningLine] = []
        self._heads: list[Elided] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addLayout(self._bar())
        self.error = heading("", "error")
        self.error.hide()
        layout.addWidget(self.error)
        layout.addWidget(self._head())
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        layout.addWidget(self._area, 1)
        self._autosave = session.autosave(self, f"evening:{trip_id}", self._draft)
        self._left_over = self._autosave.restore()
        """What was kept and stands in no row: in the end the texts of rows that are gone from the trip."""
        actions.make("save", self, self.save)
        actions.make("cancel", self, self.leave)
        session.read(lambda book: trips.evening_table(book, trip_id), self._show, owner=self)

    def _bar(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(heading(_("Evening table"), "heading"))
        self._told = QLabel(self)
        self._told.setProperty("role", "muted")
        row.addWidget(self._told)
        self.gaps = QLabel(self)
        row.addWidget(self.gaps)
        row.addStretch(1)
        hint = Elided(_("Tab goes on · Ctrl+Enter saves all · Esc keeps a draft"), "muted", self)
        row.addWidget(hint)
        away = QPushButton(_("Close, keep as draft"), self)
        away.clicked.connect(lambda _checked=False: self.leave())
        self._button = QPushButton(_("Save all"), self)
        self._button.setProperty("role", "primary")
        self._button.clicked.connect(lambda _checked=False: self.save())
        row.addWidget(away)
        row.addWidget(self._button)
        return row

    def _head(self) -> QWidget:
        head = QWidget(self)
        row = QHBoxLayout(head)
        row.setContentsMargins(theme.M, 0, theme.M + 12, 0)
        row.setSpacing(theme.S)
        for text, width in (
            (_("Enterprise and whom we met"), _NAME_WIDTH),
            (_("What was said"), 0),
            (_("What they ask"), 0),
            (_("What was agreed"), 0),
            (_("Interest"), _INTENT_WIDTH),
            (_("Next step"), _STEP_WIDTH),
        ):
            label = Elided(text, "muted", head)
            if width:
                label.setFixedWidth(theme.px(width))
            row.addWidget(label, 0 if width else 1)
            self._heads.append(label)
        return head

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the width there is."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        narrow = self.width() < theme.px(_NARROW)
        *_others, interest, step = self._heads
        interest.setVisible(not narrow)
        step.say(_("Interest, next step") if narrow else _("Next step"))
        for line in self.lines:
            line.set_narrow(narrow)

    def _show(self, rows: list[EveningRow]) -> None:
        body = QFrame()
        body.setProperty("role", "card")
        inside = QVBoxLayout(body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        for number, row in enumerate(rows):
            if number:
                line = QFrame(body)
                line.setProperty("role", "line")
                inside.addWidget(line)
            made = EveningLine(body, row)
            made.take_up(self._left_over)
            made.edited.connect(self._edited)
            self.lines.append(made)
            inside.addWidget(made)
        if not rows:
            inside.addWidget(heading(_("No enterprise is planned or visited on this trip yet."), "muted"))
        inside.addStretch(1)
        if self._left_over:
            gone = heading(_("Typed for rows that are gone: {texts}").format(texts=" ".join(self._left_over.values())))
            gone.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            inside.insertWidget(0, gone)
        self._arrange()
        self._area.setWidget(body)
        self._area.verticalScrollBar().setSingleStep(theme.ROW)
        self._count()
        self.focus_first()

    def focus_first(self) -> None:
        """Go to the first field that is still empty."""
        for line in self.lines:
            for name in _TEXTS:
                field: TextArea = getattr(line, name)
                if not field.toPlainText():
                    field.setFocus()
                    # Once the lines are as high as their texts.
                    next_turn(self, partial(self._reveal, line))
                    return
        if self.lines:
            self.lines[0].talk.setFocus()

    def _reveal(self, line: EveningLine) -> None:
        # From the top, wherever the focus scrolled to while the lines were lower.
        self._area.verticalScrollBar().setValue(0)
        self._area.ensureWidgetVisible(line)

    def _edited(self) -> None:
        self._autosave.touch()
        self._count()

    def _count(self) -> None:
        changed = sum(line.changed for line in self.lines)
        of = ngettext("{n} enterprise", "{n} enterprises", len(self.lines)).format(n=len(self.lines))
        self._told.setText(f"{of} · {_('{n} changed').format(n=changed)}" if changed else of)
        gaps = sum(len(line.lacking()) for line in self.lines)
        self.gaps.setText(ngettext("{n} gap", "{n} gaps", gaps).format(n=gaps) if gaps else _("no gaps"))
        self.gaps.setProperty("role", "error" if gaps else "muted")
        self.gaps.style().polish(self.gaps)

    def _draft(self) -> dict[str, str]:
        typed = {} if self._saved else {name: text for line in self.lines for name, text in line.draft()}
        return self._left_over | typed

    def save(self) -> None:
        """Write everything that changed in one unit, once."""
        if self._saving:
            return
        read = [line.row for line in self.lines]
        rows = [line.typed() for line in self.lines if line.changed]
        if not rows:
            self.leave()
            return
        self._saving = True
        # What is typed from now on would not be saved.
        focus = self.focusWidget()
        self._button.setFocus()
        self._area.setEnabled(False)
        self._session.write(
            _("Write up the day"),
            lambda book, _progress: trips.save_evening(book, self._trip, rows, read),
            lambda _made: self._done(),
            lambda error: self._refuse(error, focus),
            owner=self,
            # What was kept of rows that are gone is not in the book with the rest.
            draft=None if self._left_over else self._autosave,
        )

    def _done(self) -> None:
        self._saved = True
        if self._left_over:
            self._autosave.now()
        else:
            self._autosave.discard()
        self.closed.emit()

    def _refuse(self, error: CrmError, focus: QWidget | None) -> None:
        self._saving = False
        self._area.setEnabled(True)
        if focus is not None:
            focus.setFocus()
        self.error.setText(str(error))
        self.error.show()

    def leave(self) -> None:
        """Put the table away; what was typed is kept."""
        self._autosave.now()
        self.closed.emit()
