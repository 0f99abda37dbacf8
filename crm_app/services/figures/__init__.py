"""The figures of any window of dates: worked out from one read of the book, each with the rows it stands on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from crm_app import clock
from crm_app.db.book import Book
from crm_app.db.figures import Dated, read_ledger
from crm_app.domain import counting
from crm_app.domain.counting import Tally, Window
from crm_app.domain.figures import Figure, Figures, Rules
from crm_app.domain.overview import Comparison
from crm_app.domain.projects import Origin
from crm_app.domain.staff import Setting
from crm_app.domain.stages import Stage
from crm_app.domain.targets import Metric
from crm_app.i18n import _
from crm_app.services.figures import activities, late, league, lines, overview, rules, signings, work
from crm_app.services.figures.credits import CREDITS, total
from crm_app.services.figures.lines import Party, Row, SignedLine
from crm_app.services.figures.sheet import Sheet
from crm_app.services.figures.taking import export_rows, note_copied
from crm_app.services.outcome import Outcome

__all__ = [
    "Figures",
    "Party",
    "Row",
    "Rules",
    "SignedLine",
    "change_rules",
    "compare",
    "counting_rules",
    "export_rows",
    "figures",
    "note_copied",
    "of_period",
    "of_windows",
    "own_values",
    "rows",
    "signed_contracts",
]


def figures(book: Book, start: date, end: date) -> Figures:
    """Return every figure of the days from ``start`` to ``end``, both included; raise BadInput where they cross."""
    return _figures(_sheets(book, Window(start, end))[0])


def of_windows(book: Book, *windows: Window) -> list[tuple[Figures, list[SignedLine]]]:
    """Return of each window its figures and its contracts, all of one moment of the book, read once."""
    return [(_figures(sheet), lines.signed_lines(sheet)) for sheet in _sheets(book, *windows)]


def compare(book: Book, window: Window, other: Window | None) -> Comparison:
    """Return the overview of a window beside another's, both of one moment of the book."""
    sheets = _sheets(book, window, *([other] if other else []))
    views = [overview.of(sheet, _figures(sheet)) for sheet in sheets]
    return Comparison(views[0], views[1] if other else None)


def of_period(book: Book, window: Window, year: Window, before: Window) -> tuple[Figures, list[SignedLine], Comparison]:
    """Return a window's figures and contracts, and the overview of its ``year`` beside the year ``before``.

    All are of one moment of the book, which is read once.
    """
    inside, *years = _sheets(book, window, year, before)
    now, then = (overview.of(sheet, _figures(sheet)) for sheet in years)
    found = now.figures if window == year else _figures(inside)
    return found, lines.signed_lines(inside), Comparison(now, then)


def _figures(sheet: Sheet) -> Figures:
    signed = counting.tally(sheet.signed)
    bands = tuple(counting.bands(sheet.signed, sheet.rules.thresholds))
    exclusive = tuple(counting.exclusive_bands(sheet.signed, sheet.rules.thresholds))
    before = signings.last_year(sheet)
    cancelled = signings.cancelled(sheet)
    net = Tally(signed.count - cancelled.count, signed.yuan - cancelled.yuan, (*signed.rows, *cancelled.rows))
    targets = work.targets(sheet)
    rankings = [ranking for ranking in signings.rankings(sheet) if ranking.document]
    return Figures(
        rules=sheet.rules,
        signed=_tallied(sheet, signed),
        bands=sheet.figure(bands, signed.rows),
        exclusive_bands=sheet.figure(exclusive, signed.rows),
        last_year=before,
        year_on_year=signings.year_on_year(sheet, signed, before.value),
        by_cluster=signings.shares(sheet, "cluster"),
        by_channel=signings.shares(sheet, "channel"),
        by_park=signings.by_park(sheet),
        by_park_now=signings.by_park(sheet, now=True),
        by_origin=signings.shares(sheet, "origin"),
        cancelled=_tallied(sheet, cancelled),
        net=_tallied(sheet, net),
        sets=signings.sets(sheet),
        targets=targets,
        forecasts=work.forecasts(sheet),
        started=_tallied(sheet, sheet.reached_in(Stage.STARTED)),
        producing=_tallied(sheet, sheet.reached_in(Stage.PRODUCING, Stage.FULL_CAPACITY)),
        funds=signings.funds(sheet),
        fdi=signings.foreign_investment(sheet),
        mou=_tallied(sheet, signings.mou(sheet)),
        major=signings.major(sheet),
        to_confirm=signings.to_confirm(sheet),
        trips=work.trips(sheet),
        postings=work.trips(sheet, postings=True),
        overseas=work.overseas(sheet),
        visits=work.visits(sheet),
        receptions=_dated(sheet, sheet.ledger.receptions),
        leads=_dated(sheet, sheet.ledger.leads),
        rates=work.rates(sheet),
        per_mu=work.per_mu_table(sheet),
        labels=signings.labels(sheet),
        rankings=sheet.figure(tuple(rankings), (ranking.id for ranking in rankings)),
        events=work.events(sheet),
        league=league.league(sheet, targets.value),
        activity=activities.activity(sheet),
        needs_by_dept=late.needs_by_dept(sheet),
        overdue_starts=late.overdue(sheet, Stage.STARTED),
        overdue_production=late.overdue(sheet, Stage.PRODUCING),
        packaged=late.packaged(sheet),
        coverage=late.coverage(sheet),
        campaigns=late.campaigns(sheet),
    )


def _sheets(book: Book, *windows: Window) -> list[Sheet]:
    with book.read() as reader:
        ledger = read_ledger(reader, windows, clock.today())
    known = rules.read(ledger.settings)
    grown = {project.id for project in ledger.projects.values() if project.origin is Origin.GROWN}
    counted = counting.count_signings(ledger.signings, known.contracts, grown)
    return [Sheet(ledger, known, counted, window) for window in windows]


def own_values(book: Book, asked: Sequence[tuple[Metric, Window]]) -> list[int]:
    """Return what this book counts of metrics in windows, in yuan, US cents or units: a notice is held against it."""
    windows = list(dict.fromkeys(window for _metric, window in asked))
    sheets = dict(zip(windows, _sheets(book, *windows), strict=True)) if windows else {}
    return [total(CREDITS[metric](sheets[window])).value for metric, window in asked]


def _tallied(sheet: Sheet, tally: Tally) -> Figure[Tally]:
    return sheet.figure(tally, tally.rows)


def _dated(sheet: Sheet, many: Iterable[Dated]) -> Figure[int]:
    inside = [one.id for one in many if sheet.window.has(one.on)]
    return sheet.figure(len(inside), inside)


def signed_contracts(book: Book, start: date, end: date) -> list[SignedLine]:
    """Return the contracts counted in a window with everything said of them, the largest first."""
    return lines.signed_lines(_sheets(book, Window(start, end))[0])


def rows(book: Book, ids: Iterable[UUID]) -> list[Row]:
    """Return the rows a figure stands on, a line each, in their order."""
    with book.read() as reader:
        return lines.rows_of(reader, ids)


def counting_rules(book: Book) -> Rules:
    """Return the settings of counting."""
    with book.read() as reader:
        return rules.read({one.key: one.value for one in reader.find(Setting) if one.value})


def change_rules(book: Book, changed: Rules) -> Outcome[None]:
    """Change the settings of counting; raise BadInput for thresholds that are none."""
    with book.unit(_("Change how figures are counted")) as unit:
        rules.write(unit, changed)
        return Outcome(unit.commit(), None)
