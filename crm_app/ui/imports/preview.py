"""What an import would do, before anything is written: chips with counts, the rows behind them, one row in full."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QVBoxLayout, QWidget

from crm_app.i18n import _
from crm_app.services.imports import POLICY_LABELS, Policy, RowPlan
from crm_app.ui import theme
from crm_app.ui.imports.detail import RowDetail
from crm_app.ui.imports.shown import TAB_WORDS, Shown, Tab
from crm_app.ui.imports.tables import make_rows, rows_of
from crm_app.ui.session import Session
from crm_app.ui.widgets.paging import Fetch
from crm_app.ui.widgets.parts import choose, combo, label

_MOST_NAMED = 12
"""Columns that are named, of those that are not taken."""
_ALWAYS = (Tab.ALL, Tab.CREATE, Tab.UPDATE, Tab.REJECT)


class Preview(QWidget):
    """One sheet of a plan. ←/→ on the chips choose which rows; the row under the cursor stands in full beside them."""

    policy_wanted = Signal(object)
    """Another Policy shall hold for the file."""

    def __init__(self, session: Session, shown: Shown, sheet: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.shown, self.sheet = shown, sheet
        self._plan = shown.plan.sheets[sheet]
        self.tabs = self._make_tabs()
        self.policy = combo(
            _("Where book and file differ"),
            ((_(POLICY_LABELS[one]), one) for one in Policy),
            lambda: self.policy_wanted.emit(Policy(self.policy.currentData())),
            self,
        )
        choose(self.policy, shown.plan.choices.policy)
        self.rows = make_rows(session, self._fetch_for, self._plan, self)
        self.detail = RowDetail(session, self)
        self._lay_out()
        self.rows.current_changed.connect(self._show_row)
        self.rows.filled.connect(self._filled)
        self.tabs.currentChanged.connect(lambda _place: self.rows.reload())
        if shown.counts[sheet, Tab.ALL] == shown.counts[sheet, Tab.REJECT] > 0:
            self.show_tab(Tab.REJECT)
        self.rows.reload()

    def _make_tabs(self) -> QTabBar:
        tabs = QTabBar(self)
        tabs.setAccessibleName(_("What happens"))
        tabs.setDrawBase(False)
        tabs.setExpanding(False)
        tabs.setUsesScrollButtons(False)
        for tab in Tab:
            count = self.shown.counts[self.sheet, tab]
            place = tabs.addTab(f"{_(TAB_WORDS[tab])} {count}")
            tabs.setTabData(place, tab.value)
            tabs.setTabVisible(place, bool(count) or tab in _ALWAYS)
        return tabs

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XS)
        top = QHBoxLayout()
        top.setSpacing(theme.S)
        top.addWidget(self.tabs, 1)
        self._policy_words = label(self.policy.accessibleName(), "muted", self)
        self.policy.setToolTip(self.policy.accessibleName())
        top.addWidget(self.rows.search)
        self._top, self._below = top, QHBoxLayout()
        self._below.setSpacing(theme.S)
        self._below.addStretch(1)
        layout.addLayout(top)
        layout.addLayout(self._below)
        across = QHBoxLayout()
        across.setSpacing(theme.M)
        across.addWidget(self.rows, 2)
        across.addWidget(self.detail, 1)
        layout.addLayout(across, 1)
        if self._plan.left_alone:
            layout.addWidget(label(self._left_alone(), "muted", self, wrap=True))

    def _left_alone(self) -> str:
        """Say which columns the import leaves where they are: their cells stand beside the row like all others."""
        named = [*self._plan.left_alone[:_MOST_NAMED], *["…"][: len(self._plan.left_alone) - _MOST_NAMED]]
        words = _("Not taken: {headers}. What a column means can be said in step 2.")
        return words.format(headers=_(", ").join(named))

    def event(self, event: QEvent) -> bool:
        """Show every chip; for want of room the choice beside them goes without its words, then below."""
        # Chips are measured anew when they are dressed, which a resize may come before.
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._place_policy()
        return super().event(event)

    def _place_policy(self) -> None:
        search = max(self.rows.search.sizeHint().width(), self.rows.search.minimumWidth())
        needed = search + sum(one.sizeHint().width() + theme.S for one in (self.tabs, self.policy))
        words = self._policy_words.sizeHint().width() + theme.S
        beside = self.width() >= needed
        row = self._top if beside else self._below
        if row.indexOf(self.policy) < 0:
            at = 1 if beside else 0
            row.insertWidget(at, self._policy_words)
            row.insertWidget(at + 1, self.policy)
        self._policy_words.setVisible(not beside or self.width() >= needed + words)

    @property
    def tab(self) -> Tab:
        """The chip that is chosen."""
        return Tab(self.tabs.tabData(self.tabs.currentIndex()))

    def show_tab(self, tab: Tab) -> None:
        """Choose a chip."""
        wanted = [place for place in range(self.tabs.count()) if self.tabs.tabData(place) == tab.value]
        self.tabs.setCurrentIndex(wanted[0])

    def _fetch_for(self, query: str) -> Fetch[RowPlan]:
        return rows_of(self.shown.plan, self.sheet, self.tab, query)

    def _filled(self, held: int, _complete: bool) -> None:
        if held and not self.rows.table.currentIndex().isValid():
            self.rows.table.selectRow(0)
        if not held:
            self._show_row(None)

    def _show_row(self, row: RowPlan | None) -> None:
        self.detail.show_row(row, self._plan if row else None)

    def focus_first(self) -> None:
        """Let the arrow keys walk the chips."""
        self.tabs.setFocus()
