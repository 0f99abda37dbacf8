"""The facts of an enterprise (概况): every declared field as a row, changed in place; empty ones folded away."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_app.domain.enterprises import Category, Enterprise
from crm_app.domain.fields import Field, When
from crm_app.i18n import _, ngettext
from crm_app.ui.enterprises import forms
from crm_app.ui.enterprises.fact_row import FactRow, is_long
from crm_app.ui.enterprises.reading import Shown
from crm_app.ui.enterprises.section import Mark, Section
from crm_app.ui.session import Session
from crm_app.ui.widgets.lines import Link, plain
from crm_app.ui.widgets.pickers import Sources

_YEARS = {"revenue": "revenue_year", "tax": "tax_year"}
"""An amount is read with its year beside it; the year has a row of its own only where it is changed."""
_ON_PAGE = ("name",)
"""What stands above the card already."""


class FactsCard(Section):
    """↑↓ walk the rows, F2 or Enter changes one, Tab goes on to the next."""

    begun = Signal(object)
    """A row is changed now: let it be seen."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(
            _("Facts"), parent, add=_("All in a form…"), run=self.open_form, tip=_("Edit all facts"), inset=True
        )
        self._session = session
        self._shown: Shown | None = None
        self._unfolded = False
        sources = Sources(session)
        self.rows: dict[str, FactRow] = {}
        column = QVBoxLayout()
        column.setSpacing(0)
        for field in _fields():
            row = FactRow(session, sources, field, self)
            row.walked.connect(lambda by, row=row: self._walk(row, by))
            row.went_on.connect(lambda by, row=row: self._go_on(row, by))
            self.rows[field.name] = row
            column.addWidget(row)
        self._checked = Mark("circle-check", "good", _("The check digit is right"))
        self.rows["uscc"].right.addWidget(self._checked)
        self.more = Link("", self._fold)
        self.missing = plain("", "muted")
        self.missing.setContentsMargins(self._inset, 0, 0, 0)
        self._layout.addLayout(column)
        self._layout.addWidget(self.missing)
        self._layout.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    def put(self, shown: Shown) -> None:
        """Show an enterprise; what is being typed of the same one stays."""
        enterprise = shown.page.enterprise
        if self._shown is not None and self._shown.page.enterprise.id != enterprise.id:
            self._unfolded = False
        self._shown = shown
        for name, row in self.rows.items():
            words = shown.page.parent if name == "parent_id" else enterprise.shown(name)
            year = enterprise.shown(_YEARS[name]) if name in _YEARS else ""
            row.put(enterprise.id, getattr(enterprise, name), words)
            if words and year:
                row.value.setText(_("{value} ({year})").format(value=words, year=year))
        self._checked.setVisible(bool(enterprise.uscc))
        unknown = [
            field.title
            for field in Enterprise.fields
            if field.required in (When.SUBMIT, When.REVIEW) and not enterprise.shown(field.name)
        ]
        self.missing.setText(_("Not known yet: {fields}").format(fields=_(", ").join(unknown)))
        self.missing.setVisible(bool(unknown))
        self._lay()

    def _lay(self) -> None:
        """Show the rows with something in them, those that are changed, and all in their groups once unfolded."""
        folded, group = 0, ""
        for row in self.rows.values():
            shows = self._is_told(row)
            folded += not shows
            row.setVisible(shows or self._unfolded or row.editor is not None)
            if not row.isHidden():
                row.set_apart(bool(group) and (row.is_below or (self._unfolded and group != row.field.group)))
                group = row.field.group
        self.more.setVisible(folded > 0)
        words = ngettext("{n} more fact", "{n} more facts", folded).format(n=folded)
        self.more.say(_("Fewer facts") if self._unfolded else words)
        self._let_tab_in()

    def _is_told(self, row: FactRow) -> bool:
        name = row.field.name
        if name in _ON_PAGE or name in _YEARS.values() or not row.shows_something:
            return False
        assert self._shown is not None
        return name != "category" or self._shown.page.enterprise.category is not Category.COMPANY

    def _fold(self) -> None:
        self._unfolded = not self._unfolded
        self._lay()

    def open_form(self) -> None:
        """Open the form with every fact."""
        if self._shown is not None:
            forms.open_edit(self._session, self.window(), self._shown.page.enterprise, self._shown.page.parent)

    def edit(self) -> None:
        """Change the fact that has the focus, else the first."""
        here = next((row for row in self.rows.values() if row.hasFocus()), None)
        row = here or next(iter(self._shown_rows()), None) or self.rows["uscc"]
        self.begin(row.field.name)

    def begin(self, name: str) -> None:
        """Change one fact, unfolded or not."""
        row = self.rows[name]
        row.show()
        row.begin()
        self.begun.emit(row)

    def _shown_rows(self) -> list[FactRow]:
        return [row for row in self.rows.values() if row.isVisibleTo(self)]

    def _walk(self, row: FactRow, by: int) -> None:
        shown = self._shown_rows()
        at = shown.index(row) + by
        if 0 <= at < len(shown):
            shown[at].setFocus(Qt.FocusReason.TabFocusReason)
            self._let_tab_in(shown[at])
            self.begun.emit(shown[at])

    def _let_tab_in(self, at: FactRow | None = None) -> None:
        """Let Tab stop at one row only; the arrows walk from there."""
        shown = self._shown_rows()
        chosen = at or next((row for row in shown if row.hasFocus()), None) or next(iter(shown), None)
        for row in self.rows.values():
            row.setFocusPolicy(Qt.FocusPolicy.StrongFocus if row is chosen else Qt.FocusPolicy.ClickFocus)

    def _go_on(self, row: FactRow, by: int) -> None:
        """Change the next fact that is shown; from an amount its year comes next, shown or not."""
        names = list(self.rows)
        year = _YEARS.get(row.field.name)
        if by > 0 and year is not None:
            self.begin(year)
            return
        shown = [one.field.name for one in self._shown_rows() if one is not row]
        ways = names[names.index(row.field.name) + 1 :] if by > 0 else names[: names.index(row.field.name)][::-1]
        following = next((name for name in ways if name in shown), None)
        if following is None:
            row.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.begin(following)


def _fields() -> list[Field]:
    """Return the fields a person fills in, those of one group together, long texts last."""
    fields = [field for field in Enterprise.fields if not field.derived]
    order = list(dict.fromkeys(field.group for field in fields))
    return sorted(fields, key=lambda field: (is_long(field), order.index(field.group)))
