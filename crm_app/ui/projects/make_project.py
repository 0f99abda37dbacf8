"""Lead → project in one dialog: everything is carried over, name and channel are proposed, nothing is typed twice."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtWidgets import QGridLayout, QWidget

from crm_app import clock
from crm_app.domain import names
from crm_app.domain.projects import Project, StageEntry
from crm_app.i18n import _
from crm_app.services import dictionaries, leads
from crm_app.services.leads import LeadRow
from crm_app.ui import theme
from crm_app.ui.projects.ask import AskDialog, asked
from crm_app.ui.projects.marks import text_label
from crm_app.ui.session import Session
from crm_app.ui.widgets.elided import Elided

_LONGEST_CONTENT = 18
_LEGAL_FORM = re.compile(r"(集团)?(股份)?有限(责任)?公司$")


@dataclass(frozen=True)
class Proposal:
    """What the dialog fills in."""

    name: str
    channel: str | None


def propose(row: LeadRow) -> Proposal:
    """Return the name and channel a lead's project may have."""
    return Proposal(proposed_name(row), dictionaries.channel_for(row.lead.source))


def proposed_name(row: LeadRow) -> str:
    """Return “企业 + 拟投内容 + 项目”, the content up to its first stop."""
    enterprise = _LEGAL_FORM.sub("", names.clean(row.enterprise.name))
    content = re.split(r"[，,。；;！!\n]", (row.lead.content or "").strip())[0].strip()
    if not content or len(content) > _LONGEST_CONTENT:
        return _("{enterprise} project").format(enterprise=enterprise)
    if content.endswith(("项目", "project")):
        return f"{enterprise}{content}"
    return _("{enterprise} {content} project").format(enterprise=enterprise, content=content)


class MakeProjectDialog(AskDialog):
    """Three fields, all filled; below them what comes along by itself."""

    def __init__(self, session: Session, parent: QWidget, row: LeadRow, proposal: Proposal) -> None:
        super().__init__(
            session, parent, _("Make a project of a lead"), row.enterprise.name, save=_("Make the project")
        )
        self._lead = row.lead.id
        self.head_layout.addLayout(self._carried(row))
        fields = [
            asked(Project.field("name"), needed=True),
            asked(Project.field("channel"), needed=False),
            asked(StageEntry.field("on"), needed=True),
        ]
        self.ask(fields, {"name": proposal.name, "channel": proposal.channel, "on": clock.today()}, columns=1)
        self.keep_draft(f"make_project:{row.lead.id}")

    def _carried(self, row: LeadRow) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.S)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        lines = (
            (_("Contact"), row.contact.name if row.contact else ""),
            (_("Owner"), row.owner.name if row.owner else ""),
            (_("Intended amount"), row.lead.shown("intent")),
            (_("Source"), row.lead.shown("source")),
        )
        grid.addWidget(text_label(_("Carried over, with the open next steps:"), "muted"), 0, 0, 1, 4)
        for place, (title, value) in enumerate(lines):
            at, beside = 1 + place // 2, 2 * (place % 2)
            grid.addWidget(text_label(title, "muted"), at, beside)
            grid.addWidget(Elided(value or "—"), at, beside + 1)
        content = (row.lead.content or row.lead.note or "").replace("\n", " ")
        if content:
            grid.addWidget(text_label(_("Intended investment"), "muted"), 3, 0)
            grid.addWidget(Elided(content), 3, 1, 1, 3)
        return grid

    def save(self) -> None:
        """Make the project and show it."""
        assert self.form is not None
        values = self.form.values()
        lead, session = self._lead, self.session
        self.write(
            self.windowTitle(),
            lambda book, _progress: leads.to_project(book, lead, values["name"], values["channel"], values["on"]),
            lambda project: session.go("projects", project),
        )


def open_make_project(session: Session, parent: QWidget, row: LeadRow) -> None:
    """Open the dialog."""
    MakeProjectDialog(session, parent, row, propose(row)).start()
