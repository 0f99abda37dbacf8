"""Charts of the figures of a window, each beside the table that has the same numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from crm_app.briefs import shown
from crm_app.briefs.composer import Composer
from crm_app.briefs.content import Bar, Chart, ChartForm
from crm_app.domain.amounts import YI
from crm_app.domain.counting import Band, Share
from crm_app.domain.entry_names import entry_name
from crm_app.domain.figures import TargetLine
from crm_app.domain.overview import STEP_LABELS, FunnelStep, Period
from crm_app.domain.projects import ORIGIN_LABELS, Origin
from crm_app.domain.targets import METRIC_LABELS
from crm_app.i18n import _, ngettext

MOST = 12
"""Lines of a chart; the table beside it has them all."""

_FEWEST = {ChartForm.RANKED: 3, ChartForm.COLUMNS: 2, ChartForm.PROGRESS: 1, ChartForm.FUNNEL: 2}

_TEN_THOUSAND = 10_000

_ORIGINS: dict[str | None, Origin] = {origin.value: origin for origin in Origin}


def add(
    paper: Composer,
    title: str,
    bars: Sequence[Bar],
    unit: str,
    scale: int = 1,
    form: ChartForm = ChartForm.RANKED,
    names: tuple[str, ...] = (),
) -> None:
    """Append a chart of at most the first twelve lines; so few that their table shows it as well are left to that."""
    if len(bars) < _FEWEST[form] or not any(bar.value or bar.then for bar in bars):
        return
    if len(bars) > MOST and form is not ChartForm.COLUMNS:
        title = _("{title} (the first {n})").format(title=title, n=MOST)
        bars = bars[:MOST]
    paper.add(Chart(paper.chart_title(title), tuple(bars), unit, scale, form, names))


def bands(paper: Composer, parts: Sequence[Band]) -> None:
    """Append how many projects are of each size and above."""
    bars = [
        Bar(band_name(band), band.tally.count, shown.projects(band.tally.count), band.tally.rows)
        for band in parts
        if band.tally.count
    ]
    add(paper, _("Projects signed by size"), bars, _(" projects"))


def band_name(band: Band) -> str:
    """Return “5亿元以上”."""
    return _("{money} and above").format(money=shown.money(band.at_least))


def shares(paper: Composer, title: str, parts: Sequence[Share]) -> None:
    """Append a distribution of the amount signed."""
    bars = [Bar(share_name(part), part.tally.yuan, shown.money(part.tally.yuan), part.tally.rows) for part in parts]
    add(paper, title, bars, _(" × CNY 100 million"), YI)


def share_name(part: Share) -> str:
    """Return what a part of a distribution is called, in the paper's language."""
    if part.name in _ORIGINS:
        return _(ORIGIN_LABELS[_ORIGINS[part.name]])
    return entry_name(part.name) if part.name else _("not filled in")


def months(paper: Composer, now: Sequence[Period], then: Sequence[Period], names: tuple[str, ...]) -> None:
    """Append the amount signed month by month, beside the year before where the book has it."""
    before = {(one.window.first.month, one.window.first.year + 1): one.signed.yuan for one in then if one.window}
    several = len({one.window.first.year for one in now if one.window}) > 1
    bars = [
        Bar(
            shown.month(one.window, dated=several),
            one.signed.yuan,
            shown.yi(one.signed.yuan),
            one.signed.rows,
            before.get((one.window.first.month, one.window.first.year)),
        )
        for one in now
        if one.window
    ]
    add(
        paper,
        _("Investment signed by month"),
        bars,
        _("CNY 100 million"),
        YI,
        ChartForm.COLUMNS,
        names if before else (),
    )


def targets(paper: Composer, lines: Sequence[TargetLine], day: date) -> None:
    """Append how much of each target is reached, with the line of the time that is gone."""
    bars = []
    for line in lines:
        if line.ratio is None:
            continue
        gone = shown.time_gone(line, day)
        bars.append(
            Bar(
                f"{line.target.subject} · {_(METRIC_LABELS[line.target.metric])}",
                _parts(line.ratio),
                _("{actual} of {value}: {ratio}; time {gone}").format(
                    actual=shown.metric_value(line.target.metric, line.actual),
                    value=shown.metric_value(line.target.metric, line.target.value),
                    ratio=shown.percent(line.ratio),
                    gone=shown.percent(gone),
                ),
                line.rows,
                _parts(gone),
            )
        )
    add(paper, _("Targets attained, and the time passed"), bars, "%", _TEN_THOUSAND, ChartForm.PROGRESS)


def _parts(ratio: Decimal) -> int:
    return int(ratio * _TEN_THOUSAND)


def funnel(paper: Composer, steps: Sequence[FunnelStep]) -> None:
    """Append the way from lead to production: what came to each step, and how many of the step before moved on."""
    bars = [
        Bar(
            _(STEP_LABELS[step.step]),
            step.tally.count,
            ngettext("{n} came to it", "{n} came to it", step.tally.count).format(n=step.tally.count),
            step.tally.rows,
            shown_then=_link(step),
        )
        for step in steps
    ]
    add(paper, _("From lead to production"), bars, _(" projects"), form=ChartForm.FUNNEL)


def _link(step: FunnelStep) -> str:
    said = [_("{share} moved on").format(share=shown.percent(step.rate))] if step.rate is not None else []
    if step.median_days is not None:
        said.append(ngettext("{n} day (median)", "{n} days (median)", step.median_days).format(n=step.median_days))
    return _(", ").join(said)
