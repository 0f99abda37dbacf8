"""存在问题 and 下一步工作打算 of the papers of a window: a person's words, else what the rows show is left to do.

Everything is told as it stood at the window's end, and nothing is aimed at for a day that is past when it is printed.
"""

from __future__ import annotations

from collections.abc import Iterator

from crm_app.briefs import shown
from crm_app.briefs.composer import Composer, join
from crm_app.briefs.content import Run
from crm_app.briefs.window_data import WindowData
from crm_app.domain.counting import Window
from crm_app.domain.figures import TargetLine
from crm_app.domain.targets import METRIC_LABELS, whole
from crm_app.i18n import _, ngettext


def problems(paper: Composer, data: WindowData) -> None:
    """Tell the problems somebody named, then what the rows show to be behind, waiting or late."""
    _tell(paper, data, (_behind(data), _waiting(data), _late_starts(data)))


def problems_of_a_week(paper: Composer, data: WindowData) -> None:
    """Tell them without the targets that are behind, which the table of a week's two pages shows."""
    _tell(paper, data, (_waiting(data), _late_starts(data)))


def _tell(paper: Composer, data: WindowData, found: tuple[Run | None, ...]) -> None:
    paper.points(data.problems)
    parts: list[Run] = []
    for run in found:
        if run is not None:
            parts.append(Run(_(" {sentence}").format(sentence=run.text), rows=run.rows) if parts else run)
    if parts:
        paper.paragraph(*parts)


def next_steps(paper: Composer, data: WindowData) -> None:
    """Tell what somebody planned; where nobody did, what the rows leave to be done; with nothing left, the gap."""
    said: tuple[str | Run, ...] = (*data.plans,) or (*_left(data),)
    if said:
        paper.points(said)
    else:
        paper.paragraph(paper.value("", _("Next steps"), (), "words.plans"))


def _own(data: WindowData) -> Iterator[TargetLine]:
    """Yield the whole bureau's targets: a team's are its own affair."""
    return (line for line in data.figures.targets.value if whole(line.target.subject, data.bureau))


def _behind(data: WindowData) -> Run | None:
    """Say which targets are reached less far than their time has gone (时序进度)."""
    # A target of nothing has no ratio, and is behind nothing.
    late = [
        line for line in _own(data) if line.ratio is not None and line.ratio < shown.time_gone(line, data.published)
    ]
    if not late:
        return None
    names = _(", ").join(dict.fromkeys(_(METRIC_LABELS[line.target.metric]) for line in late))
    words = _("Reached less far than the time that has passed: {metrics}.")
    return Run(words.format(metrics=names), rows=tuple(line.target.id for line in late))


def _waiting(data: WindowData) -> Run | None:
    open_needs = data.ahead.obstacles
    if not open_needs:
        return None
    words = _("Matters that wait for a department: {n}, past their day: {late}.")
    late = sum(one.overdue for one in open_needs)
    return Run(words.format(n=len(open_needs), late=late), rows=tuple(one.id for one in open_needs))


def _late_starts(data: WindowData) -> Run | None:
    starts = data.figures.overdue_starts
    if not starts.value:
        return None
    words = ngettext(
        "The agreed start of {n} project has passed without one.",
        "The agreed starts of {n} projects have passed without one.",
        len(starts.value),
    )
    return Run(words.format(n=len(starts.value)), rows=starts.rows)


def _left(data: WindowData) -> Iterator[Run]:
    """Yield what is left to do: contracts to be signed, starts, matters to be solved, targets, trips."""
    ahead = data.ahead
    if ahead.coming:
        known = sum(one.yuan for one in ahead.coming if one.yuan)
        words = ngettext(
            "Bring {n} project that is about to sign to its contract, {money} in all as far as it is known.",
            "Bring the {n} projects that are about to sign to their contracts, {money} in all as far as it is known.",
            len(ahead.coming),
        )
        if not known:
            words = ngettext(
                "Bring {n} project that is about to sign to its contract.",
                "Bring the {n} projects that are about to sign to their contracts.",
                len(ahead.coming),
            )
        told = words.format(n=len(ahead.coming), money=shown.money(known))
        yield Run(told, rows=tuple(one.id for one in ahead.coming))
    if ahead.unstarted.count:
        words = ngettext(
            "Bring {n} project that is signed and not begun to its start, {money} in all.",
            "Bring the {n} projects that are signed and not begun to their start, {money} in all.",
            ahead.unstarted.count,
        )
        told = words.format(n=ahead.unstarted.count, money=shown.money(ahead.unstarted.yuan))
        yield Run(told, rows=ahead.unstarted.rows)
    if ahead.obstacles:
        words = ngettext(
            "Have the departments solve {n} open matter.",
            "Have the departments solve {n} open matters.",
            len(ahead.obstacles),
        )
        yield Run(words.format(n=len(ahead.obstacles)), rows=tuple(one.id for one in ahead.obstacles))
    yield from _to_reach(data)
    if ahead.trips:
        words = ngettext("Make the {n} trip that is planned.", "Make the {n} trips that are planned.", len(ahead.trips))
        yield Run(words.format(n=len(ahead.trips)), rows=ahead.trips)


def _to_reach(data: WindowData) -> Iterator[Run]:
    """Yield what is left of the targets of each period that is not over."""
    periods: dict[Window, list[TargetLine]] = {}
    for line in _own(data):
        if line.actual < line.target.value and line.target.to_on >= data.published:
            periods.setdefault(Window(line.target.from_on, line.target.to_on), []).append(line)
    for period, lines in periods.items():
        left = [
            _("{metric} {value}").format(
                metric=_(METRIC_LABELS[line.target.metric]),
                value=shown.metric_value(line.target.metric, line.target.value - line.actual),
            )
            for line in lines
        ]
        words = _("Left of the targets for {period}: {left}.").format(
            period=shown.window_words(period), left=join(left)
        )
        yield Run(words, rows=tuple(line.target.id for line in lines))
