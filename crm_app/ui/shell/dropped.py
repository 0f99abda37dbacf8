"""Files dropped on the window beside every record: ledgers and cards are imported, others belong on a record."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from crm_app.i18n import _, ngettext
from crm_app.ui.widgets.file_drop import LEDGERS, PICTURES, Told


def told(paths: Sequence[Path]) -> Told:
    """Say what a drop of these files does."""
    n = len(of_these(paths))
    if not n:
        return Told(_("To attach a file, drop it on a row of a list or on the page of a record"), takes=False)
    if all(path.suffix.lower() in PICTURES for path in of_these(paths)):
        return Told(ngettext("Read {n} business card", "Read {n} business cards", n).format(n=n))
    return Told(ngettext("Import {n} file as a ledger", "Import {n} files as ledgers", n).format(n=n))


def of_these(paths: Sequence[Path]) -> list[Path]:
    """Return those that can be imported."""
    return [path for path in paths if path.suffix.lower() in (*LEDGERS, *PICTURES)]
