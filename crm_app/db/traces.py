"""By which words a person is found in texts, and where in the book those stand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Text, select, text

from crm_app.db import tables
from crm_app.db.journal import field_of, is_derived, record_title
from crm_app.db.merging import entries_of_person
from crm_app.db.reader import Reader
from crm_app.domain import phones, traditional
from crm_app.domain.contacts import Contact, Position
from crm_app.domain.papers import IssuedPaper, PaperState
from crm_app.domain.visits import VisitContact
from crm_app.i18n import N_, _

MASK = "×××"
"""What stands where a name was."""

_AROUND = 18
_UNKNOWN = N_("(name unknown)")


@dataclass(frozen=True)
class Traces:
    """The names, numbers and addresses of the persons looked for; empty where nothing of them is known any more."""

    names: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    mails: frozenset[str] = frozenset()

    def __or__(self, other: Traces) -> Traces:
        """Join two persons' traces."""
        return Traces(self.names | other.names, self.phones | other.phones, self.mails | other.mails)

    def pattern(self) -> re.Pattern[str]:
        """Return what finds any of them, the longest first; it finds nothing where there are none.

        Names are found in simplified and in traditional characters.
        """
        names = [traditional.pattern(one) for one in sorted(self.names, key=len, reverse=True)]
        mails = [re.escape(one) for one in sorted(self.mails, key=len, reverse=True)]
        numbers = [phones.written_pattern(one) for one in sorted(self.phones, key=len, reverse=True)]
        return re.compile("|".join((*mails, *numbers, *names)) or r"(?!)", re.I)


@dataclass(frozen=True)
class Mention:
    """A text of another record in which the person stands; ``field`` is empty where only the journal still has it.

    ``before`` and ``after`` show the place as it is and as it would be.
    """

    table: str
    row: UUID
    title: str
    field: str
    before: str
    after: str


def traces_of(reader: Reader, contact_id: UUID) -> Traces:
    """Return by which words a contact is found: those of today and every one the journal remembers."""
    names, numbers, mails = set(), set(), set()
    for values in _versions(reader, contact_id.bytes):
        name, phone, mail = (values.get(field) for field in ("name", "phone", "email"))
        if name and len(name) > 1 and name not in (_UNKNOWN, _(_UNKNOWN)):
            names.add(name)
        if phone:
            numbers.add(phone)
        if mail and len(mail) > 3:
            mails.add(mail)
    return Traces(frozenset(names), frozenset(numbers), frozenset(mails))


def _versions(reader: Reader, row: bytes) -> Iterator[Mapping[str, Any]]:
    table = tables.RECORD_TABLES[Contact.table]
    yield from reader.rows(select(table).where(table.c.id == row))
    change = tables.change
    for held in reader.rows(select(change.c.old, change.c.new).where(change.c.row == row, change.c.op == "U")):
        yield from (json.loads(held["old"]), json.loads(held["new"]))


def own_rows(reader: Reader, contact_id: UUID) -> set[bytes]:
    """Return the rows that are about the contact alone: the contact, the posts, the titles held at visits."""
    found = {contact_id.bytes}
    for kind in (Position, VisitContact):
        table = tables.RECORD_TABLES[kind.table]
        found |= {row["id"] for row in reader.rows(select(table.c.id).where(table.c.contact_id == contact_id.bytes))}
    return found


def text_columns(table: str) -> list[str]:
    """Return the columns of a table that hold text."""
    return [column.name for column in tables.RECORD_TABLES[table].columns if isinstance(column.type, Text)]


def final_papers(reader: Reader) -> set[bytes]:
    """Return the papers whose pages stand as they were issued."""
    paper = tables.RECORD_TABLES[IssuedPaper.table]
    return {row["id"] for row in reader.rows(select(paper.c.id).where(paper.c.state == PaperState.FINAL.value))}


def rows_with(reader: Reader, pattern: re.Pattern[str], apart: Iterable[bytes] = ()) -> dict[str, set[bytes]]:
    """Return the rows by table, living or deleted, of which a text holds what ``pattern`` finds; ``apart`` left out."""
    _teach(reader, pattern)
    left_out = set(apart)
    found: dict[str, set[bytes]] = {}
    for name in tables.RECORD_TABLES:
        joined = " || char(31) || ".join(f"coalesce(\"{column}\", '')" for column in text_columns(name)) or "''"
        rows = reader.connection.execute(text(f'SELECT id FROM "{name}" WHERE mentions({joined})')).scalars()
        found[name] = {row for row in rows if row not in left_out}
    return {name: rows for name, rows in found.items() if rows}


def journal_with(reader: Reader, pattern: re.Pattern[str], apart: Iterable[bytes] = ()) -> dict[str, set[bytes]]:
    """Return the rows by table of which the journal remembers such a text."""
    _teach(reader, pattern)
    left_out = set(apart)
    found: dict[str, set[bytes]] = {}
    statement = text('SELECT DISTINCT "table", "row" FROM change WHERE op = \'U\' AND mentions(old || char(31) || new)')
    for row in reader.rows(statement):
        if row["row"] not in left_out:
            found.setdefault(row["table"], set()).add(row["row"])
    return found


def _teach(reader: Reader, pattern: re.Pattern[str]) -> None:
    """Give the connection a function that looks for the pattern: SQL alone cannot read a number with spaces in it."""
    raw: Any = reader.connection.connection.dbapi_connection
    raw.create_function("mentions", 1, lambda value: int(pattern.search(phones.one_to_one(value or "")) is not None))


def mask(pattern: re.Pattern[str], value: str) -> str:
    """Return a text with everything ``pattern`` finds replaced."""
    pieces, done = [], 0
    for match in pattern.finditer(phones.one_to_one(value)):
        pieces += [value[done : match.start()], MASK]
        done = match.end()
    return "".join([*pieces, value[done:]])


def mentions(reader: Reader, contact_id: UUID) -> list[Mention]:
    """Return where else a contact stands, a field each; final papers are left out, for their pages stand."""
    pattern = traces_of(reader, contact_id).pattern()
    apart = final_papers(reader).union(*(own_rows(reader, row) for row in entries_of_person(reader, contact_id)))
    found = []
    present = rows_with(reader, pattern, apart)
    for table, rows in present.items():
        known = tables.RECORD_TABLES[table]
        for held in reader.rows(select(known).where(known.c.id.in_(rows)).order_by(known.c.id)):
            found += list(_in_row(reader, table, held, pattern))
    for table, rows in journal_with(reader, pattern, apart).items():
        for row in sorted(rows - present.get(table, set())):
            title = record_title(reader, table, UUID(bytes=row))
            found.append(Mention(table, UUID(bytes=row), title, "", "", ""))
    return found


def _in_row(reader: Reader, table: str, held: Mapping[str, Any], pattern: re.Pattern[str]) -> Iterator[Mention]:
    row = UUID(bytes=held["id"])
    for column in text_columns(table):
        value = held[column]
        matches = list(pattern.finditer(phones.one_to_one(value))) if value else []
        if matches and not is_derived(table, column):
            start, end = max(matches[0].start() - _AROUND, 0), matches[0].end() + _AROUND
            # A second place that the cut would divide is shown whole, or it would look as if it stayed.
            end = max(end, *(match.end() for match in matches if match.start() < end))
            before = ("…" if start else "") + value[start:end] + ("…" if end < len(value) else "")
            title = mask(pattern, record_title(reader, table, row))
            yield Mention(table, row, title, field_of(table, column), before, mask(pattern, before))


def papers_that_keep(reader: Reader, contact_id: UUID) -> list[tuple[UUID, str]]:
    """Return the final papers in whose stored content a contact stands, as (id, title)."""
    pattern = traces_of(reader, contact_id).pattern()
    papers = final_papers(reader)
    found = rows_with(reader, pattern).get(IssuedPaper.table, set()) & papers
    return [(UUID(bytes=row), record_title(reader, IssuedPaper.table, UUID(bytes=row))) for row in sorted(found)]


def drafts_with(reader: Reader, contact_id: UUID) -> int:
    """Return how many drafts hold something of a contact, or were begun on the contact's form."""
    return len(draft_keys(reader, traces_of(reader, contact_id).pattern(), [contact_id]))


def draft_keys(reader: Reader, pattern: re.Pattern[str], persons: Iterable[UUID]) -> list[str]:
    """Return the drafts that hold what ``pattern`` finds, or name one of the persons' ids."""
    ids = [str(person) for person in persons]
    held = {row["key"]: f"{row['key']}\x1f{row['content']}" for row in reader.rows(select(tables.draft))}
    return [key for key, one in held.items() if any(i in one for i in ids) or mask(pattern, one) != one]
