"""Follow-ups (跟进): one contact by phone, WeChat or mail."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from crm_app.domain.fields import Record, When, declare
from crm_app.domain.kinds import Choice, Day, Ref, Text
from crm_app.i18n import N_


class FollowUp(Record, table="follow_up", label=N_("Follow-up")):
    """One contact between visits; what comes next is a task of its own."""

    on: date = declare(Day(), N_("Day"), required=When.CREATE)
    time: str | None = declare(Text(), N_("Time"))
    mode: str = declare(Choice("follow_mode"), N_("By"), required=When.CREATE)
    content: str = declare(Text(lines=3), N_("Content"), required=When.CREATE, searched=True)
    raw: str | None = declare(Text(lines=3), N_("Pasted text"))
    enterprise_id: UUID | None = declare(Ref("enterprise"), N_("Enterprise"))
    contact_id: UUID | None = declare(Ref("contact"), N_("Contact"))
    lead_id: UUID | None = declare(Ref("lead"), N_("Lead"))
    project_id: UUID | None = declare(Ref("project"), N_("Project"))
    visit_id: UUID | None = declare(Ref("visit"), N_("Visit"))
    person_id: UUID | None = declare(Ref("person"), N_("Colleague"))
