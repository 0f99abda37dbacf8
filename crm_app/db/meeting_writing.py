"""What writing a visit and a reception share: who of us was there, and whose day their files are of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from crm_app.db.unit import Unit
from crm_app.domain.attachments import Attachment
from crm_app.domain.visits import ReceptionPerson, VisitPerson


def replace_ours(unit: Unit, kept_as: type[VisitPerson | ReceptionPerson], of: UUID, people: Sequence[UUID]) -> None:
    """Make these our people at a meeting, in place of those noted before."""
    meeting: dict[str, Any] = {kept_as.table.replace("person", "id"): of}
    noted = {one.person_id: one.id for one in unit.find(kept_as, **meeting)}
    for person, row in noted.items():
        if person not in people:
            unit.delete(kept_as, row)
    for person in dict.fromkeys(people):
        if person not in noted:
            unit.insert(kept_as, person_id=person, **meeting)


def move_files(unit: Unit, before: date, day: date, **of: Any) -> None:
    """Let the files of a meeting be of its new day: captions and the timeline say when a photo was taken."""
    for one in unit.find(Attachment, **of):
        if one.on == before:
            unit.update(Attachment, one.id, on=day)
