"""Enterprises (企业/客商): companies, associations and offices that are met, their names over time, their honours."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

from crm_app.domain import names, pinyin
from crm_app.domain.fields import GROUP_BUSINESS, GROUP_FACTS, GROUP_PLACE, Record, When, declare
from crm_app.domain.kinds import Choice, Day, Money, Name, Option, Ref, Region, Text, Uscc, Whole
from crm_app.i18n import N_


class Category(StrEnum):
    """Only a COMPANY counts in 家数 (counting rule 8)."""

    COMPANY = "company"
    ASSOCIATION = "association"
    OFFICE = "office"


CATEGORY_LABELS = {
    Category.COMPANY: N_("Company"),
    Category.ASSOCIATION: N_("Association"),
    Category.OFFICE: N_("Public office"),
}


class NameKind(StrEnum):
    """What another name of an enterprise is."""

    FORMER = "former"
    SHORT = "short"
    ALIAS = "alias"


NAME_KIND_LABELS = {
    NameKind.FORMER: N_("Former name"),
    NameKind.SHORT: N_("Short name"),
    NameKind.ALIAS: N_("Alias"),
}


class Enterprise(Record, table="enterprise", label=N_("Enterprise")):
    """A company or body that is met; ``uscc`` may be unknown, and two rows may carry it until merged."""

    name: str = declare(Name(), N_("Enterprise name"), required=When.CREATE, group=GROUP_FACTS, searched=True)
    uscc: str | None = declare(
        Uscc(), N_("Unified social credit code"), required=When.SUBMIT, group=GROUP_FACTS, searched=True
    )
    category: Category | None = declare(
        Option(Category, CATEGORY_LABELS), N_("Category"), required=When.AUTO, group=GROUP_FACTS
    )
    ownership: str | None = declare(Choice("ownership"), N_("Ownership"), required=When.SUBMIT, group=GROUP_FACTS)
    parent_id: UUID | None = declare(Ref("enterprise"), N_("Parent or group"), group=GROUP_FACTS)
    region: str | None = declare(Region(), N_("Registered in"), required=When.SUBMIT, group=GROUP_PLACE)
    country: str | None = declare(Text(), N_("Country or territory"), group=GROUP_PLACE)
    address: str | None = declare(Text(), N_("Address"), group=GROUP_PLACE, searched=True)
    industry: str | None = declare(Choice("industry"), N_("Industry"), required=When.REVIEW, group=GROUP_BUSINESS)
    cluster: str | None = declare(Choice("cluster"), N_("Cluster"), required=When.REVIEW, group=GROUP_BUSINESS)
    chain_position: str | None = declare(Text(), N_("Place in the chain"), group=GROUP_BUSINESS)
    products: str | None = declare(Text(lines=2), N_("Main products"), group=GROUP_BUSINESS, searched=True)
    revenue: int | None = declare(Money(), N_("Revenue of a year"), unit="元", group=GROUP_BUSINESS)
    revenue_year: int | None = declare(Whole(1990, 2100), N_("Year of the revenue"), group=GROUP_BUSINESS)
    tax: int | None = declare(Money(), N_("Tax of a year"), unit="元", group=GROUP_BUSINESS)
    tax_year: int | None = declare(Whole(1990, 2100), N_("Year of the tax"), group=GROUP_BUSINESS)
    staff: int | None = declare(Whole(), N_("Staff"), unit="人", group=GROUP_BUSINESS)
    expansion_signal: str | None = declare(Text(lines=3), N_("Signs of expansion"), group=GROUP_BUSINESS)
    fit: str | None = declare(Text(lines=3), N_("Where we fit"), group=GROUP_BUSINESS)
    topics: str | None = declare(Text(lines=3), N_("Topics to raise"), group=GROUP_BUSINESS)
    campaign: str | None = declare(Choice("campaign"), N_("Campaign"), group=GROUP_FACTS)
    name_key: str | None = declare(Text(), N_("Matching key"), derived=lambda v: names.match_key(v["name"]))
    pinyin: str | None = declare(Text(), N_("Pinyin"), derived=lambda v: pinyin.sort_key(v["name"]))
    initials: str | None = declare(Text(), N_("Initials"), derived=lambda v: pinyin.initials(v["name"]))


class EnterpriseName(Record, table="enterprise_name", label=N_("Other name")):
    """A former name, short name or alias with its years; two enterprises may share a short name."""

    enterprise_id: UUID = declare(Ref("enterprise"), N_("Enterprise"), required=When.CREATE)
    name: str = declare(Name(), N_("Name"), required=When.CREATE, searched=True)
    kind: NameKind | None = declare(Option(NameKind, NAME_KIND_LABELS), N_("Kind"), required=When.AUTO)
    from_on: date | None = declare(Day(), N_("From"))
    to_on: date | None = declare(Day(), N_("Until"))
    name_key: str | None = declare(Text(), N_("Matching key"), derived=lambda v: names.match_key(v["name"]))


class Label(Record, table="label", label=N_("Honour")):
    """An honour or list entry of an enterprise; an expired one is not printed unless asked."""

    enterprise_id: UUID = declare(Ref("enterprise"), N_("Enterprise"), required=When.CREATE)
    honour: str = declare(Choice("label"), N_("Honour"), required=When.CREATE)
    issuer: str | None = declare(Text(), N_("Issuer or list"), required=When.REPORT)
    year: int | None = declare(Whole(1990, 2100), N_("Year awarded"), required=When.REPORT)
    valid_to: date | None = declare(Day(), N_("Valid until"))
