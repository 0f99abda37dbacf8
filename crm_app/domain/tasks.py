"""Tasks (下一步): the only place a next step lives, wherever it came from."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from crm_app.domain.fields import Record, When, declare
from crm_app.domain.kinds import Day, Ref, Text
from crm_app.i18n import N_


class Task(Record, table="task", label=N_("Next step")):
    """What is to be done, by whom, by when."""

    what: str = declare(Text(), N_("Next step"), required=When.CREATE, searched=True)
    due: date = declare(Day(), N_("Due"), required=When.CREATE)
    owner_id: UUID | None = declare(Ref("person"), N_("Owner"), required=When.AUTO)
    done_on: date | None = declare(Day(), N_("Done on"))
    enterprise_id: UUID | None = declare(Ref("enterprise"), N_("Enterprise"))
    visit_id: UUID | None = declare(Ref("visit"), N_("Visit"))
    follow_up_id: UUID | None = declare(Ref("follow_up"), N_("Follow-up"))
    lead_id: UUID | None = declare(Ref("lead"), N_("Lead"))
    project_id: UUID | None = declare(Ref("project"), N_("Project"))
    reception_id: UUID | None = declare(Ref("reception"), N_("Reception"))
