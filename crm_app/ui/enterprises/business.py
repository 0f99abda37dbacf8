"""What an enterprise wants to build: its projects with stage and signings, its leads."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QWidget

from crm_app.domain.leads import Lead
from crm_app.domain.projects import Investor, Project, Signing
from crm_app.i18n import _, ngettext
from crm_app.ui.enterprises.reading import Shown
from crm_app.ui.enterprises.section import Badge, Section, stage_badge
from crm_app.ui.session import Session

_MOST_LEADS = 5


class BusinessCard(Section):
    """Projects first, each with what was signed; hidden where there is neither a project nor a lead."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(_("Projects and leads"), parent, inset=True)
        self._session = session

    def put(self, shown: Shown) -> None:
        """Show the projects and leads of an enterprise."""
        page = shown.page
        with self.filled():
            for project, party in page.projects:
                stage = page.stages.get(project.id)
                badge = stage_badge(stage) if stage else None
                self.link(project.name, _amount(project, party), self._going(project.id, ""), badge=badge)
                for signing in page.signings.get(project.id, ()):
                    self.quiet(_signed(signing))
            for lead in page.leads[:_MOST_LEADS]:
                self.link(
                    lead.content or _("Lead"),
                    " · ".join(part for part in (lead.shown("registered_on"), lead.shown("intent")) if part),
                    self._going(lead.id, "lead"),
                    badge=Badge(_triage(lead)),
                )
            if len(page.leads) > _MOST_LEADS:
                more = len(page.leads) - _MOST_LEADS
                self.quiet(ngettext("and {n} more lead", "and {n} more leads", more).format(n=more))
        self.setVisible(bool(page.projects or page.leads))

    def _going(self, record: UUID, view: str) -> partial[None]:
        return partial(self._session.go, "projects", record, view)


def _triage(lead: Lead) -> str:
    return lead.shown("triage") or _("Lead")


def _amount(project: Project, party: Investor) -> str:
    amount = project.shown("total_investment") or project.shown("intent")
    share = _("share {percent}%").format(percent=party.shown("share")) if party.share and party.share < 100 else ""
    return " · ".join(part for part in (amount, share) if part)


def _signed(signing: Signing) -> str:
    words = _("{kind}, signed {day}").format(kind=signing.shown("kind"), day=signing.shown("signed_on"))
    return " · ".join(part for part in (words, signing.shown("amount")) if part)
