"""Writing visits up, one after the other: Ctrl+Shift+Enter saves and opens the next planned one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QWidget

from crm_app.i18n import _, ngettext
from crm_app.services import visits
from crm_app.services.book import Book
from crm_app.services.outcome import Outcome
from crm_app.services.trips import Planned
from crm_app.services.visits import WriteVisit
from crm_app.ui import actions, theme
from crm_app.ui.meetings.dialog import MeetingDialog, Writing
from crm_app.ui.session import Session
from crm_app.ui.visits import context as around
from crm_app.ui.visits.beside import Beside
from crm_app.ui.visits.context import Asked, Context
from crm_app.ui.visits.form import VisitForm
from crm_app.ui.visits.saved import SavedVisit
from crm_app.ui.visits.typed import read_enterprise, read_fields

_SIZE, _WIDE = (960, 724), (1280, 724)
"""The wide one has room for what is known of the enterprise."""
_ROOM_BESIDE = 1080
"""Pixels; in less the form needs all the room, and how far the round is stands above it."""


class VisitDialog(MeetingDialog[VisitForm]):
    """The form; after saving, what may come next: the printed report, the next enterprise, or nothing."""

    def __init__(self, session: Session, parent: QWidget, asked: Asked) -> None:
        title = _("Correct a visit") if asked.visit_id else _("Write up a visit")
        super().__init__(session, parent, title, _WIDE if asked.enterprise_id or asked.visit_id else _SIZE)
        self._asked = asked
        self._latest = session.latest()
        self._context: Context | None = None
        self.saved: SavedVisit | None = None
        self._place_in_round = QLabel(self)
        self._place_in_round.setProperty("role", "muted")
        self._layout.insertWidget(0, self._place_in_round)
        self.beside = Beside(self)
        self.beside.stop_chosen.connect(self._go_to)
        self._across.addWidget(self.beside)
        self._next = self.foot_button(_("Save, next enterprise"), "save_and_next", lambda: self.save(go_on=True))
        self._buttons.insertWidget(1, self._next)
        actions.make("save_and_next", self, lambda: self.save(go_on=True))
        actions.make("stop_before", self, lambda: self._step(-1))
        actions.make("stop_after", self, lambda: self._step(1))
        self._open(asked)

    def told_files(self, n: int) -> str:
        """Return what dropping so many files would do."""
        return ngettext("Attach {n} file to this visit", "Attach {n} files to this visit", n).format(n=n)

    def _open(self, asked: Asked) -> None:
        self._asked = asked
        book = self._session.book
        self._latest.read(lambda: around.read_context(book, asked), self._show, self.give_up, owner=self)

    def clear(self) -> None:
        """Take away what is shown."""
        super().clear()
        self.saved = None

    def _show(self, context: Context) -> None:
        self.clear()
        self._context = context
        form = VisitForm(self._session, self, context)
        kept = self.put_form(form, self._asked.draft)
        form.next_step.field.installEventFilter(self)
        self._foot.show()
        self.beside.show_context(context, self._asked.plan_id)
        self._fill_window()
        self.beside.setVisible(context.enterprise is not None and self.width() >= theme.px(_ROOM_BESIDE))
        self._show_round(kept=kept)
        form.show()
        form.begin()

    @property
    def _following(self) -> list[Planned]:
        """The planned visits behind this one, then those before it that were passed over."""
        assert self._context is not None
        rows = self._context.planned
        at = next((n for n, row in enumerate(rows) if row.plan.id == self._asked.plan_id), None)
        return rows if at is None else [*rows[at + 1 :], *rows[:at]]

    def _show_round(self, *, kept: bool) -> None:
        following = self._following if self._asked.visit_id is None else []
        self._next.setVisible(bool(following))
        at_end = _("Tab at the end: save and go on to {name}")
        self.tell_keys(*(at_end.format(name=row.enterprise.name) for row in following[:1]))
        words = []
        if following:
            if self.beside.isHidden() and self._is_planned:
                words.append(self.beside.progress.text())
            words.append(_still_to_write(len(following) + self._is_planned))
        if kept:
            words.append(_("Your draft was taken up again."))
        self._place_in_round.setText(" · ".join(words))
        self._place_in_round.setVisible(bool(words))

    def _fill_window(self) -> None:
        """Take the whole window for a round: nothing else is needed meanwhile."""
        window = self.parentWidget()
        if self._asked.plan_id is not None and window is not None:
            self.setGeometry(window.window().geometry())

    def _step(self, by: int) -> None:
        """Go to the stop before or after that is not written up yet; a half-written one keeps its draft."""
        assert self._context is not None
        stops = self._context.round
        at = next((n for n, row in enumerate(stops) if row.plan.id == self._asked.plan_id), None)
        if at is None or self.saved is not None:
            return
        others = stops[at + 1 :] if by > 0 else stops[:at][::-1]
        found = next((row.plan.id for row in others if row.visit is None), None)
        if found is not None:
            self._go_to(found)

    def _go_to(self, plan_id: UUID) -> None:
        if self._saving:
            return
        if self._autosave is not None:
            self._autosave.now()
        if plan_id != self._asked.plan_id:
            self._open(Asked(trip_id=self._asked.trip_id, plan_id=plan_id))

    @property
    def _is_planned(self) -> int:
        return 1 if self._asked.plan_id else 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go on to the next enterprise with Tab in the last field."""
        form = self.form
        if (
            form is not None
            and watched is form.next_step.field
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Tab
            and not form.next_step.field.composing
            and self._next.isVisible()
        ):
            self.save(go_on=True) if form.told() else self._go_on()
            return True
        return super().eventFilter(watched, event)

    def writing(self, form: VisitForm) -> Writing:
        """Return what saves the form; raise BadInput naming the field that is wrong."""
        form.ours.settle("our_people")
        typed, visit_id = form.typed(), self._asked.visit_id
        values = read_fields(typed)
        if visit_id is not None:
            return lambda book, files: _correct(book, visit_id, {**values, "files": files})
        assert self._context is not None
        plan = self._context.plan
        # Another enterprise than the planned one leaves the plan open.
        planned = plan.plan.id if plan and str(plan.enterprise.id) == typed.chosen else None
        asked = WriteVisit(**read_enterprise(typed), plan_id=planned, **values)
        return lambda book, files: visits.write_visit(book, asked, files)

    def after(self, made: UUID, *, go_on: bool) -> None:
        """Open the next enterprise where it was asked for, else offer to print what was written."""
        if go_on and self._asked.visit_id is None and self._following and not self.isHidden():
            self._go_on()
        elif self._asked.visit_id is not None or self.isHidden():
            self.accept()
        else:
            self._tell_saved(made)

    def _go_on(self) -> None:
        """Open the next planned enterprise; a half-written one keeps its draft."""
        if self._autosave is not None:
            self._autosave.now()
        row = self._following[0]
        self._open(Asked(trip_id=row.plan.trip_id, plan_id=row.plan.id))

    def _tell_saved(self, visit_id: UUID) -> None:
        assert self._context is not None
        following = self._following
        self.clear()
        self.beside.hide()
        self._foot.hide()
        self._place_in_round.hide()
        self.saved = SavedVisit(self._session, self, visit_id, following[0].enterprise.name if following else "")
        self.saved.print_wanted.connect(lambda: self._print(visit_id))
        self.saved.next_wanted.connect(self._go_on)
        self.saved.closed.connect(self.reject)
        self.saved.setProperty("role", "clear")
        self._held.setWidget(self.saved)
        self.saved.begin()

    def _print(self, visit_id: UUID) -> None:
        if self.may_close():
            self.accept()
            self._session.go("papers", visit_id, "visit")

    def reject(self) -> None:
        """Close; what was typed is kept as a draft, what was saved is done."""
        if self.saved is None:
            super().reject()
        elif self.may_close():
            self.accept()


def _still_to_write(n: int) -> str:
    told = ngettext("{n} planned visit still to be written up", "{n} planned visits still to be written up", n)
    return told.format(n=n)


def _correct(book: Book, visit_id: UUID, values: dict[str, Any]) -> Outcome[UUID]:
    return Outcome(visits.change_visit(book, visit_id, **values).changes, visit_id)


def open_visit(
    session: Session,
    window: QWidget,
    *,
    enterprise_id: UUID | None = None,
    trip_id: UUID | None = None,
    plan_id: UUID | None = None,
    visit_id: UUID | None = None,
) -> VisitDialog:
    """Open the form for a new visit (to an enterprise, under a trip, of a plan) or for one written before."""
    dialog = VisitDialog(session, window, Asked(enterprise_id, trip_id, plan_id, visit_id))
    dialog.open()
    return dialog
