"""The first half of an import: read, understand, compare with the book; nothing is written."""

from __future__ import annotations

import time
from pathlib import Path

from crm_app.collecting import uncollected
from crm_app.db.book import Book
from crm_app.db.imports import in_passing, last_unit
from crm_app.domain import import_kinds
from crm_app.errors import BadInput
from crm_app.files import asking
from crm_app.files.ledgers import names_worked_out
from crm_app.i18n import _
from crm_app.progress import Report, unheard
from crm_app.services.imports.choices import AS_GUESSED, Choices
from crm_app.services.imports.deciding import Decider
from crm_app.services.imports.plan import ImportPlan

KINDS = ("auto", *import_kinds.KINDS)
"""What can be imported; ``auto`` lets the headers decide, sheet by sheet."""


def plan(
    book: Book,
    path: Path,
    kind: str = "auto",
    *,
    choices: Choices = AS_GUESSED,
    content: bytes | None = None,
    progress: Report = unheard,
) -> ImportPlan:
    """Return what importing a file would do, row by row; nothing is written. ``choices`` go before what is guessed.

    A sheet of which they say nothing is read as one with the same headers was the last time. ``content`` is the
    text of a table that lies in no file, such as pasted cells; the path only names it then.

    Raise BadInput for a file that cannot be read, holds no table, or lacks the columns its kind cannot do without;
    Cancelled where ``progress`` says so.
    """
    check_kind(kind)
    began = time.monotonic()
    asking.make_ready()
    with uncollected(), book.read() as reader, in_passing(reader), names_worked_out():
        stood = last_unit(reader)
        decider = Decider(reader, reader, path, kind, choices, progress)
        rows = [row for block in decider.blocks(content) for row in block]
        decider.link(rows)
    return decider.plan(tuple(rows), began, stood)


def check_kind(kind: str) -> None:
    """Raise BadInput for a kind of ledger that is none."""
    if kind not in KINDS:
        raise BadInput(_("“{kind}” cannot be imported.").format(kind=kind), field="kind")
