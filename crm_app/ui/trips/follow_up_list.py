"""The list of follow-ups: with whom, by what means, what was said."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from crm_app.domain.views import Query
from crm_app.i18n import _, ngettext
from crm_app.services.lists import Row
from crm_app.ui.attachments.dropping import drop_on_rows
from crm_app.ui.follow_ups.asking import ask_follow_up
from crm_app.ui.session import Session
from crm_app.ui.trips.listing import Listing
from crm_app.ui.where import show_owner
from crm_app.ui.widgets.empty import EmptyState


class FollowUpList(Listing):
    """Enter shows the project or the enterprise a follow-up is about."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        empty = EmptyState(
            _("No follow-up yet"),
            _("Each call, message and mail between two visits is one line here, with what comes next."),
            icon="note",
            step=_("Log a follow-up"),
            run=self.make_new,
            action="new_record",
        )
        super().__init__(session, Query("follow_ups"), empty, parent, _("Enterprise, or what was said"))
        drop_on_rows(session, self, "follow_up", named_by=2)
        self.tool("new_record", self.make_new, _("Log a follow-up"), primary=True)

    def open_row(self, row: Row) -> None:
        """Show what the follow-up is about."""
        show_owner(self._session, row.id, self)

    def words(self, count: int) -> str:
        """Say how many follow-ups there are."""
        return ngettext("{n} follow-up", "{n} follow-ups", count).format(n=count)

    def make_new(self) -> None:
        """Ask for the enterprise, then for what was said."""
        ask_follow_up(self._session, self.window())
