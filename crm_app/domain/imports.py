"""Which column of a ledger means which field, and why: by the words of its header, else by what its cells look like.

Pure: it knows neither files nor the book.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from crm_app.domain import import_achieved, import_days, import_goals, import_months, import_people
from crm_app.domain.import_content import guess_by_content
from crm_app.domain.import_days import DAY_ORDER_LABELS, ColumnOfDays, DayOrder, DayQuestion, readings
from crm_app.domain.import_headers import JOIN, UNITS, groups, split_unit
from crm_app.domain.import_kinds import (
    BESIDE,
    ID,
    NEEDED,
    RECORD_OF,
    Measured,
    field_of,
    is_day,
    joins,
)
from crm_app.domain.import_meanings import labels, meanings, of_years
from crm_app.domain.kinds import AnyMoney, Money, Range
from crm_app.domain.target_titles import names_of, title_of
from crm_app.domain.traditional import simplified
from crm_app.errors import BadInput
from crm_app.i18n import N_, _

_UNIT = re.compile(rf"{UNITS}|[个家次批项户件]|批次|家次|人次")


@dataclass(frozen=True)
class Column:
    """One column of the sheet: its header, the unit it names, and its target (empty: not understood, left alone).

    ``evidence`` is a sentence that says why it was taken for that. ``day_order`` is how its days are written where
    03/04/2023 could be two; None where that is not known, and the user is asked. ``year`` is that of days which
    name none (5月16日), where the sheet or the column tells it (else they are near today), or that of an amount whose
    header names it (2023年营收). ``year_told`` is the sentence that says so, where there are such days.
    """

    index: int
    header: str
    unit: str = ""
    target: str = ""
    day_order: DayOrder | None = None
    evidence: str = ""
    year: int | None = None
    year_told: str = ""

    @property
    def title(self) -> str:
        """What the column is taken for, in the language in use; empty where it is left alone."""
        return title_of(self.target) if self.target else ""


def columns_for(
    kind: str,
    headers: Sequence[str],
    table_unit: str = "",
    samples: Sequence[Sequence[object]] = (),
    year: int | None = None,
    *,
    achieved: bool = False,
) -> tuple[Column, ...]:
    """Return what each column is taken for, and why; ``table_unit`` holds for amounts whose header names no unit.

    A second column of the same target is left alone, unless both are texts: those are put together. ``samples`` are
    some rows below the header: a column whose header says nothing is known by them where they are unmistakable.
    ``year`` is that of columns which are months. ``achieved``: the sheet tells what was achieved, so that only a column
    that calls itself a target may be one. Of tables beside one another the first is taken.
    """
    columns: list[Column] = []
    taken: set[str] = set()
    before: list[tuple[str, str]] = []
    end = _end_of_the_first(headers)
    plain = [simplified(header) for header in headers[:end]]
    years = of_years(kind, plain)
    last_contact = max((place for place, one in enumerate(plain) if import_people.CONTACT in one), default=0)
    for index, header in enumerate(headers[:end]):
        bare, unit = split_unit(plain[index])
        cells = [row[index] for row in samples if index < len(row)]
        of_year, yearly = years.get(index, (None, []))
        meant = [*_under_a_metric(kind, bare), *meanings(kind, bare), *yearly]
        if _are_units(cells):
            meant = [one for one in meant if one[0] != "enterprise.name"]
        if not meant and kind in _OF_METRICS:
            meant = _of_metrics(kind, bare, cells, year, teams="target.metric" in taken)
        if achieved and kind == "targets":
            meant = [one for one in meant if _may_be_target(one[0], header)]
        behind = index < last_contact
        meant = [(import_people.column_of(one, bare, before, named_behind=behind), why) for one, why in meant]
        fitting = (one for one in meant if one[0] and (one[0] not in taken or joins(one[0])))
        target, evidence = next(fitting, ("", ""))
        if not target and kind == "funds" and (month := import_months.target_of(bare, year)) not in taken:
            target, evidence = month, _("The header is a month.") if month else ""
        taken.add(target)
        if target == "ranking.goal":
            evidence = _(_SAID_BY["goal"])
        if target.startswith("ranking.rank:"):
            # The unit above is the metric's.
            unit = ""
        if target and not unit and isinstance(field_of(target).kind, Money | Range | AnyMoney | Measured):
            unit = table_unit
        columns.append(Column(index, header, unit, target, evidence=evidence, year=of_year))
        if target.startswith("contact"):
            before.append((target, header))
    found = _by_content(kind, columns, taken, samples) if samples else columns
    return (*found, *(Column(index, header, "", "") for index, header in enumerate(headers[end:], end)))


def dated(column: Column, cells: Sequence[object], year: int | None, held: Collection[str] = ()) -> Column:
    """Return a column of days with the year of those that name none: ``year``, else as its ``cells`` tell it.

    ``held`` are the targets of the sheet: another day of the row goes before the nearest.
    """
    if not column.target or not is_day(column.target):
        return column
    beside = any(one in held for one in BESIDE.get(column.target, ()))
    year, how = import_days.year_of(cells, year, beside=beside)
    evidence = " ".join(part for part in (column.evidence, how) if part)
    return replace(column, evidence=evidence, year=year, year_told=how)


def _end_of_the_first(headers: Sequence[str]) -> int:
    """Return where the columns of the first of tables beside one another end: at a blank, its first header behind."""
    first = next((place for place, header in enumerate(headers) if header), 0)
    begins = (place for place in range(first + 2, len(headers)) if headers[place] == headers[first])
    return next((place for place in begins if not headers[place - 1]), len(headers))


def _are_units(cells: Sequence[object]) -> bool:
    """Say whether a column holds units of measure alone: 单位 above 亿元 and 个 is nobody's name."""
    filled = [str(cell).strip() for cell in cells if cell is not None]
    return bool(filled) and all(_UNIT.fullmatch(text) for text in filled)


_OF_METRICS = ("targets", "rankings")
"""Kinds whose columns may each be a metric."""

_SAID_BY = {
    "value": N_("The header tells what was achieved of a metric."),
    "rank": N_("The header tells the place in a metric."),
    "rate": N_("The header tells the share of the target that was reached."),
    "goal": N_("A target beside what was achieved is left aside; to take it, say that the sheet holds targets."),
    "team": N_("Rows are metrics, so the column is what one team has to reach."),
    "metric": N_("The header names a metric or a part of the year."),
}


def _under_a_metric(kind: str, header: str) -> list[tuple[str, str]]:
    """Return what a column means whose upper header names a metric: the lower one alone would not tell of which."""
    if JOIN not in header or kind not in _OF_METRICS:
        return []
    found = _of_metrics(kind, header)
    goal = import_goals.goal_of(found[0][0]) if found else None
    return found if goal is None or goal.metric else []


def _of_metrics(
    kind: str, header: str, cells: Sequence[object] = (), year: int | None = None, *, teams: bool = False
) -> list[tuple[str, str]]:
    """Return what a header means that names a metric, a part of the year or a team, with the evidence."""
    if kind == "rankings":
        target = import_achieved.target_of(header)
        role = import_achieved.part_of(target)
        said = role[0] if role else import_achieved.role_of(header, year)
        return [(target or f"ranking.{said}", _(_SAID_BY[said]))] if said else []
    target = import_goals.target_of(header, cells, teams=teams)
    goal = import_goals.goal_of(target)
    if goal is None and import_achieved.role_of(header, year) == "goal":
        return [("target.value", _("The header reads “{word}”.").format(word=header))]
    return [(target, _(_SAID_BY["team" if goal.team else "metric"]))] if goal else []


def _may_be_target(target: str, header: str) -> bool:
    """Say whether a column of a sheet that tells what was achieved may be a target: it calls itself one."""
    return import_goals.goal_of(target) is None or import_achieved.role_of(header) == "goal"


def _by_content(
    kind: str, columns: Iterable[Column], taken: set[str], samples: Sequence[Sequence[object]]
) -> Iterable[Column]:
    for column in columns:
        cells = [row[column.index] for row in samples if column.index < len(row)]
        guess = guess_by_content(kind, cells) if not column.target else None
        if guess is None or guess[0] in taken:
            yield column
        else:
            taken.add(guess[0])
            yield Column(column.index, column.header, column.unit, guess[0], evidence=guess[1])


def settle_days(
    columns: Sequence[Column], rows: Iterable[Sequence[object]]
) -> tuple[tuple[Column, ...], tuple[DayQuestion, ...]]:
    """Return the columns with the order their days are written in, where it is chosen or the rows tell it.

    The questions are about the columns where it stays open.
    """
    seen = {index: ColumnOfDays(index) for index in _open_days(columns)}
    for row in rows if seen else ():
        for index, column in seen.items():
            if index < len(row):
                column.see(row[index])
    settled = tuple(_settled(one, seen[one.index]) if one.index in seen else one for one in columns)
    return settled, tuple(one.question for one in seen.values() if one.question is not None)


def _open_days(columns: Sequence[Column]) -> list[int]:
    return [one.index for one in columns if one.target and one.day_order is None and is_day(one.target)]


class DaysInDoubt:
    """Tells when rows come to a day that may be read in several orders: until then the order need not be known."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._open = _open_days(columns)
        self._sure: set[object] = set()

    def are_in(self, rows: Sequence[Sequence[object]]) -> bool:
        """Say whether some rows hold one."""
        for index in self._open:
            cells = {row[index] for row in rows if index < len(row)} - self._sure
            if any(readings(cell) for cell in cells if isinstance(cell, str)):
                return True
            if len(self._sure) < _REMEMBERED:
                self._sure |= cells
        return False


_REMEMBERED = 4096
"""Days of a sheet that are looked at but once."""


def _settled(column: Column, seen: ColumnOfDays) -> Column:
    if seen.order is None:
        return column
    how = _("“{text}” tells how its days are written: {order}.").format(
        text=seen.decided_by, order=_(DAY_ORDER_LABELS[seen.order])
    )
    return replace(column, day_order=seen.order, evidence=" ".join(part for part in (column.evidence, how) if part))


def targets_of(kind: str, header: str = "") -> tuple[tuple[str, tuple[str, str]], ...]:
    """Return what a user may choose for a column of a kind, the likeliest first, with its titles.

    The first title is in the language in use, the second in the other one.

    Of a task sheet the ``header`` may be a team.
    """
    targets = [target for group in groups()[kind] for target in group]
    targets += labels(kind).values()
    targets += import_goals.goals() if kind == "targets" else ()
    targets += import_achieved.targets() if kind == "rankings" else ()
    team = import_goals.team_target(header) if kind == "targets" else ""
    targets += [team] if team else []
    return tuple((target, names_of(target)) for target in dict.fromkeys(targets))


def held_by(targets: Iterable[str]) -> set[str]:
    """Return targets with what those stand for that are months, metrics, parts of the year or teams."""
    return import_achieved.held(import_goals.held(import_months.held(targets)))


def check_columns(kind: str, columns: Sequence[Column], told: Iterable[str] = ()) -> None:
    """Raise BadInput where the columns a ledger of this kind cannot do without are missing, naming what was found.

    ``told`` are the targets that the title of the sheet tells of every row.
    """
    held = held_by(column.target for column in columns).union(told)
    if f"{RECORD_OF[kind]}.{ID}" in held:
        # Rows that carry their ids are known by them; a row that would be new says itself what it lacks.
        return
    for targets, wanted in NEEDED[kind]:
        if not held.intersection(targets):
            found = _(", ").join(column.header for column in columns if column.header)
            raise BadInput(
                _("No column holds the {wanted}. Found: {found}. Rename the column and try again.").format(
                    wanted=_(wanted), found=found
                )
            )
