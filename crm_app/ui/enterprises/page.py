"""The place: the lists, and the page of one enterprise or the view of duplicates in front of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property, partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QStackedLayout, QWidget

from crm_app.i18n import _
from crm_app.ui.duplicates.view import DuplicatesView
from crm_app.ui.enterprises.cards import Cards
from crm_app.ui.enterprises.front import Front
from crm_app.ui.enterprises.record import EnterpriseView
from crm_app.ui.enterprises.walking import ListWalk
from crm_app.ui.page import Page
from crm_app.ui.places import DUPLICATES
from crm_app.ui.session import Location, Session
from crm_app.ui.widgets.turns import Turns

if TYPE_CHECKING:
    from crm_app.services.outcome import Changes


class EnterprisesPage(Page):
    """Type to find, Enter to open; Alt+← comes back to the list where it was left."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.front = Front(session, self)
        self.list = self.front.list
        self._walk = ListWalk(self.list)
        self._begun: tuple[UUID, str] | None = None
        self._stack = QStackedLayout()
        self._top: QWidget = self.front
        self._take(self.front, self.front.told)
        self.setLayout(self._stack)
        self._cards = Cards(session, self)
        self._turns = Turns(self)

    @cached_property
    def view(self) -> EnterpriseView:
        """The page of one enterprise."""
        made = EnterpriseView(self.session, self, self._cards)
        made.step_wanted.connect(self._step)
        made.shown.connect(lambda _words: self._begin_wanted())
        self._take(made, made.shown)
        return made

    @cached_property
    def duplicates(self) -> DuplicatesView:
        """The view of those that may be one."""
        made = DuplicatesView(self.session, self)
        self._take(made, made.told)
        return made

    def _take(self, part: QWidget, told: SignalInstance) -> None:
        self._stack.addWidget(part)
        told.connect(lambda words: self._tell(part, words))

    def _made(self, name: str) -> bool:
        return name in vars(self)

    def ahead(self) -> Iterator[object]:
        """Make the page of one enterprise and the view of duplicates."""
        for make in self._cards.making():
            yield make()
        yield self.view
        yield self.duplicates
        yield self.front.contacts

    def show_location(self, location: Location) -> None:
        """Show the enterprise a record belongs to; without one a list, that shown last, or the view of duplicates."""
        self._begun = None
        self._walk.forget()
        self._turns.drop()
        if location.view == DUPLICATES:
            self._forget()
            self._raise(self.duplicates)
            self.duplicates.begin()
        elif location.record is None:
            self._forget()
            self._raise(self.front)
            self.front.show_view(location.view)
        else:
            if self._made("view"):
                self._show_one(location.record)
            else:
                self._turns.begin(self._making(location.record))

    def _making(self, record: UUID) -> Iterator[Callable[[], object]]:
        """Yield the steps in which the page of one enterprise is made and shown; none of them takes long."""
        yield from self._cards.making()
        yield lambda: self.view
        yield lambda: self.view.columns.arrange(self.width())
        yield from self._cards.dressing()
        yield partial(self._show_one, record, fresh=True)

    def _show_one(self, record: UUID, *, fresh: bool = False) -> None:
        self.view.show_record(record)
        self._raise(self.view)
        if fresh and self.isVisible():
            self.focus_first()

    def _raise(self, part: QWidget) -> None:
        self._top = part
        self._stack.setCurrentWidget(part)

    def _forget(self) -> None:
        if self._made("view"):
            self.view.forget()

    @property
    def _shows_one(self) -> bool:
        return self._made("view") and self._top is self.view

    def paste(self) -> bool:
        """Attach a picture or files to the enterprise that is shown."""
        return self._shows_one and self.view.attachments.paste_file()

    def focus_first(self) -> None:
        """Let typing filter a list at first, the arrow keys walk it afterwards; on a record, walk its timeline."""
        if self._turns.busy:
            # The page of one enterprise is being made, and takes the focus then.
            return
        if self._shows_one:
            self.view.focus_first()
        elif self._made("duplicates") and self._top is self.duplicates:
            self.duplicates.list.setFocus()
        else:
            self.front.focus_first()

    def refresh(self, changes: Changes) -> None:
        """Read lists and record again where they may have changed."""
        self.front.refresh(changes)
        if self._made("view"):
            self.view.refresh(changes)
        if self._made("duplicates"):
            self.duplicates.refresh(changes)

    def begin_fact(self, enterprise: UUID, name: str) -> None:
        """Change one fact of an enterprise, as soon as it is shown."""
        self._begun = enterprise, name
        self._begin_wanted()

    def _begin_wanted(self) -> None:
        if self._begun is not None and self.view.enterprise == self._begun[0]:
            name, self._begun = self._begun[1], None
            self.view.begin_fact(name)

    def _step(self, by: int) -> None:
        """Show the enterprise so many rows on in the list; at either end say so."""
        here = self.view.enterprise
        if here is not None:
            self._walk.step(
                here,
                by,
                lambda found: self.session.go("enterprises", found),
                lambda: self.session.say(_("The list ends here.")),
            )

    def _tell(self, part: QWidget, words: str) -> None:
        if self._top is part:
            self.count_changed.emit(words)
