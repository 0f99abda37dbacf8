"""谁看过、打印过、导出过: what was noted of what left the book, newest first."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_app import clock
from crm_app.i18n import _
from crm_app.services import access
from crm_app.services.access import Entry
from crm_app.ui import theme
from crm_app.ui.session import Session
from crm_app.ui.settings.part import Part, muted
from crm_app.ui.widgets.cells import Cell, Column
from crm_app.ui.widgets.empty import EmptyState
from crm_app.ui.widgets.lists import RecordList
from crm_app.ui.widgets.matching import fits
from crm_app.ui.widgets.paging import Block, Fetch, Sort

_NEWEST = Sort("newest")


class AccessPart(Part):
    """Read only: what was noted stands."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent)
        self.list = RecordList(
            session,
            "settings-access",
            (
                Column[Entry]("at", _("When"), lambda one: Cell(f"{clock.local(one.at):%Y-%m-%d %H:%M:%S}"), 150),
                Column[Entry]("who", _("Who"), lambda one: Cell(one.who), 96),
                Column[Entry]("act", _("What was done"), lambda one: Cell(one.act), 140),
                Column[Entry]("what", _("With what"), lambda one: Cell(one.what), 200, stretch=True),
            ),
            self._fetch_for,
            _NEWEST,
            EmptyState(
                _("Nothing has left the book yet"),
                _("Printing, exporting, whole phone numbers, unlocking, restoring and erasing are noted here."),
            ),
            self,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        hint = _(
            "Each line is noted before it is done and is never changed or taken away, by a restored backup neither."
        )
        layout.addWidget(muted(hint, self))
        layout.addWidget(self.list, 1)

    def _fetch_for(self, query: str) -> Fetch[Entry]:
        book = self.session.book

        def fetch(_sort: Sort, after: Any, limit: int) -> Block[Entry]:
            found: list[Entry] = []
            while True:
                page = access.entries(book, before=after, limit=limit)
                found += [one for one in page if fits(query, f"{one.who} {one.act} {one.what}")]
                after = page[-1].n if len(page) == limit else None
                if after is None or len(found) >= limit:
                    return Block(found, after)

        return fetch

    def load(self) -> None:
        """Read the list anew."""
        self.list.reload()

    def focus_first(self) -> None:
        """Let the arrow keys walk the lines."""
        self.list.focus_first()
