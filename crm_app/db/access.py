"""Who printed, exported, unlocked, restored or erased: a list that only grows, outside the journal.

A note stands before what it speaks of is handed out, so that nothing leaves the book without one; what then failed
stays noted as an attempt. Subjects are codes and rows are ids: the list itself names none but its writers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from crm_app import clock
from crm_app.db import tables
from crm_app.db.book import Book
from crm_app.db.reader import Reader


@dataclass(frozen=True)
class Noted:
    """One line of the list, as stored."""

    n: int
    at: int
    who: str
    act: str
    subject: str
    row: UUID | None
    amount: int | None


def note(book: Book, act: str, subject: str, *, row: UUID | None = None, amount: int | None = None) -> None:
    """Note that the named user does ``act`` with ``subject``: a record ``row``, or ``amount`` rows of a kind."""
    with book.write_outside_journal() as connection:
        write(connection, book.who, act, subject, row=row, amount=amount)


def write(
    connection: Connection, who: str, act: str, subject: str, *, row: UUID | None = None, amount: int | None = None
) -> None:
    """Note within a transaction that is open already."""
    connection.execute(
        insert(tables.access_log).values(
            at=clock.now_ms(), who=who, act=act, subject=subject, row=row.bytes if row else None, amount=amount
        )
    )


def newest(reader: Reader, *, before: int | None = None, limit: int | None = 100) -> list[Noted]:
    """Return what was noted, newest first; ``before`` is the ``n`` of the last line read."""
    log = tables.access_log
    statement = select(log).order_by(log.c.n.desc()).limit(limit)
    if before is not None:
        statement = statement.where(log.c.n < before)
    return [_noted(row) for row in reader.rows(statement)]


def _noted(row: object) -> Noted:
    known = dict(row)  # type: ignore[call-overload]
    known["row"] = UUID(bytes=known["row"]) if known["row"] else None
    return Noted(**known)


def carry_over(connection: Connection, lines: Iterable[Noted]) -> None:
    """Write the lines a restored book does not have: going back to an older copy forgets nothing of this list."""
    log = tables.access_log
    known = {tuple(row) for row in connection.execute(select(log.c.at, log.c.who, log.c.act, log.c.subject, log.c.row))}
    missing = [
        {
            "at": line.at,
            "who": line.who,
            "act": line.act,
            "subject": line.subject,
            "row": line.row.bytes if line.row else None,
            "amount": line.amount,
        }
        for line in sorted(lines, key=lambda line: line.n)
    ]
    missing = [one for one in missing if (one["at"], one["who"], one["act"], one["subject"], one["row"]) not in known]
    if missing:
        connection.execute(insert(log), missing)
