"""Which rows of a list can hold a text in a column: the search index says it, where it takes the column up.

More may be found than hold it, never less: whoever asks still looks at each row.
"""

from __future__ import annotations

import re

from crm_app.db.list_sql import Sql
from crm_app.db.search_terms import windows
from crm_app.domain import grams
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.lists import Column, List
from crm_app.domain.search_kinds import Shape, shapes
from crm_app.domain.traditional import simplified

_STRETCH = re.compile("[0-9A-Za-z\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002ebe0]+")
"""What stands in the index as it does in the text, but for case and traditional characters, whatever is around it …"""

_LAST_LETTER = re.compile("[A-Za-z]$")
"""… but for a letter at the end, which an accent behind it would change."""


def stretches(text: str) -> list[str]:
    """Return the pieces of a text that every text which contains it has in the index in one piece."""
    found = []
    for stretch in _STRETCH.finditer(text):
        sure = stretch[0]
        if stretch.end() == len(text) or not text[stretch.end()].isascii():
            sure = _LAST_LETTER.sub("", sure)
        if len(sure) > 1:
            found.append(simplified(sure).lower())
    return found


def _asked(shape: Shape, name: str, text: str) -> str:
    """Return the question of the full-text index, empty where it cannot narrow down."""
    known = stretches(text)
    if name in shape.codes:
        # So many codes hold two digits that gathering them takes as long as looking at each.
        return " AND ".join(windows(one) for one in known if len(one) > 2)
    of = grams.NAME if name == shape.title else grams.TEXT
    return " AND ".join('"' + " ".join(of + one[i : i + 2] for i in range(len(one) - 1)) + '"' for one in known)


def holders(wanted: List, column: Column, sql: Sql, text: str) -> tuple[str, str]:
    """Return a select of the ids, as ``i``, of the rows that can hold a text, and the question it asks as ``:words``.

    Two empty texts where the index does not know the column, or the text is too short for it.
    """
    table = Enterprise.table if sql.through else wanted.record.table
    shape = shapes().get(table)
    name = "name" if sql.through else column.field
    if shape is None or name not in shape.searched or not (asked := _asked(shape, name, text)):
        return "", ""
    found = (
        'SELECT r."row" AS i FROM search_text s CROSS JOIN search_row r ON r.n = s.rowid'
        f" WHERE search_text MATCH :words AND s.rowid BETWEEN {shape.first} AND {shape.last}"
    )
    if not sql.through:
        return found, asked
    # A deleted enterprise is not in the index, and what was done with it still names it.
    found += " UNION ALL SELECT id FROM enterprise WHERE deleted_at IS NOT NULL"
    through = sql.through.format(table=wanted.record.table)
    return f"SELECT t.id AS i FROM ({found}) f CROSS JOIN enterprise e ON e.id = f.i{through}", asked
