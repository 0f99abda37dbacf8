"""What a row says of a trip: its days and places, who went, and whom they meant to meet."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from crm_app.domain import days, names, people, trip_reports
from crm_app.domain.import_rows import Parsed
from crm_app.domain.trips import PlanState, Trip, TripKind, TripMember, TripPlan
from crm_app.domain.visits import Visit
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.services.imports.drafts import Draft, Notes, put
from crm_app.services.imports.enterprise_rows import find_enterprise, part, refuse_ambiguous
from crm_app.services.imports.shelf import Shelf

_MEMBER = re.compile(r"(?P<name>[^()\d]+)(?:\(?(?P<days>\d+(?:\.\d)?)\s*天\)?)?")


def take_trip_row(shelf: Shelf, notes: Notes, row: Parsed) -> None:
    """Take a row of a trips' ledger: the trip by its number, else by its title and departure."""
    said = part(row.values, "trip")
    span = _days(notes, said)
    members = _members(notes, said.pop("members", ""))
    planned = said.pop("planned", ())
    for name in planned:
        refuse_ambiguous(shelf, notes, name, None)
    if span is None or notes.reasons:
        return
    said["start_on"], said["end_on"] = span
    leader = said.pop("leader", None)
    if leader:
        said["leader_id"] = shelf.person(leader).reference
    trip = _take(shelf, notes, row, said)
    if trip is None:
        return
    notes.title = trip.get("title")
    _take_members(shelf, notes, trip, members)
    for name in planned:
        _plan(shelf, notes, trip, name)


def _days(notes: Notes, said: dict[str, Any]) -> tuple[date, date] | None:
    """Return departure and return; a trip of one day may name one alone."""
    period = said.pop("period", None)
    start, end = said.pop("start_on", None), said.pop("end_on", None)
    if period is not None and start is None:
        if period.precision not in (days.Precision.DAY, days.Precision.PART):
            notes.reasons.append(_("Please give the exact days of the trip, such as 2023-06-01 to 2023-06-03."))
            return None
        start, end = period.first, end or period.last
    if start is None:
        notes.reasons.append(_("The day of departure is missing."))
        return None
    end = end or start
    if end < start:
        notes.reasons.append(
            _("The return ({end}) lies before the departure ({start}); correct one of them.").format(
                end=days.show_date(end), start=days.show_date(start)
            )
        )
        return None
    return start, end


def _members(notes: Notes, text: str) -> list[tuple[str, Decimal | None]]:
    """Return who went, each with the days spent where they stand beside the name: 张某(2.5天)、李某."""
    found: list[tuple[str, Decimal | None]] = []
    for word in people.listed(names.clean(text or "")):
        read = _MEMBER.fullmatch(re.sub(r"等\d*人?$", "", word.strip()))
        if read is None or not read["name"].strip():
            continue
        spent = Decimal(read["days"]) if read["days"] else None
        try:
            trip_reports.check_halves(spent or Decimal(0))
        except BadInput as error:
            notes.reasons.append(str(error))
        found.append((read["name"].strip(), spent))
    return found


def _take(shelf: Shelf, notes: Notes, row: Parsed, said: dict[str, Any]) -> Draft | None:
    row_id = row.values.get("trip.id")
    own = shelf.with_id(Trip, row_id)
    alike = [own] if own else _alike(shelf, said)
    if len(alike) > 1:
        notes.reasons.append(
            _("{n} trips set out on that day; give the title or the number of the right one.").format(n=len(alike))
        )
        return None
    if alike:
        put(alike[0], notes, said)
        return alike[0]
    said.setdefault("title", trip_reports.default_title(said.get("regions"), said["start_on"]))
    said.setdefault("kind", TripKind.OVERSEAS if said.get("overseas_countries") else TripKind.OUTING)
    notes.made = True
    return shelf.make(Trip, row_id=row_id, **said)


def _alike(shelf: Shelf, said: dict[str, Any]) -> list[Draft]:
    numbered = [one for one in shelf.drafts[Trip] if said.get("number") and one.get("number") == said["number"]]
    if numbered:
        return numbered
    title = said.get("title")
    same_day = [one for one in shelf.drafts[Trip] if one.get("start_on") == said["start_on"]]
    if title:
        return [one for one in same_day if names.clean(one.get("title")) == names.clean(title)][:1]
    default = trip_reports.default_title(said.get("regions"), said["start_on"])
    exact = [one for one in same_day if one.get("title") == default and one.get("end_on") == said["end_on"]]
    return exact or [one for one in same_day if one.get("end_on") == said["end_on"]]


def _take_members(shelf: Shelf, notes: Notes, trip: Draft, members: list[tuple[str, Decimal | None]]) -> None:
    known = {one.get("person_id"): one for one in shelf.children(TripMember, "trip_id", trip)}
    whole = Decimal((trip.get("end_on") - trip.get("start_on")).days + 1)
    for name, spent in members:
        person = shelf.person(name).reference
        if person in known:
            put(known[person], notes, {"days": spent})
            continue
        made = shelf.make(TripMember, "trip_id", trip_id=trip.reference, person_id=person, days=spent or whole)
        known[person] = made
        if trip.id is not None:
            notes.added.append(name)


def _plan(shelf: Shelf, notes: Notes, trip: Draft, name: str) -> None:
    """Plan an enterprise; a visit to it on a day of the trip is the one that was meant."""
    enterprise = find_enterprise(shelf, notes, name, None)
    plans = shelf.children(TripPlan, "trip_id", trip)
    if enterprise is None or any(one.get("enterprise_id") == enterprise.reference for one in plans):
        return
    start, end = trip.get("start_on"), trip.get("end_on")
    visits = [one for one in shelf.children(Visit, "enterprise_id", enterprise) if start <= one.get("on") <= end]
    visit = visits[0].reference if visits else None
    state = PlanState.DONE if visit else PlanState.TO_ASK
    shelf.make(
        TripPlan,
        "trip_id",
        trip_id=trip.reference,
        enterprise_id=enterprise.reference,
        state=state,
        visit_id=visit,
    )
    if trip.id is not None:
        notes.added.append(str(enterprise.get("name")))
