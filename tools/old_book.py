"""Writes the small book of the newest revision that ``tests/old_books`` keeps: the one before it, brought up to date.

Run it again while a revision is being written; once it is released its book is never made anew.
"""

from __future__ import annotations

import lzma
import sys
import tempfile
from pathlib import Path

from crm_app.db import migrate
from crm_app.db.engine import connect
from crm_app.services import book as books

KEPT = Path(__file__).resolve().parent.parent / "tests" / "old_books"


def main() -> int:
    """Write the book and name it."""
    before, newest = migrate.REVISIONS[-2:]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "old.crm"
        path.write_bytes(lzma.decompress((KEPT / f"{before}.crm.xz").read_bytes()))
        books.close_book(books.open_book(path))
        whole = connect(path, None)
        # One file, as small as it can be: no log beside it, no free pages, no trace of this machine's folders.
        whole.execute("PRAGMA journal_mode = DELETE")
        whole.execute("DELETE FROM backup_copy")
        whole.execute("VACUUM")
        whole.close()
        target = KEPT / f"{newest}.crm.xz"
        target.write_bytes(lzma.compress(path.read_bytes(), preset=9))
    print(target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
