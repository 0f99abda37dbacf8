"""Fills a book with made-up enterprises, their contacts, leads and history, through the book's own units of work."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from bench import portfolio, words
from bench.enterprises import AMOUNT, DAY, NAME, SEED, USCC, Row, enterprises, note, visited
from bench.history import day_of
from crm_app.domain.amounts import Currency, MoneyRange
from crm_app.domain.contacts import Contact, Position
from crm_app.domain.enterprises import Category, Enterprise
from crm_app.domain.fields import Record
from crm_app.domain.follow_ups import FollowUp
from crm_app.domain.leads import Lead, Triage
from crm_app.domain.staff import Person
from crm_app.domain.tasks import Task
from crm_app.domain.visits import Intent, Visit, VisitMode
from crm_app.services.book import Book

BUSIEST = 200
"""Entries on the timeline of the first enterprise, whatever the size of the book."""

_BLOCK = 2_000
_PRODUCTS = tuple(key for _trade, _names, keys in words.TRADES for key in keys)
_BLOCKS_A_UNIT = 10


def fill(book: Book, rows: int) -> None:
    """Write ``rows`` enterprises: each with a contact and a lead, a tenth visited, a fifth followed up, with tasks.

    Some visits are of a trip, some enterprises invest in a project.
    """
    ids: list[UUID] = []
    with book.unit("people") as unit:
        people = unit.insert_many(Person, [{"name": name} for name in ("曾敏", "安然", "单晓", "李娟", "张伟")])
        trips = portfolio.trips(unit, rows, people)
        unit.commit()
    for start in range(0, rows, _BLOCK * _BLOCKS_A_UNIT):
        with book.unit("enterprises") as unit:
            for first in range(start, min(rows, start + _BLOCK * _BLOCKS_A_UNIT), _BLOCK):
                made = list(enterprises(first, min(_BLOCK, rows - first)))
                found = unit.insert_many(Enterprise, [_enterprise(row, first + n) for n, row in enumerate(made)])
                met = unit.insert_many(Contact, [_contact(row) for row in made])
                pairs = list(zip(found, met, strict=True))
                unit.insert_many(Position, [{"enterprise_id": one, "contact_id": other} for one, other in pairs])
                unit.insert_many(
                    Lead, [_lead(row, one, other, people) for row, (one, other) in zip(made, pairs, strict=True)]
                )
                ids += found
            unit.commit()
    _write(book, Visit, _visits(ids, trips))
    _write(book, FollowUp, _follow_ups(ids, people))
    _write(book, Task, _tasks(ids, people))
    with book.unit("projects") as unit:
        portfolio.projects(unit, ids, people)
        unit.commit()


def _write(book: Book, record_type: type[Record], rows: Iterator[dict[str, Any]]) -> None:
    block: list[dict[str, Any]] = []
    for row in rows:
        block.append(row)
        if len(block) == _BLOCK * _BLOCKS_A_UNIT:
            _save(book, record_type, block)
            block = []
    _save(book, record_type, block)


def _save(book: Book, record_type: type[Record], block: Sequence[dict[str, Any]]) -> None:
    with book.unit(record_type.table) as unit:
        unit.insert_many(record_type, block)
        unit.commit()


def _enterprise(row: Row, n: int) -> dict[str, Any]:
    name, uscc, province, city, trade = row[:5]
    region = city if province == city else province + city
    known: dict[str, Any] = {"name": name, "uscc": uscc, "region": region, "industry": trade}
    known["category"] = Category.COMPANY
    chance = random.Random((SEED + 6) * 10**8 + n)
    # What somebody found out: of every second one its cluster, of every fifth its figures.
    if chance.random() < 0.5:
        known |= {"cluster": chance.choice(words.CLUSTERS), "products": "，".join(chance.sample(_PRODUCTS, 3))}
    if chance.random() < 0.2:
        known |= {
            "ownership": chance.choice(words.OWNERS),
            "revenue": chance.randrange(1, 100_000) * 10_000,
            "tax": chance.randrange(1, 10_000) * 10_000,
            "staff": chance.randrange(10, 9000),
        }
    return known


def _contact(row: Row) -> dict[str, Any]:
    return {"name": row[5], "phone": f"+86{row[6]}", "email": row[7]}


def _lead(row: Row, enterprise: UUID, contact: UUID, people: Sequence[UUID]) -> dict[str, Any]:
    yuan = int(Decimal(row[AMOUNT]) * 10_000)
    return {
        "enterprise_id": enterprise,
        "contact_id": contact,
        "title": row[NAME],
        "source": row[9],
        "registered_on": date.fromisoformat(row[DAY]),
        "intent": MoneyRange(yuan, yuan, Currency.CNY, approximate=False, typed=f"{row[AMOUNT]}万元"),
        "note": row[11],
        "owner_id": people[int(row[USCC][11]) % len(people)],
        "triage": (Triage.FOLLOW, Triage.FOLLOW, Triage.HOLD, Triage.NO)[int(row[USCC][12]) % 4],
    }


def _entries(ids: Sequence[UUID], amount: int, kind: int) -> Iterator[tuple[UUID, random.Random]]:
    """Yield so many skewed entries, and before them half of what makes the first enterprise the busiest."""
    yield from ((ids[0], random.Random(n)) for n in range(BUSIEST // 2))
    for n, chance in visited(len(ids), amount, kind):
        yield ids[n or len(ids) // 2], chance


def _visits(ids: Sequence[UUID], trips: Sequence[UUID]) -> Iterator[dict[str, Any]]:
    for enterprise, chance in _entries(ids, len(ids) // 10, 1):
        yield {
            "enterprise_id": enterprise,
            "on": day_of(chance.randrange(900)),
            "mode": VisitMode.FACE_TO_FACE,
            "place": chance.choice(words.SITES),
            "talk": note(chance, chance.choice(words.TRADES)[0]),
            "intent": chance.choice(list(Intent)),
            "trip_id": chance.choice(trips) if trips and chance.random() < 0.5 else None,
        }


def _follow_ups(ids: Sequence[UUID], people: Sequence[UUID]) -> Iterator[dict[str, Any]]:
    for enterprise, chance in _entries(ids, len(ids) // 5, 2):
        yield {
            "enterprise_id": enterprise,
            "on": day_of(chance.randrange(900)),
            "mode": chance.choice(words.MODES),
            "content": chance.choice(words.TALKS) + "，" + note(chance, chance.choice(words.TRADES)[0]),
            "person_id": chance.choice(people),
        }


def _tasks(ids: Sequence[UUID], people: Sequence[UUID]) -> Iterator[dict[str, Any]]:
    for n, chance in visited(len(ids), len(ids) // 5, 3):
        due = day_of(chance.randrange(900))
        yield {
            "enterprise_id": ids[n],
            "what": chance.choice(words.NEXTS),
            "due": due,
            "owner_id": chance.choice(people),
            "done_on": due + timedelta(days=chance.randrange(9)) if chance.random() < 0.8 else None,
        }
