"""Gathers a ledger: a list of the book as printed, every row of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crm_app import clock
from crm_app.briefs import ledger as briefs
from crm_app.briefs.content import Paper
from crm_app.briefs.ledger import LedgerColumn, LedgerData
from crm_app.db.book import Book
from crm_app.domain import days
from crm_app.domain.entry_names import entry_name
from crm_app.domain.fields import Record
from crm_app.domain.stages import STAGE_LABELS
from crm_app.errors import BadInput
from crm_app.i18n import N_, _, ngettext
from crm_app.services import enterprises, leads, projects, trips
from crm_app.services.papers import asked as common
from crm_app.services.papers.asked import Asked


@dataclass(frozen=True)
class _List:
    title: str
    columns: tuple[str, ...]
    right: frozenset[int]
    rows: Callable[[Book], list[tuple[Record, Sequence[str]]]]


def compose(book: Book, asked: Asked) -> Paper:
    """Return a list as a ledger; raise BadInput where no list of that name is printed."""
    if asked.list_name not in LISTS:
        known = _(", ").join(LISTS)
        raise BadInput(_("Please name the list to print (--list): {known}.").format(known=known), field="list_name")
    wanted = LISTS[asked.list_name]
    found = wanted.rows(book)
    with book.read() as reader:
        bureau = common.bureau(reader)
    return briefs.compose(
        LedgerData(
            title=_(wanted.title),
            columns=[
                LedgerColumn(_(name), "right" if at in wanted.right else "left")
                for at, name in enumerate(wanted.columns)
            ],
            rows=[cells for _record, cells in found],
            ids=[record.id for record, _cells in found],
            subtitle=_counted(len(found)),
            bureau=bureau,
            day=clock.today(),
        )
    )


def _counted(rows: int) -> str:
    words = ngettext("(as of {day}, {n} row)", "(as of {day}, {n} rows)", rows)
    return words.format(day=days.show_date(clock.today()), n=rows)


def _enterprises(book: Book) -> list[tuple[Record, Sequence[str]]]:
    found: list[tuple[Record, Sequence[str]]] = []
    for record in enterprises.all_enterprises(book):
        cells = (
            record.name,
            record.uscc or "",
            record.shown("region"),
            entry_name(record.cluster or ""),
            record.products or "",
        )
        found.append((record, cells))
    return found


def _leads(book: Book) -> list[tuple[Record, Sequence[str]]]:
    return [
        (
            row.lead,
            (
                row.enterprise.name,
                row.lead.shown("registered_on"),
                entry_name(row.lead.source or ""),
                row.lead.shown("intent"),
                row.lead.shown("triage"),
                row.owner.name if row.owner else "",
            ),
        )
        for row in leads.list_leads(book, open_only=False)
    ]


def _projects(book: Book) -> list[tuple[Record, Sequence[str]]]:
    return [
        (
            row.project,
            (
                row.project.name,
                _(STAGE_LABELS[row.stage]),
                row.project.shown("total_investment"),
                entry_name(row.project.cluster or ""),
                entry_name(row.project.channel or ""),
                row.park or "",
            ),
        )
        for row in projects.list_projects(book)
    ]


def _trips(book: Book) -> list[tuple[Record, Sequence[str]]]:
    return [
        (
            row.trip,
            (
                row.trip.title,
                days.show_date(row.trip.start_on),
                days.show_date(row.trip.end_on),
                str(row.members),
                str(row.enterprises),
                str(row.visits),
            ),
        )
        for row in trips.list_trips(book)
    ]


LISTS: dict[str, _List] = {
    "enterprises": _List(
        N_("Ledger of enterprises"),
        (
            N_("Enterprise name"),
            N_("Unified social credit code"),
            N_("Registered in"),
            N_("Cluster"),
            N_("Main products"),
        ),
        frozenset(),
        _enterprises,
    ),
    "leads": _List(
        N_("Ledger of leads"),
        (
            N_("Enterprise"),
            N_("Registered on"),
            N_("Source"),
            N_("Intended amount"),
            N_("First judgement"),
            N_("Owner"),
        ),
        frozenset({3}),
        _leads,
    ),
    "projects": _List(
        N_("Ledger of projects"),
        (N_("Project name"), N_("Stage"), N_("Total investment"), N_("Cluster"), N_("Channel"), N_("Park")),
        frozenset({2}),
        _projects,
    ),
    "trips": _List(
        N_("Ledger of trips"),
        (
            N_("Trip title"),
            N_("Departure"),
            N_("Return"),
            N_("Number of people"),
            N_("Enterprises visited"),
            N_("Number of visits"),
        ),
        frozenset({3, 4, 5}),
        _trips,
    ),
}
"""The lists that are printed, by the name ``--list`` takes."""


def printed_lists() -> list[tuple[str, str]]:
    """Return the lists that are printed, as (name, title in the language in use)."""
    return [(name, _(found.title)) for name, found in LISTS.items()]
