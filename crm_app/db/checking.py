"""Is the book sound? Pages, foreign keys, triggers, journal and index, each told in a sentence."""

from __future__ import annotations

from sqlalchemy.exc import DatabaseError

from crm_app.db import search, triggers
from crm_app.db.reader import Reader
from crm_app.domain.records import RECORDS
from crm_app.i18n import _, ngettext

NOT_A_DATABASE = DatabaseError


def check(reader: Reader) -> list[str]:
    """Return what is wrong with the book, a sentence each; empty for a sound one."""
    return [*pages(reader), *_foreign_keys(reader), *_triggers(reader), *_journal(reader), *_index(reader)]


def pages(reader: Reader) -> list[str]:
    """Return what SQLite's own check says of the file's pages; empty for sound ones."""
    found = [str(row[0]) for row in reader.connection.exec_driver_sql("PRAGMA integrity_check")]
    return [] if found == ["ok"] else [_("Damaged pages: {detail}").format(detail=one) for one in found]


def _foreign_keys(reader: Reader) -> list[str]:
    rows = reader.connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    return [
        _("{table}: a row refers to a missing row of {target}.").format(table=row[0], target=row[2]) for row in rows
    ]


def _triggers(reader: Reader) -> list[str]:
    present, expected = triggers.present(reader.connection), triggers.expected()
    wrong = sorted(name for name in present.keys() | expected.keys() if present.get(name) != expected.get(name))
    return [_("The trigger {name} is not as it should be.").format(name=name) for name in wrong]


def _journal(reader: Reader) -> list[str]:
    found = []
    for name in RECORDS:
        unknown = reader.connection.exec_driver_sql(
            f'SELECT count(*) FROM "{name}" t WHERE NOT EXISTS '
            "(SELECT 1 FROM change c WHERE c.\"row\" = t.id AND c.op = 'I')"
        ).scalar_one()
        if unknown:
            found.append(
                ngettext(
                    "{table}: {n} row whose making the journal does not know.",
                    "{table}: {n} rows whose making the journal does not know.",
                    unknown,
                ).format(table=name, n=unknown)
            )
    if reader.connection.exec_driver_sql("SELECT count(*) FROM unit_now").scalar_one():
        found.append(_("A unit of work was left open."))
    return found


def _index(reader: Reader) -> list[str]:
    wrong = search.out_of_step(reader)
    if not wrong:
        return []
    return [
        ngettext(
            "The search index is out of step with {n} record.",
            "The search index is out of step with {n} records.",
            len(wrong),
        ).format(n=len(wrong))
    ]
