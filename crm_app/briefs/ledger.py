"""台账: any list as printed, A4 lying, the header on every page and “page x of y”."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from crm_app.briefs.composer import lying
from crm_app.briefs.content import Align, Cell, Column, Paper, Table
from crm_app.briefs.marks import Rows
from crm_app.domain.papers import PaperKind
from crm_app.i18n import _

_SHARE = 10.0
"""Of a column without any text; the others are as wide as theirs wants."""


@dataclass(frozen=True, slots=True)
class LedgerColumn:
    """A column of the list; numbers stand to the right."""

    title: str
    align: Align = "left"
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerData:
    """A list to print: texts as shown on screen, ``ids`` one for each row (or none), ``total`` for the last line."""

    title: str
    columns: Sequence[LedgerColumn]
    rows: Sequence[Sequence[str]]
    ids: Sequence[UUID] = ()
    total: Sequence[str] = ()
    subtitle: str = ""
    note: str = ""
    bureau: str = ""
    day: date | None = None


def compose(data: LedgerData) -> Paper:
    """Return the ledger, its rows numbered."""
    columns = (
        Column(_("No."), 3.2, "center"),
        *(Column(c.title, _SHARE, c.align, c.unit) for c in data.columns),
    )
    ids: list[Rows] = [(one,) for one in data.ids] or [()] * len(data.rows)
    rows = tuple(
        (Cell(str(number)), *(Cell(text, own) for text in row))
        for number, (row, own) in enumerate(zip(data.rows, ids, strict=True), 1)
    )
    total = (Cell(_("Total")), *(Cell(text) for text in data.total)) if data.total else ()
    return lying(
        PaperKind.LEDGER,
        data.title,
        (Table(columns, rows, total, note=data.note, empty=_("The list is empty.")),),
        subtitle=data.subtitle,
        author=data.bureau,
        day=data.day,
    )
