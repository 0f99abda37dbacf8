"""The page of Figures: windows on top, head figures, sections at the left, a section with its chart and rows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidgetItem, QVBoxLayout

from crm_app import clock
from crm_app.domain import days
from crm_app.domain.overview import Comparison
from crm_app.i18n import _
from crm_app.services import book as books
from crm_app.services import figures as services
from crm_app.services.book import Book
from crm_app.ui import theme
from crm_app.ui.figures.cards import Cards, heads
from crm_app.ui.figures.section import Rows, Section
from crm_app.ui.figures.section_pane import SectionPane
from crm_app.ui.figures.sections import HEADS, sections
from crm_app.ui.figures.signed_sections import window_names
from crm_app.ui.figures.window import WindowBar
from crm_app.ui.page import Page
from crm_app.ui.session import Location, Session
from crm_app.ui.where import show_row
from crm_app.ui.widgets.headed_list import HeadedList
from crm_app.ui.widgets.turns import Turns

if TYPE_CHECKING:
    from crm_app.services.outcome import Changes

_SECTIONS_WIDTH, _SECTIONS_EDGE = 136, 44
_NUMBER = Qt.ItemDataRole.UserRole
"""Which section a row of the rail stands for; None for a head."""


class FiguresPage(Page):
    """Choose a window and a section; every figure leads to its rows. The view of a Location names a section."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._latest = session.latest()
        self._sections: list[Section] = []
        self._wanted = ""
        self._names: tuple[str, ...] = ()
        self._source = ""
        self._heads: dict[str, Rows] = {}
        self.window_bar = WindowBar(session, self)
        self.window_bar.chosen.connect(lambda _window, _other: self.reload())
        self.cards = Cards(self)
        self.list = HeadedList(self)
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(_("Sections"))
        self.list.setProperty("role", "sections")
        self.list.currentRowChanged.connect(self._show_section)
        self.cards.rows_wanted.connect(self._show_head)
        self._stale = True
        self._lay_out()
        self._turns = Turns(self)

    @cached_property
    def pane(self) -> SectionPane:
        """A section in full, made when the figures are there."""
        made = SectionPane(self.session, self)
        made.row_wanted.connect(self._go)
        self._across.addWidget(made, 1)
        return made

    def ahead(self) -> Iterator[object]:
        """Make the pane of a section."""
        yield self.pane

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        column.setSpacing(theme.M)
        column.addWidget(self.window_bar)
        column.addWidget(self.cards)
        self._across = QHBoxLayout()
        self._across.setSpacing(theme.L)
        self._across.addWidget(self.list, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._across, 1)
        self.list.setFixedWidth(theme.px(_SECTIONS_WIDTH))

    def reload(self) -> None:
        """Work the figures of the chosen windows out anew; all of them appear together."""
        windows = self.window_bar.windows()
        if windows is None:
            return
        self._stale = False
        book, (window, other) = self.session.book, windows

        def read() -> tuple[Comparison, str]:
            return services.compare(book, window, other), _bureau(book)

        self._latest.read(read, self._show, owner=self)

    def refresh(self, changes: Changes) -> None:
        """Every figure may stand on any row; they are worked out anew where they are seen, else when they are."""
        if changes.unit is not None:
            self._stale = True
            if self.isVisible():
                self.reload()

    def show_location(self, location: Location) -> None:
        """Show the section a view names."""
        self._wanted = location.view
        if self._stale:
            self.reload()
        self._choose_wanted()

    def _choose_wanted(self) -> None:
        known = [section.id for section in self._sections]
        if self._wanted in known:
            number = known.index(self._wanted)
            rows = range(self.list.count())
            self.list.setCurrentRow(next(row for row in rows if self.list.item(row).data(_NUMBER) == number))
            self._wanted = ""

    def focus_first(self) -> None:
        """Let the arrow keys walk the sections."""
        self.list.setFocus()

    def _show(self, answer: tuple[Comparison, str]) -> None:
        self._turns.begin((lambda: self.pane, partial(self._put, *answer)))

    def _put(self, found: Comparison, bureau: str) -> None:
        today = clock.today()
        shown = heads(found, last_year=self.window_bar.with_last_year)
        self._heads = {head.name: head.rows for head in shown}
        self.cards.put(shown)
        self._sections = sections(found, today)
        self._names = window_names(found)
        self._source = _source(bureau)
        here = max(self.list.currentRow(), 1)
        with QSignalBlocker(self.list):
            self.list.clear()
            self._list_sections()
            self.list.setCurrentRow(here)
        widest = max(self.list.fontMetrics().horizontalAdvance(section.title) for section in self._sections)
        self.list.setFixedWidth(max(theme.px(_SECTIONS_WIDTH), widest + theme.px(_SECTIONS_EDGE)))
        self._show_section(here)
        self._choose_wanted()
        self.count_changed.emit(self._names[0])

    def _list_sections(self) -> None:
        """List every section under its head."""
        for number, section in enumerate(self._sections):
            if section.id in HEADS:
                self.list.add_head(_(HEADS[section.id]))
            entry = QListWidgetItem(section.title, self.list)
            entry.setSizeHint(QSize(0, theme.ROW))
            entry.setData(_NUMBER, number)

    def _show_section(self, row: int) -> None:
        item = self.list.item(row)
        number = item.data(_NUMBER) if item else None
        if number is not None:
            self.pane.put(self._sections[number], self._names, self._source)

    def _show_head(self, name: str) -> None:
        """Show the rows of a head figure, whatever section is shown."""
        self.pane.show_rows(name, self._heads[name], lambda: (name, self._heads[name]) if name in self._heads else None)

    def _go(self, row: UUID) -> None:
        show_row(self.session, row, self)


def _bureau(book: Book) -> str:
    return books.setting(book, books.BUREAU) or ""


def _source(bureau: str) -> str:
    source = _("Source: the book of outreach; made on {day}").format(day=days.show_date(clock.today()))
    return f"{bureau} · {source}" if bureau else source
