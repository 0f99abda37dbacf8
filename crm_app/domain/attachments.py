"""Attachments (附件): photos, documents and recordings of an enterprise or a visit.

The row says what the file is; its bytes stand beside the book, found by their SHA-256.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from crm_app.domain.fields import Record, When, declare
from crm_app.domain.kinds import Day, Ref, Text, Whole
from crm_app.i18n import N_


class Attachment(Record, table="attachment", label=N_("Attachment")):
    """One file kept with an enterprise or a visit; ``sha256`` is that of its plain bytes, ``kind`` its media type."""

    sha256: str = declare(Text(), N_("SHA-256"), required=When.CREATE)
    name: str = declare(Text(), N_("File name"), required=When.CREATE, searched=True)
    kind: str | None = declare(Text(), N_("Kind"))
    size: int | None = declare(Whole(), N_("Size"), unit="B")
    on: date | None = declare(Day(), N_("Day"))
    visit_id: UUID | None = declare(Ref("visit"), N_("Visit"))
    enterprise_id: UUID | None = declare(Ref("enterprise"), N_("Enterprise"))
