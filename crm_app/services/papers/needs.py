"""What waits for a department: needs of enterprises and projects that are open on a day."""

from __future__ import annotations

from datetime import date

from crm_app import clock
from crm_app.briefs.window_data import Obstacle
from crm_app.db.reader import Reader
from crm_app.domain.enterprises import Enterprise
from crm_app.domain.projects import Need, Project
from crm_app.domain.visits import Visit
from crm_app.i18n import _


def open_needs(reader: Reader, day: date) -> tuple[Obstacle, ...]:
    """Return the needs open on a day: those past their day first, then by the day they are due, then the oldest.

    A need is open since it was promised, else since the visit that named it, else since it was entered.
    """
    needs = [one for one in reader.find(Need) if one.solved_on is None or one.solved_on > day]
    visits = reader.get_many(Visit, [one.visit_id for one in needs if one.visit_id])
    projects = reader.get_many(Project, [one.project_id for one in needs if one.project_id])
    enterprises = reader.get_many(Enterprise, [one.enterprise_id for one in needs if one.enterprise_id])
    found: list[Obstacle] = []
    for one in needs:
        visit = visits.get(one.visit_id) if one.visit_id else None
        begun = one.promised_on or (visit.on if visit else clock.local(one.id.int >> 80).date())
        project = projects.get(one.project_id) if one.project_id else None
        enterprise = enterprises.get(one.enterprise_id) if one.enterprise_id else None
        if begun > day:
            continue
        found.append(
            Obstacle(
                id=one.id,
                whose=project.name if project else enterprise.name if enterprise else "",
                need=told(one),
                dept=one.dept or "",
                due=one.due,
                days_open=(day - begun).days,
                overdue=one.due is not None and one.due < day,
                project_id=one.project_id,
                enterprise_id=one.enterprise_id,
            )
        )
    return tuple(sorted(found, key=lambda one: (not one.overdue, one.due or date.max, -one.days_open, one.id.int)))


def told(need: Need) -> str:
    """Return a need in words: its kind with the quantity, then what was said of it."""
    quantity = f"{need.shown('quantity')}{need.measure or ''}"
    return _(", ").join(part for part in (f"{need.kind}{quantity}", need.text) if part)
