"""One row of a preview in full: why it goes back, what changes, what the file says."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from crm_app.domain import import_achieved
from crm_app.domain.counting import Window
from crm_app.i18n import _
from crm_app.services import duplicates, figures
from crm_app.services.duplicates import Found
from crm_app.services.imports import Action, RowPlan, SheetPlan
from crm_app.ui import theme
from crm_app.ui.duplicates.words import sides
from crm_app.ui.imports.words import cells_of, outcome_word, texts_by_target
from crm_app.ui.session import Session

_LEAST, _MOST, _NAMES = 208, 296, 92


class RowDetail(QScrollArea):
    """Beside the table. Everything is plain text: a cell of the file is never markup."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._latest = session.latest()
        self.setMinimumWidth(theme.px(_LEAST))
        self.setMaximumWidth(theme.px(_MOST))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.show_row(None, None)

    def show_row(self, row: RowPlan | None, sheet: SheetPlan | None) -> None:
        """Show a row, or that none is under the cursor; why it may be a duplicate as soon as the book has answered."""
        self._latest.drop()
        self._show(row, sheet, ())
        if row is not None and row.announced:
            book, asked = self._session.book, [(one.metric, Window(one.first, one.last)) for one in row.announced]
            self._latest.read(
                lambda: figures.own_values(book, asked),
                lambda own: self._show(row, sheet, (), own),
                owner=self,
            )
        if row is not None and sheet is not None and row.duplicates:
            book, said = self._session.book, texts_by_target(row, sheet)
            name, uscc = said.get("enterprise.name", row.title), said.get("enterprise.uscc")
            phone, address = said.get("contact.phone"), said.get("enterprise.address")
            self._latest.read(
                lambda: duplicates.suggest(book, name, uscc=uscc, phone=phone, address=address),
                lambda found: self._show(row, sheet, found),
                owner=self,
            )

    def _show(
        self, row: RowPlan | None, sheet: SheetPlan | None, found: Sequence[Found], own: Sequence[int] = ()
    ) -> None:
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
            self._say_fate(row, found)
            self._say_beside(row, own)
            self._say_cells(row, sheet)
        self._column.addStretch(1)
        self.setWidget(card)

    def _say_fate(self, row: RowPlan, found: Sequence[Found]) -> None:
        if row.reasons:
            self._head(_("Why it goes back"))
            for reason in row.reasons:
                self._say(reason, "error")
        if row.duplicates:
            self._head(_("Much like one in the book"))
            for told in row.duplicates:
                self._say_likeness(told, found)
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
        if row.action is Action.UNCHANGED and not row.remarks:
            self._say(_("The book says the same; nothing is written."))

    def _say_beside(self, row: RowPlan, own: Sequence[int]) -> None:
        """Say what the superior announced beside what the book counts, as soon as it has answered."""
        if own:
            self._head(_("Beside our own figures"))
        for announced, ours in zip(row.announced, own, strict=False):
            self._say(import_achieved.titled(announced), "muted")
            self._say(import_achieved.beside(announced, ours))

    def _say_likeness(self, told: str, found: Sequence[Found]) -> None:
        """Say which enterprise of the book is meant, and below it what stands on each side."""
        meant = next((one for one in found if told.startswith(one.name)), None)
        self._say(told if meant is None else meant.name)
        for evidence in meant.likeness.evidence if meant is not None else ():
            self._pair(*sides(evidence))

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
        label.setFixedWidth(theme.px(_NAMES))
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
