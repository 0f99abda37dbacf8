"""Where the full-text index takes long: for what very many hold, and for long names.

Of one character, two letters, two digits it gathers everything that begins so before it answers the first row: where
that is much, the first records are looked through instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from crm_app.db.reader import Reader
from crm_app.db.search_documents import marks, other_names
from crm_app.domain import grams
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.search_kinds import Shape, kind_of, shapes
from crm_app.domain.traditional import spellings

Entry = tuple[int, bytes, str | None]
"""A row of the index: its number, the record's id, the folded name."""

_MANY_PAGES = 40
"""Pages of the index, of 4 KB: gathering so many takes some three milliseconds."""

_LOOKED_THROUGH = 3_000
"""Entries of a kind: what is common is found among them often enough."""

_MOST_NAMED = ("enterprise", "contact")
_ENOUGH = 20

_AFTER_ALL = "\U0010ffff"

# The table has a row for each page of a piece of the index: the term that begins on it first, its number with a flag
# behind. What is before the first such page, and on the last, may be of the terms beside; two are read soon.
_PAGES = """
WITH RECURSIVE piece(n) AS (
    SELECT min(segid) FROM search_text_idx
    UNION ALL
    SELECT (SELECT min(segid) FROM search_text_idx WHERE segid > n) FROM piece WHERE n IS NOT NULL
)
SELECT total(
    (SELECT pgno / 2 FROM search_text_idx WHERE segid = n AND term > ?1 AND term < ?2 ORDER BY term DESC LIMIT 1)
    - (SELECT pgno / 2 FROM search_text_idx WHERE segid = n AND term > ?1 AND term < ?2 ORDER BY term LIMIT 1)
), total(max(0,
    (SELECT pgno / 2 FROM search_text_idx WHERE segid = n AND term >= ?2 ORDER BY term LIMIT 1)
    - (SELECT pgno / 2 FROM search_text_idx WHERE segid = n AND term <= ?1 ORDER BY term DESC LIMIT 1) - 2
)) FROM piece WHERE n IS NOT NULL
"""

_MAIN = "0"
"""Before every term stands which index it is of; there is one."""


def is_common(reader: Reader, run: str) -> bool:
    """Say whether so much begins with a short run that the full-text index would gather it for long."""
    if len(run) > (grams.CODE_WIDTH - 1 if run.isascii() else 1):
        return False
    kinds = (grams.NAME, grams.TEXT, *((grams.INITIALS, grams.CODE) if run.isascii() else ()))
    pages = [
        reader.driver_rows(_PAGES, (_MAIN + of + run).encode(), (_MAIN + of + run + _AFTER_ALL).encode())
        for of in kinds
    ]
    sure, possible = (sum(amounts) for amounts in zip(*(one for (one,) in pages), strict=True))
    if sure > _MANY_PAGES or possible <= _MANY_PAGES:
        return bool(sure > _MANY_PAGES)
    # Where it cannot be told from the terms beside it, the first names tell; what is rare is never left to them.
    return any(len(holders(reader, shapes()[table], run, _ENOUGH)) == _ENOUGH for table in _MOST_NAMED)


def holders(reader: Reader, shape: Shape, run: str, most: int) -> Sequence[Entry]:
    """Return entries of a kind that hold a run, of its first ones only: in the name, its reading, or the codes."""
    # A name stands folded in the index, a text as it was written.
    written = "" if shape.title or run.isascii() else spellings(run)
    holds = _holds(shape, run, written)
    if not holds:
        return ()
    record = "" if holds == [_IN_NAME] else f' CROSS JOIN {shape.table} t ON t.id = r."row"'
    statement = (
        f'SELECT r.n, r."row", r."key" FROM search_row r{record} WHERE r.n BETWEEN {shape.first}'
        f" AND min({shape.last}, (SELECT min(n) FROM search_row WHERE n > {shape.first}) + {_LOOKED_THROUGH})"
        f" AND ({' OR '.join(holds)}) LIMIT ?2"
    )
    return reader.driver_rows(statement, run, most, *written)


_IN_NAME = 'instr(r."key", ?1)'
_IN_READING = {"pinyin": "instr(' ' || t.pinyin, ' ' || ?1)", "initials": "instr(t.initials, ?1)"}


def _holds(shape: Shape, run: str, written: str) -> list[str]:
    if run.isalpha() and run.isascii():
        return [_IN_READING[column] for column in shape.readings if column in _IN_READING]
    if run.isascii():
        return [f"instr(t.{column}, ?1)" for column in shape.codes]
    places = range(3, 3 + len(written))
    return [f"instr(t.{column}, ?{place})" for column in shape.body for place in places] or [_IN_NAME]


def texts_of(reader: Reader, entries: Sequence[Entry]) -> dict[int, list[str]]:
    """Return by the numbers of entries the folded texts of their records, and the other names of enterprises."""
    found: dict[int, list[str]] = {}
    for table, block in groupby(entries, lambda entry: kind_of(entry[0])):
        numbers = {row: n for n, row, _key in block}
        asked = marks(tuple(numbers))
        searched = ", ".join(f'"{column}"' for column in shapes()[table].searched)
        texts = reader.driver_rows(f"SELECT id, {searched} FROM {table} WHERE id IN ({asked})", *numbers)
        if table == Enterprise.table:
            texts += [(row, name) for row, names in other_names(reader, tuple(numbers)).items() for name in names]
        for row, *held in texts:
            found.setdefault(numbers[row], []).extend(grams.fold([*filter(None, held)]))
    return found


def holding(reader: Reader, entries: Sequence[Entry], run: str) -> set[int]:
    """Return the numbers of the entries whose record holds a run in one of its texts, or in another of its names."""
    return {n for n, texts in texts_of(reader, entries).items() if any(run in text for text in texts)}
