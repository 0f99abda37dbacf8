"""What is asked before the day plan is put into another order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from crm_app.domain.day_plans import Place
from crm_app.i18n import _, ngettext
from crm_app.services.trips import Planned, told_place
from crm_app.ui import actions, theme
from crm_app.ui.widgets.fitting import fit_rows

_WIDTH = 560
_HEIGHT = 420


class AskAgain(QDialog):
    """Somebody is agreed with at another time; ``chosen`` carries whether they are to be asked anew."""

    chosen = Signal(bool)

    def __init__(self, parent: QWidget, moved: Sequence[tuple[str, Place, Place]]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Agreed at another time"))
        self.setFixedWidth(theme.px(_WIDTH))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        layout.setSpacing(theme.S)
        for name, before, after in moved:
            told = QLabel(f"{name}\n{told_place(before)} → {told_place(after)}", self)
            told.setTextFormat(Qt.TextFormat.PlainText)
            told.setWordWrap(True)
            layout.addWidget(told)
        hint = QLabel(_("The visit is agreed with them at the old time."), self)
        hint.setProperty("role", "muted")
        layout.addWidget(hint)
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        leave = QPushButton(_("Leave it"), self)
        leave.clicked.connect(lambda _checked=False: self.reject())
        known = QPushButton(_("Move; they know"), self)
        known.clicked.connect(lambda _checked=False: self._choose(anew=False))
        anew = QPushButton(_("Move, ask again"), self)
        anew.setProperty("role", "primary")
        anew.setDefault(True)
        anew.clicked.connect(lambda _checked=False: self._choose(anew=True))
        row.addWidget(leave)
        row.addStretch(1)
        row.addWidget(known)
        row.addWidget(anew)
        layout.addLayout(row)
        anew.setFocus()

    def _choose(self, *, anew: bool) -> None:
        self.accept()
        self.chosen.emit(anew)


class RouteDialog(QDialog):
    """An order by region, shown with what it changes; taken as a whole, and undone as a whole."""

    def __init__(self, parent: QWidget, plans: Sequence[Planned], places: Mapping[UUID, Place]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(actions.spec("order_by_region").title)
        self.resize(theme.size(_WIDTH, _HEIGHT))
        moved = sorted(
            ((one, places[one.plan.id]) for one in plans if one.plan.id in places),
            key=lambda pair: (str(pair[1].on), pair[1].time or "~"),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        layout.setSpacing(theme.S)
        told = ngettext("{n} stop would move:", "{n} stops would move:", len(moved)).format(n=len(moved))
        layout.addWidget(QLabel(told, self))
        table = self._table(moved)
        layout.addWidget(table, 1)
        hint = QLabel(_("What is agreed or visited stays where it is. One undo takes all of it back."), self)
        hint.setProperty("role", "muted")
        hint.setWordWrap(True)
        layout.addWidget(hint)
        row = QHBoxLayout()
        leave = QPushButton(_("Leave it"), self)
        leave.setAutoDefault(False)
        leave.clicked.connect(lambda _checked=False: self.reject())
        take = QPushButton(_("Take this order"), self)
        take.setProperty("role", "primary")
        take.setDefault(True)
        take.clicked.connect(lambda _checked=False: self.accept())
        row.addWidget(leave)
        row.addStretch(1)
        row.addWidget(take)
        layout.addLayout(row)
        rows = table.horizontalHeader().sizeHint().height() + table.verticalHeader().length() + theme.ROW
        fit_rows(self, table, rows, _HEIGHT)
        actions.make("save", self, self.accept)
        take.setFocus()

    def _table(self, moved: Sequence[tuple[Planned, Place]]) -> QTableWidget:
        heads = [_("Enterprise"), _("District"), _("Until now"), _("Proposed")]
        table = QTableWidget(len(moved), len(heads), self)
        table.setAccessibleName(self.windowTitle())
        table.setProperty("role", "padded")
        table.ensurePolished()
        table.setHorizontalHeaderLabels(heads)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(theme.ROW)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for line, (planned, place) in enumerate(moved):
            before = told_place(Place(planned.plan.on, planned.plan.time))
            district = (planned.enterprise.region or "")[-6:]
            for column, text in enumerate((planned.enterprise.name, district, before, told_place(place))):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                table.setItem(line, column, item)
        for column in (1, 2, 3):
            table.resizeColumnToContents(column)
        return table
