"""Contacts (联系人) and the posts they hold (任职): a person may move, a visit keeps the post held that day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Self
from uuid import UUID

from crm_app.domain import pinyin
from crm_app.domain.fields import Privacy, Record, When, declare
from crm_app.domain.kinds import Day, Flag, Name, Phone, Ref, Text
from crm_app.i18n import N_, _

ERASED = N_("(erased contact)")


class Contact(Record, table="contact", label=N_("Contact")):
    """A person at one or more enterprises; phone, mail and note are personal."""

    name: str = declare(Name(), N_("Contact name"), required=When.CREATE, searched=True)
    salutation: str | None = declare(Text(), N_("Own form of address"))
    surname_pinyin: str | None = declare(Text(), N_("Reading of the surname"))
    phone: str | None = declare(Phone(), N_("Phone"), privacy=Privacy.PERSONAL, searched=True)
    email: str | None = declare(Text(), N_("Mail or WeChat"), privacy=Privacy.PERSONAL)
    note: str | None = declare(Text(lines=3), N_("Personal note"), privacy=Privacy.PERSONAL)
    pinyin: str | None = declare(
        Text(), N_("Pinyin"), derived=lambda v: pinyin.person_full(v["name"], v.get("surname_pinyin"))
    )

    @classmethod
    def load(cls, row: Mapping[str, Any]) -> Self:
        """Build the contact; one that was erased has no name, and says so wherever it is shown."""
        return super().load(row if row["name"] else {**row, "name": _(ERASED)})


class Position(Record, table="position", label=N_("Post")):
    """A contact's post at an enterprise, from–to."""

    contact_id: UUID = declare(Ref("contact"), N_("Contact"), required=When.CREATE)
    enterprise_id: UUID = declare(Ref("enterprise"), N_("Enterprise"), required=When.CREATE)
    title: str | None = declare(Text(), N_("Title"))
    from_on: date | None = declare(Day(), N_("From"))
    to_on: date | None = declare(Day(), N_("Until"))
    main: bool | None = declare(Flag(), N_("Is the main contact"))
