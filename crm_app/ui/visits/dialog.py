"""Writing visits up. Ctrl+Enter saves, Ctrl+Shift+Enter saves and opens the next planned one, Esc keeps a draft."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from crm_app.errors import CrmError
from crm_app.i18n import _, ngettext
from crm_app.services import visits
from crm_app.services.attachments import Given
from crm_app.services.book import Book
from crm_app.services.outcome import Outcome
from crm_app.services.trips import Planned
from crm_app.services.visits import WriteVisit
from crm_app.ui import actions, theme
from crm_app.ui.attachments.dropping import Target, keep
from crm_app.ui.drafts import Autosave
from crm_app.ui.session import Session
from crm_app.ui.visits import context as around
from crm_app.ui.visits.beside import Beside
from crm_app.ui.visits.context import Asked, Context
from crm_app.ui.visits.form import VisitForm
from crm_app.ui.visits.saved import SavedVisit
from crm_app.ui.visits.typed import read_enterprise, read_fields
from crm_app.ui.widgets.elided import Elided
from crm_app.ui.widgets.file_drop import FileDrop, Told, named
from crm_app.ui.widgets.fitting import resize_within_screen
from crm_app.ui.widgets.lines import Link

_SIZE, _WIDE = (960, 724), (1280, 724)
"""The wide one has room for what is known of the enterprise."""
_ROOM_BESIDE = 1080
"""Pixels; in less the form needs all the room, and how far the round is stands above it."""


class VisitDialog(QDialog):
    """The form; after saving, what may come next: the printed report, the next enterprise, or nothing."""

    def __init__(self, session: Session, parent: QWidget, asked: Asked) -> None:
        super().__init__(parent)
        self._session, self._asked = session, asked
        self._latest = session.latest()
        self._context: Context | None = None
        self._autosave: Autosave | None = None
        self._saving = False
        self._files: list[Path] = []
        self.form: VisitForm | None = None
        self.saved: SavedVisit | None = None
        self.setWindowTitle(_("Correct a visit") if asked.visit_id else _("Write up a visit"))
        resize_within_screen(self, *(_WIDE if asked.enterprise_id or asked.visit_id else _SIZE))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        layout.setSpacing(theme.S)
        self._place_in_round = QLabel(self)
        self._place_in_round.setProperty("role", "muted")
        layout.addWidget(self._place_in_round)
        self._held = QScrollArea(self)
        self._held.setWidgetResizable(True)
        self._held.setFrameShape(QFrame.Shape.NoFrame)
        self._held.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.beside = Beside(self)
        self.beside.stop_chosen.connect(self._go_to)
        across = QHBoxLayout()
        across.setSpacing(theme.L)
        across.addWidget(self._held, 1)
        across.addWidget(self.beside)
        layout.addLayout(across, 1)
        self.error = QLabel(self)
        self.error.setProperty("role", "error")
        self.error.setWordWrap(True)
        layout.addWidget(self.error)
        self.files = Link("", self._take_files_away)
        self.files.hide()
        layout.addWidget(self.files)
        FileDrop(self, lambda paths, _spot: self._take_files(paths), self._told_files)
        self._foot = self._make_foot()
        layout.addWidget(self._foot)
        self.finished.connect(self.deleteLater)
        actions.make("save", self, lambda: self._save(go_on=False))
        actions.make("save_and_next", self, lambda: self._save(go_on=True))
        actions.make("stop_before", self, lambda: self._step(-1))
        actions.make("stop_after", self, lambda: self._step(1))
        self._open(asked)

    def _make_foot(self) -> QWidget:
        foot = QWidget(self)
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S)
        self._hint = Elided("", "muted", foot)
        row.addWidget(self._hint, 1)
        self._next = QPushButton(_("Save, next enterprise"), foot)
        self._next.setAutoDefault(False)
        self._next.setToolTip(actions.spec("save_and_next").shown_keys)
        self._next.clicked.connect(lambda _checked=False: self._save(go_on=True))
        self._button = save = QPushButton(_("Save"), foot)
        save.setProperty("role", "primary")
        # Enter walks through the fields; only Ctrl+Enter saves, so that a half-typed visit is never stored.
        save.setAutoDefault(False)
        save.setToolTip(actions.spec("save").shown_keys)
        save.clicked.connect(lambda _checked=False: self._save(go_on=False))
        row.addWidget(self._next)
        row.addWidget(save)
        return foot

    def _told_files(self, paths: Sequence[Path], _spot: QPoint) -> Told | None:
        if self.form is None:
            return None
        words = ngettext("Attach {n} file to this visit", "Attach {n} files to this visit", len(paths))
        return Told(words.format(n=len(paths)))

    def _take_files(self, paths: Sequence[Path]) -> None:
        """Hold files until the visit is in the book."""
        self._files += [path for path in paths if path not in self._files]
        self._show_files()

    def _take_files_away(self) -> None:
        self._files.clear()
        self._show_files()

    def _show_files(self) -> None:
        told = _("Attached once it is saved: {names} · a click takes them away").format(names=named(self._files))
        self.files.say(told)
        self.files.setVisible(bool(self._files))

    def _open(self, asked: Asked) -> None:
        self._asked = asked
        book = self._session.book
        self._latest.read(lambda: around.read_context(book, asked), self._show, self._give_up, owner=self)

    def _give_up(self, error: CrmError) -> None:
        self._session.trouble.emit(str(error))
        super().reject()

    def _clear(self) -> None:
        part = self._held.takeWidget()
        if part is not None:
            part.hide()
            part.deleteLater()
        self.form = self.saved = None
        self.error.setText("")

    def _show(self, context: Context) -> None:
        if self._autosave is not None:
            # What was typed while this one was read.
            self._autosave.now()
        self._clear()
        self._context = context
        form = VisitForm(self._session, self, context)
        self.form = form
        form.setProperty("role", "clear")
        self._held.setWidget(form)
        self._autosave = self._session.autosave(form, self._asked.draft, form.draft)
        kept = self._autosave.restore()
        if kept:
            form.put_draft(kept)
        form.edited.connect(self._autosave.touch)
        form.next_step.field.installEventFilter(self)
        self._foot.show()
        self.beside.show_context(context, self._asked.plan_id)
        self._fill_window()
        self.beside.setVisible(context.enterprise is not None and self.width() >= theme.px(_ROOM_BESIDE))
        self._show_round(kept=bool(kept))
        form.show()
        (form.enterprise if not form.enterprise.settled else form.theirs).setFocus()

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
        told = [_("Ctrl+Enter saves · Esc keeps a draft")]
        if following:
            told.append(_("Tab at the end: save and go on to {name}").format(name=following[0].enterprise.name))
        self._hint.say(" · ".join(told))
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
            self._save(go_on=True) if form.told() else self._go_on()
            return True
        return super().eventFilter(watched, event)

    def _save(self, *, go_on: bool) -> None:
        form = self.form
        if form is None or self._saving:
            return
        self._saving = True
        try:
            write = self._writing(form)
        except CrmError as error:
            self._refuse(error)
            return
        form.forgive()
        # What is typed from now on would not be saved.
        self._button.setFocus()
        form.setEnabled(False)
        self.error.setText("")
        assert self._autosave is not None
        key = self._autosave.key
        self._session.write(
            _("Write up a visit"),
            lambda book, _progress: write(book),
            lambda visit_id: self._done(form, key, visit_id, go_on=go_on),
            self._refuse,
            owner=self,
            draft=self._autosave,
        )

    def _writing(self, form: VisitForm) -> Callable[[Book], Outcome[UUID]]:
        form.ours.settle("our_people")
        typed, visit_id = form.typed(), self._asked.visit_id
        values = read_fields(typed)
        if visit_id is not None:
            return lambda book: _correct(book, visit_id, values)
        assert self._context is not None
        plan = self._context.plan
        # Another enterprise than the planned one leaves the plan open.
        planned = plan.plan.id if plan and str(plan.enterprise.id) == typed.chosen else None
        asked = WriteVisit(**read_enterprise(typed), plan_id=planned, **values)
        return lambda book: visits.write_visit(book, asked)

    def _refuse(self, error: CrmError) -> None:
        self._saving = False
        if self.form is not None:
            self.form.setEnabled(True)
        if self.isHidden():
            self.open()
        if self.form is None or not self.form.complain(error):
            self.error.setText(str(error))

    def _done(self, form: VisitForm, key: str, visit_id: UUID, *, go_on: bool) -> None:
        self._saving = False
        if self.form is not form:
            # The form of the next enterprise stands here by now, and what is typed there is not saved.
            self._session.drafts.drop(key)
            return
        if self._files:
            given, self._files = [Given.file(path) for path in self._files], []
            self._show_files()
            keep(self._session, Target("visit", visit_id, form.enterprise.text()), given)
        assert self._autosave is not None
        form.saved = True
        self._autosave.discard()
        if go_on and self._asked.visit_id is None and self._following and not self.isHidden():
            self._go_on()
        elif self._asked.visit_id is not None or self.isHidden():
            self.accept()
        else:
            self._tell_saved(visit_id)

    def _go_on(self) -> None:
        """Open the next planned enterprise; a half-written one keeps its draft."""
        if self._autosave is not None:
            self._autosave.now()
        row = self._following[0]
        self._open(Asked(trip_id=row.plan.trip_id, plan_id=row.plan.id))

    def _tell_saved(self, visit_id: UUID) -> None:
        assert self._context is not None
        following = self._following
        self._clear()
        self.beside.hide()
        self._foot.hide()
        self._place_in_round.hide()
        self.saved = SavedVisit(self._session, self, visit_id, following[0].enterprise.name if following else "")
        self.saved.print_wanted.connect(lambda: self._print(visit_id))
        self.saved.next_wanted.connect(self._go_on)
        self.saved.closed.connect(self.accept)
        self.saved.setProperty("role", "clear")
        self._held.setWidget(self.saved)
        self.saved.begin()

    def _print(self, visit_id: UUID) -> None:
        self.accept()
        self._session.go("papers", visit_id, "visit")

    def reject(self) -> None:
        """Close; what was typed is kept as a draft."""
        if self.saved is not None:
            self.accept()
            return
        if self._autosave is not None:
            self._autosave.now()
        if self._saving and self._files:
            # Out of sight it waits for the visit its files are kept with.
            self.hide()
        else:
            super().reject()


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
