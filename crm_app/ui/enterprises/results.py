"""Results of an enterprise by year (年度实绩): output and tax, per mu where the land is known; changed in place."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from crm_app.domain.attainment import per_mu
from crm_app.domain.targets import Annual
from crm_app.errors import BadInput, CrmError
from crm_app.i18n import _
from crm_app.services import targets
from crm_app.services.book import Book
from crm_app.services.outcome import Outcome
from crm_app.ui import theme
from crm_app.ui.drafts import Autosave
from crm_app.ui.enterprises import forms
from crm_app.ui.enterprises.reading import Shown
from crm_app.ui.enterprises.section import Section, small_button
from crm_app.ui.session import Session
from crm_app.ui.widgets.lines import Link, plain
from crm_app.ui.widgets.text_field import TextField

_FIELDS = ("year", "output", "tax")
_SHOWN = 5
"""Years that are shown; the table of figures holds the others."""


class ResultLine(QWidget):
    """Year, output and tax in one line: Enter saves, Esc closes and keeps a draft, as the form with all fields does."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._enterprise: UUID | None = None
        self._known: Annual | None = None
        self.fields = {
            name: TextField(self, placeholder=Annual.field(name).title, label=Annual.field(name).title)
            for name in _FIELDS
        }
        row = QHBoxLayout()
        row.setSpacing(theme.XS)
        for name, field in self.fields.items():
            field.setMinimumWidth(theme.px(40))
            field.returnPressed.connect(self._save)
            field.textEdited.connect(lambda _text: self._autosave.touch())
            row.addWidget(field, 1 if name == "year" else 2)
        self.error = QLabel(self)
        self.error.setProperty("role", "error")
        self.error.setWordWrap(True)
        self.error.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addLayout(row)
        column.addWidget(self.error)
        more = Link(_("Staff, land, source…"), self._open_form)
        column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def begin(self, enterprise: UUID, known: Annual | None = None) -> None:
        """Ask for a year of an enterprise, or change one; what was typed before stands there again."""
        self.close_line(keep=True)
        self._enterprise, self._known = enterprise, known
        key = f"result:{known.id if known else enterprise}"
        if self._session.drafts.load(key).keys() - set(_FIELDS):
            # Typed in the form with all fields: the line has no room for it.
            forms.open_result(self._session, self.window(), enterprise, known)
            return
        self._autosave = self._session.autosave(self, key, self._typed)
        kept = self._autosave.restore()
        for name, field in self.fields.items():
            field.setText(kept.get(name, known.shown(name) if known else ""))
            field.home(False)
        self.show()
        self.fields["output" if known else "year"].setFocus()

    def _typed(self) -> dict[str, str]:
        known = self._known
        before = {name: known.shown(name) if known else "" for name in _FIELDS}
        typed = {name: field.text() for name, field in self.fields.items()}
        return {name: text for name, text in typed.items() if text != before[name]} if not self.isHidden() else {}

    def _save(self) -> None:
        enterprise, known = self._enterprise, self._known
        if enterprise is None or any(field.composing for field in self.fields.values()):
            return
        values: dict[str, Any] = {}
        for name, field in self.fields.items():
            try:
                values[name] = Annual.field(name).kind.parse(field.text())
            except BadInput as error:
                self._refuse(error)
                field.setFocus()
                return
        if values["year"] is None:
            self._refuse(BadInput(_("Please fill in “{field}”.").format(field=Annual.field("year").title)))
            self.fields["year"].setFocus()
            return

        def save(book: Book) -> Outcome[Any]:
            if known is not None:
                # Only what differs: an import may have told the others anew while the line stood open.
                changed = {name: value for name, value in values.items() if value != getattr(known, name)}
                return targets.change_annual(book, known.id, **changed)
            return targets.add_annual(book, enterprise, **values)

        words, line = _("Change a yearly result") if known else _("Enter a yearly result"), self._autosave
        self._session.write(
            words,
            lambda book, _progress: save(book),
            lambda _made: self._saved(line),
            lambda error: self._refused(line, error),
            owner=self,
        )

    def _stands(self, line: Autosave) -> bool:
        """Say whether what is shown is still what was saved: one may have gone on while the book was busy."""
        return not self.isHidden() and self._autosave is line

    def _saved(self, line: Autosave) -> None:
        if self._stands(line):
            self.close_line()
        elif self.isHidden() or self._autosave.key != line.key:
            self._session.drafts.drop(line.key)

    def _refused(self, line: Autosave, error: CrmError) -> None:
        if self._stands(line):
            self._refuse(error)
        else:
            self._session.trouble.emit(str(error))

    def _refuse(self, error: CrmError) -> None:
        self.error.setText(str(error))
        self.error.show()

    def close_line(self, *, keep: bool = False) -> None:
        """Put the line away."""
        if self.isHidden():
            return
        if not keep:
            self._autosave.discard()
        # What was typed for one enterprise is never kept for another.
        self._autosave.end()
        self.error.hide()
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put the line away by Esc; what was typed stays a draft."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_line(keep=True)
        else:
            super().keyPressEvent(event)

    def _open_form(self) -> None:
        assert self._enterprise is not None
        self.close_line(keep=True)
        forms.open_result(self._session, self.window(), self._enterprise, self._known)


class ResultsCard(Section):
    """A line for each year, the newest first, with what follows from it and where it comes from below."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(_("Yearly results"), parent, add=_("Add"), run=self._add, tip=_("Enter a yearly result"))
        self._session = session
        self._enterprise: UUID | None = None
        self.line = ResultLine(session, self)
        self._layout.addWidget(self.line)

    def put(self, shown: Shown) -> None:
        """Show the results of an enterprise."""
        if self._enterprise != shown.page.enterprise.id:
            self.line.close_line(keep=True)
        self._enterprise = shown.page.enterprise.id
        with self.filled():
            if shown.page.annuals:
                self.add(self._table(shown.page.annuals[:_SHOWN]))
            else:
                self.quiet(_("None is entered."))
        self._layout.addWidget(self.line)

    def _table(self, annuals: list[Annual]) -> QWidget:
        table = QWidget(self)
        table.setProperty("role", "clear")
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.S)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        for column, name in enumerate(_FIELDS):
            _put(grid, plain(Annual.field(name).title, "muted"), 0, column)
        for row, one in enumerate(annuals):
            for column, name in enumerate(_FIELDS):
                _put(grid, plain(one.shown(name) or "—"), 2 * row + 1, column)
            words = _("Change: {name}").format(name=one.year)
            edit = small_button("pencil", words, partial(self._change, one))
            grid.addWidget(edit, 2 * row + 1, 3)
            below = _below(one)
            if below:
                grid.addWidget(plain(below, "muted"), 2 * row + 2, 0, 1, 4)
        return table

    def _add(self) -> None:
        if self._enterprise is not None:
            self.line.begin(self._enterprise)

    def _change(self, one: Annual) -> None:
        self.line.begin(one.enterprise_id, one)


def _put(grid: QGridLayout, words: QLabel, row: int, column: int) -> None:
    """Put words into a cell; amounts stand at the right."""
    if column:
        words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    grid.addWidget(words, row, column)


def _below(one: Annual) -> str:
    """Return what follows from a year's result, and where it comes from."""
    named = ((_("output"), per_mu(one.output, one.land)), (_("tax"), per_mu(one.tax, one.land)))
    mu = _(", ").join(
        _("{name} {value}").format(name=n, value=f"{v.normalize():,f}") for n, v in named if v is not None
    )
    said = [
        _("per mu (CNY 10,000): {figures}").format(figures=mu) if mu else "",
        _("staff {n}").format(n=one.staff) if one.staff is not None else "",
        _("from {source}").format(source=one.source) if one.source else "",
        one.shown("source_on"),
    ]
    return " · ".join(part for part in said if part)
