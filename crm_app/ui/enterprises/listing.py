"""The list of enterprises: its rows and columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from crm_app import clock
from crm_app.domain import days
from crm_app.i18n import _
from crm_app.services import enterprises
from crm_app.ui.session import Session
from crm_app.ui.widgets.cells import Cell, Column, day_cell
from crm_app.ui.widgets.empty import EmptyState
from crm_app.ui.widgets.lists import RecordList
from crm_app.ui.widgets.paging import Block, Fetch, Sort


@dataclass(frozen=True)
class EnterpriseRow:
    """One line of the list."""

    id: UUID
    name: str
    uscc: str
    region: str
    cluster: str
    last_on: date | None
    next_due: date | None

    @classmethod
    def load(cls, row: Mapping[str, Any]) -> EnterpriseRow:
        """Build it from a stored row."""
        return cls(
            UUID(bytes=row["id"]),
            row["name"],
            row["uscc"] or "",
            row["region"] or "",
            row["cluster"] or "",
            date.fromisoformat(row["last_on"]) if row["last_on"] else None,
            date.fromisoformat(row["next_due"]) if row["next_due"] else None,
        )


def ago(day: date, today: date) -> str:
    """Return how long ago a day was; empty for one to come."""
    past = (today - day).days
    if past < 0:
        return ""
    if past == 0:
        return _("today")
    return _("{n} d ago").format(n=past)


def past_cell(day: date | None, today: date) -> Cell:
    """Return a day gone by with how long ago it was."""
    return Cell(days.show_date(day), hint=ago(day, today)) if day else Cell()


def columns() -> tuple[Column[EnterpriseRow], ...]:
    """Return the columns in the language in use."""
    today = clock.today()
    return (
        Column("name", _("Name"), lambda row: Cell(row.name), 320, sort="name", stretch=True),
        Column("region", _("Region"), lambda row: Cell(row.region), 140, sort="region"),
        Column("cluster", _("Cluster"), lambda row: Cell(row.cluster), 160, sort="cluster"),
        Column("last", _("Last contact"), lambda row: past_cell(row.last_on, today), 170),
        Column("due", _("Next due"), lambda row: day_cell(row.next_due, today), 170),
        Column("uscc", _("Credit code"), lambda row: Cell(row.uscc, tone="muted"), 165),
    )


def make_list(session: Session, empty: EmptyState, parent: QWidget) -> RecordList[EnterpriseRow]:
    """Return the list, not yet filled."""
    book = session.book

    def fetch_for(query: str) -> Fetch[EnterpriseRow]:
        def fetch(sort: Sort, after: Any, limit: int) -> Block[EnterpriseRow]:
            by = enterprises.Sort(sort.key, sort.descending)
            page = enterprises.list_enterprises(book, query=query, sort=by, after=after, limit=limit)
            return Block([EnterpriseRow.load(row) for row in page.rows], page.after)

        return fetch

    hint = _("Name, initials, alias, phone or credit code")
    return RecordList(session, "enterprises", columns(), fetch_for, Sort("name"), empty, parent, search_hint=hint)
