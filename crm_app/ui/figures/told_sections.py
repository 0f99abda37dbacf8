"""The sections about who and how far: activities, league tables, time in stage, what is late, promised, packaged."""

from __future__ import annotations

from crm_app.domain import amounts, days
from crm_app.domain.activity import ACTIVITY_LABELS
from crm_app.domain.amounts import Currency
from crm_app.domain.entry_names import entry_name
from crm_app.domain.figures import Figures, PackagedShare
from crm_app.domain.league import League, LeagueLine, LeagueTable
from crm_app.domain.overdue import Overdue
from crm_app.domain.overview import Comparison, StageTime
from crm_app.domain.stages import STAGE_LABELS
from crm_app.domain.targets import CURRENCY_OF, METRIC_LABELS, Metric
from crm_app.i18n import N_, _
from crm_app.ui.figures.definitions import definition
from crm_app.ui.figures.section import Line, Measure, Number, Section, Shape, amount, money, percent
from crm_app.ui.windows_of_days import words_of


def activity(found: Comparison) -> Section:
    """Return the six activities of the window, of the one before it, and of the year so far."""
    figures = found.now.figures
    table = figures.activity.value
    lines = [
        Line(
            _(ACTIVITY_LABELS[one.activity]),
            tuple(tally.count for tally in (one.now, one.before, one.year)),
            one.now.rows,
            cells=(money(one.now.yuan) if one.now.yuan else "", money(one.year.yuan) if one.year.yuan else ""),
            sets=(one.now.rows, one.before.rows, one.year.rows),
        )
        for one in table.lines
    ]
    return Section(
        "activity",
        _("Activities"),
        tuple(lines),
        definition("activity", figures.rules),
        (
            Measure(words_of(figures.activity.window)),
            Measure(_("{window} (before)").format(window=words_of(table.before))),
            Measure(_("Year so far")),
        ),
        (_("Amount"), _("Amount of the year")),
    )


def leagues(found: Comparison) -> list[Section]:
    """Return the league table of the teams and that of the colleagues."""
    figures = found.now.figures
    league = figures.league.value
    return [
        _league("league_teams", _("League of teams"), league, league.teams, figures),
        _league("league_people", _("League of people"), league, league.people, figures),
    ]


def _league(name: str, title: str, league: League, table: LeagueTable, figures: Figures) -> Section:
    lines = [_placed(line) for line in table.lines]
    if any(one.value for one in table.nobody):
        values = tuple(one.value for one in table.nobody)
        sets = tuple(one.rows for one in table.nobody)
        lines.append(Line(_("Nobody's"), values, sets[0], cells=("", ""), drawn=False, sets=sets))
    return Section(
        name,
        title,
        tuple(lines),
        definition(name, figures.rules),
        tuple(_measure(metric) for metric in league.metrics),
        (_("Ranks"), _("Of their own target")),
        note=_("Placed by {metric}; where that is equal, by what follows.").format(
            metric=_(METRIC_LABELS[league.metrics[0]])
        ),
    )


def _measure(metric: Metric) -> Measure:
    words, currency = _(METRIC_LABELS[metric]), CURRENCY_OF.get(metric)
    if currency is Currency.CNY:
        return amount(words)
    return Measure(words, _dollars) if currency else Measure(words)


def _dollars(cents: Number) -> str:
    return amounts.show_money(int(cents), Currency.USD)


def _placed(line: LeagueLine) -> Line:
    held = [f"{_(METRIC_LABELS[cell.metric])} {percent(cell.ratio)}" for cell in line.cells if cell.ratio is not None]
    return Line(
        _("{place}. {name}").format(place=line.place, name=line.subject),
        tuple(cell.value for cell in line.cells),
        line.cells[0].rows,
        cells=(_(", ").join(str(cell.rank) for cell in line.cells), _(", ").join(held)),
        sets=tuple(cell.rows for cell in line.cells),
    )


def stages(found: Comparison) -> Section:
    """Return how long projects stay at each stage, and which stands there longest now."""
    lines = [_stage(one) for one in found.now.stages]
    return Section(
        "stages",
        _("Time in stage"),
        tuple(lines),
        definition("stages", found.now.figures.rules),
        (Measure(_("Median days stayed")), Measure(_("Stand there now")), Measure(_("Longest now, days"))),
        (_("Stands there longest"),),
    )


def _stage(one: StageTime) -> Line:
    return Line(
        _(STAGE_LABELS[one.stage]),
        (one.median_days, len(one.now), one.longest_days),
        one.left,
        cells=(one.longest_name or "",),
        sets=(one.left, one.now, one.now[:1]),
    )


_LATE = {"start": N_("{project} (start)"), "production": N_("{project} (production)")}


def overdue(found: Comparison) -> Section:
    """Return the agreed starts and productions that have passed without them, the longest first."""
    figures = found.now.figures
    lines = [_late(one, "start") for one in figures.overdue_starts.value]
    lines += [_late(one, "production") for one in figures.overdue_production.value]
    return Section(
        "overdue",
        _("Overdue projects"),
        tuple(lines),
        definition("overdue", figures.rules),
        (Measure(_("Days overdue")),),
        (_("Agreed on"), _("Amount"), _("Stands at"), _("Department"), _("Owner")),
        Shape.NONE,
        empty=(
            _("No project is overdue"),
            _("Every signed project whose agreed day has passed has started, or is producing."),
        ),
    )


def _late(one: Overdue, what: str) -> Line:
    return Line(
        _(_LATE[what]).format(project=one.name),
        (one.days,),
        (one.project_id,),
        cells=(
            days.show_short(one.agreed_on),
            money(one.yuan),
            _(STAGE_LABELS[one.stage]),
            one.dept or "",
            one.owner or "",
        ),
    )


def promises(found: Comparison) -> Section:
    """Return the open promises by department, with the days they are open."""
    figures = found.now.figures
    lines = [
        Line(
            one.dept or _("No department"),
            (len(one.rows), len(one.overdue), one.longest_days, one.median_days),
            one.rows,
            sets=(one.rows, one.overdue, one.rows[:1], one.rows),
            cells=(one.promises[0].what,),
        )
        for one in figures.needs_by_dept.value
    ]
    return Section(
        "promises",
        _("Promises"),
        tuple(lines),
        definition("promises", figures.rules),
        (
            Measure(_("Not solved yet")),
            Measure(_("Overdue")),
            Measure(_("Longest open, days")),
            Measure(_("Median days open")),
        ),
        (_("Open longest"),),
        empty=(
            _("No promise is open"),
            _("Promises are entered on the page of an enterprise or a project, with department and deadline."),
        ),
    )


def packaged(found: Comparison) -> Section:
    """Return the packaged projects by cluster, and how many of them were signed."""
    figures = found.now.figures
    value = figures.packaged.value
    lines = [_packaged(one, entry_name(one.name) if one.name else _("Not filled in")) for one in value.by_cluster]
    if len(lines) > 1:
        lines.append(_packaged(value.total, _("All of them"), drawn=False))
    return Section(
        "packaged",
        _("Packaged projects"),
        tuple(lines),
        definition("packaged", figures.rules),
        (
            Measure(_("On offer")),
            Measure(_("Signed")),
            Measure(_("Signed in the window")),
            amount(_("Amount offered")),
            amount(_("Amount signed")),
        ),
        (_("Share signed"),),
        empty=(
            _("No project is packaged yet"),
            _("Enter what is offered to investors in Settings, Packaged projects."),
        ),
    )


def _packaged(one: PackagedShare, name: str, *, drawn: bool = True) -> Line:
    return Line(
        name,
        (len(one.rows), len(one.signed), len(one.signed_inside), one.yuan, one.signed_yuan),
        one.rows,
        cells=(percent(one.share),),
        drawn=drawn,
        sets=(one.rows, one.signed, one.signed_inside, one.rows, one.signed),
    )


def coverage(found: Comparison) -> Section:
    """Return how far each list of enterprises to be visited was met."""
    figures = found.now.figures
    lines = [
        Line(
            one.name,
            (len(one.met), len(one.met_ever), len(one.open), len(one.rows)),
            one.met,
            cells=(percent(one.share), _("Campaign") if one.campaign else _("Saved view")),
            sets=(one.met, one.met_ever, one.open, one.rows),
        )
        for one in figures.coverage.value
    ]
    return Section(
        "coverage",
        _("Lists to be visited"),
        tuple(lines),
        definition("coverage", figures.rules),
        (Measure(_("Met in the window")), Measure(_("Met so far")), Measure(_("Never met")), Measure(_("On the list"))),
        (_("Coverage"), _("Where the list comes from")),
        empty=(
            _("No list of enterprises to be visited"),
            _("Tag enterprises with a campaign, or filter the list of enterprises and save it as a view."),
        ),
    )


def campaigns(found: Comparison) -> Section:
    """Return the campaigns with what is tagged with them."""
    figures = found.now.figures
    lines = [
        Line(
            one.name,
            (one.signed.yuan, one.signed.count, len(one.enterprises), len(one.events)),
            one.signed.rows,
            cells=(str(one.year or ""),),
            sets=(one.signed.rows, one.signed.rows, one.enterprises, one.events),
        )
        for one in figures.campaigns.value
    ]
    return Section(
        "campaigns",
        _("By campaign"),
        tuple(lines),
        definition("campaigns", figures.rules),
        (amount(_("Amount signed")), Measure(_("Projects signed")), Measure(_("Enterprises")), Measure(_("Events"))),
        (_("Year of the list"),),
        empty=(
            _("Nothing is tagged with a campaign"),
            _("Campaigns are chosen on enterprises, projects and events; their list is in Settings, Lists."),
        ),
    )
