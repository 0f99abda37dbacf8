"""Our people on a trip (名单), each with the days spent on it."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from crm_app.domain import numerals
from crm_app.domain.staff import Person
from crm_app.errors import CrmError
from crm_app.i18n import _, ngettext
from crm_app.services import staff, trips
from crm_app.services.trips import Member, TripPage
from crm_app.ui import theme
from crm_app.ui.drafts import Autosave
from crm_app.ui.session import Session
from crm_app.ui.widgets.labelled import heading
from crm_app.ui.widgets.people_field import our_people
from crm_app.ui.widgets.suggest import Answer, SuggestField, Suggestion
from crm_app.ui.widgets.text_field import TextField

_WIDTH = 720


class _Days(TextField):
    """The days of one member; saved when the field is left. ``unsaved``: what is typed is not in the book yet."""

    given = Signal(object, str)

    def __init__(self, parent: QWidget, member: Member) -> None:
        super().__init__(parent, label=_("Days of {name}").format(name=member.person.name))
        self.setProperty("role", "quiet")
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFixedWidth(theme.px(72))
        self._held = _shown(member.member.days)
        self.member_id = member.member.id
        self.setText(self._held)
        self.left.connect(lambda: self._leave(member.member.id))
        self.returnPressed.connect(self.focusNextChild)

    def _leave(self, member_id: UUID) -> None:
        if self.unsaved:
            self.given.emit(member_id, self.text().strip())

    @property
    def unsaved(self) -> bool:
        """Whether something else stands here than in the book."""
        return self.text().strip() != self._held

    def settle(self, text: str) -> None:
        """Take a text for saved."""
        self._held = text


class Members(QWidget):
    """A tab of the trip's page."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._latest = session.latest()
        self._page: TripPage | None = None
        self._shown: list[Member] = []
        self._days: list[_Days] = []
        self._autosave: Autosave | None = None
        self._kept: dict[str, str] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.M, 0, 0)
        layout.setSpacing(theme.S)
        row = QHBoxLayout()
        self.add = SuggestField(
            self._ask,
            self,
            placeholder=_("Add a colleague: name or initials, Enter"),
            label=_("Colleague"),
            on_click=True,
        )
        self.add.setFixedWidth(theme.px(360))
        self.add.chosen.connect(self._take)
        self.add.textChanged.connect(lambda _text: self._touch())
        row.addWidget(self.add)
        self._total = QLabel(self)
        self._total.setProperty("role", "muted")
        row.addSpacing(theme.S)
        row.addWidget(self._total)
        row.addStretch(1)
        layout.addLayout(row)
        self.error = heading("", "error")
        self.error.hide()
        layout.addWidget(self.error)
        self._card = QFrame(self)
        self._card.setProperty("role", "card")
        self._card.setMaximumWidth(theme.px(_WIDTH))
        self._inside = QVBoxLayout(self._card)
        self._inside.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        layout.addWidget(self._card)
        self._nobody = heading(_("Nobody yet: a trip without members counts no person-days."), "muted")
        layout.addWidget(self._nobody)
        layout.addStretch(1)

    def show_page(self, page: TripPage) -> None:
        """Show the members; built anew only where they changed, so that typing is not disturbed."""
        same_trip = self._page is not None and self._page.trip.id == page.trip.id
        self._page = page
        if self._autosave is None:
            self._autosave = self._session.autosave(self, f"members:{page.trip.id}", self._typed)
            self._kept = self._autosave.restore()
            self.add.take_text(self._kept.pop("add", ""))
        total = sum((one.member.days or Decimal(0) for one in page.members), Decimal(0))
        people_told = ngettext("{n} person", "{n} people", len(page.members)).format(n=len(page.members))
        self._total.setText(_("{people} · {days} person-days").format(people=people_told, days=_shown(total)))
        self._nobody.setVisible(not page.members)
        self._card.setVisible(bool(page.members))
        if not same_trip or self._shown != page.members:
            self._shown = page.members
            self._fill(page)

    def _typed(self) -> dict[str, str]:
        """Return what is typed and not in the book: the line that adds, and days by the member's id."""
        return (
            self._kept
            | {"add": self.add.text()}
            | {str(one.member_id): one.text() for one in self._days if one.unsaved}
        )

    def _touch(self) -> None:
        if self._autosave is not None:
            self._autosave.touch()

    def _fill(self, page: TripPage) -> None:
        self._kept |= {str(one.member_id): one.text() for one in self._days if one.unsaved}
        self._days = []
        while (item := self._inside.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        body = QWidget(self._card)
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.L)
        grid.setVerticalSpacing(theme.XS)
        grid.setColumnStretch(2, 1)
        for column, text in enumerate((_("Full name"), _("Title"), _("Section"), _("Days"))):
            label = heading(text, "muted")
            if column == 3:
                label.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(label, 0, column)
        walked: list[QWidget] = [self.add]
        for number, one in enumerate(page.members, start=1):
            walked += self._put(grid, number, one, leader=one.person.id == page.trip.leader_id)
        self._inside.addWidget(body)
        for before, after in pairwise(walked):
            QWidget.setTabOrder(before, after)

    def _put(self, grid: QGridLayout, number: int, one: Member, *, leader: bool) -> list[QWidget]:
        name = f"{one.person.name}  {_('leads')}" if leader else one.person.name
        grid.addWidget(heading(name, "strong"), number, 0)
        grid.addWidget(QLabel(one.person.title or ""), number, 1)
        grid.addWidget(QLabel(one.person.dept or one.person.team or ""), number, 2)
        spent = _Days(self, one)
        spent.setText(self._kept.pop(str(one.member.id), spent.text()))
        spent.textChanged.connect(lambda _text: self._touch())
        spent.given.connect(self._change)
        self._days.append(spent)
        grid.addWidget(spent, number, 3)
        walked: list[QWidget] = [spent]
        buttons = QHBoxLayout()
        buttons.setSpacing(0)
        if not leader:
            lead = QPushButton(_("make leader"), self)
            lead.setProperty("role", "link")
            lead.setToolTip(_("{name} leads this trip").format(name=one.person.name))
            lead.clicked.connect(lambda _checked=False: self._lead(one.person.id))
            buttons.addWidget(lead)
            walked.append(lead)
        buttons.addStretch(1)
        remove = QToolButton(self)
        theme.put_icon(remove, "x", "muted")
        remove.setAccessibleName(_("Take {name} away").format(name=one.person.name))
        remove.clicked.connect(lambda _checked=False: self._remove(one.member.id))
        buttons.addWidget(remove)
        grid.addLayout(buttons, number, 4)
        return [*walked, remove]

    def focus_first(self) -> None:
        """Let the user add."""
        self.add.setFocus()

    def _ask(self, text: str, answer: Answer) -> None:
        self._latest.read(
            lambda: staff.colleagues(self._session.book), lambda found: self._answer(found, text, answer), owner=self
        )

    def _answer(self, found: list[Person], text: str, answer: Answer) -> None:
        there = {str(one.person.id) for one in self._shown}
        offers = [
            Suggestion(one.text, one.key, one.detail, "user")
            for one in our_people(found)
            if one.key not in there and one.fits(text)
        ]
        if text and not text.isascii() and all(one.name != text for one in found):
            offers.append(Suggestion(_("New colleague: {name}").format(name=text), "", text, "plus"))
        answer(offers)

    def _take(self, offer: Suggestion) -> None:
        name = self.add.text().strip()
        self.add.take_text("")
        if offer.value:
            self._add(UUID(offer.value))
        else:
            self._session.write(
                _("Add a colleague"),
                lambda book, _progress: staff.add_colleague(book, name=name),
                self._add,
                self._refuse,
                owner=self,
            )

    def _add(self, person: UUID) -> None:
        assert self._page is not None
        trip_id = self._page.trip.id
        self._session.write(
            _("Add trip members"),
            lambda book, _progress: trips.add_members(book, trip_id, [person]),
            lambda saved: self._complain(" ".join(saved.warnings)),
            self._refuse,
            owner=self,
        )

    def _lead(self, person: UUID) -> None:
        assert self._page is not None
        trip_id = self._page.trip.id
        self._session.write(
            _("Change a trip"),
            lambda book, _progress: trips.change_trip(book, trip_id, leader_id=person),
            failed=self._refuse,
            owner=self,
        )

    def _change(self, member_id: UUID, text: str) -> None:
        spent = numerals.read(numerals.fold(text).removesuffix("天").replace("半", ".5").strip())
        if spent is None:
            self._complain(_("Days on a trip are counted in halves, such as 2.5."))
            return
        self._complain("")
        self._session.write(
            _("Change a trip member"),
            lambda book, _progress: trips.change_member(book, member_id, spent),
            lambda _none: self._settle(member_id, text),
            self._refuse,
            owner=self,
        )

    def _settle(self, member_id: UUID, text: str) -> None:
        for one in self._days:
            if one.member_id == member_id:
                one.settle(text)
        self._touch()

    def _remove(self, member_id: UUID) -> None:
        self._session.write(
            _("Remove a trip member"),
            lambda book, _progress: trips.remove_member(book, member_id),
            failed=self._refuse,
            owner=self,
        )

    def _refuse(self, error: CrmError) -> None:
        self._complain(str(error))

    def _complain(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))


def _shown(days: Decimal | None) -> str:
    return "" if days is None else f"{days.normalize():f}"
