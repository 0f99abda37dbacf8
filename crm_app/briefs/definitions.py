"""口径: what each figure of a report counts, in which window, by which rule."""

from __future__ import annotations

from crm_app.briefs import shown
from crm_app.briefs.composer import Composer
from crm_app.briefs.content import Cell, Column, Table
from crm_app.briefs.window_data import WindowData
from crm_app.domain import days
from crm_app.domain.attainment import DENOMINATOR_LABELS
from crm_app.domain.outings import COUNTED_BY_LABELS
from crm_app.i18n import _


def table(paper: Composer, data: WindowData) -> None:
    """Append a line for each figure, and the basis of each judgement."""
    columns = (Column(_("Figure"), 4), Column(_("Window"), 5), Column(_("How it is counted"), 14))
    rows = tuple((Cell(name), Cell(window), Cell(rule)) for name, window, rule in _lines(data))
    paper.add(Table(columns, rows, caption=paper.table_title(_("What the figures count"))))


def _lines(data: WindowData) -> list[tuple[str, str, str]]:
    figures, rules = data.figures, data.figures.rules
    window, before = shown.window_words(figures.signed.window), shown.window_words(figures.last_year.window)
    lines = [
        (
            _("Contracts signed"),
            window,
            _(
                "The first formal contract of a project, once, in the period of its day; a day known to the month"
                " counts where the window holds the month. Letters of intent and framework agreements do not count."
            ),
        ),
        (
            _("Amounts"),
            window,
            _("Summed in whole yuan and rounded for print; US dollars stand beside them and are never added."),
        ),
        (
            _("Sizes"),
            window,
            _("“And above” includes the amount named, and contains the larger ones."),
        ),
        (
            _("Parks, channels, origins"),
            window,
            _("The park on the day of signing; one main channel for each project, so that parts sum to the total."),
        ),
        (
            _("Compared with last year"),
            before,
            _("The same days a year before by the same rules; over a base of nought no rate is printed."),
        ),
        (
            _("Cancelled"),
            shown.window_words(figures.cancelled.window),
            _("In the period of their own day; the year's report takes them off."),
        ),
        (
            _("Started, producing"),
            shown.window_words(figures.started.window),
            _("Projects that came to the stage for the first time, by the day of their progress entry."),
        ),
        (
            _("Funds and foreign investment"),
            shown.window_words(figures.funds.window),
            _("By the day they arrived; foreign investment is what came in dollars."),
        ),
        (
            _("Trips and visits"),
            shown.window_words(figures.trips.window),
            _(
                "Trips are counted {by}, resident postings apart."
                " Enterprises met are distinct companies, visits each meeting face to face."
            ).format(by=_(COUNTED_BY_LABELS[rules.trips_by])),
        ),
        (
            _("Major projects in talks"),
            shown.window_words(figures.major.window),
            _("Begun since {since}, of {threshold} or more, not formally signed.").format(
                since=days.show_date(figures.major.value.since), threshold=shown.money(figures.major.value.at_least)
            ),
        ),
        (
            _("Targets"),
            shown.window_words(figures.targets.window),
            _("From the beginning of each target's period to the end of the window, beside the time that is gone."),
        ),
        (
            _("Rates"),
            shown.window_words(figures.rates.window),
            _("A share of {basis}; the funding rate by amount.").format(
                basis=_(DENOMINATOR_LABELS[figures.rates.value.basis])
            ),
        ),
    ]
    for how in filter(None, [rules.contracts_said()]):
        lines.insert(1, (_("Contracts, otherwise than usual"), window, _("{rules}.").format(rules=how)))
    if rules.contracts.usual and rules.reason:
        lines.append((_("Rules of the bureau"), "—", _("{rules}.").format(rules=rules.changed_said())))
    for said in data.judgements:
        lines.append((_("Judgement"), "—", _("{text} Basis: {basis}").format(text=said.text, basis=said.basis)))
    return lines
