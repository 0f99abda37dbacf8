"""Is the journal whole? Numbers without gaps, every record accounted for, every record as it was last told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from crm_app.db import following
from crm_app.db.reader import Reader
from crm_app.domain.records import RECORDS
from crm_app.i18n import _, ngettext


def check(reader: Reader) -> list[str]:
    """Return what is wrong with the journal, a sentence each."""
    return [*_gaps(reader), *_units(reader), *_unreadable(reader), *_records(reader), *_strayed(reader)]


def _count(reader: Reader, sql: str) -> int:
    return int(reader.connection.exec_driver_sql(sql).scalar_one())


def _gaps(reader: Reader) -> Iterator[str]:
    if n := _count(reader, "SELECT COALESCE(max(n), 0) - count(*) FROM unit"):
        yield ngettext(
            "The journal lacks {n} unit of work: what it changed is no longer told. A backup may have it.",
            "The journal lacks {n} units of work: what they changed is no longer told. A backup may have it.",
            n,
        ).format(n=n)
    if n := _count(reader, "SELECT COALESCE(max(n), 0) - count(*) FROM change"):
        yield ngettext(
            "The journal lacks {n} entry, so that history and undo are not complete. A backup may have it.",
            "The journal lacks {n} entries, so that history and undo are not complete. A backup may have it.",
            n,
        ).format(n=n)


def _units(reader: Reader) -> Iterator[str]:
    if n := _count(reader, "SELECT count(*) FROM change WHERE NOT EXISTS (SELECT 1 FROM unit u WHERE u.n = unit)"):
        yield ngettext(
            "{n} entry of the journal belongs to no unit of work: who made it, and when, is lost.",
            "{n} entries of the journal belong to no unit of work: who made them, and when, is lost.",
            n,
        ).format(n=n)
    # A unit nobody can undo may stand without its entries: a salvage leaves such ones.
    empty = "NOT final AND NOT EXISTS (SELECT 1 FROM change c WHERE c.unit = unit.n)"
    if n := _count(reader, f"SELECT count(*) FROM unit WHERE {empty}"):
        yield ngettext(
            "{n} unit of work has no entries: what it changed is lost, and it cannot be undone.",
            "{n} units of work have no entries: what they changed is lost, and they cannot be undone.",
            n,
        ).format(n=n)
    if _count(reader, "SELECT count(*) FROM unit_now"):
        yield _("A unit of work was left open, so that nothing can be saved. Restore a backup, or “check --repair”.")


def _unreadable(reader: Reader) -> Iterator[str]:
    broken = "op = 'U' AND NOT (json_valid(old) AND json_valid(new))"
    if n := _count(reader, f"SELECT count(*) FROM change WHERE {broken}"):
        yield ngettext(
            "{n} entry of the journal cannot be read. “check --repair” makes a new book without it.",
            "{n} entries of the journal cannot be read. “check --repair” makes a new book without them.",
            n,
        ).format(n=n)


def _records(reader: Reader) -> Iterator[str]:
    for name, kind in RECORDS.items():
        if n := _count(reader, f'SELECT count(*) FROM "{name}" WHERE {following.UNKNOWN.format(table=name)}'):
            yield ngettext(
                "{table}: the journal does not know how {n} record came about. Nothing is lost; its history is not "
                "complete.",
                "{table}: the journal does not know how {n} records came about. Nothing is lost; their history is not "
                "complete.",
                n,
            ).format(table=_(kind.label), n=n)
        gone = f'"table" = \'{name}\' AND op = \'I\' AND NOT EXISTS (SELECT 1 FROM "{name}" t WHERE t.id = "row")'
        if n := _count(reader, f"SELECT count(*) FROM change WHERE {gone}"):
            yield ngettext(
                "{table}: {n} record that the journal tells of is gone. Restore a backup to get it back.",
                "{table}: {n} records that the journal tells of are gone. Restore a backup to get them back.",
                n,
            ).format(table=_(kind.label), n=n)


def _strayed(reader: Reader) -> Iterator[str]:
    for table, n in Counter(one.table for one in following.strayed(reader)).items():
        yield ngettext(
            "{table}: {n} record is not what the journal last told of it. Compare it with its history, or restore a "
            "backup.",
            "{table}: {n} records are not what the journal last told of them. Compare them with their history, or "
            "restore a backup.",
            n,
        ).format(table=_(RECORDS[table].label), n=n)
