"""What one row of a ledger says: typed values by target, or the reasons why it must go back."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any, NamedTuple
from uuid import UUID

from crm_app.domain import (
    days,
    import_cells,
    import_column_blocks,
    import_columns,
    import_days,
    import_odd_days,
)
from crm_app.domain.days import FuzzyDay
from crm_app.domain.fields import Field
from crm_app.domain.import_contacts import gather_people
from crm_app.domain.import_headers import JOIN, as_read
from crm_app.domain.import_kinds import (
    BESIDE,
    DEADLINES,
    FURTHER_PHONE,
    LASTING,
    PEOPLE,
    PHONES,
    POST,
    SPLIT,
    STAGE_DAYS,
    TIMED,
    YEAR_OF,
    YEARS,
    field_of,
    is_day,
    is_id,
    joins,
)
from crm_app.domain.imports import Column
from crm_app.domain.kinds import Choice, Day, Fuzzy
from crm_app.domain.people import at_firm
from crm_app.domain.records import RECORDS
from crm_app.domain.traditional import simplified
from crm_app.errors import BadInput
from crm_app.i18n import _

Folds = Mapping[str, Mapping[str, str]]
"""For each editable list: the word written → the entry it stands for, each entry itself among them."""

_PARTY = re.compile(r"等?一行(?:约?\d+余?人)?$")
"""Who came, behind the name of an enterprise that was met: 某某公司一行5人."""
_PART_OF_A_MONTH = re.compile(r"旬|月[份初中底末]|周|week|early|mid|late", re.I)
_MAY_BE_BLANK = ("event.kind", "visit.intent")
"""Fields of a few options without which a record says what it is: a word that is none of them sends no row back."""
_TOTAL, _EXPECTED = "project.total_investment", "project.intent"
"""A total that is still a range, or in dollars, is what is expected of the project: 约3-5亿, 2亿美元."""
REMARKS = "remarks"
"""What is told of a row beside its values, where a cell was not taken as it stands."""
SQUARE_METRES_A_MU = Decimal("666.67")


class Parsed(NamedTuple):
    """What a row says: values by target, and the reasons why it cannot be taken."""

    values: Mapping[str, Any]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Readable:
    """A column that is understood: what reads its cells, and whether it is one of several texts of its target.

    ``loosely`` reads spans in a column of days, ranges and dollars in one of total investments.
    """

    index: int
    target: str
    read: import_columns.Read
    read_all: import_column_blocks.ReadAll
    header: str
    joined: bool
    loosely: import_columns.Read | None


class RowReader:
    """Reads the rows of one sheet; what its columns mean is worked out once, for there may be 100,000 rows."""

    def __init__(self, columns: Sequence[Column], folds: Folds) -> None:
        joined = _joined_targets(columns)
        self.columns: list[Readable] = []
        for column in columns:
            if column.target:
                read = import_columns.reader_of(column, partial(_read, column, folds=folds))
                read_all = import_column_blocks.block_reader_of(column, read)
                header = column.header.replace(JOIN, " ")
                loosely = partial(_read, column, folds=folds, loosely=True) if is_day(column.target) else None
                if column.target == _TOTAL:
                    loosely = partial(_read, replace(column, target=_EXPECTED), folds=folds)
                self.columns.append(
                    Readable(column.index, column.target, read, read_all, header, column.target in joined, loosely)
                )
        targets = {column.target for column in columns}
        self._timed = bool(targets & TIMED.keys())
        self._beside = [
            (column, base) for column in self.columns for base in BESIDE.get(column.target, ()) if base in targets
        ]
        yearly = [(one.target, one.year) for one in columns if one.year and one.target in YEAR_OF]
        self._years = [(target, YEAR_OF[target], year) for target, year in yearly]
        self._of_contacts = tuple(one for one in targets if one.startswith("contact") and not is_id(one))

    def read(self, cells: Sequence[object]) -> Parsed:
        """Return what a row says; raise nothing: what is wrong with it are its reasons."""
        values: dict[str, Any] = {}
        reasons: list[str] = []
        remarks: list[str] = []
        width = len(cells)
        for one in self.columns:
            target = one.target
            cell = cells[one.index] if one.index < width else None
            if cell is None:
                continue
            try:
                value = one.read(cell)
            except BadInput as error:
                try:
                    target, value = _odd(one, cell, error, remarks)
                except BadInput:
                    reasons.append(_("{header}: {reason}").format(header=one.header, reason=error))
                    continue
            if value is None:
                continue
            if target == "task.due" and isinstance(value, str):
                target = "task.when"
            if one.joined and target == FURTHER_PHONE:
                value = _(", ").join(filter(None, (values.get(target), value)))
            elif one.joined:
                value = with_header(values.get(target), one.header, cell)
            elif target in values:
                # What several columns say that cannot be put together says the first of them.
                continue
            values[target] = value
            if self._timed and target in TIMED and (spoken := import_cells.time_in(cell)):
                values.setdefault(TIMED[target], spoken)
        for one, base in self._beside:
            if one.target in values and base in values:
                day = values[base].first if isinstance(values[base], FuzzyDay) else values[base]
                try:
                    values[one.target] = import_cells.near(cells[one.index], values[one.target], day)
                except BadInput as error:
                    # What fits today need not fit the year of that day: 2月29日, or the day of the week beside it.
                    reasons.append(_("{header}: {reason}").format(header=one.header, reason=error))
        for target, year_of, year in self._years:
            if target in values:
                values.setdefault(year_of, year)
        if POST in values:
            firm, title = at_firm(values.pop(POST))
            values.setdefault("enterprise.name", firm)
            values |= {"contact.title": title} if title else {}
        if self._timed and "enterprise.name" in values:
            values["enterprise.name"] = _PARTY.sub("", values["enterprise.name"])
        if "enterprise.province" in values or "enterprise.city" in values:
            province, city = values.pop("enterprise.province", None), values.pop("enterprise.city", None)
            values.setdefault("enterprise.region", region_of(province, city))
        if self._of_contacts:
            gather_people(values, reasons, self._of_contacts)
        if "project.name" in values and "enterprise.name" in values:
            values["investors"] = _investors(values, reasons)
        if remarks:
            values[REMARKS] = tuple(remarks)
        return Parsed(values, tuple(reasons))


def _odd(one: Readable, cell: object, error: BadInput, remarks: list[str]) -> tuple[str, Any]:
    """Return what a cell means that its column cannot hold as it stands; raise the error where nobody knows."""
    plain = as_read(cell) if isinstance(cell, str) else cell
    if plain != cell:
        with contextlib.suppress(BadInput):
            return one.target, one.read(plain)
    if one.target in _MAY_BE_BLANK:
        remark = _("{header}: “{text}” is none this program knows; it was left blank.")
        remarks.append(remark.format(header=one.header, text=import_cells.text_of(cell)))
        return one.target, None
    if one.loosely is None:
        raise error
    if one.target == _TOTAL:
        expected = one.loosely(plain)
        remark = _("{header}: “{text}” is no single amount in yuan; it was noted as the expected amount.")
        remarks.append(remark.format(header=one.header, text=import_cells.text_of(cell)))
        return _EXPECTED, expected
    found = import_odd_days.read(one.target, one.header, cell, one.read, one.loosely)
    if found.remark:
        remarks.append(found.remark)
    return found.target, found.value


def _joined_targets(columns: Sequence[Column]) -> set[str]:
    targets = [column.target for column in columns if column.target]
    return {target for target in targets if targets.count(target) > 1 and joins(target)}


def with_header(before: str | None, header: str, cell: object) -> str:
    """Return a cell that is put together with those of other columns, below what these say."""
    text = _("{header}: {text}").format(header=header, text=str(cell).strip())
    return text if before is None else f"{before}\n{text}"


def _read(column: Column, cell: object, folds: Folds, *, loosely: bool = False) -> Any:
    target, text = column.target, import_cells.text_of(cell)
    if not text:
        return None
    if target in PEOPLE:
        return import_cells.people_in(text) or None
    if target in PHONES:
        return text
    if is_id(target):
        return _id_of(text)
    if target == "investor.share":
        return import_cells.share_of(text)
    if target in YEARS:
        return import_cells.year_of(text)
    if target in SPLIT:
        several = tuple(part.strip() for part in re.split(r"[、;；,，\n]+", text) if part.strip())
        kind = field_of(target).kind
        return tuple(_entry(kind, part, folds) for part in several) if isinstance(kind, Choice) else several
    if target in STAGE_DAYS and import_cells.is_not_yet(text):
        return None
    if target in DEADLINES and import_cells.has_no_end(text):
        # What is to be done keeps the words; whatever else holds without them has no end.
        return text if target == "task.due" else None
    one = Field(target, "", Fuzzy()) if loosely else field_of(target)
    if isinstance(one.kind, Choice) and import_cells.is_undecided(text):
        return None
    said = cell
    if target in DEADLINES and isinstance(cell, str):
        cell = days.without_by(text)
    if column.year is not None and isinstance(one.kind, Day | Fuzzy):
        cell = import_days.with_year(cell, column.year)
    value = import_cells.read_cell(one, cell, column.unit, column.day_order)
    if target in DEADLINES and value is not None:
        return import_cells.end_of(said, value)
    if target in LASTING and _PART_OF_A_MONTH.search(text):
        raise BadInput(_("Please give the exact day, such as 2023-06-30."))
    if isinstance(one.kind, Choice):
        return _listed(one.kind, value, folds)
    if isinstance(value, Decimal) and one.unit == "亩" and column.unit in ("平方米", "㎡"):
        return (value / SQUARE_METRES_A_MU).quantize(Decimal("0.01"))
    return value


def _entry(kind: Choice, text: str, folds: Folds) -> str:
    """Return the entry of an editable list that a word stands for."""
    return _listed(kind, kind.parse(text) or text, folds)


def _listed(kind: Choice, said: str, folds: Folds) -> str:
    """Return the entry of that name, in traditional characters too (民營); what is none stays as it is written."""
    known = folds.get(kind.list_name, {})
    return known.get(said) or known.get(simplified(said), said)


def _id_of(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise BadInput(_("“{text}” is no id of a record; empty the cell for a new one.").format(text=text)) from error


@lru_cache(4096)
def region_of(province: str | None, city: str | None) -> str | None:
    """Return the region of a province and a city that are written in columns of their own."""
    written = (city if province == city else (province or "") + (city or "")) or ""
    region: str | None = RECORDS["enterprise"].field("region").kind.parse(written)
    return region


def _investors(values: dict[str, Any], reasons: list[str]) -> tuple[tuple[str, Decimal | None], ...]:
    """Return the parties a project's cell names, with the shares beside them: 甲公司60%、乙公司40%."""
    found: list[tuple[str, Decimal | None]] = []
    for part in re.split(r"[、;；\n]+", values["enterprise.name"]):
        beside = re.search(r"[（(:：\s]*(\d+(?:\.\d+)?\s*[%％])\s*[)）]?\s*$", part)
        share = None
        if beside:
            try:
                share = import_cells.share_of(beside.group(1).replace(" ", ""))
            except BadInput as error:
                reasons.append(str(error))
        name = part[: beside.start()].strip() if beside else part.strip()
        if name:
            found.append((name, share))
    if len(found) == 1 and found[0][1] is None:
        return ((found[0][0], values.get("investor.share")),)
    return tuple(found)
