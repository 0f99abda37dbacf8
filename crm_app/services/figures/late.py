"""What is late or promised, what was packaged, which lists were visited: what a report of problems stands on."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from crm_app.domain import counting
from crm_app.domain.counting import Counted
from crm_app.domain.coverage import Coverage
from crm_app.domain.figures import CampaignSum, Figure, Packaged, PackagedShare
from crm_app.domain.overdue import DeptNeeds, Overdue, Promise, by_dept, longest_first, promise_days
from crm_app.domain.projects import Need
from crm_app.domain.stages import LINE, Stage
from crm_app.domain.visits import VisitMode
from crm_app.services.figures.sheet import Sheet


def needs_by_dept(sheet: Sheet) -> Figure[tuple[DeptNeeds, ...]]:
    """Return the promises that stand open on the window's last day, or today, by department."""
    found = by_dept(_promise(sheet, need) for need in sheet.ledger.needs if _open(sheet, need))
    return sheet.figure(found, (row for one in found for row in one.rows))


def _open(sheet: Sheet, need: Need) -> bool:
    promised = need.promised_on is not None and need.promised_on <= sheet.until
    return promised and (need.solved_on is None or need.solved_on > sheet.until)


def _promise(sheet: Sheet, need: Need) -> Promise:
    assert need.promised_on is not None, "only promises are asked"
    days, late = promise_days(need.promised_on, need.due, sheet.until)
    whose, what = _whose(sheet, need), need.text or need.kind
    return Promise(need.id, what, whose, need.dept, need.promised_on, need.due, days, late)


def _whose(sheet: Sheet, need: Need) -> str:
    project = sheet.ledger.projects.get(need.project_id) if need.project_id else None
    if project is not None:
        return project.name
    return sheet.ledger.enterprises.get(need.enterprise_id, "") if need.enterprise_id else ""


def overdue(sheet: Sheet, wanted: Stage) -> Figure[tuple[Overdue, ...]]:
    """Return the signed projects whose agreed start, or production, has passed without it; the longest first.

    What was cancelled or lost is left out; what is on hold is named, and says so.
    """
    names = {person.id: person.name for person in sheet.ledger.people}
    found = []
    for project_id in sheet.standing:
        project = sheet.ledger.projects[project_id]
        agreed = project.agreed_start_on if wanted is Stage.STARTED else project.agreed_production_on
        stage = _stage(sheet, project_id)
        if agreed is None or agreed >= sheet.until or stage is Stage.LOST or _came(sheet, project_id, wanted):
            continue
        yuan = sheet.standing[project_id] or project.total_investment or 0
        owner = names.get(project.owner_id) if project.owner_id else None
        days = (sheet.until - agreed).days
        found.append(Overdue(project_id, project.name, agreed, days, yuan, stage, project.dept, owner))
    lines = longest_first(found)
    return sheet.figure(lines, (one.project_id for one in lines))


def _stage(sheet: Sheet, project: UUID) -> Stage:
    log = [entry for entry in sheet.ledger.stages.get(project, []) if entry.on <= sheet.until]
    return max(log, key=lambda entry: (entry.on, entry.id.int)).stage if log else Stage.SIGNED


def _came(sheet: Sheet, project: UUID, wanted: Stage) -> bool:
    later = LINE[LINE.index(wanted) :]
    return any(entry.stage in later and entry.on <= sheet.until for entry in sheet.ledger.stages.get(project, []))


def packaged(sheet: Sheet) -> Figure[Packaged]:
    """Return the packaged projects by cluster, and how many of them were signed by the window's end."""
    signed = set(sheet.signed_projects)
    parts: dict[str | None, list[UUID]] = defaultdict(list)
    known = {one.id: one for one in sheet.ledger.packaged}
    for one in known.values():
        parts[one.cluster or None].append(one.id)

    def share(name: str | None, ids: list[UUID]) -> PackagedShare:
        linked = {one: project for one in ids if (project := known[one].project_id) is not None}
        became = {one: project for one, project in linked.items() if project in sheet.standing}
        return PackagedShare(
            name,
            tuple(ids),
            sum(known[one].amount or 0 for one in ids),
            tuple(became),
            # Several of them may have become one contract, which counts once.
            sum(sheet.standing[project] for project in {*became.values()}),
            tuple(one for one, project in became.items() if project in signed),
        )

    shares = [share(name, ids) for name, ids in parts.items()]
    shares.sort(key=lambda one: (one.name is None, -len(one.rows), one.name or ""))
    return sheet.figure(Packaged(share(None, list(known)), tuple(shares)), known)


def campaigns(sheet: Sheet) -> Figure[tuple[CampaignSum, ...]]:
    """Return the campaigns anything is tagged with: enterprises, contracts and events of the window."""
    enterprises = {one.name: one.enterprises for one in sheet.ledger.lists if one.campaign}
    signed: dict[str, list[Counted]] = defaultdict(list)
    for one in sheet.signed:
        signed[sheet.ledger.projects[one.signing.project_id].campaign or ""].append(one)
    events: dict[str, list[UUID]] = defaultdict(list)
    for event in sheet.ledger.events:
        if sheet.window.has(event.on):
            events[event.campaign or ""].append(event.id)
    found = [
        CampaignSum(
            name,
            sheet.ledger.campaign_years.get(name),
            enterprises.get(name, ()),
            counting.tally(signed[name]),
            tuple(events[name]),
        )
        for name in dict.fromkeys([*enterprises, *signed, *events])
        if name
    ]
    found.sort(key=lambda one: (-(one.year or 0), -one.signed.yuan, one.name))
    rows = dict.fromkeys(row for one in found for row in (*one.enterprises, *one.signed.rows, *one.events))
    return sheet.figure(tuple(found), rows)


def coverage(sheet: Sheet) -> Figure[tuple[Coverage, ...]]:
    """Return how far each list of enterprises to be visited was met, face to face."""
    visits: dict[UUID, list[UUID]] = defaultdict(list)
    for visit in sheet.ledger.visits if sheet.ledger.lists else ():
        # Also associations and offices: they are no 家数, and yet may stand on a list.
        if sheet.window.has(visit.on) and visit.mode is not VisitMode.ONLINE:
            visits[visit.enterprise_id].append(visit.id)
    found = tuple(
        Coverage(
            one.name,
            one.campaign,
            one.enterprises,
            tuple(row for row in one.enterprises if row in visits),
            tuple(row for row in one.enterprises if row in one.met and one.met[row] <= sheet.window.last),
            tuple(visit for row in one.enterprises for visit in visits.get(row, ())),
        )
        for one in sheet.ledger.lists
    )
    return sheet.figure(found, dict.fromkeys(row for one in found for row in one.rows))
