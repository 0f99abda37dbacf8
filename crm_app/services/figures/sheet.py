"""The sheet a set of figures is worked out on: what was read, what counts, the window and the rules."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar
from uuid import UUID

from crm_app import clock
from crm_app.db.figures import Ledger
from crm_app.domain.attainment import Denominator, denominator, in_force
from crm_app.domain.counting import Counted, Tally, Window, cancelled_in, park_on, signed_in
from crm_app.domain.figures import Figure, Rules
from crm_app.domain.projects import Fund, StageEntry
from crm_app.domain.stages import Stage
from crm_app.domain.targets import Target, whole
from crm_app.domain.trips import Trip

T = TypeVar("T")


@dataclass(frozen=True)
class Sheet:
    """``owners`` narrows it to some colleagues: their projects, trips and visits; None is everybody."""

    ledger: Ledger
    rules: Rules
    counted: list[Counted]
    window: Window
    owners: Collection[UUID] | None = None

    @cached_property
    def signed(self) -> list[Counted]:
        """What counts as signed in the window."""
        return [one for one in signed_in(self.counted, self.window) if self._owned(one.signing.project_id)]

    @cached_property
    def cancelled(self) -> list[Counted]:
        """The cancellations of the window, with what they take back below zero."""
        return [one for one in cancelled_in(self.counted, self.window) if self._owned(one.signing.project_id)]

    @cached_property
    def until(self) -> date:
        """The day of what still stands open: the window's last, or today where the window is not over."""
        return min(self.window.last, clock.today())

    @cached_property
    def lived(self) -> Window | None:
        """The part of the window that is over, today included: a day still to come was spent by nobody."""
        return self.window.overlap(self.window.first, clock.today())

    @cached_property
    def standing(self) -> dict[UUID, int]:
        """The projects signed by the window's end and not cancelled, with their counted yuan."""
        return denominator(self.counted, self.window, Denominator.ALL_STANDING)

    @cached_property
    def funds(self) -> list[Fund]:
        """The funds that arrived in the window."""
        return [fund for fund in self.ledger.funds if self.window.has(fund.on) and self._owned(fund.project_id)]

    @cached_property
    def signed_projects(self) -> list[UUID]:
        """The projects the window counts, once each, in order of signing."""
        return list(dict.fromkeys(one.signing.project_id for one in self.signed if one.projects > 0))

    def _owned(self, project: UUID) -> bool:
        return self.owners is None or self.ledger.projects[project].owner_id in self.owners

    def went(self, trip: Trip) -> bool:
        """Say whether one of the owners was on a trip."""
        people = [member.person_id for member in self.ledger.members.get(trip.id, [])]
        return self.owners is None or trip.leader_id in self.owners or any(one in self.owners for one in people)

    def visited(self, visit: UUID) -> bool:
        """Say whether one of the owners was at a visit."""
        return self.owners is None or any(one in self.owners for one in self.ledger.visitors.get(visit, []))

    def park(self, one: Counted) -> str | None:
        """Return the park of a project on the day of the signing."""
        return park_on(self.ledger.parks.get(one.signing.project_id, []), one.signing.signed_on.last)

    def park_now(self, one: Counted) -> str | None:
        """Return the park of a project at the end of the window."""
        return park_on(self.ledger.parks.get(one.signing.project_id, []), self.window.last)

    def reached_in(self, *stages: Stage) -> Tally:
        """Return the projects that first came to one of the stages in the window, with their total investment."""
        entries: list[StageEntry] = []
        for log in self.ledger.stages.values():
            came = (entry for entry in log if entry.stage in stages)
            first = min(came, key=lambda entry: (entry.on, entry.id.int), default=None)
            known = first is not None and self.window.has(first.on) and first.project_id in self.ledger.projects
            if first is not None and known and self._owned(first.project_id):
                entries.append(first)
        entries.sort(key=lambda entry: (entry.on, entry.id.int))
        projects = [self.ledger.projects[entry.project_id] for entry in entries]
        return Tally(
            len(entries), sum(p.total_investment or 0 for p in projects), tuple(entry.project_id for entry in entries)
        )

    def figure(self, value: T, rows: Iterable[UUID] = ()) -> Figure[T]:
        """Return a figure of the sheet's window."""
        return Figure(self.window, value, tuple(rows))


def known_targets(sheet: Sheet) -> list[tuple[Target, frozenset[UUID] | None]]:
    """Return the targets in force with whose rows each counts, None for everybody; those of strangers are left out."""
    people, bureau = sheet.ledger.people, sheet.ledger.settings.get("bureau", "")
    found: list[tuple[Target, frozenset[UUID] | None]] = []
    for target in in_force(sheet.ledger.targets, sheet.window):
        owners = frozenset(one.id for one in people if target.subject in (one.name, one.team, one.dept))
        if owners or whole(target.subject, bureau):
            found.append((target, owners or None))
    return found
