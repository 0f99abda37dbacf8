"""Gathers a visit report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from crm_app import clock
from crm_app.briefs import visit as briefs
from crm_app.briefs.content import Paper
from crm_app.briefs.visit import Step, VisitData
from crm_app.db import visits
from crm_app.db.book import Book
from crm_app.db.visits import VisitSheet
from crm_app.domain import days
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.entry_names import entry_name
from crm_app.domain.people import standing
from crm_app.services.papers import asked as common
from crm_app.services.papers import codes, photos
from crm_app.services.papers.asked import Asked

OVERVIEW = ("ownership", "industry", "cluster", "chain_position", "products", "revenue", "staff", "expansion_signal")
"""What 企业情况 tells, where it is known."""


def compose(book: Book, asked: Asked) -> Paper:
    """Return the report on one visit."""
    with book.read() as reader:
        sheet = visits.sheet(reader, asked.one())
        data = data_of(sheet, common.bureau(reader), common.author(reader))
        code = codes.code(reader, sheet.visit.id, sheet.enterprise.name, sheet.enterprise.uscc)
    taken = photos.of_visit(book, sheet.visit.id, sheet.enterprise.name)
    return briefs.compose(replace(data, code=code, photos=taken.photos, gaps=taken.gaps))


def data_of(sheet: VisitSheet, bureau: str, author: str) -> VisitData:
    """Return what the report on a visit is made of."""
    visit, enterprise = sheet.visit, sheet.enterprise
    return VisitData(
        id=visit.id,
        enterprise=enterprise.name,
        enterprise_id=enterprise.id,
        uscc=enterprise.uscc or "",
        region=enterprise.shown("region"),
        on=visit.on,
        time=visit.time or "",
        place=visit.place or "",
        mode=visit.shown("mode"),
        our_people=_in_order([(person.name, person.title or "") for person in sheet.our_people]),
        their_people=_in_order([(contact.name, title) for contact, title in sheet.their_people]),
        overview=overview(enterprise),
        talk=visit.talk or "",
        asks=split_asks(visit.asks),
        consensus=visit.consensus or "",
        intent=visit.intent.value if visit.intent else "",
        field=entry_name(enterprise.cluster or enterprise.industry or ""),
        next_steps=tuple(
            Step(what=task.what, owner=owner.name if owner else "", due=days.show_date(task.due), id=task.id)
            for task, owner in sheet.tasks
        ),
        bureau=bureau,
        author=author,
        written_on=clock.today(),
    )


def _in_order(people: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Return people as “name title” in the order of their posts; those of one post as they were entered."""
    ranked = sorted(people, key=lambda one: standing(one[1]))
    return tuple(f"{name} {title}".strip() for name, title in ranked)


def overview(enterprise: Enterprise) -> tuple[tuple[str, str], ...]:
    """Return the known facts of 企业情况 as (label, value)."""
    return common.known_facts(enterprise, OVERVIEW)


def split_asks(text: str | None) -> tuple[str, ...]:
    """Return the asks one by one: a line, or a part between semicolons, each."""
    return tuple(part.strip() for part in re.split(r"[\n;；]", text or "") if part.strip())
