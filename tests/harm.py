"""Harm done to the file of a book behind the program's back."""

from __future__ import annotations

from pathlib import Path

from crm_app.db.engine import connect


def lose_search_entries(path: Path, key: bytes | None = None) -> None:
    """Take half an entry from the search index: of the first record its text, of every other one its row."""
    connection = connect(path, key)
    connection.executescript(
        "DELETE FROM search_text WHERE rowid = (SELECT min(n) FROM search_row);"
        "DELETE FROM search_row WHERE n > (SELECT min(n) FROM search_row);"
    )
    connection.close()
