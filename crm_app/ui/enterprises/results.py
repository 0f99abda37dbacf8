"""Results of an enterprise by year (年度实绩): output and tax, per mu where the land is known; changed in place."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from crm_app.domain.attainment import per_mu
from crm_app.domain.targets import Annual
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.services import targets
from crm_app.services.book import Book
from crm_app.services.outcome import Outcome
from crm_app.ui import theme
from crm_app.ui.enterprises import forms
from crm_app.ui.enterprises.card_line import CardLine
from crm_app.ui.enterprises.reading import Shown
from crm_app.ui.enterprises.section import Section, small_button
from crm_app.ui.session import Session
from crm_app.ui.widgets.lines import plain
from crm_app.ui.widgets.text_field import TextField

_FIELDS = ("year", "output", "tax")
_SHOWN = 5
"""Years that are shown; the table of figures holds the others."""


class ResultLine(CardLine):
    """Year, output and tax of a year, new or known."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        titles = {name: Annual.field(name).title for name in _FIELDS}
        fields = {name: TextField(placeholder=title, label=title) for name, title in titles.items()}
        super().__init__(session, parent, fields, _("Staff, land, source…"))
        self._known: Annual | None = None
        for name, field in self.fields.items():
            self._row.setStretchFactor(field, 1 if name == "year" else 2)

    def begin(self, enterprise: UUID, known: Annual | None = None) -> None:
        """Ask for a year of an enterprise, or change one; what was typed before stands there again."""
        self.close_line(keep=True)
        self._enterprise, self._known = enterprise, known
        key = f"result:{known.id if known else enterprise}"
        if self._session.drafts.load(key).keys() - set(_FIELDS):
            # Typed in the form with all fields: the line has no room for it.
            self._show_form()
            return
        self._open(key, self._stored())
        self.fields["output" if known else "year"].setFocus()

    def _stored(self) -> dict[str, str]:
        return {name: self._known.shown(name) for name in _FIELDS} if self._known else {}

    def _typed(self) -> dict[str, str]:
        stored = self._stored()
        return {name: text for name, text in super()._typed().items() if text != stored.get(name, "")}

    def _save(self) -> None:
        enterprise, known = self._enterprise, self._known
        if enterprise is None or self._composing:
            return
        try:
            values = self._values()
        except BadInput as error:
            self.refuse(error)
            self.fields[error.field or "year"].setFocus()
            return

        def save(book: Book) -> Outcome[Any]:
            if known is not None:
                # Only what differs: an import may have told the others anew while the line stood open.
                changed = {name: value for name, value in values.items() if value != getattr(known, name)}
                return targets.change_annual(book, known.id, **changed)
            return targets.add_annual(book, enterprise, **values)

        self._write(_("Change a yearly result") if known else _("Enter a yearly result"), save)

    def _values(self) -> dict[str, Any]:
        """Return what the fields say; raise BadInput, which names the field."""
        values: dict[str, Any] = {}
        for name, field in self.fields.items():
            try:
                values[name] = Annual.field(name).kind.parse(field.text())
            except BadInput as error:
                raise BadInput(str(error), field=name) from error
        if values["year"] is None:
            words = _("Please fill in “{field}”.").format(field=Annual.field("year").title)
            raise BadInput(words, field="year")
        return values

    def _show_form(self) -> None:
        assert self._enterprise is not None
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
