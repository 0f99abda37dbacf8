"""The second half of an import: the plan written as one unit of work, and the wrong rows written back."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from crm_app.collecting import uncollected
from crm_app.db import backup
from crm_app.db.book import Book
from crm_app.db.changes import Changes
from crm_app.db.imports import last_unit
from crm_app.db.unit import Unit
from crm_app.domain.search_documents import BrokenEntries
from crm_app.errors import BadInput, Refused
from crm_app.files import asking, reading
from crm_app.files.cells import Cell
from crm_app.files.ledgers import names_worked_out
from crm_app.files.workbook import LONGEST_CELL
from crm_app.files.writing import Head, Page, write_pages
from crm_app.i18n import _
from crm_app.progress import Report, unheard
from crm_app.services.imports.choices import AS_GUESSED, Choices
from crm_app.services.imports.deciding import Decider
from crm_app.services.imports.plan import Action, ImportPlan, ImportResult, RowPlan
from crm_app.services.imports.planning import check_kind
from crm_app.services.imports.writer import Writer
from crm_app.services.imports.written_rows import WrittenRows
from crm_app.services.outcome import Outcome

_MANY = 100
"""Rows from which on a backup is made first."""
_LONGEST_WIDTH = 40
_NAMED = 3
"""Files that a step is called by; of more it tells how many."""


def apply(book: Book, plan: ImportPlan, progress: Report = unheard) -> Outcome[ImportResult]:
    """Write a plan as one unit of work, which one undo takes back.

    Raise Refused where the book has changed since the plan was made: what was previewed is what is written; and where
    no backup can be made before many rows.
    Raise Cancelled where ``progress`` says so; nothing is written then.
    """
    done = apply_all(book, [plan], progress)
    return Outcome(done.changes, done.value[0].result)


def apply_all(
    book: Book, plans: Sequence[ImportPlan], progress: Report = unheard, *, keep: bool = True
) -> Outcome[list[ImportPlan]]:
    """Write the plans of several files as one unit of work, those first that others refer to.

    Each after the first is planned anew on what those before it have written, and is answered as it then was, in that
    order. ``keep``: where it is false, nothing stays written: that is how files which refer to one another are tried.
    Raises what :func:`apply` raises, and what :func:`plan` does of a file that can no longer be read.
    """
    began = time.monotonic()
    ordered = sorted(plans, key=lambda plan: plan.rank)
    if keep and sum(plan.result.created + plan.result.updated for plan in plans) > _MANY:
        backup.safeguard(book)
    with uncollected(), names_worked_out(), book.unit(_label(*(plan.path for plan in ordered))) as unit:
        if any(last_unit(unit, before=unit.n) != plan.unit for plan in ordered):
            raise Refused(_("The book has changed since the preview. Look at the preview again, then import."))
        done: list[ImportPlan] = []
        for plan in ordered:
            current = _planned_anew(unit, plan, progress) if done else plan
            _write_plan(unit, current, progress)
            took = current.seconds + time.monotonic() - began
            done.append(replace(current, seconds=took))
            began = time.monotonic()
        changes = unit.commit() if keep else Changes()
    return Outcome(changes, done)


def _planned_anew(unit: Unit, plan: ImportPlan, report: Report) -> ImportPlan:
    """Return what a file does after those before it; its choices are those it was looked at with."""
    began = time.monotonic()
    decider = Decider(unit, unit, plan.path, plan.kind, plan.choices, report)
    rows = [row for block in decider.blocks(plan.content) for row in block]
    decider.link(rows)
    return decider.plan(tuple(rows), began, plan.unit)


def _write_plan(unit: Unit, plan: ImportPlan, report: Report) -> None:
    drafts, changed, plain = plan.shelf.drafts, plan.shelf.changed, list(plan.shelf.made.blocks())
    total = sum(map(len, drafts.values())) + len(changed) + sum(one.records for one in plain)
    writer = Writer(unit, report, total)
    writer.write(drafts, changed)
    writer.write_plain(plain, plan.shelf.me)


def take(
    book: Book, path: Path, kind: str = "auto", *, choices: Choices = AS_GUESSED, progress: Report = unheard
) -> Outcome[ImportPlan]:
    """Import a file without a preview, as one unit of work: rows are written while the file is still being read.

    The plan that is answered tells what became of each row, for the rejects too; it is done and cannot be applied.
    Raises what :func:`plan` and :func:`apply` raise; nothing is written then.
    """
    check_kind(kind)
    began = time.monotonic()
    asking.make_ready()
    backup.safeguard(book)
    try:
        with uncollected(), names_worked_out(), book.unit(_label(path)) as unit:
            writer, rows = Writer(unit, progress, 0), WrittenRows()
            with book.read() as before:
                decider = Decider(unit, before, path, kind, choices, progress, writing=True)
                for block in decider.blocks():
                    rows.add(block)
                    _write(decider, writer)
            decider.link(rows)
            _write(decider, writer)
            changes = unit.commit(progress)
    except BrokenEntries as error:
        raise reading.trouble("died", path) from error
    return Outcome(changes, decider.plan(rows, began, changes.unit or 0))


def _write(decider: Decider, writer: Writer) -> None:
    writer.write(decider.shelf.drafts, decider.shelf.changed)
    writer.write_plain(decider.shelf.made.blocks(), decider.shelf.me)
    writer.forget()
    decider.shelf.forget()


def _label(*paths: Path) -> str:
    names = _(", ").join(path.name for path in paths[:_NAMED])
    if len(paths) > _NAMED:
        names = _("{names}, … {n} in all").format(names=names, n=len(paths))
    return _("Import {name}").format(name=names)


def write_rejects(plans: ImportPlan | Sequence[ImportPlan], path: Path) -> int:
    """Write the rejected rows in the sender's own columns with the reason beside each; return how many.

    The file can be put right and imported again. One page a sheet of several; a .csv holds only one, else BadInput.
    """
    every = [plans] if isinstance(plans, ImportPlan) else plans
    longest = LONGEST_CELL if path.suffix.lower() == ".xlsx" else None
    pages = [page for plan in every for page in _pages_of_rejects(plan, longest)]
    if len(pages) > 1 and path.suffix.lower() == ".csv":
        raise BadInput(_("Several sheets have wrong rows; give the file for them the ending .xlsx."))
    return write_pages(path, pages or [Page(_("Rejected"), [Head(_("Why it came back"))], [])])


def _pages_of_rejects(plan: ImportPlan, longest: int | None) -> Iterator[Page]:
    for place, sheet in enumerate(plan.sheets):
        rejected = [row for row in plan.rows if row.sheet == place and row.action is Action.REJECT]
        if rejected:
            heads = [Head(column.header) for column in sheet.columns]
            rows = [_rejected(row, heads, longest) for row in rejected]
            yield Page(sheet.name or plan.path.stem, [*heads, Head(_("Why it came back"), _LONGEST_WIDTH)], rows)


def _rejected(row: RowPlan, heads: Sequence[Head], longest: int | None) -> list[Cell]:
    """Return the cells of a row with the reason; of a text that a cell of the file cannot hold its beginning."""
    cells, reasons = _cells(row.cells, len(heads)), list(row.reasons)
    for column, cell in enumerate(cells):
        if longest and isinstance(cell, str) and len(cell) > longest:
            cells[column] = cell[:longest]
            words = _("“{header}” is cut after {n} characters here; row {row} of the sender's file has all of it.")
            reasons.append(words.format(header=heads[column].title, n=longest, row=row.number))
    return [*cells, _("; ").join(reasons)]


def _cells(cells: Sequence[Any], width: int) -> list[Cell]:
    return [*cells[:width], *[None] * (width - len(cells))]
