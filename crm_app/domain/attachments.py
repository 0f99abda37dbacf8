"""Attachments (附件): photos, documents and recordings of an enterprise, of a meeting, a project or a trip.

The row says what the file is; its bytes stand beside the book, found by their SHA-256.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from crm_app.domain.fields import Record, When, declare
from crm_app.domain.kinds import Day, Ref, Text, Whole
from crm_app.i18n import N_


class Attachment(Record, table="attachment", label=N_("Attachment")):
    """One file kept with one record; ``sha256`` is that of its plain bytes, ``kind`` its media type."""

    sha256: str = declare(Text(), N_("SHA-256"), required=When.CREATE)
    name: str = declare(Text(), N_("File name"), required=When.CREATE, searched=True)
    kind: str | None = declare(Text(), N_("Kind"))
    size: int | None = declare(Whole(), N_("Size"), unit="B")
    on: date | None = declare(Day(), N_("Day"))
    visit_id: UUID | None = declare(Ref("visit"), N_("Visit"))
    enterprise_id: UUID | None = declare(Ref("enterprise"), N_("Enterprise"))
    project_id: UUID | None = declare(Ref("project"), N_("Project"))
    trip_id: UUID | None = declare(Ref("trip"), N_("Trip"))
    follow_up_id: UUID | None = declare(Ref("follow_up"), N_("Follow-up"))
    reception_id: UUID | None = declare(Ref("reception"), N_("Reception"))


@dataclass(frozen=True)
class NewFile:
    """A file whose bytes stand beside the book, and which no row names yet: what its row will say."""

    sha256: str
    size: int
    name: str
    kind: str


DRAFTED = "file:"
"""What a file of a draft is kept under: this and its SHA-256; the text is its name."""
OWNERS = ("enterprise", "visit", "project", "trip", "follow_up", "reception")
"""Tables of the records with which files can be kept; the column is the table's name and ``_id``."""
