"""How long projects stay at each stage: the median of those that went on, and who stands there longest now."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import pairwise
from statistics import median
from uuid import UUID

from crm_app.domain.overview import StageTime
from crm_app.domain.stages import LINE, Stage
from crm_app.services.figures.sheet import Sheet

_WAITS = (*LINE[:6], Stage.ON_HOLD)
"""The stages a project is to leave again."""


def stages(sheet: Sheet) -> tuple[StageTime, ...]:
    """Return the stages anything stood at, in order; what stands at the window's end stands there until today."""
    left: dict[Stage, list[tuple[UUID, int]]] = defaultdict(list)
    now: dict[Stage, list[tuple[date, UUID]]] = defaultdict(list)
    for project, entries in sheet.ledger.stages.items():
        if project not in sheet.ledger.projects:
            continue
        log = sorted((one.on, one.id.int, one.stage) for one in entries if one.on <= sheet.until)
        for (on, _id, stage), (next_on, _next, _stage) in pairwise(log):
            if sheet.window.has(next_on):
                left[stage].append((project, (next_on - on).days))
        if log:
            now[log[-1][2]].append((log[-1][0], project))
    return tuple(_time(sheet, one, left[one], sorted(now[one])) for one in _WAITS if left[one] or now[one])


def _time(sheet: Sheet, stage: Stage, left: list[tuple[UUID, int]], now: list[tuple[date, UUID]]) -> StageTime:
    took = round(median(days for _project, days in left)) if left else None
    gone, rows = tuple(dict.fromkeys(project for project, _days in left)), tuple(project for _on, project in now)
    if not now:
        return StageTime(stage, gone, took, rows)
    since, longest = now[0]
    return StageTime(stage, gone, took, rows, (sheet.until - since).days, sheet.ledger.projects[longest].name)
