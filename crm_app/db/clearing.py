"""Clearing a content of the persons its table ``erasure`` names: the one place where what was known is taken away.

An empty tombstone keeps the id, so that visits and projects still add up; everything else goes: fields, posts and
titles, the journal's memory of them, drafts, index, and the texts of other records that were chosen. It is one
transaction, in which the triggers are lifted and made again; the name stands nowhere but in final papers. The table
``erasure`` keeps who was erased by row alone, so that an older copy that comes back is cleared in the same way.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, insert, select, text, update

from crm_app import clock
from crm_app.db import tables, triggers
from crm_app.db.changes import Changes
from crm_app.db.journal import is_derived
from crm_app.db.reader import Reader
from crm_app.db.traces import Traces, draft_keys, final_papers, mask, own_rows, text_columns, traces_of
from crm_app.db.unit import Unit
from crm_app.domain.contacts import Contact, Position
from crm_app.domain.fields import derive, values_of
from crm_app.domain.records import RECORDS
from crm_app.domain.visits import VisitContact


def is_erased(reader: Reader, row: UUID) -> bool:
    """Say whether a row is the tombstone of an erased person."""
    erased = tables.erasure
    statement = select(erased.c.n).where(erased.c.row == row.bytes, erased.c.table == Contact.table)
    return bool(reader.rows(statement))


def still_to_clear(reader: Reader) -> list[UUID]:
    """Return the erased persons of whom this content still knows something: it comes from before their erasure."""
    contact, erased = tables.RECORD_TABLES[Contact.table], tables.erasure
    statement = (
        select(contact.c.id)
        .join(erased, erased.c.row == contact.c.id)
        .where((contact.c.name != "") | contact.c.deleted_at.is_(None))
    )
    return [UUID(bytes=row["id"]) for row in reader.rows(statement)]


def clear(unit: Unit) -> Changes:
    """Take away everything the table ``erasure`` names, and commit; nothing where nothing is left to clear."""
    connection = unit.connection
    persons = still_to_clear(unit)
    if not persons:
        return unit.commit()
    connection.exec_driver_sql("PRAGMA secure_delete = ON")
    traces = Traces()
    own: set[bytes] = set()
    for person in persons:
        traces |= traces_of(unit, person)
        own |= own_rows(unit, person)
    pattern = traces.pattern()
    triggers.drop_all(connection)
    _empty(unit, persons)
    _forget(unit, own)
    for table, rows in _chosen(unit).items():
        _replace(unit, table, rows, pattern)
    _clear_labels(unit, pattern)
    _drop_drafts(unit, pattern, persons)
    _let_stand(unit)
    triggers.regenerate(connection)
    _squeeze_index(unit)
    return unit.commit()


def _empty(unit: Unit, persons: Sequence[UUID]) -> None:
    """Leave the persons' ids, and of their posts and visits that there was somebody."""
    now = clock.now_ms()
    ids = [person.bytes for person in persons]
    contact = tables.RECORD_TABLES[Contact.table]
    blank: dict[str, Any] = {column.name: None for column in contact.columns if column.name != "id"}
    blank |= {"name": "", "pinyin": "", "deleted_at": now}
    unit.connection.execute(update(contact).where(contact.c.id.in_(ids)).values(blank))
    for kind, values in (
        (Position, {"title": None, "from_on": None, "to_on": None, "main": None, "deleted_at": now}),
        (VisitContact, {"title": None}),
    ):
        table = tables.RECORD_TABLES[kind.table]
        unit.connection.execute(update(table).where(table.c.contact_id.in_(ids)).values(values))


def _note(unit: Unit, table: str, row: bytes) -> None:
    """Note that a row was changed, and nothing of how: there is nothing to go back to."""
    values = {"unit": unit.n, "table": table, "row": row, "op": "U", "old": "{}", "new": "{}"}
    unit.connection.execute(insert(tables.change).values(values))


def _forget(unit: Unit, own: Iterable[bytes]) -> None:
    """Take from the journal what it remembers of these rows; that they were made and changed stays."""
    change = tables.change
    for row in own:
        forgotten = update(change).where(change.c.row == row, change.c.op == "U", change.c.unit != unit.n)
        unit.connection.execute(forgotten.values(old="{}", new="{}"))
    # With the triggers lifted the journal would not know of it, and no screen would refresh itself.
    for kind in (Contact, Position, VisitContact):
        table = tables.RECORD_TABLES[kind.table]
        for held in unit.rows(select(table.c.id).where(table.c.id.in_(list(own)))):
            _note(unit, kind.table, held["id"])


def _chosen(unit: Unit) -> dict[str, set[bytes]]:
    erased = tables.erasure
    papers = final_papers(unit)
    found: dict[str, set[bytes]] = {}
    for row in unit.rows(select(erased.c.table, erased.c.row).where(erased.c.table != Contact.table)):
        if row["row"] not in papers:
            found.setdefault(row["table"], set()).add(row["row"])
    return found


def _replace(unit: Unit, table: str, rows: Iterable[bytes], pattern: re.Pattern[str]) -> None:
    """Replace the person in the texts of these rows, and in what the journal remembers of them."""
    known = tables.RECORD_TABLES[table]
    record_type = RECORDS[table]
    columns = text_columns(table)
    for held in unit.rows(select(known).where(known.c.id.in_(list(rows)))):
        new = {name: mask(pattern, held[name]) for name in columns if held[name]}
        new = {name: value for name, value in new.items() if value != held[name]}
        if new:
            record = record_type.load({**held, **new})
            computed = derive(record_type, values_of(record))
            changed = new | {name: value for name, value in computed.items() if name in held}
            unit.connection.execute(update(known).where(known.c.id == held["id"]).values(changed))
        _rewrite_journal(unit, table, held["id"], pattern)
        _note(unit, table, held["id"])


def _rewrite_journal(unit: Unit, table: str, row: bytes, pattern: re.Pattern[str]) -> None:
    change = tables.change
    for held in unit.rows(select(change).where(change.c.row == row, change.c.op == "U")):
        values = {side: json.loads(held[side]) for side in ("old", "new")}
        masked = {side: _masked(values[side], pattern) for side in values}
        if masked != values:
            # The reading of a name tells it too; undo works it out anew.
            written = {side: _written(table, told) for side, told in masked.items()}
            unit.connection.execute(update(change).where(change.c.n == held["n"]).values(written))


def _masked(values: Mapping[str, Any], pattern: re.Pattern[str]) -> dict[str, Any]:
    return {name: mask(pattern, value) if isinstance(value, str) else value for name, value in values.items()}


def _written(table: str, told: Mapping[str, Any]) -> str:
    kept = {name: value for name, value in told.items() if not is_derived(table, name)}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def _clear_labels(unit: Unit, pattern: re.Pattern[str]) -> None:
    labels = unit.rows(select(tables.unit.c.n, tables.unit.c.label))
    masked = [{"unit_n": row["n"], "to": mask(pattern, row["label"]), "was": row["label"]} for row in labels]
    masked = [one for one in masked if one["to"] != one.pop("was")]
    if masked:
        changed = update(tables.unit).where(tables.unit.c.n == bindparam("unit_n")).values(label=bindparam("to"))
        unit.connection.execute(changed, masked)


def _drop_drafts(unit: Unit, pattern: re.Pattern[str], persons: Sequence[UUID]) -> None:
    keys = draft_keys(unit, pattern, persons)
    unit.connection.execute(tables.draft.delete().where(tables.draft.c.key.in_(keys)))


def _let_stand(unit: Unit) -> None:
    """Let the units stand of which nothing is left to take back: undo would come to them again and again."""
    unit.connection.execute(
        text(
            "UPDATE unit SET final = 1 WHERE n IN (SELECT unit FROM change WHERE new = '{}' AND unit != :n) "
            "AND NOT EXISTS (SELECT 1 FROM change c WHERE c.unit = unit.n AND (c.op = 'I' OR c.new != '{}'))"
        ),
        {"n": unit.n},
    )


def _squeeze_index(unit: Unit) -> None:
    """Bring the index in step and merge it into one piece: the words of a removed row stand in its older ones."""
    unit.bring_index_in_step()
    unit.connection.exec_driver_sql("INSERT INTO search_text(search_text) VALUES ('optimize')")
