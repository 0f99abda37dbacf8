"""What an import would do, before anything is written: counts as tabs, the rows behind them, the columns understood."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QTabBar, QVBoxLayout, QWidget

from crm_app.i18n import _, ngettext
from crm_app.services.imports import ImportPlan, RowPlan, SheetPlan
from crm_app.ui import theme
from crm_app.ui.imports.detail import RowDetail
from crm_app.ui.imports.tables import (
    TAB_WORDS,
    ColumnRow,
    Tab,
    columns_of,
    counts,
    make_columns,
    make_rows,
    rows_of,
)
from crm_app.ui.imports.words import KIND_WORDS
from crm_app.ui.session import Session
from crm_app.ui.widgets.paging import Block, Fetch, Sort

_MOST_LINES = 3


class Preview(QWidget):
    """A plan, shown. ←/→ on the tabs choose which rows; the row under the cursor stands in full beside the table."""

    def __init__(self, session: Session, plan: ImportPlan, parent: QWidget) -> None:
        super().__init__(parent)
        self.plan = plan
        self.tabs = self._make_tabs()
        self.rows = make_rows(session, self._fetch_for, plan, self)
        self.columns = make_columns(session, self._fetch_columns, self)
        self.detail = RowDetail(self)
        self._lay_out()
        self.rows.current_changed.connect(self._show_row)
        self.rows.filled.connect(self._filled)
        self.tabs.currentChanged.connect(lambda _place: self._show_tab())
        self.rows.reload()
        self.columns.reload()

    def _make_tabs(self) -> QTabBar:
        tabs = QTabBar(self)
        tabs.setAccessibleName(_("What happens"))
        tabs.setDrawBase(False)
        tabs.setExpanding(False)
        tabs.setUsesScrollButtons(False)
        for tab, count in counts(self.plan).items():
            place = tabs.addTab(f"{_(TAB_WORDS[tab])} {count}")
            tabs.setTabData(place, tab.value)
            tabs.setTabVisible(place, bool(count) or tab in (Tab.ALL, Tab.CREATE, Tab.UPDATE, Tab.REJECT))
        return tabs

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XS)
        for sentence, role in self._understood():
            line = QLabel(self)
            line.setTextFormat(Qt.TextFormat.PlainText)
            line.setText(sentence)
            line.setProperty("role", role)
            line.setWordWrap(True)
            layout.addWidget(line)
        top = QHBoxLayout()
        top.setSpacing(theme.S)
        top.addWidget(self.tabs, 1)
        top.addWidget(self.rows.search)
        layout.addLayout(top)
        across = QWidget(self)
        side_by_side = QHBoxLayout(across)
        side_by_side.setContentsMargins(0, 0, 0, 0)
        side_by_side.setSpacing(theme.M)
        side_by_side.addWidget(self.rows, 1)
        side_by_side.addWidget(self.detail)
        self._stack = QStackedLayout()
        self._stack.addWidget(across)
        self._stack.addWidget(self.columns)
        layout.addLayout(self._stack, 1)

    def _understood(self) -> list[tuple[str, str]]:
        """Return what was found in the file, a line a sheet, then what was not understood."""
        lines = [(sheet_words(sheet, self._rows_in(place)), "muted") for place, sheet in enumerate(self.plan.sheets)]
        lines += [(_("Left out: {why}").format(why=sentence), "muted") for sentence in self.plan.skipped]
        more = len(lines) - _MOST_LINES
        if more > 0:
            rest = ngettext("and {n} more sheet", "and {n} more sheets", more).format(n=more)
            lines = [*lines[:_MOST_LINES], (rest, "muted")]
        return lines

    def _rows_in(self, sheet: int) -> int:
        return sum(1 for row in self.plan.rows if row.sheet == sheet)

    @property
    def tab(self) -> Tab:
        """The tab on top."""
        return Tab(self.tabs.tabData(self.tabs.currentIndex()))

    def show_tab(self, tab: Tab) -> None:
        """Bring a tab to the front."""
        wanted = [place for place in range(self.tabs.count()) if self.tabs.tabData(place) == tab.value]
        self.tabs.setCurrentIndex(wanted[0])

    def _show_tab(self) -> None:
        of_rows = self.tab is not Tab.COLUMNS
        self._stack.setCurrentIndex(0 if of_rows else 1)
        self.rows.search.setVisible(of_rows)
        if of_rows:
            self.rows.reload()

    def _fetch_for(self, query: str) -> Fetch[RowPlan]:
        tab = self.tab
        return rows_of(self.plan, Tab.ALL if tab is Tab.COLUMNS else tab, query)

    def _fetch_columns(self, _query: str) -> Fetch[ColumnRow]:
        plan = self.plan

        def fetch(_sort: Sort, _after: Any, _limit: int) -> Block[ColumnRow]:
            return Block(columns_of(plan), None)

        return fetch

    def _filled(self, held: int, _complete: bool) -> None:
        if held and not self.rows.table.currentIndex().isValid():
            self.rows.table.selectRow(0)
        if not held:
            self._show_row(None)

    def _show_row(self, row: RowPlan | None) -> None:
        self.detail.show_row(row, self.plan.sheets[row.sheet] if row else None)

    def focus_first(self) -> None:
        """Let the arrow keys walk the tabs."""
        self.tabs.setFocus()


def sheet_words(sheet: SheetPlan, rows: int) -> str:
    """Return what was found in a sheet: its kind, where the header stands, what was understood and what left out."""
    named = [column for column in sheet.columns if column.header]
    known = sum(1 for column in named if column.target)
    facts = [
        _("{kind}, header in row {row}").format(kind=_(KIND_WORDS[sheet.kind]), row=sheet.header_row),
        _("{known} of {n} columns understood").format(known=known, n=len(named)),
        ngettext("{n} row of data", "{n} rows of data", rows).format(n=rows),
    ]
    if sheet.totals:
        facts.append(ngettext("{n} total left out", "{n} totals left out", sheet.totals).format(n=sheet.totals))
    if sheet.notes:
        facts.append(ngettext("{n} note left out", "{n} notes left out", sheet.notes).format(n=sheet.notes))
    where = _("Sheet “{name}”: ").format(name=sheet.name) if sheet.name else ""
    return where + " · ".join(facts)
