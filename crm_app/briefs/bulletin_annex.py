"""The bulletin's annex: each distribution as a chart beside its table, targets, rates, per-mu, open points, 口径."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from crm_app.briefs import shown
from crm_app.briefs.bulletin_data import BulletinData
from crm_app.briefs.composer import Composer, join
from crm_app.briefs.content import Bar, BarChart, Cell, Column, PageBreak, Paragraph, Run, Table
from crm_app.domain import days
from crm_app.domain.amounts import YI
from crm_app.domain.attainment import DENOMINATOR_LABELS, RATE_LABELS, Rate
from crm_app.domain.counting import DOUBT_LABELS, Share, Tally, Window
from crm_app.domain.figures import Figure, PerMuTable
from crm_app.domain.outings import COUNTED_BY_LABELS
from crm_app.domain.targets import METRIC_LABELS
from crm_app.i18n import _


def write(paper: Composer, data: BulletinData) -> None:
    """Append the annex; a part without rows is left out."""
    figures = data.figures
    paper.add(PageBreak())
    paper.annex(_("Annex: tables and what they count"), key="annex")
    number = _Counter()
    _bands(paper, data, number)
    for title, parts in (
        (_("By cluster"), figures.by_cluster),
        (_("By channel"), figures.by_channel),
        (_("By park"), figures.by_park),
        (_("By origin"), figures.by_origin),
    ):
        _distribution(paper, number(title), parts, figures.signed.value, chart=parts is figures.by_cluster)
    _named(paper, data, number)
    _targets(paper, data, number)
    _rates(paper, data, number)
    _per_mu(paper, figures.per_mu, number)
    _to_confirm(paper, data, number)
    _definitions(paper, data)


class _Counter:
    """Numbers the captions: 表1, 表2."""

    def __init__(self) -> None:
        self._at = 0

    def __call__(self, title: str) -> str:
        self._at += 1
        return _("Table {number}: {title}").format(number=self._at, title=title)


def _counted(window: Window) -> str:
    return _("Note: formal contracts by their day of signing, {first} to {last}.").format(
        first=days.show_date(window.first), last=days.show_date(window.last)
    )


def _bands(paper: Composer, data: BulletinData, caption: Callable[[str], str]) -> None:
    bands = [band for band in data.figures.bands.value if band.tally.count]
    if not bands:
        return
    names = [_("{money} and above").format(money=shown.money(band.at_least)) for band in bands]
    bars = [
        Bar(name, band.tally.count, shown.projects(band.tally.count), band.tally.rows)
        for name, band in zip(names, bands, strict=True)
    ]
    paper.add(BarChart(_("Projects signed by size"), tuple(bars), _(" projects")))
    rows = tuple((Cell(name), *_tally(band.tally)) for name, band in zip(names, bands, strict=True))
    note = _("{counted} “And above” includes the amount named, and each line contains those below it.").format(
        counted=_counted(data.figures.bands.window)
    )
    paper.add(Table(_tally_columns(_("Size of investment")), rows, caption=caption(_("By size")), note=note))


def _tally_columns(title: str) -> tuple[Column, ...]:
    return (
        Column(title, 8),
        Column(_("Number of projects"), 4, "right", _("number")),
        Column(_("Investment"), 5, "right", _("CNY 100 million")),
    )


def _tally(tally: Tally) -> tuple[Cell, Cell]:
    return Cell(str(tally.count), tally.rows), Cell(shown.yi(tally.yuan), tally.rows)


def _distribution(
    paper: Composer, caption: str, parts: Figure[tuple[Share, ...]], whole: Tally, *, chart: bool
) -> None:
    names = [part.name or _("not filled in") for part in parts.value]
    if chart and parts.value:
        bars = tuple(
            Bar(name, part.tally.yuan, shown.money(part.tally.yuan), part.tally.rows)
            for name, part in zip(names, parts.value, strict=True)
        )
        paper.add(BarChart(_("Investment signed by cluster"), bars, _(" × CNY 100 million"), YI))
    columns = (*_tally_columns(_("Name")), Column(_("Share of the amount"), 4, "right"))
    rows = tuple(
        (Cell(name), *_tally(part.tally), Cell(shown.share(part.tally.yuan, whole.yuan)))
        for name, part in zip(names, parts.value, strict=True)
    )
    total = (Cell(_("Total")), *_tally(whole), Cell(shown.share(whole.yuan, whole.yuan)))
    paper.add(Table(columns, rows, total, caption, _counted(parts.window), _("No projects.")))


def _named(paper: Composer, data: BulletinData, caption: Callable[[str], str]) -> None:
    if not data.named:
        return
    columns = (
        Column(_("Enterprise"), 5),
        Column(_("Project"), 7),
        Column(_("Investment"), 4.8, "right", _("CNY 100 million")),
        Column(_("Honours"), 5),
        Column(_("Channel"), 3.4),
        Column(_("Origin"), 3.4, "center"),
    )
    rows = tuple(
        (
            Cell(p.enterprise),
            Cell(p.project, ids),
            Cell(shown.yi(p.yuan), ids),
            Cell(join(p.labels) or "—"),
            Cell(p.channel or "—"),
            Cell(p.origin or "—"),
        )
        for p in data.named
        for ids in [(p.id,) if p.id else ()]
    )
    paper.add(Table(columns, rows, caption=caption(_("Major projects"))))


def _targets(paper: Composer, data: BulletinData, caption: Callable[[str], str]) -> None:
    lines = data.figures.targets.value
    if not lines:
        return
    columns = (
        Column(_("Team or person"), 4.5),
        Column(_("Metric"), 4.5),
        Column(_("Period"), 6),
        Column(_("Target"), 3.6, "right"),
        Column(_("Actual"), 3.6, "right"),
        Column(_("Attained"), 3, "right"),
    )
    rows = tuple(
        (
            Cell(t.subject),
            Cell(_(METRIC_LABELS[t.metric])),
            Cell(shown.window_words(Window(t.from_on, t.to_on))),
            Cell(shown.metric_value(t.metric, t.value), (t.id,)),
            Cell(shown.metric_value(t.metric, line.actual)),
            Cell(shown.percent(line.ratio)),
        )
        for line in lines
        for t in [line.target]
    )
    until = _("Note: actual until {day}.").format(day=days.show_date(data.figures.targets.window.last))
    paper.add(Table(columns, rows, caption=caption(_("Targets attained")), note=until))


def _rates(paper: Composer, data: BulletinData, caption: Callable[[str], str]) -> None:
    table = data.figures.rates.value
    if not table.rates:
        return
    columns = (
        Column(_("Rate"), 6),
        Column(_("Part"), 4, "right"),
        Column(_("Whole"), 4, "right"),
        Column(_("Value"), 4, "right"),
    )
    rows = tuple(
        (
            Cell(_(RATE_LABELS[rate.rate])),
            Cell(count(rate.part), rate.rows),
            Cell(count(rate.whole)),
            Cell(shown.percent(rate.ratio)),
        )
        for rate in table.rates
        for count in [shown.money if rate.rate is Rate.FUNDED else shown.projects]
    )
    note = _("Note: a share of {basis}; the funding rate by amount.").format(basis=_(DENOMINATOR_LABELS[table.basis]))
    paper.add(Table(columns, rows, caption=caption(_("Rates")), note=note))


def _per_mu(paper: Composer, figure: Figure[PerMuTable], caption: Callable[[str], str]) -> None:
    table = figure.value
    if not table.lines:
        return
    per_mu = _("CNY 10,000/mu")
    columns = (
        Column(_("Enterprise"), 8),
        Column(_("Land"), 3, "right", _("mu")),
        Column(_("Output"), 3.6, "right", _("CNY 100 million")),
        Column(_("Output per mu"), 4, "right", per_mu),
        Column(_("Tax per mu"), 4, "right", per_mu),
    )
    rows = tuple(
        (
            Cell(line.name, (line.enterprise_id,)),
            Cell("—" if line.land is None else f"{line.land:,}"),
            Cell("—" if line.output is None else shown.yi(line.output)),
            *(Cell("—" if v is None else f"{v:,}") for v in (line.output_per_mu, line.tax_per_mu)),
        )
        for line in table.lines
    )
    means = (Cell("—" if v is None else f"{v:,}") for v in (table.output_per_mu, table.tax_per_mu))
    total = (Cell(_("Together")), Cell(""), Cell(""), *means)
    note = _("Note: results of {year}; 1 mu = 666.67 ㎡.").format(year=table.year)
    paper.add(Table(columns, rows, total, caption(_("Per-mu evaluation")), note))


def _to_confirm(paper: Composer, data: BulletinData, caption: Callable[[str], str]) -> None:
    points = data.figures.to_confirm.value
    if not points:
        return
    columns = (Column(_("Row"), 9), Column(_("Why it is to be confirmed"), 9))
    rows = tuple((Cell(point.name, (point.id,)), Cell(_(DOUBT_LABELS[point.doubt]))) for point in points)
    paper.add(Table(columns, rows, caption=caption(_("To be confirmed"))))


def _definitions(paper: Composer, data: BulletinData) -> None:
    rules = data.figures.rules
    said: Sequence[str] = (
        _(
            "Signed: the first formal contract of a project, once, in the period of its day;"
            " letters of intent and framework agreements are not counted."
        ),
        _("Amounts are summed in whole yuan and rounded for print; US dollars stand beside them and are never added."),
        _(
            "Trips are counted {by}, resident postings apart."
            " Enterprises met are distinct companies, visits each meeting face to face."
        ).format(by=_(COUNTED_BY_LABELS[rules.trips_by])),
        *(
            _("{text} Basis: {basis}").format(text=judgement.text, basis=judgement.basis)
            for judgement in data.judgements
        ),
    )
    paper.add(Paragraph((Run(_("What the figures count")),), align="left", note=True))
    paper.add(
        *(
            Paragraph((Run(_("{number}. {title}").format(number=n, title=text)),), note=True)
            for n, text in enumerate(said, 1)
        )
    )
