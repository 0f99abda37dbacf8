"""Which files are kept with which record; their bytes are attachments.py's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from crm_app.db.reader import Reader
from crm_app.db.unit import Unit
from crm_app.domain.attachments import Attachment, NewFile


@dataclass(frozen=True)
class Kept:
    """A file of an enterprise; ``record`` is what happened with it that keeps it, None for the enterprise itself."""

    attachment: Attachment
    record: UUID | None = None


_PARTS = ("visit", "follow_up", "reception")
_OF_ENTERPRISE = " UNION ALL ".join(
    (
        "SELECT * FROM attachment WHERE enterprise_id = :of AND deleted_at IS NULL",
        *(
            f"SELECT a.* FROM {part} r JOIN attachment a ON a.{part}_id = r.id "
            "WHERE r.enterprise_id = :of AND r.deleted_at IS NULL AND a.deleted_at IS NULL"
            for part in _PARTS
        ),
    )
)


def add(unit: Unit, files: Sequence[NewFile], on: date, **owner: UUID | None) -> list[UUID]:
    """Keep files with a record, named by its column, as of a day; return their ids."""
    return unit.insert_many(Attachment, [{**asdict(one), "on": on, **owner} for one in files])


def of_enterprise(reader: Reader, enterprise_id: UUID) -> list[Kept]:
    """Return what is kept with an enterprise, its visits, follow-ups and receptions; the newest first."""
    rows = reader.mappings_of(_OF_ENTERPRISE, {"of": enterprise_id.bytes})
    found = [Attachment.load(row) for row in rows]
    found.sort(key=lambda one: one.id, reverse=True)
    return [Kept(one, one.visit_id or one.follow_up_id or one.reception_id) for one in found]
