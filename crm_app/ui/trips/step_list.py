"""The list of next steps, however far ahead, and those that are done."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QWidget

from crm_app.domain.tasks import Task
from crm_app.domain.views import Query
from crm_app.i18n import _, ngettext
from crm_app.services import book as books
from crm_app.services import lists, tasks
from crm_app.services.book import Book
from crm_app.services.lists import Row
from crm_app.ui import actions
from crm_app.ui.enterprises.asking import ask_enterprise
from crm_app.ui.enterprises.next_step import open_next_step
from crm_app.ui.follow_ups.dialog import open_follow_up
from crm_app.ui.session import Session
from crm_app.ui.today.postpone import open_postpone
from crm_app.ui.trips.listing import Listing
from crm_app.ui.where import show_owner
from crm_app.ui.widgets.empty import EmptyState


class StepList(Listing):
    """Enter shows what a step is about; Space ticks it off, and it is moved or noted as on Today."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        empty = EmptyState(
            _("No next step yet"),
            _("What was agreed on visits, leads and projects gathers here; set one in words: next Wed call back."),
            icon="clock",
            step=_("Set a next step"),
            run=self.make_new,
            action="new_record",
        )
        hint = _("Enterprise, or what is to be done")
        super().__init__(session, Query("tasks"), empty, parent, hint, "to_do")
        actions.make("step_done", self.table, self.finish_chosen)
        self.tool("step_done", self.finish_chosen)
        for name, run in (("step_postpone", self._postpone), ("step_note", self._note)):
            self.on_row(name, run)
            self.tool(name, partial(self._with_current, run))
        self.tool("new_record", self.make_new, _("Set a next step"), primary=True)

    def open_row(self, row: Row) -> None:
        """Show what the step is about."""
        show_owner(self._session, row.id, self)

    def words(self, count: int) -> str:
        """Say how many steps there are."""
        return ngettext("{n} next step", "{n} next steps", count).format(n=count)

    def make_new(self) -> None:
        """Ask for the enterprise, then for the step."""
        ask_enterprise(self._session, self.window(), _("Set a next step"), self._add)

    def _add(self, enterprise: UUID, name: str) -> None:
        open_next_step(self._session, self.window(), enterprise, name)

    def finish_chosen(self) -> None:
        """Tick off the chosen steps, all as one step that undo takes back."""
        query, numbers = self.model.query, self.chosen()
        if numbers:
            self._session.read(lambda book: lists.ids(book, query, numbers), self._finish, owner=self)

    def _finish(self, steps: list[UUID]) -> None:
        self._session.write(_("Tick off a next step"), lambda book, _progress: tasks.finish_tasks(book, steps))

    def _postpone(self, step: UUID) -> None:
        self._session.read(
            lambda book: _what(book, step),
            lambda what: open_postpone(self._session, self.window(), step, what),
            owner=self,
        )

    def _note(self, step: UUID) -> None:
        self._session.read(
            lambda book: _what(book, step),
            lambda what: open_follow_up(self._session, self.window(), done_task=step, about=what),
            owner=self,
        )


def _what(book: Book, step: UUID) -> str:
    found = books.find_record(book, str(step))
    assert isinstance(found, Task)
    return found.what
