"""What figures are held against: targets and their revisions, forecasts, rankings, yearly results."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from crm_app.db import writing
from crm_app.db.book import Book
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.fields import values_of
from crm_app.domain.targets import METRIC_LABELS, Annual, Forecast, Metric, Ranking, Target
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.services.outcome import Outcome


def set_target(
    book: Book,
    *,
    metric: Metric,
    from_on: date,
    to_on: date,
    subject: str,
    value: int,
    issuer: str | None = None,
    document: str | None = None,
    effective_from: date | None = None,
) -> Outcome[UUID]:
    """Set a target; one for the same metric, period, subject and issuer is superseded and kept.

    ``value`` is in projects, yuan, US cents, trips or enterprises, as the metric says.
    """
    _check_period(from_on, to_on)
    with book.unit(_("Set a target")) as unit:
        same = unit.find(Target, metric=metric, from_on=from_on, to_on=to_on, subject=subject, issuer=issuer)
        unit.about(_named(metric, subject))
        before = _in_force(same)
        made = unit.insert(
            Target,
            metric=metric,
            from_on=from_on,
            to_on=to_on,
            subject=subject,
            value=value,
            issuer=issuer,
            document=document,
            effective_from=effective_from,
            supersedes_id=before[-1].id if before else None,
        )
        return Outcome(unit.commit(), made)


def _named(metric: Metric, *more: str) -> str:
    return " ".join((_(METRIC_LABELS[metric]), *more))


def _check_period(from_on: date, to_on: date) -> None:
    if to_on < from_on:
        raise BadInput(_("The period ends before it begins; correct one of the days."), field="to_on")


def _in_force(targets: list[Target]) -> list[Target]:
    superseded = {target.supersedes_id for target in targets}
    return [target for target in targets if target.id not in superseded]


def list_targets(book: Book, *, superseded: bool = False) -> list[Target]:
    """Return the targets in force by period and metric; those superseded by a revision only when asked."""
    with book.read() as reader:
        found = reader.find(Target, order_by=("-from_on", "metric"))
    return found if superseded else _in_force(found)


def remove_target(book: Book, target_id: UUID) -> Outcome[None]:
    """Take a target back; the one it superseded is in force again."""
    with book.unit(_("Remove a target")) as unit:
        target = unit.get(Target, target_id)
        unit.about(_named(target.metric, target.subject))
        for later in unit.find(Target, supersedes_id=target_id):
            unit.update(Target, later.id, supersedes_id=target.supersedes_id)
        unit.delete(Target, target_id)
        return Outcome(unit.commit(), None)


def change_target(book: Book, target_id: UUID, **values: Any) -> Outcome[UUID]:
    """Revise a target: what differs makes a new one that supersedes it, and it is kept; return the new one.

    Of one that was revised before, the new one supersedes the newest, so that one is in force. Raise BadInput for a
    period that ends before it begins.
    """
    with book.unit(_("Revise a target")) as unit:
        before = unit.get(Target, target_id)
        unit.about(_named(before.metric, before.subject))
        # Two revisions of one target would both be in force: a second one revises the first.
        newest = target_id
        while later := unit.find(Target, supersedes_id=newest, limit=1):
            newest = later[0].id
        told = values_of(before) | values | {"supersedes_id": newest}
        _check_period(told["from_on"], told["to_on"])
        made = unit.insert(Target, **told)
        return Outcome(unit.commit(), made)


def set_forecast(book: Book, *, metric: Metric, from_on: date, to_on: date, value: int, basis: str) -> Outcome[UUID]:
    """Say what a period is expected to reach, and on what ground: the only source of 预计 in a text.

    A forecast of the same metric and period is rewritten; its history keeps the old one.
    """
    _check_period(from_on, to_on)
    with book.unit(_("Set a forecast")) as unit:
        unit.about(_named(metric))
        known = unit.find(Forecast, metric=metric, from_on=from_on, to_on=to_on)
        if known:
            unit.update(Forecast, known[-1].id, value=value, basis=basis)
            return Outcome(unit.commit(), known[-1].id)
        made = unit.insert(Forecast, metric=metric, from_on=from_on, to_on=to_on, value=value, basis=basis)
        return Outcome(unit.commit(), made)


def remove_forecast(book: Book, forecast_id: UUID) -> Outcome[None]:
    """Take a forecast back."""
    with book.unit(_("Remove a forecast")) as unit:
        unit.about(_named(unit.get(Forecast, forecast_id).metric))
        unit.delete(Forecast, forecast_id)
        return Outcome(unit.commit(), None)


def list_forecasts(book: Book) -> list[Forecast]:
    """Return the forecasts by period and metric."""
    with book.read() as reader:
        return reader.find(Forecast, order_by=("-from_on", "metric"))


def add_ranking(
    book: Book,
    *,
    board: str,
    period: str,
    rank: int,
    of: int | None = None,
    group: str | None = None,
    metric: Metric | None = None,
    value: int | None = None,
    issuer: str | None = None,
    document: str | None = None,
    announced_on: date | None = None,
    source: str | None = None,
) -> Outcome[UUID]:
    """Enter a published rank; raise BadInput for one below the last place. Without its document no text claims it.

    ``value`` is what was announced of ``metric``, in yuan, US cents or units; ``source`` the notice's own words.
    """
    _check_rank(rank, of)
    with book.unit(_("Enter a ranking")) as unit:
        unit.about(board)
        made = unit.insert(
            Ranking,
            board=board,
            period=period,
            rank=rank,
            of=of,
            group=group,
            metric=metric,
            value=value,
            issuer=issuer,
            document=document,
            announced_on=announced_on,
            source=source,
        )
        return Outcome(unit.commit(), made)


def change_ranking(book: Book, ranking_id: UUID, **values: Any) -> Outcome[None]:
    """Correct a published rank; raise BadInput for one below the last place."""
    with book.unit(_("Change a ranking")) as unit:
        before = unit.get(Ranking, ranking_id)
        unit.about(before.board)
        _check_rank(values.get("rank", before.rank), values.get("of", before.of))
        unit.update(Ranking, ranking_id, **values)
        return Outcome(unit.commit(), None)


def remove_ranking(book: Book, ranking_id: UUID) -> Outcome[None]:
    """Take a published rank back."""
    with book.unit(_("Remove a ranking")) as unit:
        unit.about(unit.get(Ranking, ranking_id).board)
        unit.delete(Ranking, ranking_id)
        return Outcome(unit.commit(), None)


def _check_rank(rank: int, of: int | None) -> None:
    if of is not None and rank > of:
        raise BadInput(
            _("Rank {rank} lies below the last of {of}; correct one of them.").format(rank=rank, of=of), field="rank"
        )


def list_rankings(book: Book) -> list[Ranking]:
    """Return the rankings, the newest first; no text claims one that names no document."""
    with book.read() as reader:
        return reader.find(Ranking, order_by=("-announced_on",))


def add_annual(
    book: Book,
    enterprise_id: UUID,
    year: int,
    *,
    output: int | None = None,
    tax: int | None = None,
    land: Decimal | None = None,
    staff: int | None = None,
    source: str | None = None,
    source_on: date | None = None,
) -> Outcome[UUID]:
    """Enter an enterprise's output and tax of a year in yuan and its land in 亩; what is known already is filled up.

    ``source`` is where the figures come from, ``source_on`` the day they were told.
    """
    if output is None and tax is None:
        raise BadInput(_("Please give the output or the tax of the year."), field="output")
    told = {"output": output, "tax": tax, "land": land, "staff": staff, "source": source, "source_on": source_on}
    given = {name: value for name, value in told.items() if value is not None}
    with book.unit(_("Enter a yearly result")) as unit:
        writing.about(unit, Enterprise, unit.get(Enterprise, enterprise_id).id)
        known = unit.find(Annual, enterprise_id=enterprise_id, year=year)
        if known:
            unit.update(Annual, known[0].id, **given)
            return Outcome(unit.commit(), known[0].id)
        made = unit.insert(Annual, enterprise_id=enterprise_id, year=year, **given)
        return Outcome(unit.commit(), made)


def change_annual(book: Book, annual_id: UUID, **values: Any) -> Outcome[None]:
    """Correct a yearly result; raise BadInput where the enterprise has another one of that year, or nothing is left."""
    with book.unit(_("Change a yearly result")) as unit:
        before = unit.get(Annual, annual_id)
        writing.about(unit, Enterprise, before.enterprise_id)
        told = values_of(before) | values
        if told["output"] is None and told["tax"] is None:
            raise BadInput(
                _("A yearly result has an output or a tax; to take it back, remove it."),
                field="output" if before.output is not None else "tax",
            )
        same = unit.find(Annual, enterprise_id=told["enterprise_id"], year=told["year"])
        if any(one.id != annual_id for one in same):
            raise BadInput(_("There is a result of that year already; change that one instead."), field="year")
        unit.update(Annual, annual_id, **values)
        return Outcome(unit.commit(), None)


def remove_annual(book: Book, annual_id: UUID) -> Outcome[None]:
    """Take a yearly result back."""
    with book.unit(_("Remove a yearly result")) as unit:
        writing.about(unit, Enterprise, unit.get(Annual, annual_id).enterprise_id)
        unit.delete(Annual, annual_id)
        return Outcome(unit.commit(), None)


def list_annuals(book: Book) -> list[tuple[Annual, Enterprise]]:
    """Return the yearly results with their enterprises, the newest year first."""
    with book.read() as reader:
        found = reader.find(Annual, order_by=("-year",))
        known = reader.get_many(Enterprise, [one.enterprise_id for one in found])
    return [(one, known[one.enterprise_id]) for one in found]
