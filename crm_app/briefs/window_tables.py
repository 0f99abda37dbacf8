"""The tables of the papers of a window: distributions and their charts, targets, rates, per-mu, open points, 口径."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crm_app.briefs import charted, shown
from crm_app.briefs.composer import Composer, join
from crm_app.briefs.content import Cell, Column, Paragraph, Run, Table
from crm_app.briefs.window_data import WindowData
from crm_app.domain import days, thresholds
from crm_app.domain.attainment import DENOMINATOR_LABELS, RATE_LABELS, Rate
from crm_app.domain.counting import DOUBT_LABELS, Share, Tally, Window
from crm_app.domain.figures import Figure, PerMuLine, Rules, TargetLine
from crm_app.domain.outings import COUNTED_BY_LABELS
from crm_app.domain.targets import METRIC_LABELS
from crm_app.domain.thresholds import REACHED_LABELS, Thresholds
from crm_app.i18n import _, language


def _counted(window: Window, rules: Rules) -> str:
    """Return the note beneath what is signed: its window, and how the bureau counts otherwise than usual."""
    note = _("Note: formal contracts by their day of signing, {first} to {last}.").format(
        first=days.show_date(window.first), last=days.show_date(window.last)
    )
    otherwise = rules.contracts_said()
    return _("{note} Otherwise than usual: {how}.").format(note=note, how=otherwise) if otherwise else note


def sizes(paper: Composer, data: WindowData) -> None:
    """Append the bands: a chart and its table."""
    bands = [band for band in data.figures.bands.value if band.tally.count]
    if not bands:
        return
    charted.bands(paper, bands)
    rows = tuple((Cell(charted.band_name(band), band.tally.rows), *_tally(band.tally)) for band in bands)
    note = _("{counted} “And above” includes the amount named, and each line contains those below it.").format(
        counted=_counted(data.figures.bands.window, data.figures.rules)
    )
    paper.add(Table(_tally_columns(_("Size of investment")), rows, caption=paper.table_title(_("By size")), note=note))


def _tally_columns(title: str) -> tuple[Column, ...]:
    return (
        Column(title, 8),
        Column(_("Number of projects"), 4, "right", _("number")),
        Column(_("Investment"), 5, "right", _("CNY 100 million")),
    )


def _tally(tally: Tally) -> tuple[Cell, Cell]:
    return Cell(str(tally.count), tally.rows), Cell(shown.yi(tally.yuan), tally.rows)


def clusters(paper: Composer, data: WindowData) -> None:
    """Append the distribution by cluster."""
    charted.shares(paper, _("Investment signed by cluster"), data.figures.by_cluster.value)
    distribution(paper, _("By cluster"), data.figures.by_cluster, data)


def channels(paper: Composer, data: WindowData) -> None:
    """Append the distribution by channel."""
    distribution(paper, _("By channel"), data.figures.by_channel, data)


def parks(paper: Composer, data: WindowData) -> None:
    """Append the distribution by the park at signing."""
    distribution(paper, _("By park"), data.figures.by_park, data)


def origins(paper: Composer, data: WindowData) -> None:
    """Append the two origins beside one another (外引/内培)."""
    distribution(paper, _("By origin"), data.figures.by_origin, data)


def distribution(paper: Composer, title: str, parts: Figure[tuple[Share, ...]], data: WindowData) -> None:
    """Append the table of a distribution with its total; nothing where nothing was signed."""
    whole = data.figures.signed.value
    if not parts.value:
        return
    columns = (*_tally_columns(_("Name")), Column(_("Share of the amount"), 4, "right"))
    rows = tuple(
        (
            Cell(charted.share_name(part), part.tally.rows),
            *_tally(part.tally),
            Cell(shown.share(part.tally.yuan, whole.yuan)),
        )
        for part in parts.value
    )
    total = (Cell(_("Total")), *_tally(whole), Cell(shown.share(whole.yuan, whole.yuan)))
    paper.add(Table(columns, rows, total, paper.table_title(title), _counted(parts.window, data.figures.rules)))


def named(paper: Composer, data: WindowData) -> None:
    """Append the projects that are named, with honours and channels."""
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
    paper.add(Table(columns, rows, caption=paper.table_title(_("Major projects"))))


def targets(paper: Composer, data: WindowData, lines: Sequence[TargetLine] | None = None) -> None:
    """Append how far the targets are reached, or ``lines`` of them, beside the time that is gone when it is told."""
    told = data.figures.targets.value if lines is None else lines
    if not told:
        return
    columns = (
        Column(_("Team or person"), 3.9),
        Column(_("Metric"), 5),
        Column(_("Period"), 4),
        Column(_("Target"), 4.2, "right"),
        Column(_("Actual"), 4.2, "right"),
        Column(_("Attained"), 3.6, "right"),
        Column(_("Time passed"), 3.6, "right"),
    )
    rows = tuple(
        (
            Cell(t.subject, (t.id,)),
            Cell(_(METRIC_LABELS[t.metric])),
            Cell(shown.short_window(Window(t.from_on, t.to_on))),
            Cell(shown.metric_value(t.metric, t.value), (t.id,)),
            Cell(shown.metric_value(t.metric, line.actual), line.rows),
            Cell(shown.percent(line.ratio)),
            Cell(shown.percent(shown.time_gone(line, data.published))),
        )
        for line in told
        for t in [line.target]
    )
    last = min(data.figures.targets.window.last, data.published)
    until = _("Note: actual until {day}.").format(day=days.show_date(last))
    paper.add(Table(columns, rows, caption=paper.table_title(_("Targets attained")), note=until))


def rates(paper: Composer, data: WindowData) -> None:
    """Append the rates with the denominator they share."""
    table = data.figures.rates.value
    if not any(rate.whole for rate in table.rates):
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
    paper.add(Table(columns, rows, caption=paper.table_title(_("Rates")), note=note))


def per_mu(paper: Composer, data: WindowData) -> None:
    """Append the results of the last full year by the land they stand on."""
    table = data.figures.per_mu.value
    if not table.lines:
        park_thresholds(paper, data)
        return
    unit = _("CNY 10,000/mu")
    told = any(line.output_state or line.tax_state for line in table.lines)
    columns = (
        Column(_("Enterprise"), 8 if told else 11),
        Column(_("Land"), 2.6, "right", _("mu")),
        Column(_("Output"), 3, "right", _("CNY 100 million")),
        Column(_("Output per mu"), 3.6, "right", unit),
        Column(_("Tax per mu"), 3.6, "right", unit),
        *((Column(_("Against the threshold"), 5),) if told else ()),
    )
    rows = tuple(
        (
            Cell(line.name, (line.enterprise_id,)),
            Cell("—" if line.land is None else f"{line.land:,}"),
            Cell("—" if line.output is None else shown.yi(line.output)),
            *(Cell("—" if v is None else f"{v:,}") for v in (line.output_per_mu, line.tax_per_mu)),
            *((Cell(_standing(line)),) if told else ()),
        )
        for line in table.lines
    )
    means = (Cell("—" if v is None else f"{v:,}") for v in (table.output_per_mu, table.tax_per_mu))
    total = (Cell(_("Together")), Cell(""), Cell(""), *means, *((Cell(""),) if told else ()))
    note = _("Note: results of {year}; 1 mu = 666.67 ㎡.").format(year=table.year)
    held = {line.park for line in table.lines if line.output_state or line.tax_state}
    note = _with_rules(note, [one for one in table.thresholds if one[0] in held])
    paper.add(Table(columns, rows, total, paper.table_title(_("Per-mu evaluation")), note))
    park_thresholds(paper, data)


def park_thresholds(paper: Composer, data: WindowData) -> None:
    """Append the investment per mu of the projects signed in each park against what it wants, where any says so."""
    parks = [one for one in data.figures.per_mu.value.parks if one.thresholds.investment is not None]
    if not parks:
        return
    unit = _("CNY 10,000/mu")
    columns = (
        Column(_("Park"), 6.4),
        Column(_("Number of projects"), 3.6, "right", _("number")),
        Column(_("Investment per mu"), 4.8, "right", unit),
        Column(_("Threshold"), 4.8, "right", unit),
        Column(_("Against the threshold"), 4),
        Column(_("Projects below"), 5.4, "right", _("number")),
    )
    rows = tuple(
        (
            Cell(one.park or "—"),
            Cell(str(len(one.rows)), one.rows),
            Cell("—" if one.reached is None else f"{one.reached:,}", one.rows),
            Cell(f"{one.wanted:,}"),
            Cell(_(REACHED_LABELS[state]) if (state := thresholds.judged(one.reached, one.wanted)) else "—"),
            Cell(str(len(one.below)), one.below),
        )
        for one in parks
    )
    note = _("Note: fixed investment and land of the projects signed in the window that name both.")
    note = _with_rules(note, [(one.park or "", one.thresholds) for one in parks])
    paper.add(Table(columns, rows, caption=paper.table_title(_("Investment per mu by park")), note=note))


def _standing(line: PerMuLine) -> str:
    """Return how an enterprise stands against what its park wants of output and tax."""
    states = ((_("output"), line.output_state), (_("tax"), line.tax_state))
    return _(", ").join(f"{name}{_gap()}{_(REACHED_LABELS[state])}" for name, state in states if state) or "—"


def _gap() -> str:
    return "" if language() == "zh_CN" else " "


def _with_rules(note: str, told: Iterable[tuple[str, Thresholds]]) -> str:
    """Return a note with the thresholds of the parks the rows are held against."""
    said = _("; ").join(thresholds.rules(told))
    if not said:
        return note
    return _("{note} Thresholds (CNY 10,000/mu): {rules}.").format(note=note, rules=said)


def to_confirm(paper: Composer, data: WindowData) -> None:
    """Append the rows that keep a figure from being certain, and why."""
    points = data.figures.to_confirm.value
    if not points:
        return
    columns = (Column(_("Row"), 9), Column(_("Why it is to be confirmed"), 9))
    rows = tuple((Cell(point.name, (point.id,)), Cell(_(DOUBT_LABELS[point.doubt]))) for point in points)
    paper.add(Table(columns, rows, caption=paper.table_title(_("To be confirmed"))))


def definitions(paper: Composer, data: WindowData) -> None:
    """Append what the figures count, and the basis of each judgement."""
    paper.add(Paragraph((Run(_("What the figures count:")),), align="left", note=True))
    notes(paper, data)


def notes(paper: Composer, data: WindowData) -> None:
    """Append the rules of counting in small type, and the basis of each judgement."""
    for number, text in enumerate(counted_by(data), 1):
        paper.add(Paragraph((Run(_("{number}. {title}").format(number=number, title=text)),), note=True))


def short_notes(paper: Composer, data: WindowData) -> None:
    """Append the rules of counting in one paragraph of small type."""
    said = (_("{number}. {title}").format(number=n, title=text) for n, text in enumerate(counted_by(data), 1))
    paper.add(Paragraph((Run(_("Counted by: {rules}").format(rules=" ".join(said))),), note=True))


def counted_by(data: WindowData) -> list[str]:
    """Return the rules of counting, then the basis of each judgement, a sentence each."""
    rules = data.figures.rules
    return [
        _(
            "Signed: the first formal contract of a project, once, in the period of its day;"
            " letters of intent and framework agreements are not counted."
        ),
        *(_("Otherwise than usual: {how}.").format(how=how) for how in [rules.contracts_said()] if how),
        _("Amounts are summed in whole yuan and rounded for print; US dollars stand beside them and are never added."),
        _(
            "Trips are counted {by}, resident postings apart."
            " Enterprises met are distinct companies, visits each meeting face to face."
        ).format(by=_(COUNTED_BY_LABELS[rules.trips_by])),
        *(_("{rules}.").format(rules=said) for said in [rules.changed_said()] if said and rules.contracts.usual),
        *(
            _("{text} Basis: {basis}").format(text=judgement.text, basis=judgement.basis)
            for judgement in data.judgements
        ),
    ]
