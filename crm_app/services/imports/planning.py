"""The first half of an import: read, understand, compare with the book; nothing is written."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from crm_app.db.book import Book
from crm_app.db.imports import last_unit
from crm_app.db.reader import Reader
from crm_app.domain import import_kinds, import_rows, imports
from crm_app.domain.import_days import DayQuestion
from crm_app.domain.import_guesses import guess_kind
from crm_app.domain.import_rows import Parsed
from crm_app.domain.imports import Column, settle_days
from crm_app.domain.staff import DictionaryEntry
from crm_app.errors import BadInput
from crm_app.files import structure
from crm_app.files.cells import SheetRows
from crm_app.files.reading import read_tables
from crm_app.files.structure import LeftOut, Structure
from crm_app.i18n import _
from crm_app.services.imports import mappings
from crm_app.services.imports.choices import Choices, SheetChoice
from crm_app.services.imports.drafts import Draft, Notes
from crm_app.services.imports.enterprise_rows import link_parent
from crm_app.services.imports.likely import likely
from crm_app.services.imports.mappings import Remembered
from crm_app.services.imports.plan import Action, ImportPlan, RowPlan, SheetPlan
from crm_app.services.imports.shelf import Shelf
from crm_app.services.imports.taking import TAKE

Progress = Callable[[int, int, str], None]
"""Called with rows done, rows in all (0: unknown) and a word; raises Cancelled to stop."""

KINDS = ("auto", *import_kinds.KINDS)
"""What can be imported; ``auto`` lets the headers decide, sheet by sheet."""

_BETWEEN_REPORTS = 200
_SAMPLES = 40
"""Rows by which a column is known whose header says nothing."""
_AS_GUESSED = Choices()


@dataclass
class _Table:
    """One sheet, understood."""

    name: str
    kind: str
    columns: tuple[Column, ...]
    found: Structure
    headers: str
    remembered: Remembered | None
    questions: tuple[DayQuestion, ...] = ()
    encoding: str = ""

    def plan(self) -> SheetPlan:
        left_out = list(self.found.left_out.values())
        header = min(row for row, why in self.found.left_out.items() if why is LeftOut.HEADER)
        notes = sum(1 for why in left_out if why in (LeftOut.NOTE, LeftOut.HEADING))
        totals = left_out.count(LeftOut.TOTAL)
        return SheetPlan(
            self.name,
            self.kind,
            self.columns,
            header + 1,
            totals,
            notes,
            self.headers,
            self.remembered,
            self.questions,
            self.encoding,
        )


def plan(
    book: Book,
    path: Path,
    kind: str = "auto",
    *,
    choices: Choices = _AS_GUESSED,
    content: bytes | None = None,
    progress: Progress | None = None,
) -> ImportPlan:
    """Return what importing a file would do, row by row; nothing is written. ``choices`` go before what is guessed.

    A sheet of which they say nothing is read as one with the same headers was the last time. ``content`` is the
    text of a table that lies in no file, such as pasted cells; the path only names it then.

    Raise BadInput for a file that cannot be read, holds no table, or lacks the columns its kind cannot do without;
    Cancelled where ``progress`` says so.
    """
    if kind not in KINDS:
        raise BadInput(_("“{kind}” cannot be imported.").format(kind=kind), field="kind")
    began = time.monotonic()
    report = progress or (lambda _done, _total, _text: None)
    sheets = read_tables(
        path, content=content, encoding=choices.encoding, cancel=lambda: report(0, 0, _("Reading the file"))
    )
    with book.read() as reader:
        known = mappings.recall(reader)
        tables, skipped = _understand(sheets, kind, path, choices, known)
        choices = mappings.choices_with(choices, [table.remembered for table in tables if table.remembered])
        stood = last_unit(reader)
        parsed = _parse(tables, _folds(reader), report)
        shelf = Shelf(reader, [row for _sheet, _number, row in parsed])
        shelf.likely = likely(reader, shelf, [row for _sheet, _number, row in parsed], report)
    rows = tuple(_decide(shelf, tables, parsed, report))
    return ImportPlan(
        path,
        tuple(table.plan() for table in tables),
        rows,
        tuple(skipped),
        time.monotonic() - began,
        shelf,
        stood,
        choices,
    )


def _understand(
    sheets: Sequence[SheetRows], kind: str, path: Path, choices: Choices, known: Mapping[str, Remembered]
) -> tuple[list[_Table], list[str]]:
    """Return the tables of a kind, and a sentence for each sheet that has none; raise it where none has one."""
    tables: list[_Table] = []
    skipped: list[BadInput] = []
    for sheet in sheets:
        chosen = choices.sheets.get(sheet.name)
        if chosen is not None and chosen.leave_out:
            continue
        try:
            tables.append(_table(sheet, kind, path, chosen, known))
        except BadInput as error:
            skipped.append(error)
    if not tables:
        raise skipped[0]
    return tables, [str(error) for error in skipped]


def _table(
    sheet: SheetRows, kind: str, path: Path, choice: SheetChoice | None, known: Mapping[str, Remembered]
) -> _Table:
    found = structure.find(sheet, imports.known_header)
    if found is None:
        raise BadInput(
            _("No row of “{name}” reads like a header (企业名称, 联系人…). Add one and try again.").format(
                name=sheet.name or path.name
            )
        )
    headers = mappings.fingerprint(found.headers)
    remembered = known.get(headers) if choice is None else None
    if remembered and kind not in ("auto", remembered.choice.kind):
        remembered = None
    choice = choice or (remembered.choice if remembered else SheetChoice())
    chosen = choice.kind or (guess_kind(found.headers, (path.stem, sheet.name)) if kind == "auto" else kind)
    samples = [found.rows[number] for number in found.data[:_SAMPLES]]
    guessed = imports.columns_for(chosen, found.headers, found.unit, samples)
    columns = tuple(_chosen(one, choice) for one in guessed)
    imports.check_columns(chosen, columns)
    columns, questions = settle_days(columns, [found.rows[number] for number in found.data])
    return _Table(sheet.name, chosen, columns, found, headers, remembered, questions, sheet.encoding)


def _chosen(column: Column, choice: SheetChoice) -> Column:
    """Return a column as the user wants it read."""
    target = choice.targets.get(column.index, column.target)
    return replace(
        column,
        target=target,
        evidence=column.evidence if target == column.target else "",
        unit=choice.units.get(column.index, column.unit),
        day_order=choice.day_orders.get(column.index),
    )


def _folds(reader: Reader) -> dict[str, dict[str, str]]:
    folds: dict[str, dict[str, str]] = {}
    for entry in reader.find(DictionaryEntry):
        for alias in entry.aliases or ():
            folds.setdefault(entry.list_name, {})[alias] = entry.name
    return folds


def _parse(tables: Sequence[_Table], folds: import_rows.Folds, report: Progress) -> list[tuple[int, int, Parsed]]:
    """Return every row of data as (table, row of its sheet, what it says)."""
    total = sum(len(table.found.data) for table in tables)
    parsed: list[tuple[int, int, Parsed]] = []
    for place, table in enumerate(tables):
        for number in table.found.data:
            if len(parsed) % _BETWEEN_REPORTS == 0:
                report(len(parsed), total, _("Checking the rows"))
            parsed.append((place, number, import_rows.parse_row(table.columns, table.found.rows[number], folds)))
    return parsed


def _decide(
    shelf: Shelf, tables: Sequence[_Table], parsed: Sequence[tuple[int, int, Parsed]], report: Progress
) -> Iterator[RowPlan]:
    """Yield what becomes of each row. A parent is looked for last: it may stand below its daughter."""
    notes = []
    for done, (place, _number, row) in enumerate(parsed):
        if done % _BETWEEN_REPORTS == 0:
            report(done, len(parsed), _("Comparing with the book"))
        said = Notes(reasons=list(row.reasons))
        if not row.reasons:
            TAKE[tables[place].kind](shelf, said, row)
        notes.append(said)
    for (_place, _number, row), said in zip(parsed, notes, strict=True):
        parent = row.values.get("enterprise.parent")
        if parent and not said.reasons:
            _link_parent(shelf, said, row, parent)
    for (place, number, row), said in zip(parsed, notes, strict=True):
        yield _row_plan(place, number, row, said, tables[place])


def _link_parent(shelf: Shelf, said: Notes, row: Parsed, parent: str) -> None:
    code, name = row.values.get("enterprise.uscc"), row.values.get("enterprise.name")
    known: list[Draft] = (shelf.coded(code) if code else []) or (shelf.named(name) if name else [])
    if known:
        link_parent(shelf, said, known[0], parent)


def _row_plan(place: int, number: int, row: Parsed, said: Notes, table: _Table) -> RowPlan:
    title = said.title or row.values.get("project.name") or row.values.get("enterprise.name") or ""
    cells = table.found.rows[number]
    if said.reasons:
        return RowPlan(place, number + 1, Action.REJECT, title, reasons=tuple(said.reasons), cells=cells)
    changed = Action.UPDATE if said.changes or said.added else Action.UNCHANGED
    return RowPlan(
        place,
        number + 1,
        Action.CREATE if said.made else changed,
        title,
        tuple(said.changes),
        tuple(said.added),
        tuple(said.duplicates),
        tuple(said.remarks),
        (),
        cells,
    )
