"""One row of a preview in full: why it goes back, what changes, what the file says."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from crm_app.i18n import _
from crm_app.services.imports import Action, RowPlan, SheetPlan
from crm_app.ui import theme
from crm_app.ui.imports.words import cells_of, outcome_word

_WIDTH, _NAMES = 296, 92


class RowDetail(QScrollArea):
    """Beside the table. Everything is plain text: a cell of the file is never markup."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedWidth(_WIDTH)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.show_row(None, None)

    def show_row(self, row: RowPlan | None, sheet: SheetPlan | None) -> None:
        """Show a row, or that none is under the cursor."""
        card = QFrame()
        card.setProperty("role", "card")
        self._column = QVBoxLayout(card)
        self._column.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        self._column.setSpacing(theme.XS)
        if row is None or sheet is None:
            self._say(_("Choose a row to see all of it."), "muted")
        else:
            self._say(_("Row {n} · {outcome}").format(n=row.number, outcome=outcome_word(row)), "muted")
            self._say(row.title or _("(no name)"), "strong")
            self._say_fate(row)
            self._say_cells(row, sheet)
        self._column.addStretch(1)
        self.setWidget(card)

    def _say_fate(self, row: RowPlan) -> None:
        if row.reasons:
            self._head(_("Why it goes back"))
            for reason in row.reasons:
                self._say(reason, "error")
        if row.duplicates:
            self._head(_("Much like one in the book"))
            for name in row.duplicates:
                self._say(name)
            self._say(
                _("It is made anew all the same. If it is the same one, give the name or credit code the book has."),
                "muted",
            )
        if row.changes:
            self._head(_("Changes"))
            for change in row.changes:
                self._pair(change.field, f"{change.old} → {change.new}" if change.old else change.new)
        if row.added:
            self._head(_("Added"))
            for name in row.added:
                self._say(name)
        if row.remarks:
            self._head(_("Please note"))
            for remark in row.remarks:
                self._say(remark)
        if row.action is Action.UNCHANGED:
            self._say(_("The book says the same; nothing is written."))

    def _say_cells(self, row: RowPlan, sheet: SheetPlan) -> None:
        self._head(_("In the file"))
        for header, text in cells_of(row, sheet):
            self._pair(header, text)

    def _head(self, text: str) -> None:
        self._column.addSpacing(theme.S)
        self._say(text, "strong")

    def _pair(self, name: str, text: str) -> None:
        pair = QHBoxLayout()
        pair.setSpacing(theme.S)
        label = self._label(name, "muted")
        label.setFixedWidth(_NAMES)
        pair.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        pair.addWidget(self._label(text), 1, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(pair)

    def _say(self, text: str, role: str = "") -> None:
        self._column.addWidget(self._label(text, role))

    def _label(self, text: str, role: str = "") -> QLabel:
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setText(text)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setProperty("role", role)
        return label
