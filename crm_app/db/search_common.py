"""One character, two letters, two digits: where very many records hold them, the first of those are looked through.

The full-text index gathers everything that begins so before it answers the first row.
"""

from __future__ import annotations

from collections.abc import Sequence

from crm_app.db.reader import Reader
from crm_app.domain import grams
from crm_app.domain.search_kinds import Shape

Entry = tuple[int, bytes, str | None]
"""A row of the index: its number, the record's id, the folded name."""

_MANY_PAGES = 200
"""Pages of the index, of 4 KB: gathering so many takes some milliseconds."""

_LOOKED_THROUGH = 5_000
"""Rows of a kind: what is common is found among them often enough."""

_AFTER_ALL = "\U0010ffff"

# A row for each page of a piece of the index: the first term that begins on it, and its number with a flag behind.
_PAGES = """
WITH RECURSIVE piece(n) AS (
    SELECT min(segid) FROM search_text_idx
    UNION ALL
    SELECT (SELECT min(segid) FROM search_text_idx WHERE segid > n) FROM piece WHERE n IS NOT NULL
)
SELECT total(
    (SELECT pgno / 2 FROM search_text_idx WHERE segid = n AND term >= ? ORDER BY term LIMIT 1)
    - (SELECT pgno / 2 FROM search_text_idx WHERE segid = n AND term <= ? ORDER BY term DESC LIMIT 1)
) FROM piece WHERE n IS NOT NULL
"""

_MAIN = "0"
"""Before every term stands which index it is of; there is one."""


def is_common(reader: Reader, run: str) -> bool:
    """Say whether so much begins with a short run that the full-text index would gather it for long."""
    if len(run) > (grams.CODE_WIDTH - 1 if run.isascii() else 1):
        return False
    first, beyond = (_MAIN + run).encode(), (_MAIN + run + _AFTER_ALL).encode()
    ((pages,),) = reader.driver_rows(_PAGES, beyond, first)
    return bool(pages > _MANY_PAGES)


def holders(reader: Reader, shape: Shape, run: str, most: int) -> Sequence[Entry]:
    """Return entries of a kind that hold a run, of its first rows only: in the name, its reading, or the codes."""
    if holds := _holds(shape, run):
        statement = (
            'SELECT r.n, r."row", r."key" FROM (SELECT id FROM (SELECT * FROM {table} WHERE +deleted_at IS NULL LIMIT'
            f' {_LOOKED_THROUGH}) WHERE {" OR ".join(holds)} LIMIT ?2) t CROSS JOIN search_row r ON r."row" = t.id'
        )
        return reader.driver_rows(statement.format(table=shape.table), run, most)
    return ()


def _holds(shape: Shape, run: str) -> list[str]:
    if not run.isascii():
        return [f"instr({column}, ?1)" for column in ((shape.title,) if shape.title else shape.body)]
    if not run.isalpha():
        return [f"instr({column}, ?1)" for column in shape.codes]
    how = {"pinyin": "instr(' ' || pinyin, ' ' || ?1)", "initials": "instr(initials, ?1)"}
    return [how[column] for column in shape.readings if column in how]
