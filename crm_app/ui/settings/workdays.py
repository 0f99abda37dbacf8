"""Holidays and working days of a year: those published, and what the bureau corrects in them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from crm_app import clock
from crm_app.domain import days
from crm_app.domain.fields import values_of
from crm_app.domain.staff import CalendarDay
from crm_app.i18n import _
from crm_app.services import workdays
from crm_app.services.book import Book
from crm_app.services.outcome import Outcome
from crm_app.services.workdays import SpecialDay
from crm_app.ui import actions, theme
from crm_app.ui.session import Session
from crm_app.ui.settings.part import Part, muted, table
from crm_app.ui.widgets.cells import Cell, Column
from crm_app.ui.widgets.form_dialog import FormDialog, opened

if TYPE_CHECKING:
    from crm_app.services.outcome import Changes

_BEFORE, _AFTER = 2, 3
"""Years that can be chosen around this one."""


class Workdays(Part):
    """Enter corrects a day, Insert enters some, Ctrl+Delete takes a correction back."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent)
        this = clock.today().year
        self.year = QComboBox(self)
        self.year.setAccessibleName(_("Year"))
        for year in range(this - _BEFORE, this + _AFTER):
            self.year.addItem(str(year), year)
        self.year.setCurrentText(str(this))
        self.year.currentIndexChanged.connect(lambda _index: self.load())
        self.list = table(
            self,
            "workdays",
            (
                Column[SpecialDay]("day", _("Day"), lambda one: Cell(days.show_with_weekday(one.day)), 140),
                Column[SpecialDay]("works", _("Counts as"), lambda one: Cell(_counts_as(one)), 120),
                Column[SpecialDay]("holiday", _("Holiday"), lambda one: Cell(_holiday(one)), 140),
                Column[SpecialDay]("note", _("Note"), lambda one: Cell(_note(one)), 220, stretch=True),
                Column[SpecialDay]("source", _("Source"), _source, 140),
            ),
            lambda book: workdays.special_days(book, self._shown_year),
            lambda one: f"{one.day} {_holiday(one)} {_note(one)}",
            nothing=_("Nothing is known of this year yet"),
            add=_("Enter days"),
            open_new=lambda: self.open_form(None),
            open_row=self._correct,
        )
        self.list.header.insertWidget(1, self.year)
        actions.make("delete", self.list.table, self._take_back)
        self.unknown = muted(
            _(
                "The calendar of this year is not published, or not known to this version. Until you enter its days, "
                "Saturdays and Sundays are off."
            ),
            self,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addWidget(
            muted(_("Deadlines, reminders and day plans count working days. What you enter here goes before it."), self)
        )
        layout.addWidget(self.unknown)
        layout.addWidget(self.list, 1)

    @property
    def _shown_year(self) -> int:
        return int(self.year.currentData())

    def load(self) -> None:
        """Read the days of the chosen year."""
        self.unknown.setVisible(not workdays.is_published(self._shown_year))
        self.list.reload()

    def refresh(self, changes: Changes) -> None:
        """Read them again where one changed."""
        if changes.touches("calendar_day"):
            self.load()

    def focus_first(self) -> None:
        """Let the arrow keys walk the days."""
        self.list.focus_first()

    def _correct(self, one: SpecialDay) -> None:
        dialog = self.open_form(one.own)
        if one.own is None:
            dialog.form.set_values({"day": one.day, "works": not one.works})

    def open_form(self, known: CalendarDay | None) -> FormDialog:
        """Open the form of a day the bureau has corrected, or of some new ones."""
        until = replace(CalendarDay.field("day"), name="until", required=None, label=_("Until"))
        fields = [one for one in CalendarDay.fields if known is None or one.name != "day"]
        if known is None:
            fields.insert(1, until)

        def save(book: Book, values: dict[str, Any]) -> Outcome[Any]:
            told = values if known is None else {"day": known.day, "works": known.works, "note": known.note} | values
            return workdays.set_days(book, **told)

        dialog = FormDialog(
            self.session,
            self.window(),
            _("Enter days") if known is None else days.show_with_weekday(known.day),
            fields,
            save,
            draft=f"calendar_day:{known.id if known else 'new'}",
            before=values_of(known) if known else None,
            columns=2,
        )
        return opened(dialog)

    def _take_back(self) -> None:
        one = self.list.current()
        if one is None:
            return
        if one.own is None:
            self.session.say(_("This day is as published; Enter corrects it."))
            return
        own = one.own.id
        self.session.write(_("Take back a day of the calendar"), lambda book, _progress: workdays.forget_day(book, own))


def _counts_as(one: SpecialDay) -> str:
    return _("Working day") if one.works else _("Day off")


def _holiday(one: SpecialDay) -> str:
    return _(one.holiday) if one.holiday else ""


def _note(one: SpecialDay) -> str:
    return (one.own.note or "") if one.own else ""


def _source(one: SpecialDay) -> Cell:
    return Cell(_("entered here")) if one.own else Cell(_("published"), tone="muted")
