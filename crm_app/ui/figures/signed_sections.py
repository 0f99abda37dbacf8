"""The sections about what was signed: the funnel, the months, bands and distributions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import zip_longest

from crm_app.domain import amounts, days
from crm_app.domain.counting import Share, Tally
from crm_app.domain.entry_names import entry_name
from crm_app.domain.overview import STEP_LABELS, Comparison, FunnelStep, Overview, Period, PersonSum, Step
from crm_app.domain.projects import ORIGIN_LABELS, Origin
from crm_app.i18n import _, ngettext
from crm_app.ui.figures.definitions import definition
from crm_app.ui.figures.section import (
    Line,
    Measure,
    Number,
    Rows,
    Section,
    Shape,
    Sides,
    amount,
    amount_and_count,
    money,
    percent,
    plain,
    ratio,
)
from crm_app.ui.windows_of_days import words_of

_NONE = Tally(0, 0, ())
_NO_PERIOD = Period(None, _NONE, _NONE, _NONE, _NONE, _NONE)
_OF_PERIOD = (True, True, True, False, False, False)
_OF_PERSON = (True, True, False, False, False, False)
"""Which of the sums of a period, and of a colleague, stand on signings; the others stand on the work."""


def funnel(found: Comparison) -> Section:
    """Return the funnel; a step's line tells how it was come to."""
    then = {one.step: one for one in found.then.funnel} if found.then else {}
    lines = [_step(one, then.get(one.step), found.then) for one in found.now.funnel]
    columns = (_("Amount"), _("From the step before"), _("Median days"))
    return Section(
        "funnel",
        _("Funnel"),
        tuple(lines),
        definition("funnel", found.now.figures.rules),
        (Measure(_("How many")),),
        columns,
        Shape.FUNNEL,
        compared=found.then is not None,
    )


def _step(one: FunnelStep, other: FunnelStep | None, then: Overview | None) -> Line:
    known = then is not None and {
        Step.LEAD: then.work_known,
        Step.SIGNED: then.signings_known,
    }.get(one.step, then.work_known or then.signings_known)
    taken = one.median_days
    duration = "" if taken is None else ngettext("{n} day", "{n} days", taken).format(n=taken)
    parts = [_("{rate} came on").format(rate=percent(one.rate))] if one.rate is not None else []
    parts += [_("median {days}").format(days=duration)] if duration else []
    yuan = money(one.tally.yuan) if one.tally.yuan else ""
    return Line(
        _(STEP_LABELS[one.step]),
        (one.tally.count,),
        one.tally.rows,
        (other.tally.count,) if other and known else (),
        other.tally.rows if other and known else (),
        (yuan, percent(one.rate), "" if one.median_days is None else str(one.median_days)),
        beside=" · ".join(parts),
        beside_rows=one.moved,
        shown=" · ".join(part for part in (str(one.tally.count), yuan) if part),
    )


def months(found: Comparison) -> Section:
    """Return the months of the window, each beside the one in the same place of the other."""
    then = found.then
    known = then is not None and (then.signings_known or then.work_known)
    whole = len({period.window.first.year for period in found.now.periods if period.window}) > 1
    lines = []
    for period, other in _pairs(found.now.periods, then.periods if then and known else ()):
        name = _period_words(period, years=whole) if period else _period_words(other or _NO_PERIOD, years=True)
        period = period or _NO_PERIOD
        lines.append(
            Line(
                name,
                _sums(period),
                period.signed.rows,
                _known(_sums(other or _NO_PERIOD), then, _OF_PERIOD) if then and known else (),
                other.signed.rows if other else (),
                sets=_sets(period),
                then_sets=_sets(other) if other else (),
            )
        )
    return Section(
        "months",
        _("By month"),
        tuple(lines),
        definition("months", found.now.figures.rules),
        (
            *amount_and_count(),
            amount(_("Funds in place")),
            Measure(_("Visits")),
            Measure(_("Trips")),
            Measure(_("New leads")),
        ),
        shape=Shape.COLUMNS,
        compared=then is not None,
    )


def _pairs(now: Sequence[Period], then: Sequence[Period]) -> Iterable[tuple[Period | None, Period | None]]:
    """Return each period beside the one in the same place of the other window, so that none of either is left out."""
    yield from zip_longest((one for one in now if one.window), (one for one in then if one.window))
    loose = [next((one for one in side if one.window is None), None) for side in (now, then)]
    if any(loose):
        yield loose[0], loose[1]


def _known(sums: tuple[Number, ...], then: Overview, signed: Sequence[bool]) -> tuple[Number | None, ...]:
    """Return the sums of the other window; None for those of a kind the book did not hold yet (counting rule 5)."""
    return tuple(
        value if (then.signings_known if of_signings else then.work_known) else None
        for value, of_signings in zip(sums, signed, strict=True)
    )


def _sums(period: Period) -> tuple[int, ...]:
    signed = period.signed
    return (
        signed.yuan,
        signed.count,
        period.funds.yuan,
        period.visits.count,
        period.trips.count,
        period.leads.count,
    )


def _sets(period: Period) -> tuple[Rows, ...]:
    parts = (period.signed, period.signed, period.funds, period.visits, period.trips, period.leads)
    return tuple(tally.rows for tally in parts)


def _period_words(period: Period, *, years: bool) -> str:
    if period.window is None:
        return _("No month known")
    if len(period.window.months()) > 1:
        return str(period.window.first.year)
    first = period.window.first
    return f"{first.year}-{first.month:02}" if years else _(days.MONTHS[first.month - 1])


def bands(found: Comparison) -> Section:
    """Return the bands, each containing the larger ones."""
    now = {band.at_least: band.tally for band in found.now.figures.bands.value}
    then = {band.at_least: band.tally for band in found.then.figures.bands.value} if found.then else {}
    known = found.then is not None and found.then.signings_known
    shown = {least for least in now if now[least].count or (known and then.get(least, now[least]).count)}
    sides = Sides(
        {str(least): tally for least, tally in now.items() if least in shown},
        {str(least): tally for least, tally in then.items() if least in shown},
        known,
    )
    lines = sides.lines(
        lambda key: _("{amount} and above").format(amount=amounts.show_money(int(key or 0))), lambda _tally: ()
    )
    return Section(
        "bands",
        _("By size"),
        lines,
        definition("bands", found.now.figures.rules),
        amount_and_count(),
        compared=found.then is not None,
        note=_("Each line includes its own amount and contains the larger ones."),
    )


def shares(
    found: Comparison,
    name: str,
    title: str,
    parts_of: Callable[[Overview], Iterable[Share]],
    words: Callable[[str], str] = str,
) -> Section:
    """Return a distribution of what was signed, with the share of each part."""
    now = {share.name: share.tally for share in parts_of(found.now)}
    then = {share.name: share.tally for share in parts_of(found.then)} if found.then else {}
    whole = sum(tally.yuan for tally in now.values())
    sides = Sides(now, then, found.then is not None and found.then.signings_known)

    def share_of(tally: Tally) -> tuple[str, ...]:
        return (ratio(tally.yuan, whole),)

    return Section(
        name,
        title,
        sides.lines(lambda key: words(key) if key else _("Not filled in"), share_of),
        definition(name, found.now.figures.rules),
        amount_and_count(),
        (_("Share"),),
        compared=found.then is not None,
        note=_("The parts sum to the total."),
    )


def distributions(found: Comparison) -> list[Section]:
    """Return the distributions in the order of a report."""
    return [
        shares(found, "cluster", _("By cluster"), lambda one: one.figures.by_cluster.value, entry_name),
        shares(found, "channel", _("By channel"), lambda one: one.figures.by_channel.value, entry_name),
        shares(found, "park", _("By park"), lambda one: one.figures.by_park.value),
        shares(found, "region", _("By region"), lambda one: one.by_region),
        people(found),
        shares(found, "origin", _("By origin"), lambda one: one.figures.by_origin.value, _origin),
    ]


def _origin(key: str) -> str:
    return _(ORIGIN_LABELS[Origin(key)])


def people(found: Comparison) -> Section:
    """Return what each colleague did."""
    other = found.then if found.then and (found.then.signings_known or found.then.work_known) else None
    now = {one.person_id: one for one in found.now.people}
    then = {one.person_id: one for one in other.people} if other else {}
    lines = []
    for person in sorted({**now, **then}, key=lambda person: person is None):
        nothing = PersonSum(person, (now.get(person) or then[person]).name, *(_NONE,) * 4)
        one, before = now.get(person, nothing), then.get(person, nothing)
        lines.append(
            Line(
                one.name or _("Not filled in"),
                _did(one),
                one.signed.rows,
                _known(_did(before), other, _OF_PERSON) if other else (),
                before.signed.rows,
                sets=_did_rows(one),
                then_sets=_did_rows(before),
            )
        )
    return Section(
        "people",
        _("By colleague"),
        tuple(lines),
        definition("people", found.now.figures.rules),
        (
            *amount_and_count(),
            Measure(_("Visits")),
            Measure(_("Trips")),
            Measure(_("Person-days"), plain),
            Measure(_("New leads")),
        ),
        compared=found.then is not None,
    )


def _did(one: PersonSum) -> tuple[Number, ...]:
    return (
        one.signed.yuan,
        one.signed.count,
        one.visits.count,
        one.trips.count,
        one.person_days,
        one.leads.count,
    )


def _did_rows(one: PersonSum) -> tuple[Rows, ...]:
    signed = one.signed.rows
    return (signed, signed, one.visits.rows, one.trips.rows, one.days_rows, one.leads.rows)


def window_names(found: Comparison) -> tuple[str, ...]:
    """Return the names of the window and of the one it is compared with."""
    names = (words_of(found.now.window),)
    return (*names, words_of(found.then.window)) if found.then else names
