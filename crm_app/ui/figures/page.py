"""The page of Figures: the window on top, head figures, sections on the left, a section's table, and the rows below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from crm_app.domain.figures import Figures
from crm_app.i18n import _, ngettext
from crm_app.services import figures as services
from crm_app.ui import theme
from crm_app.ui.figures.cards import Cards, heads
from crm_app.ui.figures.sections import Section, sections, window_words
from crm_app.ui.figures.tables import LineTable, RowTable
from crm_app.ui.figures.window import WindowBar
from crm_app.ui.page import Page
from crm_app.ui.session import Session
from crm_app.ui.where import show_row
from crm_app.ui.widgets.bar_chart import BarChartView

if TYPE_CHECKING:
    from crm_app.services.outcome import Changes

_SECTIONS_WIDTH = 148
_CHART_HEIGHT = 250
"""A longer chart scrolls: its table has the same lines and must show beside it on a small screen."""


class FiguresPage(Page):
    """Choose a window and a section; every figure leads to its rows."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._latest = session.latest()
        self._rows_latest = session.latest()
        self._sections: list[Section] = []
        self.window_bar = WindowBar(session, self)
        self.window_bar.chosen.connect(lambda _start, _end: self.reload())
        self.cards = Cards(self)
        self.cards.rows_wanted.connect(self._show_rows)
        self.list = QListWidget(self)
        self.list.setFixedWidth(theme.px(_SECTIONS_WIDTH))
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(_("Sections"))
        self.list.currentRowChanged.connect(self._show_section)
        self.chart = BarChartView(self)
        self.chart.bar_clicked.connect(self._take_bar)
        self.note = QLabel(self)
        self.note.setProperty("role", "muted")
        self.note.setWordWrap(True)
        self.table = LineTable(self)
        self.table.line_wanted.connect(lambda line: self._show_rows(line.name, line.rows))
        self.rows_title = QLabel(_("Choose a figure to see the rows it stands on."), self)
        self.rows_title.setProperty("role", "strong")
        self.rows = RowTable(self)
        self.rows.row_wanted.connect(self._go)
        self._lay_out()
        self.reload()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        column.setSpacing(theme.M)
        column.addWidget(self.window_bar)
        column.addWidget(self.cards)
        across = QHBoxLayout()
        across.setSpacing(theme.M)
        across.addWidget(self.list)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.addWidget(self._section_pane())
        split.addWidget(self._rows_pane())
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        across.addWidget(split, 1)
        column.addLayout(across, 1)

    def _section_pane(self) -> QWidget:
        pane = QWidget(self)
        layout = QVBoxLayout(pane)
        layout.setContentsMargins(0, 0, theme.S, 0)
        layout.setSpacing(theme.S)
        layout.addWidget(self.note)
        held = QScrollArea(pane)
        held.setWidgetResizable(True)
        held.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget(held)
        inner.setProperty("role", "clear")
        stacked = QVBoxLayout(inner)
        stacked.setContentsMargins(0, 0, 0, 0)
        stacked.addWidget(self.chart)
        stacked.addStretch(1)
        held.setWidget(inner)
        self._held = held
        layout.addWidget(held)
        layout.addWidget(self.table, 1)
        return pane

    def _rows_pane(self) -> QWidget:
        pane = QWidget(self)
        layout = QVBoxLayout(pane)
        layout.setContentsMargins(theme.S, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addWidget(self.rows_title)
        layout.addWidget(self.rows, 1)
        return pane

    def reload(self) -> None:
        """Work the figures of the chosen window out anew."""
        window = self.window_bar.days()
        if window is None:
            return
        book, (start, end) = self.session.book, window
        self._latest.read(lambda: services.figures(book, start, end), self._show, owner=self)

    def refresh(self, changes: Changes) -> None:
        """Every figure may stand on any row."""
        if changes.unit is not None:
            self.reload()

    def focus_first(self) -> None:
        """Let the arrow keys walk the sections."""
        self.list.setFocus()

    def _show(self, figures: Figures) -> None:
        self.cards.put(heads(figures))
        self._sections = sections(figures)
        here = max(self.list.currentRow(), 0)
        self.list.blockSignals(True)
        self.list.clear()
        for section in self._sections:
            item = QListWidgetItem(section.title)
            self.list.addItem(item)
        self.list.blockSignals(False)
        self.list.setCurrentRow(here)
        self.count_changed.emit(window_words(figures))

    def _show_section(self, number: int) -> None:
        if not 0 <= number < len(self._sections):
            return
        section = self._sections[number]
        self.note.setText(section.note)
        chart = section.chart()
        self.chart.put(chart)
        self._held.setVisible(bool(chart.bars))
        self._held.setFixedHeight(min(self.chart.height(), theme.px(_CHART_HEIGHT)))
        self.table.put(section)

    def _take_bar(self, number: int) -> None:
        section = self._sections[self.list.currentRow()]
        charted = [line for line in section.lines if line.bar]
        if number < len(charted):
            self._show_rows(charted[number].name, charted[number].rows)

    def _show_rows(self, name: str, ids: Sequence[UUID]) -> None:
        count = ngettext("{n} row", "{n} rows", len(ids)).format(n=len(ids))
        self.rows_title.setText(_("{figure}: {count}").format(figure=name, count=count))
        book, wanted = self.session.book, tuple(ids)
        self._rows_latest.read(lambda: services.rows(book, wanted), self.rows.put, owner=self)

    def _go(self, row: UUID) -> None:
        show_row(self.session, row, self)
