"""The league table of a window, worked out in one walk over what each metric counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

from crm_app.domain.figures import Figure, TargetLine
from crm_app.domain.league import League, LeagueCell, LeagueLine, LeagueTable, Nobody, ranks
from crm_app.domain.staff import Person
from crm_app.domain.targets import Metric
from crm_app.services.figures.credits import CREDITS, Credit, Sum
from crm_app.services.figures.sheet import Sheet

Group = UUID | str
"""A colleague, or the name of a team."""
GroupOf = Callable[[UUID], Group | None]
Credits = Mapping[Metric, list[Credit]]


def league(sheet: Sheet, targets: Iterable[TargetLine]) -> Figure[League]:
    """Return the league table by the metrics of the rules; ``targets`` tell how far somebody's own ones are."""
    metrics = sheet.rules.league
    known = {person.id: person for person in sheet.ledger.people}
    own = {(line.target.metric, line.target.subject): line for line in targets}
    credits = {metric: list(CREDITS[metric](sheet)) for metric in metrics}
    people = _table(sheet, credits, lambda person: person if person in known else None, own)
    teams = _table(sheet, credits, lambda person: known[person].team if person in known else None, own)
    table = League(metrics, teams, people)
    rows = dict.fromkeys(row for many in credits.values() for row, *_rest in many)
    return sheet.figure(table, rows)


def _table(
    sheet: Sheet,
    credits: Credits,
    group_of: GroupOf,
    own: Mapping[tuple[Metric, str], TargetLine],
) -> LeagueTable:
    sums, nobody = _sums(credits, group_of)
    working = {group for group, _metric in sums}
    names = {group: name for group, name, kept in _groups(sheet.ledger.people, group_of) if kept or group in working}
    values = {group: tuple(sums[group, metric].value for metric in credits) for group in names}
    places = dict(zip(values, ranks(list(values.values())), strict=True))
    by_metric = [
        dict(zip(values, ranks([one[number] for one in values.values()]), strict=True))
        for number in range(len(credits))
    ]
    lines = []
    for group, name in names.items():
        cells = []
        for number, metric in enumerate(credits):
            held, target = sums[group, metric], own.get((metric, name))
            ratio = target.ratio if target else None
            cells.append(LeagueCell(metric, held.value, by_metric[number][group], tuple(held.rows), ratio))
        lines.append(LeagueLine(name, group if isinstance(group, UUID) else None, places[group], tuple(cells)))
    lines.sort(key=lambda line: (line.place, line.subject))
    return LeagueTable(tuple(lines), tuple(Nobody(one, held.value, tuple(held.rows)) for one, held in nobody.items()))


def _sums(credits: Credits, group_of: GroupOf) -> tuple[dict[tuple[Group, Metric], Sum], dict[Metric, Sum]]:
    """Return what each group has of each metric, and what nobody has: a row of several counts once for each group."""
    sums: dict[tuple[Group, Metric], Sum] = defaultdict(Sum)
    nobody = {metric: Sum() for metric in credits}
    for metric, many in credits.items():
        for credit in many:
            whose = {group for person in credit[3] if (group := group_of(person)) is not None}
            for group in whose:
                sums[group, metric].add(credit)
            if not whose:
                nobody[metric].add(credit)
    return sums, nobody


def _groups(people: Iterable[Person], group_of: GroupOf) -> list[tuple[Group, str, bool]]:
    """Return every team, or person, with its name; kept without any row where somebody of a team is still with us."""
    found: dict[Group, tuple[str, bool]] = {}
    for person in people:
        group = group_of(person.id)
        if group is not None:
            name = group if isinstance(group, str) else person.name
            before = found.get(group, (name, False))[1]
            found[group] = (name, before or (person.team is not None and not person.gone))
    return [(group, name, kept) for group, (name, kept) in found.items()]
