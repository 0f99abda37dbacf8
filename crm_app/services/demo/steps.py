"""The sample's next steps of projects: of the largest of every stage two in three have one, as on a board in use."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from itertools import count

from crm_app.db.unit import Unit
from crm_app.domain.projects import Investor, Project, StageEntry
from crm_app.domain.stages import Stage
from crm_app.domain.tasks import Task
from crm_app.services.demo.material import DAY, pick, words, workday

DUE = (3, 0, 9, -2, 6, 13, 1, 20, 8, 5, -2, 15, 2, 11, 7, 23)
"""When they are due, in days from the sample's day: overdue, today, the next seven days, later."""

_LARGEST = 12


def write(unit: Unit) -> None:
    """Write them, where every project has come to its stage; of one that was published nothing is made up."""
    mark = words("companies")["mark"]
    projects = {one.id: one for one in unit.find(Project) if one.name.endswith(mark)}
    latest = {entry.project_id: entry for entry in unit.find(StageEntry, order_by=("on", "id"))}
    first = {one.project_id: one.enterprise_id for one in reversed(unit.find(Investor, order_by=("id",)))}
    by_stage: dict[Stage, list[Project]] = defaultdict(list)
    for project in sorted(projects.values(), key=lambda one: (one.total_investment or 0, one.id), reverse=True):
        by_stage[latest[project.id].stage].append(project)
    numbers = count()
    for stage, texts in words("talk")["steps"].items():
        chosen = [one for n, one in enumerate(by_stage[Stage(stage)][:_LARGEST]) if n % 3 != 2]
        for n, project in enumerate(chosen):
            due = DAY + timedelta(days=pick(DUE, next(numbers)))
            unit.insert(
                Task,
                what=pick(texts, n),
                due=due if due <= DAY else workday(due),
                owner_id=project.owner_id,
                project_id=project.id,
                enterprise_id=first[project.id],
            )
