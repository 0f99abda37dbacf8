"""The second half of an import: the plan written as one unit of work, and the wrong rows written back."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from crm_app.db import backup
from crm_app.db.book import Book
from crm_app.db.imports import last_unit
from crm_app.db.unit import Unit
from crm_app.domain.fields import Record
from crm_app.errors import BadInput, Refused
from crm_app.files.cells import Cell
from crm_app.files.writing import Head, Page, write_pages
from crm_app.i18n import _
from crm_app.services.imports.drafts import Draft
from crm_app.services.imports.plan import Action, ImportPlan, ImportResult
from crm_app.services.imports.planning import Progress
from crm_app.services.imports.shelf import ORDER
from crm_app.services.outcome import Outcome

_CHUNK = 500
_MANY = 100
"""Rows from which on a backup is made first."""
_LONGEST_WIDTH = 40


def apply(book: Book, plan: ImportPlan, progress: Progress | None = None) -> Outcome[ImportResult]:
    """Write a plan as one unit of work, which one undo takes back.

    Raise Refused where the book has changed since the plan was made: what was previewed is what is written; and where
    no backup can be made before many rows.
    Raise Cancelled where ``progress`` says so; nothing is written then.
    """
    began = time.monotonic()
    if plan.result.created + plan.result.updated > _MANY:
        backup.safeguard(book)
    with book.unit(_("Import {name}").format(name=plan.path.name)) as unit:
        if last_unit(unit, before=unit.n) != plan.unit:
            raise Refused(_("The book has changed since the preview. Look at the preview again, then import."))
        _Writer(unit, progress or (lambda _done, _total, _text: None), plan).write()
        changes = unit.commit()
    return Outcome(changes, replace(plan.result, seconds=round(plan.seconds + time.monotonic() - began, 3)))


class _Writer:
    """Writes the drafts, what is referred to first; ids are known only here, so that a plan can be applied again."""

    def __init__(self, unit: Unit, report: Progress, plan: ImportPlan) -> None:
        self._unit, self._report = unit, report
        self._drafts = plan.shelf.drafts
        self._total = sum(1 for drafts in self._drafts.values() for one in drafts if one.id is None or one.wanted)
        self._done = 0
        self._ids: dict[Draft, UUID] = {}
        self._later: list[tuple[Draft, dict[str, Any]]] = []

    def write(self) -> None:
        """Insert what is new in chunks, change what is known, then say what refers to a later one."""
        for record_type in ORDER:
            new = [one for one in self._drafts[record_type] if one.id is None]
            for start in range(0, len(new), _CHUNK):
                self._insert(record_type, new[start : start + _CHUNK])
        for record_type in ORDER:
            for draft in self._drafts[record_type]:
                if draft.id is not None and draft.wanted:
                    self._unit.update(record_type, draft.id, **self._resolved(draft))
                    self._step(1)
        for draft, values in self._later:
            wanted = {name: self._ids[value] for name, value in values.items()}
            self._unit.update(draft.record_type, self._ids[draft], **wanted)

    def _insert(self, record_type: type[Record], block: Sequence[Draft]) -> None:
        ids = self._unit.insert_many(record_type, [self._resolved(draft) for draft in block])
        self._ids.update(zip(block, ids, strict=True))
        self._step(len(block))

    def _resolved(self, draft: Draft) -> dict[str, Any]:
        """Return the values with ids for drafts; those not written yet are set aside for later."""
        waiting = {name: v for name, v in draft.wanted.items() if isinstance(v, Draft) and v not in self._ids}
        if waiting:
            self._later.append((draft, waiting))
        resolved = {
            name: self._ids[value] if isinstance(value, Draft) else value
            for name, value in draft.wanted.items()
            if name not in waiting
        }
        return resolved if draft.new_id is None else {**resolved, "id": draft.new_id}

    def _step(self, count: int) -> None:
        self._done += count
        self._report(self._done, self._total, _("Writing"))


def write_rejects(plans: ImportPlan | Sequence[ImportPlan], path: Path) -> int:
    """Write the rejected rows in the sender's own columns with the reason beside each; return how many.

    The file can be put right and imported again. One page a sheet of several; a .csv holds only one, else BadInput.
    """
    every = [plans] if isinstance(plans, ImportPlan) else plans
    pages = [page for plan in every for page in _pages_of_rejects(plan)]
    if len(pages) > 1 and path.suffix.lower() == ".csv":
        raise BadInput(_("Several sheets have wrong rows; give the file for them the ending .xlsx."))
    return write_pages(path, pages or [Page(_("Rejected"), [Head(_("Why it came back"))], [])])


def _pages_of_rejects(plan: ImportPlan) -> Iterator[Page]:
    for place, sheet in enumerate(plan.sheets):
        rejected = [row for row in plan.rows if row.sheet == place and row.action is Action.REJECT]
        if rejected:
            heads = [Head(column.header) for column in sheet.columns]
            rows = [[*_cells(row.cells, len(heads)), _("; ").join(row.reasons)] for row in rejected]
            yield Page(sheet.name or plan.path.stem, [*heads, Head(_("Why it came back"), _LONGEST_WIDTH)], rows)


def _cells(cells: Sequence[Any], width: int) -> list[Cell]:
    return [*cells[:width], *[None] * (width - len(cells))]
