"""Our own people (我方人员) and the words a bureau edits: dictionary entries, settings of a book, days off."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from crm_app.domain.fields import Record, When, declare
from crm_app.domain.kinds import Choice, Day, Flag, Name, Number, Tags, Text, Whole
from crm_app.i18n import N_


class Person(Record, table="person", label=N_("Colleague")):
    """One of our own people; ``level`` is the level a delegation gets from its leader."""

    name: str = declare(Name(), N_("Full name"), required=When.CREATE, searched=True)
    title: str | None = declare(Text(), N_("Title"))
    dept: str | None = declare(Text(), N_("Section"))
    team: str | None = declare(Text(), N_("Team"))
    level: str | None = declare(Choice("visit_level"), N_("Level"))
    gone: bool | None = declare(Flag(), N_("No longer with us"))


class DictionaryEntry(Record, table="dictionary_entry", label=N_("List entry")):
    """One entry of an editable list, with the year of the list it comes from; ``aliases`` fold into it.

    It is offered from ``valid_from`` to ``valid_to``, both included; rows keep it beyond. ``per_mu`` is what a park
    wants invested on a mu, ``output_per_mu`` and ``tax_per_mu`` what it wants made and paid there in a year, all of it
    from ``per_mu_since`` on.
    """

    unique = (("list_name", "name", "year"),)

    list_name: str = declare(Text(), N_("List"), required=When.CREATE)
    name: str = declare(Text(), N_("Name"), required=When.CREATE)
    heading: str | None = declare(Text(), N_("Heading"))
    aliases: tuple[str, ...] | None = declare(Tags(), N_("Aliases"))
    year: int | None = declare(Whole(1990, 2100), N_("Year of the list"))
    place: int | None = declare(Whole(), N_("Order"))
    confirmed: bool | None = declare(Flag(), N_("Confirmed by the bureau"))
    retired: bool | None = declare(Flag(), N_("No longer offered"))
    valid_from: date | None = declare(Day(), N_("Valid from"))
    valid_to: date | None = declare(Day(), N_("Valid until"))
    per_mu: Decimal | None = declare(Number(2), N_("Investment per mu, at least"), unit="万元/亩")
    output_per_mu: Decimal | None = declare(Number(2), N_("Output per mu, at least"), unit="万元/亩")
    tax_per_mu: Decimal | None = declare(Number(2), N_("Tax per mu, at least"), unit="万元/亩")
    per_mu_since: date | None = declare(Day(), N_("Thresholds in force since"))

    def offered(self, day: date) -> bool:
        """Say whether the entry can be chosen on a day."""
        begun = self.valid_from is None or self.valid_from <= day
        return not self.retired and begun and (self.valid_to is None or day <= self.valid_to)


class Setting(Record, table="setting", label=N_("Setting")):
    """A setting that belongs to the book: the bureau's name, counting switches, a sample book's own day."""

    unique = (("key",),)

    key: str = declare(Text(), N_("Setting"), required=When.CREATE)
    value: str | None = declare(Text(), N_("Value"))


class CalendarDay(Record, table="calendar_day", label=N_("Calendar day")):
    """A day off or a working day that departs from the built-in calendar."""

    unique = (("day",),)

    day: date = declare(Day(), N_("Day"), required=When.CREATE)
    works: bool | None = declare(Flag(), N_("Working day"))
    note: str | None = declare(Text(), N_("Note"))
