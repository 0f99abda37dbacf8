"""Is the book sound? Pages, references, schema, triggers, journal, index and attachments, each told in a sentence.

Each sentence says what is wrong, what it means, and what to do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from crm_app.db import attachments, checking_journal, families, schema, search_index, triggers
from crm_app.db.engine import make_engine
from crm_app.db.reader import Reader
from crm_app.domain.records import RECORDS
from crm_app.errors import Damaged
from crm_app.i18n import N_, _, ngettext
from crm_app.progress import Report

NOT_A_DATABASE = DatabaseError

_TOLD = 3
"""Details of SQLite's own check that are told; a damaged file has a hundred."""


@dataclass(frozen=True)
class Finding:
    """One thing that was found, in a sentence; a harmless one needs no doing."""

    sentence: str
    harmless: bool = False


def check_file(path: Path, key: bytes | None, progress: Report) -> list[Finding]:
    """Look through a book, and return what was found; empty for a sound one. Raise what ``progress`` raises.

    The file needs no sound content: what cannot be looked at for damage is told, and the rest is looked at.
    """
    # A connection of its own: one that searched before a later write has the index's old layout in mind, and
    # SQLite's check, which does not read it anew, would tell of damage where there is none.
    engine = make_engine(path, key, read_only=True)
    try:
        found: list[Finding] = []
        stopped: list[str] = []
        for step, (words, look) in enumerate(_LOOKS):
            progress(step, len(_LOOKS), _(words))
            try:
                with Reader(engine) as reader:
                    found += [Finding(sentence) for sentence in look(reader)]
            except Damaged as error:
                if not found:
                    found.append(Finding(str(error)))
                stopped.append(_(words))
        if stopped:
            words = _("Damage stopped a part of the check: {parts}.")
            found += [Finding(words.format(parts=" / ".join(stopped)))] if len(stopped) < len(_LOOKS) else []
        else:
            with Reader(engine) as reader:
                known = attachments.referenced(reader)
            found += _attachments(path, key, known, progress)
        return found
    finally:
        engine.dispose()


def pages(reader: Reader) -> list[str]:
    """Return what SQLite's own check says of the file's pages, and SQLCipher of their seals; empty for sound ones."""
    seals = reader.connection.exec_driver_sql("PRAGMA cipher_integrity_check")
    # A plain book has none. Behind a broken one nothing more can be asked: SQLCipher stops there.
    found = [str(row[0]) for row in seals] if seals.returns_rows else []
    if not found:
        details = [str(row[0]) for row in reader.connection.exec_driver_sql("PRAGMA integrity_check")]
        if details == ["ok"]:
            return []
        found = [part for one in details for part in one.split("\n") if not part.startswith("***")]
    more = _(" and more") if len(found) > _TOLD else ""
    return [
        _(
            "The file is damaged ({detail}{more}): what stands there cannot be read or trusted. Restore a backup, or "
            "salvage the rest with “check --repair”."
        ).format(detail="; ".join(found[:_TOLD]), more=more)
    ]


def _foreign_keys(reader: Reader) -> list[str]:
    rows = reader.connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    broken = Counter((row[0], row[2]) for row in rows if row[0] in RECORDS)
    return [
        ngettext(
            "{table}: {n} record refers to a missing record of “{target}”. Restore a backup; “check --repair” makes a "
            "new book without the reference.",
            "{table}: {n} records refer to missing records of “{target}”. Restore a backup; “check --repair” makes a "
            "new book without the references.",
            n,
        ).format(table=_(RECORDS[table].label), target=_(RECORDS[target].label), n=n)
        for (table, target), n in sorted(broken.items())
    ]


def _families(reader: Reader) -> list[str]:
    return [
        _(
            "Each of these enterprises is the parent of the next, and the last of the first: {names}. Clear the parent "
            "or group of one of them."
        ).format(names=" → ".join(names))
        for names in families.circles(reader)
    ]


def _schema(reader: Reader) -> list[str]:
    return [
        _(
            "The table or index “{name}” is missing or not as this program makes it. Restore a backup; "
            "“check --repair” makes a new book with the right ones."
        ).format(name=name)
        for name in schema.differences(reader.connection)
    ]


def _triggers(reader: Reader) -> list[str]:
    present, expected = triggers.present(reader.connection), triggers.expected()
    wrong = sorted(name for name in present.keys() | expected.keys() if present.get(name) != expected.get(name))
    return [
        _(
            "The trigger {name} is not as it should be, so that changes can miss the journal. “check --repair” makes a "
            "new book with the right one."
        ).format(name=name)
        for name in wrong
    ]


def _index(reader: Reader) -> list[str]:
    found = search_index.out_of_step(reader)
    sentences = []
    if found.records:
        n = len(found.records)
        sentences.append(
            ngettext(
                "The search index is out of step with {n} record, which may not be found. Rebuild the search index in "
                "the settings, under “Book and backup”, or with “check --rebuild-index”.",
                "The search index is out of step with {n} records, which may not be found. Rebuild the search index in "
                "the settings, under “Book and backup”, or with “check --rebuild-index”.",
                n,
            ).format(n=n)
        )
    if found.leftovers:
        n = found.leftovers
        sentences.append(
            ngettext(
                "The search index has {n} entry without a record or without its text. Rebuild the search index in the "
                "settings, under “Book and backup”, or with “check --rebuild-index”.",
                "The search index has {n} entries without a record or without their text. Rebuild the search index in "
                "the settings, under “Book and backup”, or with “check --rebuild-index”.",
                n,
            ).format(n=n)
        )
    return sentences


_LOOKS: Sequence[tuple[str, Callable[[Reader], list[str]]]] = (
    (N_("Checking the pages"), pages),
    (N_("Checking references"), lambda reader: [*_foreign_keys(reader), *_families(reader)]),
    (N_("Checking the tables"), _schema),
    (N_("Checking the triggers"), _triggers),
    (N_("Checking the journal"), checking_journal.check),
    (N_("Checking the search index"), _index),
)


def _attachments(path: Path, key: bytes | None, known: set[str], progress: Report) -> Iterator[Finding]:
    states = Counter(state for _sha256, state in attachments.verify(path, key, known, progress))
    folder = attachments.folder(path).name
    if n := states["missing"]:
        words = ngettext(
            "{n} attachment is missing from {folder}. Restore a backup, or put the folder back.",
            "{n} attachments are missing from {folder}. Restore a backup, or put the folder back.",
            n,
        )
        yield Finding(words.format(n=n, folder=folder))
    if n := states["damaged"]:
        words = ngettext(
            "{n} attachment in {folder} is damaged. Restore a backup, or attach the file again.",
            "{n} attachments in {folder} are damaged. Restore a backup, or attach the files again.",
            n,
        )
        yield Finding(words.format(n=n, folder=folder))
    if n := len(attachments.unreferenced(path, key, known)):
        words = ngettext(
            "{n} file in {folder} belongs to no record; it was left by a save that did not finish, and does no harm.",
            "{n} files in {folder} belong to no record; they were left by saves that did not finish, and do no harm.",
            n,
        )
        yield Finding(words.format(n=n, folder=folder), harmless=True)
