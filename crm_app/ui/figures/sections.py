"""The figures of a window as sections: a table of lines, each with the rows it stands on, and how it was counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from crm_app.domain import amounts, days
from crm_app.domain.amounts import Currency
from crm_app.domain.attainment import DENOMINATOR_LABELS, RATE_LABELS
from crm_app.domain.counting import DOUBT_LABELS, Share, Tally
from crm_app.domain.events import EVENT_KIND_LABELS
from crm_app.domain.figures import Figures, TargetLine
from crm_app.domain.targets import METRIC_LABELS, Metric
from crm_app.i18n import _
from crm_app.services.charts import Bar, BarChart
from crm_app.ui.figures.cards import whole

YI = 100_000_000


@dataclass(frozen=True)
class Line:
    """One figure: its name, the columns of its section, the rows it stands on, and its bar (0: none)."""

    name: str
    cells: tuple[str, ...]
    rows: tuple[UUID, ...] = ()
    bar: int = 0


@dataclass(frozen=True)
class Section:
    """A named table of figures; ``note`` says how it is counted (口径)."""

    id: str
    title: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    note: str = ""
    charted: bool = False

    def chart(self) -> BarChart:
        """Return the section's bars, in yuan; empty where it has none."""
        if not self.charted:
            return BarChart("", (), "")
        bars = tuple(Bar(line.name, line.bar, amounts.show_yi(line.bar), line.rows) for line in self.lines if line.bar)
        return BarChart(self.title, bars, _(" × CNY 100 million"), YI)


def sections(figures: Figures) -> list[Section]:
    """Return every section of a window, in the order of a report."""
    return [
        _bands(figures),
        _shares("cluster", _("By cluster"), figures.by_cluster.value),
        _shares("channel", _("By channel"), figures.by_channel.value),
        _shares("park", _("By park"), figures.by_park.value, _("The park at signing.")),
        _shares("origin", _("By origin"), figures.by_origin.value),
        _targets(figures),
        _progress(figures),
        _road(figures),
        _per_mu(figures),
        _events(figures),
        _to_confirm(figures),
    ]


def _money(yuan: int) -> str:
    return amounts.show_yi(yuan)


def _percent(part: Decimal | None) -> str:
    return "" if part is None else f"{part * 100:.1f}%"


def _ratio(part: int, whole: int) -> str:
    return _percent(Decimal(part) / whole) if whole else ""


def _tally(name: str, tally: Tally) -> Line:
    return Line(name, (str(tally.count), _money(tally.yuan)), tally.rows, tally.yuan)


def _bands(figures: Figures) -> Section:
    lines = [
        Line(
            _("{amount} and above").format(amount=amounts.show_money(band.at_least)),
            (str(band.tally.count), _money(band.tally.yuan)),
            band.tally.rows,
            band.tally.yuan,
        )
        for band in figures.bands.value
        if band.tally.count
    ]
    return Section(
        "bands",
        _("By size"),
        (_("Projects"), _("Amount")),
        tuple(lines),
        _("Each line includes its own amount and contains the larger ones. Only formal contracts count."),
        charted=True,
    )


def _shares(name: str, title: str, shares: Sequence[Share], note: str = "") -> Section:
    total = sum(share.tally.yuan for share in shares)
    lines = [
        Line(
            share.name or _("Not filled in"),
            (str(share.tally.count), _money(share.tally.yuan), _ratio(share.tally.yuan, total)),
            share.tally.rows,
            share.tally.yuan,
        )
        for share in shares
    ]
    columns = (_("Projects"), _("Amount"), _("Share"))
    return Section(name, title, columns, tuple(lines), note or _("The parts sum to the total."), charted=True)


def shown(metric: Metric, value: int) -> str:
    """Return a metric's value with its unit."""
    if metric in (Metric.SIGNED_YUAN, Metric.FUNDS_YUAN):
        return _money(value)
    if metric is Metric.FDI_USD:
        return amounts.show_money(value, Currency.USD)
    return str(value)


def _target(line: TargetLine) -> Line:
    metric = line.target.metric
    name = _("{metric} ({subject})").format(metric=_(METRIC_LABELS[metric]), subject=line.target.subject)
    cells = (shown(metric, line.actual), shown(metric, line.target.value), _percent(line.ratio))
    return Line(name, cells, (line.target.id,))


def _targets(figures: Figures) -> Section:
    lines = [_target(line) for line in figures.targets.value]
    forecasts = [
        Line(
            _("{metric} (forecast)").format(metric=_(METRIC_LABELS[one.metric])),
            (shown(one.metric, one.value), "", one.basis),
            (one.id,),
        )
        for one in figures.forecasts.value
    ]
    columns = (_("Reached"), _("Target value"), _("Attained"))
    return Section("targets", _("Targets"), columns, tuple(lines + forecasts))


def _progress(figures: Figures) -> Section:
    funds, fdi = figures.funds, figures.fdi
    lines = [
        _tally(_("Framework and intent agreements"), figures.mou.value),
        _tally(_("Construction started"), figures.started.value),
        _tally(_("Production begun"), figures.producing.value),
        _tally(_("Contracts cancelled"), figures.cancelled.value),
        Line(_("Funds in place"), ("", _money(funds.value.yuan)), funds.rows),
        Line(
            _("Contracted foreign investment"), ("", amounts.show_money(fdi.value.contracted, Currency.USD)), fdi.rows
        ),
        Line(_("Actual foreign investment"), ("", amounts.show_money(fdi.value.actual, Currency.USD)), fdi.rows),
    ]
    lines += [
        Line(_(RATE_LABELS[one.rate]), (_percent(one.ratio), ""), figures.rates.rows)
        for one in figures.rates.value.rates
    ]
    note = _("Rates are shares of: {basis}. US dollars stand beside yuan and are never added.").format(
        basis=_(DENOMINATOR_LABELS[figures.rates.value.basis])
    )
    return Section("progress", _("Progress and funds"), (_("How many"), _("Amount")), tuple(lines), note)


def _road(figures: Figures) -> Section:
    trips, postings, visits = figures.trips, figures.postings, figures.visits
    lines = [
        Line(
            _("Trips"),
            (str(trips.value.count), _("{n} person-days").format(n=whole(trips.value.person_days))),
            trips.rows,
        ),
        Line(
            _("Resident postings"),
            (str(postings.value.count), _("{n} person-days").format(n=whole(postings.value.person_days))),
            postings.rows,
        ),
        Line(
            _("Overseas trips"),
            (str(figures.overseas.value.count), _(", ").join(figures.overseas.value.countries)),
            figures.overseas.rows,
        ),
        Line(
            _("Enterprises visited"),
            (str(visits.value.enterprises), _("{n} visits").format(n=visits.value.visits)),
            visits.rows,
        ),
        Line(_("Receptions"), (str(figures.receptions.value), ""), figures.receptions.rows),
        Line(_("New leads"), (str(figures.leads.value), ""), figures.leads.rows),
    ]
    note = _("Face to face only; associations and public offices are no enterprises; postings count apart.")
    return Section("road", _("Trips and visits"), (_("How many"), _("Beside it")), tuple(lines), note)


def _per_mu(figures: Figures) -> Section:
    table = figures.per_mu.value
    lines = [
        Line(
            one.name,
            (_number(one.output_per_mu), _number(one.tax_per_mu), _number(one.land)),
            (one.enterprise_id,),
        )
        for one in table.lines
    ]
    note = _("Year {year}; 10,000 yuan a mu, land in mu. Investment of the projects signed: {value} over {n} projects.")
    told = note.format(year=table.year or "—", value=_number(table.investment_per_mu), n=table.investment_projects)
    columns = (_("Output per mu"), _("Tax per mu"), _("Land"))
    return Section("per_mu", _("Per mu"), columns, tuple(lines), told)


def _number(value: Decimal | None) -> str:
    return "—" if value is None else f"{value:.1f}"


def _events(figures: Figures) -> Section:
    lines = [
        Line(
            _(EVENT_KIND_LABELS[one.kind]) if one.kind else _("Not filled in"),
            (str(one.count), str(one.sessions), str(one.people)),
            one.rows,
        )
        for one in figures.events.value
    ]
    lines += [
        Line(
            f"{one.board} {one.period}",
            (_("{rank} of {of}").format(rank=one.rank, of=one.of), "", one.document or ""),
            (one.id,),
        )
        for one in figures.rankings.value
    ]
    columns = (_("How many"), _("Sessions"), _("Participants"))
    return Section(
        "events", _("Events and rankings"), columns, tuple(lines), _("A ranking counts with its document only.")
    )


def _to_confirm(figures: Figures) -> Section:
    lines = [Line(one.name, (_(DOUBT_LABELS[one.doubt]),), (one.id,)) for one in figures.to_confirm.value]
    return Section(
        "to_confirm", _("To confirm"), (_("Why"),), tuple(lines), _("These rows are not counted until cleared.")
    )


def window_words(figures: Figures) -> str:
    """Return the window a section's figures stand for."""
    window = figures.signed.window
    return _("{start} – {end}").format(start=days.show_date(window.first), end=days.show_date(window.last))
