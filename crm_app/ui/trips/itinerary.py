"""The itinerary (日程): the enterprises to meet by day and time, added by initials, changed in place."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from crm_app.domain.trips import PlanState
from crm_app.errors import BadInput, CrmError
from crm_app.i18n import _
from crm_app.services import enterprises, trips
from crm_app.services.book import Book
from crm_app.services.outcome import Outcome
from crm_app.services.trips import Planned, TripPage
from crm_app.ui import theme
from crm_app.ui.drafts import Autosave
from crm_app.ui.session import Session
from crm_app.ui.trips.plan_row import TYPED, WIDTHS, PlanRow
from crm_app.ui.trips.wording import read_day_of
from crm_app.ui.visits.dialog import open_visit
from crm_app.ui.visits.enterprise_field import EnterpriseField
from crm_app.ui.visits.typed import read_time
from crm_app.ui.widgets.empty import EmptyState
from crm_app.ui.widgets.text_field import TextField


class Itinerary(QWidget):
    """A tab of the trip's page."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._page: TripPage | None = None
        self._rows: dict[UUID, PlanRow] = {}
        self._autosave: Autosave | None = None
        self._left_over: dict[str, str] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.M, 0, 0)
        layout.setSpacing(theme.S)
        layout.addLayout(self._adding())
        self.error = QLabel(self)
        self.error.setProperty("role", "error")
        self.error.setWordWrap(True)
        self.error.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.error.hide()
        layout.addWidget(self.error)
        layout.addLayout(self._body(), 1)

    def _adding(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        self.add = EnterpriseField(
            self._session, self, placeholder=_("Add an enterprise: initials or two characters, Enter")
        )
        self.add.setMaximumWidth(420)
        self.add.taken.connect(self._plan)
        self.add.returnPressed.connect(lambda: None)
        self.day = TextField(self, placeholder=_("its day: 14, Wed, day 2"), label=_("Day of what is added"))
        self.day.setMaximumWidth(190)
        self.day.returnPressed.connect(self.add.setFocus)
        for field in (self.add, self.day):
            field.textChanged.connect(lambda _text: self._touch())
        row.addWidget(self.add, 3)
        row.addWidget(self.day, 1)
        self._count = QLabel(self)
        self._count.setProperty("role", "muted")
        row.addSpacing(theme.S)
        row.addWidget(self._count)
        row.addStretch(1)
        return row

    def _body(self) -> QStackedLayout:
        filled = QWidget(self)
        inside = QVBoxLayout(filled)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self._head())
        self._held = QWidget()
        self._held.setProperty("role", "clear")
        self._lines = QVBoxLayout(self._held)
        self._lines.setContentsMargins(0, 0, theme.M, 0)
        self._lines.setSpacing(0)
        self._lines.addStretch(1)
        self._area = QScrollArea(filled)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self._held)
        inside.addWidget(self._area, 1)
        empty = EmptyState(
            _("Nobody to meet yet"),
            _("Type initials into the field above and press Enter; one after another."),
            icon="map-pin",
        )
        self._stack = QStackedLayout()
        self._stack.addWidget(filled)
        self._stack.addWidget(empty)
        return self._stack

    def _head(self) -> QWidget:
        head = QWidget(self)
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, theme.M, 2)
        row.setSpacing(theme.S)
        for text, width, stretch in (
            (_("Day"), WIDTHS["on"], 0),
            (_("Time"), WIDTHS["time"], 0),
            (_("Enterprise"), 0, 3),
            (_("Contact"), WIDTHS["contact"], 0),
            (_("Purpose"), 0, 2),
            (_("State"), WIDTHS["state"] + WIDTHS["write"] + theme.CONTROL + 2 * theme.S, 0),
        ):
            label = QLabel(text, head)
            label.setProperty("role", "muted")
            label.setIndent(theme.XS)
            if width:
                label.setFixedWidth(width)
            row.addWidget(label, stretch)
        return head

    def show_page(self, page: TripPage) -> None:
        """Show the plans of a trip; rows that stand keep what is being typed in them."""
        if self._page is None or self._page.trip.id != page.trip.id:
            self._clear()
            self.add.settle(None, "")
            self.day.clear()
        self._page = page
        if self._autosave is None:
            self._autosave = self._session.autosave(self, f"itinerary:{page.trip.id}", self._typed)
            self._left_over = self._autosave.restore()
        warnings = _clashes(page)
        wanted = {planned.plan.id: planned for planned in page.plans}
        for gone in [one for one in self._rows if one not in wanted]:
            self._take_out(gone)
        for place, (plan_id, planned) in enumerate(wanted.items()):
            row = self._rows.get(plan_id) or self._make(planned)
            row.put(planned, warnings.get(plan_id, ""))
            if self._lines.indexOf(row) != place:
                self._lines.removeWidget(row)
                self._lines.insertWidget(place, row)
        self._take_up()
        self._order_tabs()
        self._stack.setCurrentIndex(0 if wanted else 1)
        coverage = page.coverage
        self._count.setText(
            _("{planned} planned · {done} visited · {open} open").format(
                planned=coverage.planned, done=coverage.done, open=coverage.open
            )
            if wanted
            else ""
        )

    def _typed(self) -> dict[str, str]:
        """Return what is typed and not in the book: the line that adds, and fields of rows by the plan's id."""
        typed = {f"{plan}:{name}": text for plan, row in self._rows.items() for name, text in row.typed().items()}
        # The day alone is a help for adding several, nothing that waits to be saved.
        adding = {"add": self.add.text(), "day": self.day.text()} if self.add.text().strip() else {}
        return self._left_over | typed | adding

    def _take_up(self) -> None:
        """Put back what was kept, once; what belongs to rows that are gone is shown, so that it can be copied."""
        self.day.setText(self._left_over.pop("day", self.day.text()))
        if "add" in self._left_over:
            self.add.take_text(self._left_over.pop("add"))
        for plan_id, row in self._rows.items():
            for name in TYPED:
                if (text := self._left_over.pop(f"{plan_id}:{name}", None)) is not None:
                    row.put_typed(name, text)
        if self._left_over:
            gone = " ".join(self._left_over.values())
            self._complain(_("Typed for rows that are gone: {texts}").format(texts=gone))

    def _touch(self) -> None:
        if self._autosave is not None:
            self._autosave.touch()

    def _clear(self) -> None:
        for one in list(self._rows):
            self._take_out(one)

    def _take_out(self, plan_id: UUID) -> None:
        row = self._rows.pop(plan_id)
        self._lines.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _make(self, planned: Planned) -> PlanRow:
        row = PlanRow(self._session, self._held, planned)
        row.changed.connect(self._change)
        row.state_changed.connect(self._change_state)
        row.contact_chosen.connect(self._choose_contact)
        row.write_wanted.connect(self._write_up)
        row.open_wanted.connect(lambda enterprise: self._session.go("enterprises", enterprise))
        row.remove_wanted.connect(self._remove)
        row.edited.connect(self._touch)
        self._rows[planned.plan.id] = row
        return row

    def _order_tabs(self) -> None:
        """Let Tab walk the rows as they stand, whatever the order in which they were made."""
        before: QWidget = self.day
        for number in range(self._lines.count()):
            item = self._lines.itemAt(number)
            row = item.widget() if item else None
            if isinstance(row, PlanRow):
                for part in (row.on, row.time, row.contact, row.purpose, row.state, row.write):
                    QWidget.setTabOrder(before, part)
                    before = part

    def rows(self) -> list[PlanRow]:
        """Return the rows from top to bottom."""
        found = (self._lines.itemAt(number) for number in range(self._lines.count()))
        return [row for item in found if item and isinstance(row := item.widget(), PlanRow)]

    def focus_first(self) -> None:
        """Let the user add."""
        self.add.setFocus()

    def _plan(self, enterprise_id: UUID | None, name: str) -> None:
        page = self._page
        if page is None:
            return
        try:
            on = read_day_of(page.trip, self.day.text())
        except BadInput as error:
            self._complain(str(error))
            return
        self._complain("")
        self.add.settle(None, "")
        if enterprise_id is not None and any(
            row.enterprise.id == enterprise_id and row.plan.state is not PlanState.CANCELLED for row in page.plans
        ):
            self._complain(_("{name} is on the itinerary already.").format(name=name))
            return
        trip_id = page.trip.id

        def refuse(error: CrmError) -> None:
            if not self.add.text():
                self.add.settle(enterprise_id, name)
            self._refuse(error)

        def plan(known: UUID) -> None:
            self._session.write(
                _("Plan visits"),
                lambda book, _progress: trips.plan_visits(book, trip_id, [known], on),
                failed=refuse,
                owner=self,
            )

        if enterprise_id is not None:
            plan(enterprise_id)
            return
        self._session.write(
            _("New enterprise: {name}").format(name=name),
            lambda book, _progress: enterprises.create_enterprise(book, name=name),
            plan,
            refuse,
            owner=self,
        )

    def _change(self, plan_id: UUID, name: str, text: str) -> None:
        assert self._page is not None
        value: object = text or None
        try:
            if name == "on":
                value = read_day_of(self._page.trip, text)
            elif name == "time":
                value = read_time(text)
        except BadInput as error:
            self._warn(plan_id, str(error))
            return
        self._write(plan_id, {name: value}, name)

    def _change_state(self, plan_id: UUID, state: PlanState) -> None:
        self._write(plan_id, {"state": state}, "")

    def _choose_contact(self, plan_id: UUID, contact_id: UUID | None, typed: str) -> None:
        if not typed:
            self._write(plan_id, {"contact_id": contact_id}, "contact")
            return
        enterprise_id = self._rows[plan_id].planned.enterprise.id
        name, *title = typed.split(maxsplit=1)
        self._session.write(
            _("Add a contact"),
            lambda book, _progress: enterprises.add_contact(
                book, enterprise_id, name=name, title=title[0] if title else None
            ),
            lambda made: self._write(plan_id, {"contact_id": made}, "contact"),
            lambda error: self._warn(plan_id, str(error)),
            owner=self,
        )

    def _write(self, plan_id: UUID, values: dict[str, object], field: str) -> None:
        def saved(_none: object) -> None:
            if field and plan_id in self._rows:
                self._rows[plan_id].settle(field)
            self._touch()

        def work(book: Book) -> Outcome[None]:
            return trips.change_plan(book, plan_id, **values)

        self._session.write(
            _("Change a planned visit"),
            lambda book, _progress: work(book),
            saved,
            lambda error: self._warn(plan_id, str(error)),
            owner=self,
        )

    def _warn(self, plan_id: UUID, sentence: str) -> None:
        row = self._rows.get(plan_id)
        if row is not None:
            row.warn(sentence)

    def _write_up(self, planned: Planned) -> None:
        if planned.visit is not None:
            self._session.go("trips", planned.visit.id, "visit")
        else:
            open_visit(self._session, self.window(), trip_id=planned.plan.trip_id, plan_id=planned.plan.id)

    def _remove(self, plan_id: UUID) -> None:
        self._session.write(
            _("Remove a planned visit"),
            lambda book, _progress: trips.remove_plan(book, plan_id),
            failed=self._refuse,
            owner=self,
        )

    def _refuse(self, error: CrmError) -> None:
        self._complain(str(error))

    def _complain(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))


def _clashes(page: TripPage) -> dict[UUID, str]:
    told: dict[UUID, str] = {}
    for one, other in page.conflicts:
        for mine, theirs in ((one, other), (other, one)):
            told[mine.plan.id] = _("At the same time as {name}").format(name=theirs.enterprise.name)
    return told
