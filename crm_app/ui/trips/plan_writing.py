"""What is changed in a row of the day plan, written as soon as its field is left."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QObject

from crm_app.domain.trips import PlanState
from crm_app.errors import BadInput
from crm_app.i18n import _
from crm_app.services import enterprises, trips
from crm_app.services.book import Book
from crm_app.services.outcome import Outcome
from crm_app.services.trips import Planned
from crm_app.ui.meetings.typed import read_time
from crm_app.ui.session import Session
from crm_app.ui.trips.plan_board import PlanBoard
from crm_app.ui.trips.plan_row import PlanRow
from crm_app.ui.trips.wording import read_day_of
from crm_app.ui.visits.dialog import open_visit


class Writing(QObject):
    """What cannot be read or written is said in its row, and stays typed there."""

    def __init__(self, session: Session, plan: PlanBoard) -> None:
        super().__init__(plan)
        self._session, self._plan = session, plan

    def listen_to(self, row: PlanRow) -> None:
        """Write what is changed in a row."""
        row.changed.connect(self._change)
        row.state_changed.connect(self._change_state)
        row.contact_chosen.connect(self._choose_contact)
        row.write_wanted.connect(self._write_up)
        row.open_wanted.connect(lambda enterprise: self._session.go("enterprises", enterprise))
        row.remove_wanted.connect(self._remove)

    def _change(self, plan_id: UUID, name: str, text: str) -> None:
        page = self._plan.page
        assert page is not None
        value: object = text or None
        try:
            if name == "on":
                value = read_day_of(page.trip, text)
            elif name == "time":
                value = read_time(text)
        except BadInput as error:
            self._warn(plan_id, str(error))
            return
        self._write(plan_id, {name: value}, name, text)

    def _change_state(self, plan_id: UUID, state: PlanState) -> None:
        self._write(plan_id, {"state": state})

    def _choose_contact(self, plan_id: UUID, contact_id: UUID | None, typed: str) -> None:
        if not typed:
            row = self._plan.row_of(plan_id)
            self._write(plan_id, {"contact_id": contact_id}, "contact", row.contact.text().strip() if row else "")
            return
        row = self._plan.row_of(plan_id)
        if row is None:
            return
        enterprise_id = row.planned.enterprise.id
        name, *title = typed.split(maxsplit=1)
        self._session.write(
            _("Add a contact"),
            lambda book, _progress: enterprises.add_contact(
                book, enterprise_id, name=name, title=title[0] if title else None
            ),
            lambda made: self._write(plan_id, {"contact_id": made}, "contact", typed),
            lambda error: self._warn(plan_id, str(error)),
            owner=self._plan,
        )

    def _write(self, plan_id: UUID, values: dict[str, object], field: str = "", text: str = "") -> None:
        def saved(_none: object) -> None:
            row = self._plan.row_of(plan_id)
            if field and row is not None:
                row.settle(field, text)
            self._plan.touch()

        def work(book: Book) -> Outcome[None]:
            return trips.change_plan(book, plan_id, **values)

        self._session.write(
            _("Change a planned visit"),
            lambda book, _progress: work(book),
            saved,
            lambda error: self._warn(plan_id, str(error)),
            owner=self._plan,
        )

    def _warn(self, plan_id: UUID, sentence: str) -> None:
        row = self._plan.row_of(plan_id)
        if row is not None:
            row.warn(sentence)

    def _write_up(self, planned: Planned) -> None:
        if planned.visit is not None:
            self._session.go("trips", planned.visit.id, "visit")
        else:
            open_visit(self._session, self._plan.window(), trip_id=planned.plan.trip_id, plan_id=planned.plan.id)

    def _remove(self, plan_id: UUID) -> None:
        self._session.write(
            _("Remove a planned visit"),
            lambda book, _progress: trips.remove_plan(book, plan_id),
            failed=lambda error: self._plan.complain(str(error)),
            owner=self._plan,
        )
