"""The bureau's own template: its headers are understood as an import's are, and the rows of a kind put under them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from crm_app.db.book import Book
from crm_app.domain import import_meanings, imports
from crm_app.domain.exports import Looks
from crm_app.domain.import_headers import JOIN
from crm_app.domain.imports import Column
from crm_app.errors import BadInput
from crm_app.files import structure
from crm_app.files.cells import Cell
from crm_app.files.filling import fill_template
from crm_app.files.reading import read_tables
from crm_app.files.writing import Head, whole_file
from crm_app.i18n import _
from crm_app.progress import Report, unheard
from crm_app.services.exports.kinds import for_template
from crm_app.services.exports.noting import note
from crm_app.services.exports.sheets import Table, record_of

_SUFFIX = ".xlsx"
_SERIAL = ("序号", "No.", "No")
_WAN = 10_000
_SIZES = {"": 1, "千": 1_000, "万": _WAN, "百万": 10**6, "亿": 10**8, "十亿": 10**9}
"""Yuan or dollars in the unit a header of the template names, without its currency."""


@dataclass(frozen=True)
class _Place:
    """Where the rows go: the sheet, its first row below the header (from 1), and what each filled column takes."""

    sheet: str
    first: int
    columns: tuple[Column, ...]
    serial: int | None


@dataclass(frozen=True)
class Filled:
    """How many rows stand in a filled template, and which of its headers the program has nothing for."""

    rows: int
    left_empty: tuple[str, ...]


def export_to_template(
    book: Book, kind: str, template: Path, out_path: Path, *, personal: bool = False, progress: Report = unheard
) -> Filled:
    """Fill the headers of ``template`` with every row of a kind, write it to ``out_path`` and return what was filled.

    The rows take the format of the first empty one; totals below are pushed down, formulas kept. The template itself
    is not changed. Raise BadInput where it cannot be read or none of its headers is understood, Refused where the file
    cannot be written, Cancelled where ``progress`` says so.
    """
    record_type = record_of(kind)
    if template.suffix.lower() != _SUFFIX or out_path.suffix.lower() != _SUFFIX:
        raise BadInput(_("A template and what is made of it are workbooks: give both the ending .xlsx."))
    place = _understood(template, kind)
    with book.read() as reader:
        table = Table(reader, record_type, personal=personal, more=for_template(record_type, personal=personal))
        own = _targets(kind, [head.title for head in table.heads])
        found = [(one, own[one.target]) for one in place.columns if one.target in own]
        taken = [(one, at) for one, at in found if _in_one_currency(one, table.heads[at])]
        if not taken:
            raise _nothing_fits(template)
        note(book, kind, table.total, personal=personal)
        scaled = [(at, _yuan(column, table.heads[at])) for column, at in taken]
        rows = _rows(chain.from_iterable(table.blocks(progress)), scaled, place.serial)
    columns = [*([] if place.serial is None else [place.serial]), *(one.index for one, _at in taken)]
    content = fill_template(
        template,
        place.sheet,
        place.first,
        columns,
        rows,
        lambda: progress(len(rows), len(rows), _("Filling the template")),
    )
    with whole_file(out_path) as beside:
        beside.write_bytes(content)
    named = (one for one in place.columns if one.header and one.index not in columns)
    return Filled(len(rows), tuple(one.header.replace(JOIN, " ") for one in named))


def _understood(template: Path, kind: str) -> _Place:
    """Return where the rows go: the first sheet with a header of this kind."""
    for sheet in read_tables(template):
        found = structure.find(sheet, import_meanings.known_header)
        if found is None:
            continue
        columns = imports.columns_for(kind, found.headers, found.unit)
        if any(column.target for column in columns):
            header = max(row for row, why in found.left_out.items() if why is structure.LeftOut.HEADER)
            serial = next((at for at, title in enumerate(found.headers) if title.strip() in _SERIAL), None)
            return _Place(sheet.name, header + 2, columns, serial)
    raise _nothing_fits(template)


def _nothing_fits(template: Path) -> BadInput:
    return BadInput(
        _("No header of “{name}” is understood for these records. Use words such as 企业名称 or 联系人.").format(
            name=template.name
        )
    )


def _targets(kind: str, titles: Sequence[str]) -> dict[str, int]:
    """Return for each field the place of our own column that holds it."""
    return {one.target: one.index for one in imports.columns_for(kind, titles) if one.target}


def _rows(rows: Iterable[Sequence[Cell]], taken: Sequence[tuple[int, int]], serial: int | None) -> list[list[Cell]]:
    """Return the cells of the template's columns."""
    found: list[list[Cell]] = []
    for number, row in enumerate(rows, 1):
        cells: list[Cell] = [_scaled(row[at], yuan) for at, yuan in taken]
        found.append(cells if serial is None else [number, *cells])
    return found


def _yuan(column: Column, head: Head) -> int:
    """Return how many yuan or dollars the unit of a template's column is; what is no amount stays as it is."""
    if head.looks is not Looks.AMOUNT or not column.unit:
        return _WAN
    return _SIZES.get(column.unit.replace("美", "").removesuffix("元"), _WAN)


def _in_one_currency(column: Column, head: Head) -> bool:
    """Say whether what the book holds is in the currency a template's column names: nothing is converted."""
    return head.looks is not Looks.AMOUNT or not column.unit or ("美" in column.unit) == ("美" in head.title)


def _scaled(cell: Cell, yuan: int) -> Cell:
    if not isinstance(cell, int | float) or yuan == _WAN:
        return cell
    amount = cell * _WAN / yuan
    return int(amount) if float(amount).is_integer() else amount
