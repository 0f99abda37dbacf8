"""Our own people (我方人员) and the words a bureau edits: dictionary entries, settings of a book, days off."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from crm_app.domain.fields import Record, When, declare
from crm_app.domain.kinds import Choice, Day, Flag, Name, Ref, Tags, Text, Whole
from crm_app.i18n import N_


class Person(Record, table="person", label=N_("Colleague")):
    """One of our own people; ``level`` is the level a delegation gets from its leader."""

    name: str = declare(Name(), N_("Name"), required=When.CREATE, searched=True)
    title: str | None = declare(Text(), N_("Title"))
    dept: str | None = declare(Text(), N_("Department"))
    team: str | None = declare(Text(), N_("Team"))
    level: str | None = declare(Choice("visit_level"), N_("Level"))
    gone: bool | None = declare(Flag(), N_("No longer with us"))


class DictionaryEntry(Record, table="dictionary_entry", label=N_("List entry")):
    """One entry of an editable list, with the year of the list it comes from; ``aliases`` fold into it."""

    unique = (("list_name", "name", "year"),)

    list_name: str = declare(Text(), N_("List"), required=When.CREATE)
    name: str = declare(Text(), N_("Name"), required=When.CREATE)
    heading: str | None = declare(Text(), N_("Heading"))
    aliases: tuple[str, ...] | None = declare(Tags(), N_("Aliases"))
    year: int | None = declare(Whole(1990, 2100), N_("Year of the list"))
    place: int | None = declare(Whole(), N_("Order"))
    confirmed: bool | None = declare(Flag(), N_("Confirmed by the bureau"))
    retired: bool | None = declare(Flag(), N_("No longer offered"))


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


class Attachment(Record, table="attachment", label=N_("Attachment")):
    """A file kept beside the book by its SHA-256, hung on a visit or an enterprise."""

    sha256: str = declare(Text(), N_("SHA-256"), required=When.CREATE)
    name: str = declare(Text(), N_("File name"), required=When.CREATE)
    kind: str | None = declare(Text(), N_("Kind"))
    size: int | None = declare(Whole(), N_("Size"), unit="B")
    on: date | None = declare(Day(), N_("Day"))
    visit_id: UUID | None = declare(Ref("visit"), N_("Visit"))
    enterprise_id: UUID | None = declare(Ref("enterprise"), N_("Enterprise"))
