"""What the dialogs of a trip share: its days in words, an error line, how it is saved."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from crm_app.domain import days
from crm_app.errors import BadInput, CrmError
from crm_app.i18n import _
from crm_app.services.book import Book
from crm_app.services.outcome import Outcome
from crm_app.services.trips import TripSaved
from crm_app.ui import actions, theme
from crm_app.ui.session import Session
from crm_app.ui.trips.wording import length, read_span
from crm_app.ui.widgets.keeping import KeepingDialog
from crm_app.ui.widgets.labelled import Labelled
from crm_app.ui.widgets.parts import trouble
from crm_app.ui.widgets.text_field import TextField

_WIDTH = 560


class TripForm(KeepingDialog):
    """What the dialogs of a trip share: a column of fields, an error line, Ctrl+Enter, Esc."""

    def __init__(self, session: Session, parent: QWidget, title: str) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle(title)
        self.setFixedWidth(theme.px(_WIDTH))
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        self._layout.setSpacing(theme.XS)
        self._parts: dict[str, Labelled] = {}
        self.start_on = TextField(self, placeholder=_("such as next Monday, 19 June"), label=_("Departure"))
        self.end_on = TextField(self, placeholder=_("such as 3 days, 21 June, Friday"), label=_("Return"))
        self.echo = QLabel(self)
        self.echo.setProperty("role", "echo")
        self.error = trouble(self)
        self.start_on.textChanged.connect(lambda _text: self._echo())
        self.end_on.textChanged.connect(lambda _text: self._echo())
        self.finished.connect(self.deleteLater)
        actions.make("save", self, self.save)

    def _part(self, name: str, label: str) -> Labelled:
        self._parts[name] = Labelled(label, getattr(self, name))
        return self._parts[name]

    def _row(self, *fields: tuple[str, str]) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.M)
        for name, label in fields:
            row.addLayout(self._part(name, label), 1)
        self._layout.addLayout(row)

    def _foot(self, save: str, hint: str) -> QHBoxLayout:
        row = QHBoxLayout()
        told = QLabel(hint, self)
        told.setProperty("role", "muted")
        row.addWidget(told, 1)
        button = QPushButton(save, self)
        button.setProperty("role", "primary")
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: self.save())
        row.addWidget(button)
        return row

    def _echo(self) -> None:
        try:
            first, last = read_span(self.start_on.text(), self.end_on.text())
        except BadInput:
            self.echo.setText(" ")
            return
        shown = days.show_whole(first)
        if last > first:
            shown += f" – {days.show_with_weekday(last)}"
        self.echo.setText(f"→ {shown}  {length(first, last)}" if last >= first else " ")

    def save(self) -> None:
        """Save; each dialog in its own way."""
        raise NotImplementedError

    def _write(self, label: str, work: Callable[[Book], Outcome[TripSaved]], view: str) -> None:
        self._write_once(
            self._session,
            label,
            work,
            lambda saved: self._saved(saved, view),
            self._refuse,
            draft=self._autosave,
        )

    def _saved(self, saved: TripSaved, view: str) -> None:
        self.accept()
        if view:
            self._session.go("trips", saved.id, view)
        if saved.warnings:
            # In the bar: a second toast would lie over the one that offers undo.
            self._session.trouble.emit(" ".join(saved.warnings))

    def _refuse(self, error: CrmError) -> None:
        for part in self._parts.values():
            part.complain("")
        part_at_fault = self._parts.get(getattr(error, "field", None) or "")
        if part_at_fault is not None:
            part_at_fault.complain(str(error))
        self.error.setText(str(error))
        self.error.setVisible(part_at_fault is None)
