"""The history of a record: who changed which field, when, from what to what; newest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from crm_app.i18n import _
from crm_app.services import book as books
from crm_app.services.book import Book, FieldChange
from crm_app.ui import theme
from crm_app.ui.session import Session
from crm_app.ui.settings.steps_words import moment
from crm_app.ui.widgets.cells import Cell, Column
from crm_app.ui.widgets.empty import EmptyState
from crm_app.ui.widgets.fitting import resize_within_screen
from crm_app.ui.widgets.lists import RecordList
from crm_app.ui.widgets.matching import fits
from crm_app.ui.widgets.paging import Block, Fetch, Sort

_NEWEST = Sort("newest")
_SIZE = (880, 480)


def _columns() -> list[Column[FieldChange]]:
    return [
        Column("at", _("When"), lambda one: Cell(moment(one.at)), 128),
        Column("who", _("Who"), lambda one: Cell(one.who), 96),
        Column("field", _("Field"), lambda one: Cell(one.field or _("made"), bold=not one.field), 104),
        Column("old", _("Before"), lambda one: Cell(_line(one.old), tone="muted"), 140),
        Column("new", _("After"), lambda one: Cell(_line(one.new)), 150, stretch=True),
        Column("label", _("Step"), lambda one: Cell(one.label, tone="muted"), 170),
    ]


def _line(text: str) -> str:
    return " ".join(text.split())


class HistoryDialog(QDialog):
    """Read only; typing filters, Esc closes."""

    def __init__(self, session: Session, parent: QWidget, row: UUID, title: str) -> None:
        super().__init__(parent)
        self._session, self._row = session, row
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("History of the record"))
        heading = QLabel(title, self)
        heading.setProperty("role", "heading")
        heading.setTextFormat(Qt.TextFormat.PlainText)
        empty = EmptyState(_("Nothing is known of its changes"), icon="clock")
        self.list: RecordList[FieldChange] = RecordList(
            session,
            "record-history",
            _columns(),
            self._fetch_for,
            _NEWEST,
            empty,
            self,
            search_hint=_("Field, person, value or step"),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.M, theme.L, theme.L)
        layout.setSpacing(theme.S)
        layout.addWidget(heading)
        layout.addWidget(self.list, 1)
        resize_within_screen(self, *_SIZE)

    def _fetch_for(self, query: str) -> Fetch[FieldChange]:
        book, row = self._session.book, self._row

        def fetch(_sort: Sort, _after: Any, _limit: int) -> Block[FieldChange]:
            return Block([one for one in _read(book, row) if fits(query, _words(one))])

        return fetch


def _read(book: Book, row: UUID) -> Sequence[FieldChange]:
    return books.changes_of(book, books.find_record(book, str(row)))[::-1]


def _words(one: FieldChange) -> str:
    return f"{one.field} {one.who} {one.old} {one.new} {one.label}"


def open_history(session: Session, parent: QWidget, row: UUID, title: str) -> HistoryDialog:
    """Open the history of a record over its window."""
    dialog = HistoryDialog(session, parent.window(), row, title)
    dialog.open()
    dialog.list.reload()
    dialog.list.focus_first()
    return dialog
