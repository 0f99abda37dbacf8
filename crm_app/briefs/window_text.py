"""The sentences of the papers of a window: opening, and facts section by section.

Nothing is claimed that no row shows; every figure carries the rows it stands on.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from crm_app.briefs import shown
from crm_app.briefs.composer import Composer, join, sentence
from crm_app.briefs.content import Run
from crm_app.briefs.window_data import NamedProject, WindowData
from crm_app.domain import days, wording
from crm_app.domain.counting import Growth
from crm_app.domain.entry_names import entry_name
from crm_app.domain.events import EVENT_KIND_LABELS, EventKind
from crm_app.domain.figures import Figures, TargetLine
from crm_app.domain.targets import METRIC_LABELS, Forecast, board_of, expected_against
from crm_app.i18n import _, ngettext


def note_gaps(paper: Composer, data: WindowData) -> None:
    """Note what keeps the paper from being final beyond its own text: the bureau's name, rows to be confirmed."""
    if not data.bureau:
        paper.gap(_("The bureau's name is missing (Settings)"), (), "setting.bureau")
    for words, ids in data.gaps:
        paper.gap(words, ids)


def signing(paper: Composer, data: WindowData) -> None:
    """Tell the comparison, the highlighted cluster, and the projects and sets that are named."""
    growth(paper, data)
    cluster(paper, data)
    named(paper, data)


def opening(paper: Composer, data: WindowData) -> None:
    """Tell what was signed: projects, amount, the bands, and the judgements somebody stands for."""
    judged = [Run(_(" {sentence}").format(sentence=sentence(j.text)), rows=j.rows) for j in data.judgements]
    paper.paragraph(*signed(paper, data), *judged)


def signed(paper: Composer, data: WindowData) -> list[Run]:
    """Return the sentence of what was signed: projects, amount and bands."""
    figure = data.figures.signed
    paper.term("projects", shown.projects(figure.value.count), figure.rows)
    paper.term("money", shown.money(figure.value.yuan), figure.rows)
    parts = [
        Run(_("{window}: ").format(window=shown.opening(figure.window))),
        Run(_("{projects} formally signed").format(projects=shown.projects(figure.value.count)), rows=figure.rows),
        Run(_(", with a total investment of {money}").format(money=shown.money(figure.value.yuan)), rows=figure.rows),
    ]
    if not figure.rows:
        parts[1:] = [Run(_("no contract was formally signed"))]
    bands = [b for b in data.figures.bands.value if b.at_least in data.lead_bands and b.tally.count]
    if bands:
        said = [
            Run(
                _("{projects} of {money} and above").format(
                    projects=shown.projects(b.tally.count), money=shown.money(b.at_least)
                ),
                rows=b.tally.rows,
            )
            for b in bands
        ]
        parts.append(Run(_("; among them ")))
        for number, run in enumerate(said):
            parts += [Run(_(", "))] if number else []
            parts.append(run)
    return [*parts, Run(_("."))]


def growth(paper: Composer, data: WindowData) -> None:
    """Compare with the same window a year before (rule 5): increase and rate, no rate over a base of 0."""
    signed, before, change = data.figures.signed, data.figures.last_year, data.figures.year_on_year
    window = shown.opening(before.window)
    if before.value is None or change.value is None:
        paper.paragraph(
            _("There are no figures to compare with: {window}.").format(window=shown.window_words(before.window))
        )
        return
    paper.term("last_year_projects", shown.projects(before.value.count), before.rows)
    paper.term("last_year_money", shown.money(before.value.yuan), before.rows)
    if change.value.yuan.rate is not None:
        paper.term("growth", shown.percent(change.value.yuan.rate), (*signed.rows, *before.rows))
    counts = _change(change.value.count, shown.projects(abs(change.value.count.increase)))
    sums = _change(change.value.yuan, shown.money(abs(change.value.yuan.increase)))
    paper.paragraph(
        Run(
            _("{window}: {projects} signed, {money} in all").format(
                window=window, projects=shown.projects(before.value.count), money=shown.money(before.value.yuan)
            ),
            rows=before.rows,
        ),
        Run(_("; the number {count}, the amount {money}.").format(count=counts, money=sums), rows=signed.rows),
    )


def _change(growth: Growth, shown_increase: str) -> str:
    if growth.increase == 0:
        return _("is unchanged")
    if growth.rate is None:
        return _("rose by {increase}").format(increase=shown_increase)
    pattern = _("rose by {increase} ({rate})") if growth.increase > 0 else _("fell by {increase} ({rate})")
    return pattern.format(increase=shown_increase, rate=shown.percent(abs(growth.rate)))


def cluster(paper: Composer, data: WindowData) -> None:
    """Tell the highlighted cluster in its own window (rule 1)."""
    parts = data.so_far.by_cluster
    found = next((part for part in parts.value if data.cluster and part.name == data.cluster), None)
    if found is None:
        return
    words = _("Of {cluster}: {projects} signed, {amount} in total investment.")
    if parts.window != data.figures.signed.window:
        words = _("So far ({window}), of {cluster}: {projects} signed, {amount} in total investment.")
    told = words.format(
        window=shown.window_words(parts.window),
        projects=shown.projects(found.tally.count),
        cluster=entry_name(data.cluster),
        amount=wording.above(found.tally.yuan),
    )
    paper.paragraph(Run(told, rows=found.tally.rows))


def named(paper: Composer, data: WindowData) -> None:
    """Tell the projects and the sets that are named."""
    if data.named:
        paper.paragraph(_("Major projects signed:"))
        for number, project in enumerate(data.named, 1):
            paper.paragraph(_("({number}) ").format(number=number), *_project(project))
    for chosen in data.sets:
        paper.paragraph(
            Run(
                _("{names} and others together come to {amount} in total investment.").format(
                    names=join(chosen.names), amount=wording.above(chosen.yuan)
                ),
                rows=chosen.rows,
            )
        )


def _project(project: NamedProject) -> list[Run]:
    rows = (project.id,) if project.id else ()
    head = _("{enterprise}, {project}").format(enterprise=project.enterprise, project=project.project)
    facts = [_("total investment {money}").format(money=shown.money(project.yuan))]
    if project.labels:
        facts.append(_("honours: {labels}").format(labels=join(project.labels)))
    if project.channel or project.origin:
        came = join(part for part in (project.channel, project.origin) if part)
        facts.append(_("channel and origin: {way}").format(way=came))
    runs = [Run(head, bold=True, rows=rows), Run(_(": {facts}").format(facts=_("; ").join(facts)), rows=rows)]
    if project.content:
        runs.append(Run(_("; {content}").format(content=project.content.rstrip("。.")), rows=rows))
    return [*runs, Run(_("."))]


def targets(paper: Composer, data: WindowData) -> None:
    """Tell how far each target is reached, and what is expected."""
    lines, forecasts = data.figures.targets.value, data.figures.forecasts.value
    if lines:
        paper.term("attained", shown.percent(lines[0].ratio), (lines[0].target.id,))
        paper.term("target", shown.metric_value(lines[0].target.metric, lines[0].target.value), (lines[0].target.id,))
    for line in lines:
        paper.paragraph(Run(target(line, data.published), rows=(line.target.id,)))
    for one in forecasts:
        paper.paragraph(Run(forecast(one, lines, data.bureau), rows=(one.id,)))


def target(line: TargetLine, day: date) -> str:
    """Say how far a target is reached, beside the time that has passed (时序进度)."""
    asked = line.target
    return _("{subject}: {metric}: {actual}, {ratio} of the target of {value}, with {time} of the time passed.").format(
        subject=asked.subject,
        metric=_(METRIC_LABELS[asked.metric]),
        actual=shown.metric_value(asked.metric, line.actual),
        ratio=shown.percent(line.ratio),
        value=shown.metric_value(asked.metric, asked.value),
        time=shown.percent(shown.time_gone(line, day)),
    )


def forecast(expected: Forecast, lines: tuple[TargetLine, ...], bureau: str) -> str:
    """Say what is expected: the only place 预计 comes from; 超额 only where the forecast is above the target."""
    over = expected_against(expected, (line.target for line in lines), bureau)
    words = _("{metric} is expected to reach {value}").format(
        metric=_(METRIC_LABELS[expected.metric]), value=shown.metric_value(expected.metric, expected.value)
    )
    if over > 0:
        words += _(", more than the target")
    elif over == 0:
        words += _(", the target")
    return words + _(" ({basis}).").format(basis=expected.basis.rstrip("。."))


def carried_out(paper: Composer, data: WindowData) -> None:
    """Tell what was begun and what came in: starts, productions, funds, foreign investment."""
    figures = data.figures
    paper.term("started", shown.projects(figures.started.value.count), figures.started.rows)
    paper.term("producing", shown.projects(figures.producing.value.count), figures.producing.rows)
    paper.term("funds", shown.money(figures.funds.value.yuan), figures.funds.rows)
    parts = [
        Run(
            _("Construction started on {projects}").format(projects=shown.projects(figures.started.value.count)),
            rows=figures.started.rows,
        ),
        Run(
            _("; production began at {projects}").format(projects=shown.projects(figures.producing.value.count)),
            rows=figures.producing.rows,
        ),
        Run(
            _("; funds of {money} came in").format(money=shown.money(figures.funds.value.yuan)), rows=figures.funds.rows
        ),
    ]
    if figures.funds.value.cents:
        parts.append(
            Run(
                _(", and {dollars} beside them").format(dollars=shown.dollars(figures.funds.value.cents)),
                rows=figures.funds.rows,
            )
        )
    if figures.fdi.value.contracted or figures.fdi.value.actual:
        parts.append(
            Run(
                _("; contracted foreign investment {contracted}, actually used {actual}").format(
                    contracted=shown.dollars(figures.fdi.value.contracted),
                    actual=shown.dollars(figures.fdi.value.actual),
                ),
                rows=figures.fdi.rows,
            )
        )
    paper.paragraph(*parts, Run(_(".")))


def outings(paper: Composer, data: WindowData) -> None:
    """Tell trips, visits and receptions up to publication, then where overseas and which events."""
    figures = data.so_far
    met(paper, figures, _("So far ({window}), ").format(window=shown.window_words(figures.trips.window)))
    overseas(paper, figures)
    events(paper, figures)


def met(paper: Composer, figures: Figures, opening: str, told: Callable[[int], str] = wording.about) -> None:
    """Tell trips, visits and receptions: 家数 and 家次 both (rule 8); ``told`` puts a count into words (rule 7)."""
    paper.term("trips", str(figures.trips.value.count), figures.trips.rows)
    paper.term("enterprises", str(figures.visits.value.enterprises), figures.visits.rows)
    paper.term("visits", str(figures.visits.value.visits), figures.visits.rows)
    made, seen = figures.trips.value.count, figures.visits.value
    parts = [
        Run(opening),
        Run(ngettext("{n} trip was made", "{n} trips were made", made).format(n=told(made)), rows=figures.trips.rows),
        Run(
            ngettext(", {n} enterprise met", ", {n} enterprises met", seen.enterprises).format(
                n=told(seen.enterprises)
            ),
            rows=figures.visits.rows,
        ),
        Run(
            ngettext(" in {n} visit", " in {n} visits", seen.visits).format(n=told(seen.visits)),
            rows=figures.visits.rows,
        ),
    ]
    if came := figures.receptions.value:
        words = ngettext("; {n} enterprise was received", "; {n} enterprises were received", came)
        parts.append(Run(words.format(n=came), rows=figures.receptions.rows))
    paper.paragraph(*parts, Run(_(".")))


def overseas(paper: Composer, figures: Figures) -> None:
    """Tell how many trips went overseas, and where."""
    if figures.overseas.value.count:
        paper.paragraph(
            Run(
                _("{n} of the trips went overseas: {countries}.").format(
                    n=figures.overseas.value.count, countries=join(figures.overseas.value.countries)
                ),
                rows=figures.overseas.rows,
            )
        )


def events(paper: Composer, figures: Figures) -> None:
    """Tell the events by kind, with sessions and people; what the press wrote is no event."""
    said = [
        Run(
            _("{kind}: events {events}, sessions {sessions}, people {people}").format(
                kind=_(EVENT_KIND_LABELS[e.kind]) if e.kind else _("Other"),
                events=e.count,
                sessions=e.sessions,
                people=e.people,
            ),
            rows=e.rows,
        )
        for e in figures.events.value
        if e.count and e.kind is not EventKind.PUBLICITY
    ]
    if said:
        runs = [Run(_("Events held: "))]
        for number, run in enumerate(said):
            runs += [Run(_("; "))] if number else []
            runs.append(run)
        paper.paragraph(*runs, Run(_(".")))


def rankings(paper: Composer, data: WindowData) -> None:
    """Tell the ranks that a document announced; one without its number is not printed."""
    for rank in (rank for rank in data.figures.rankings.value if rank.document):
        on = days.show_date(rank.announced_on) if rank.announced_on else ""
        words = _("{board}, {period}, {group}: number {rank} of {of} ({document}{day}).")
        if rank.of is None:
            words = _("{board}, {period}, {group}: number {rank} ({document}{day}).")
        words = words.format(
            board=board_of(rank),
            period=rank.period,
            group=rank.group or _("all"),
            rank=rank.rank,
            of=rank.of,
            document=rank.document,
            day=_(", {day}").format(day=on) if on else "",
        )
        paper.paragraph(Run(words, rows=(rank.id,)))
