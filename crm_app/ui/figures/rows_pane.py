"""The rows a figure stands on: a list that opens, goes out to a sheet, and is copied."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_app import clock
from crm_app.i18n import _, ngettext
from crm_app.services import figures as services
from crm_app.services.figures import Row
from crm_app.ui import actions, theme
from crm_app.ui.figures.tables import RowTable
from crm_app.ui.session import Session
from crm_app.ui.widgets.ask_file import ask_where
from crm_app.ui.widgets.copying import put
from crm_app.ui.widgets.parts import button, label


class RowsPane(QWidget):
    """``left`` is told where one wants back to the chart; ``shown`` once other rows are there."""

    row_wanted = Signal(object)
    left = Signal()
    shown = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._latest = session, session.latest()
        self._title = ""
        self.title = label(_("Choose a figure to see the rows it stands on."), "strong", self, wrap=True)
        self.table = RowTable(self)
        self.table.row_wanted.connect(self.row_wanted)
        self.export = button(_("Export…"), self._ask, self, "quiet")
        self.copy = button(_("Copy"), self._copy, self, "quiet")
        actions.make("back_to_chart", self, self.left.emit)
        head = QHBoxLayout()
        head.setSpacing(theme.S)
        head.addWidget(self.title, 1)
        head.addWidget(self.copy)
        head.addWidget(self.export)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        self.table.copy_wanted.connect(self._copy)
        self._offer()

    def show_rows(self, title: str, ids: Sequence[UUID]) -> None:
        """Read and show the rows of a figure."""
        self._title = title
        count = ngettext("{n} row", "{n} rows", len(ids)).format(n=len(ids))
        self.title.setText(_("{figure}: {count}").format(figure=title, count=count))
        book, wanted = self._session.book, tuple(ids)
        self._latest.read(lambda: services.rows(book, wanted), self._show, owner=self)

    def _show(self, rows: Sequence[Row]) -> None:
        self.table.put(rows)
        self._offer()
        self.shown.emit()

    def _offer(self) -> None:
        for one in (self.export, self.copy):
            one.setEnabled(bool(self.table.rows))

    def _copy(self) -> None:
        if not self.table.rows:
            return
        total, table = len(self.table.rows), self.table.table()

        def copied(_none: None) -> None:
            put(table)
            self._session.say(ngettext("{n} row copied.", "{n} rows copied.", total).format(n=total))

        self._session.read(lambda book: services.note_copied(book, total), copied, owner=self)

    def _ask(self) -> None:
        name = f"{self._title} {clock.today().isoformat()}.xlsx"
        pattern = _("Tables (*.xlsx *.csv)")
        ask_where(self._session, self, _("Export"), name, pattern, self.export_to)

    def export_to(self, path: Path) -> None:
        """Write the rows shown to a sheet."""
        book, title, rows = self._session.book, self._title, self.table.rows
        self._session.background.write(
            _("Exporting: {kind}").format(kind=title),
            lambda _progress: services.export_rows(book, title, rows, path),
            lambda n: self._session.say(
                ngettext("{n} row written to {path}.", "{n} rows written to {path}.", n).format(n=n, path=path)
            ),
            owner=self,
        )
