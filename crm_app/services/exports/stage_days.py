"""The day of a progress entry as precisely as it is known: one that follows from a contract of a month is no day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from uuid import UUID

from crm_app.db.reader import Reader
from crm_app.domain import project_rules
from crm_app.domain.exports import Column
from crm_app.domain.kinds import Fuzzy
from crm_app.domain.projects import Signing
from crm_app.domain.stages import Stage


def as_known(reader: Reader, column: Column) -> Column:
    """Return the column of the entries' days, which says a month where no more is known."""
    vague: dict[UUID, list[Signing]] = defaultdict(list)
    for one in reader.find(Signing):
        if not one.signed_on.exact:
            vague[one.project_id].append(one)
    if not vague:
        return column

    def show(on: str, stage: str, project: bytes) -> date | str:
        day = date.fromisoformat(on)
        known = project_rules.reached_on(Stage(stage), day, vague.get(UUID(bytes=project), ()))
        return day if known.exact else Fuzzy().show(known)

    return replace(column, sources=(*column.sources, "stage", "project_id"), show=show)
